//! Formulas: found before the parser sees the text, typeset after it.
//!
//! Markdown knows no formulas, and their marks mean other things in it. So [`shield`] hides what is a formula from the
//! parser, behind characters that cannot occur in a text, and [`weave`] puts it back into the tree as a node of its own.

mod cells;
mod dialect;
pub(crate) mod environment;
mod find;
mod shield;
mod typeset;
mod weave;

pub(crate) use find::{At, Finder};
pub(crate) use shield::{
    Formulas, PENDING, hide_marks, is_stand_in, open_display, shield, unshield,
};
pub(crate) use weave::weave;

use crate::hidden::{write_attribute, write_text};
use crate::words::Words;

/// Writes a formula, given with its delimiters; its source if it cannot be typeset, or not yet.
pub(crate) fn write(out: &mut String, source: &str, words: &Words) {
    let written = written(source);
    let is_pending = written.len() < source.len();
    let (tex, display) = inside(written);
    let typeset = if is_pending { None } else { typeset::mathml(tex, display) };
    let Some(mathml) = typeset else {
        out.push_str("<code class=\"math-source");
        out.push_str(if display { " math-block\">" } else { "\">" });
        write_text(out, written);
        out.push_str("</code>");
        return;
    };
    write_typeset(out, tex, &mathml, display, words);
}

/// What of a formula's source is somebody's, and not there to close it for the moment.
pub(crate) fn written(source: &str) -> &str {
    source.split(PENDING).next().unwrap_or_default()
}

fn write_typeset(out: &mut String, tex: &str, mathml: &str, display: bool, words: &Words) {
    out.push_str("<span class=\"math");
    out.push_str(if display { " math-block\" data-tex=\"" } else { "\" data-tex=\"" });
    write_attribute(out, tex.trim());
    out.push_str("\">");
    out.push_str(mathml);
    if display {
        out.push_str("<button type=\"button\" class=\"btn btn-quiet\" data-act=\"copy-tex\">");
        out.push_str(words.copy_latex);
        out.push_str("</button>");
    }
    out.push_str("</span>");
}

/// Whether the info string of a code block says that it is a formula.
pub(crate) fn is_formula(info: &str) -> bool {
    let word = info.split([' ', '\t', ',', '{', ':']).next().unwrap_or_default();
    word.eq_ignore_ascii_case("math")
}

/// A formula on lines of its own, given without delimiters. None if it cannot be typeset.
pub(crate) fn display(tex: &str, words: &Words) -> Option<String> {
    let mathml = typeset::mathml(tex, true)?;
    let mut out = String::new();
    write_typeset(&mut out, tex, &mathml, true, words);
    Some(out)
}

/// What is between the delimiters, and whether they ask for a line of its own.
fn inside(source: &str) -> (&str, bool) {
    for (open, close, display) in
        [("$$", "$$", true), ("\\[", "\\]", true), ("\\(", "\\)", false), ("$", "$", false)]
    {
        let tex = source.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(tex) = tex {
            return (tex, display);
        }
    }
    let is_display = ["$$", "\\[", "\\begin{"].iter().any(|open| source.starts_with(open));
    (source, is_display)
}
