//! From LaTeX to MathML Core, within bounds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::dialect::translate;
use crate::hidden::spelled_out;
use crate::limits;

static LIBRARY: LazyLock<Option<LatexToMathML>> = LazyLock::new(|| {
    // Some engines do not stretch a tilde. The one that paints these pages does.
    let config = MathCoreConfig { allow_unreliable_rendering: true, ..Default::default() };
    LatexToMathML::new(config).ok()
});

/// Declarations in the library's style attributes, which the page's policy forbids, and the classes that say the same.
const CLASSES: [(&str, &str); 10] = [
    ("text-align: left", "m-l"),
    ("text-align: right", "m-r"),
    ("padding-left: 0", "m-pl0"),
    ("padding-left:1em", "m-pl1"),
    ("padding-right: 0", "m-pr0"),
    ("padding-top: 0", "m-py0"),
    ("border-right: 0.05em solid", "m-br"),
    ("border-right: 0.05em dashed", "m-br"),
    ("border-top: 0.05em solid", "m-bt"),
    ("border-top: 0.05em dashed", "m-bt"),
];

/// The formula as an element. None if it cannot be typeset or is too much.
pub(super) fn mathml(tex: &str, display: bool) -> Option<String> {
    // Nobody would see a hidden character among the typeset ones: its source spells it out.
    if tex.len() > limits::FORMULA || tex.trim().is_empty() || spelled_out(tex).is_some() {
        return None;
    }
    let tex = translate(tex)?;
    if is_too_deep(&tex) {
        return None;
    }
    let library = LIBRARY.as_ref()?;
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    // The library is young and takes any text; a panic in it must cost the formula and not the answer.
    let result = catch_unwind(AssertUnwindSafe(|| library.convert_with_local_state(&tex, display)));
    let mathml = result.ok()?.ok()?.mathml;
    let is_core = !mathml.contains("<a ") && !mathml.contains("<merror");
    (is_core && mathml.len() <= limits::MATHML).then(|| with_classes(&mathml))
}

/// The library calls itself for whatever is inside something else, and a command needs no braces for its argument. So
/// both are counted: what is open, and commands at all.
fn is_too_deep(tex: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0;
    let mut commands = 0;
    let bytes = tex.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'\\' => {
                let rest = &tex[at + 1..];
                commands += usize::from(rest.starts_with(|c: char| c.is_ascii_alphabetic()));
                if rest.starts_with("left") || rest.starts_with("begin") {
                    depth += 1;
                } else if rest.starts_with("right") || rest.starts_with("end") {
                    depth = depth.saturating_sub(1);
                }
                at += 1;
            }
            _ => {}
        }
        deepest = deepest.max(depth);
        at += 1;
    }
    deepest > limits::FORMULA_DEPTH || commands > limits::COMMANDS
}

/// Marks over letters that have a width of their own. The others stretch, or stand over what is before them.
const MARKS: &str = "\u{b4}\u{af}\u{2d8}\u{2c7}\u{a8}\u{2d9}`\u{2c6}\u{2da}\u{2dc}";

/// Puts classes in the place of styles, and a class in the place of the one element that is not MathML Core.
fn with_classes(mathml: &str) -> String {
    let mut out = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else { break };
        out.push_str(&rest[..start]);
        let tag = &rest[start..=start + length];
        rest = &rest[start + length + 1..];
        match mark(tag, rest) {
            Some(text) => {
                write_mark(&mut out, tag, text);
                rest = &rest[text.len()..];
            }
            None => write_tag(&mut out, tag),
        }
    }
    out.push_str(rest);
    out
}

/// The text of an operator that is all there is over or under something.
fn mark<'t>(tag: &str, rest: &'t str) -> Option<&'t str> {
    let (text, after) = rest.split_once("</mo>")?;
    let is_last = after.starts_with("</mover>") || after.starts_with("</munder>");
    (tag.starts_with("<mo") && tag[3..].starts_with([' ', '>']) && is_last && !text.contains('<'))
        .then_some(text)
}

/// A mark needs no room at its sides. Fonts draw the combining ones over what is before them, so others stand for them,
/// but for the arrow, which is drawn in its place if it may stretch.
fn write_mark(out: &mut String, tag: &str, text: &str) {
    let is_wide = tag.contains("stretchy=\"true\"");
    let (stretchy, text) = match text {
        "\u{302}" => ("true", "^"),
        "\u{20d7}" if out.ends_with("</mrow>") => ("true", "→"),
        "\u{20d7}" => ("true", text),
        "\u{20db}" => ("false", "¨˙"),
        "\u{20dc}" => ("false", "¨¨"),
        _ if MARKS.contains(text) && !is_wide => ("false", text),
        _ if is_wide => ("true", text),
        _ => {
            let plain = !tag.contains("space=");
            out.push_str(&tag[..tag.len() - 1]);
            out.push_str(if plain { " lspace=\"0\" rspace=\"0\">" } else { ">" });
            out.push_str(text);
            return;
        }
    };
    out.push_str("<mo stretchy=\"");
    out.push_str(stretchy);
    out.push_str("\" lspace=\"0\" rspace=\"0\">");
    out.push_str(text);
}

fn write_tag(out: &mut String, tag: &str) {
    if tag.starts_with("<menclose") {
        let is_box = tag.contains("\"downdiagonalstrike\"");
        out.push_str(if is_box { "<mrow class=\"m-box\">" } else { "<mrow class=\"m-strike\">" });
        return;
    }
    if tag.starts_with("<mrow class=\"menclose") {
        out.push_str("<mrow>");
        return;
    }
    if tag == "</menclose>" {
        out.push_str("</mrow>");
        return;
    }
    let Some((before, style)) = tag.split_once(" style=\"") else {
        out.push_str(tag);
        return;
    };
    let Some((style, after)) = style.split_once('"') else { return };
    out.push_str(before);
    let mut classes = vec![];
    for declaration in style.split(';') {
        let known = CLASSES.iter().find(|(start, _)| declaration.trim().starts_with(start));
        classes.extend(known.map(|&(_, class)| class));
        if declaration.starts_with("margin-left:-") {
            classes.push("m-back");
        }
    }
    if !classes.is_empty() {
        out.push_str(" class=\"");
        out.push_str(&classes.join(" "));
        out.push('"');
    }
    out.push_str(after);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_say_whether_they_stretch_and_take_no_room() {
        for (tex, mark) in [
            ("\\hat x", "<mi>x</mi><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">\u{2c6}</mo>"),
            ("\\ddot q", "<mi>q</mi><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">¨</mo>"),
            ("\\dddot q", "<mi>q</mi><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">¨˙</mo>"),
            ("\\vec v", "<mi>v</mi><mo stretchy=\"true\" lspace=\"0\" rspace=\"0\">\u{20d7}</mo>"),
            ("\\vec{AB}", "</mrow><mo stretchy=\"true\" lspace=\"0\" rspace=\"0\">→</mo>"),
            ("\\widehat{AB}", "</mrow><mo stretchy=\"true\" lspace=\"0\" rspace=\"0\">^</mo>"),
            ("\\widetilde{AB}", "</mrow><mo stretchy=\"true\" lspace=\"0\" rspace=\"0\">~</mo>"),
            ("\\overbrace{ab}", "</mrow><mo lspace=\"0\" rspace=\"0\">⏞</mo>"),
        ] {
            let mathml = mathml(tex, false).unwrap_or_default();
            assert!(mathml.contains("<mover accent=\"true\">"), "{mathml}");
            assert!(mathml.contains(mark), "{mathml}");
        }
    }
}
