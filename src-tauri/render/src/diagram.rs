//! Mermaid diagrams, drawn as pictures that can do nothing.
//!
//! A picture in an `img` runs no scripts and loads nothing, whatever is in it; that it holds none is checked as well. It
//! is written into the block here, after the second net, which lets no such picture through: a text cannot bring its own.

mod drawing;
mod inert;
mod labels;
mod palette;
mod whole;

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::limits;
use crate::words::Words;
use drawing::Refusal;

const PRE: &str = "<pre tabindex=\"0\"><code>";

/// Whether the info string of a code block names a diagram.
pub(crate) fn is_diagram(info: &str) -> bool {
    let word = info.split([' ', '\t', ',', '{', ':']).next().unwrap_or_default();
    word.eq_ignore_ascii_case("mermaid")
}

/// The block of a finished diagram, given its source and the code block that shows it: a picture with the source behind
/// it, or the code block with a note.
pub(crate) fn block(source: &str, code: &str, words: &Words) -> String {
    drawn(source, code, words).unwrap_or_else(|refusal| {
        let note = match refusal {
            Refusal::TooLarge => words.too_large,
            Refusal::Unsupported => words.not_drawn,
        };
        let note = ["</figcaption><p class=\"code-note\">", note, "</p>"].concat();
        code.replacen("</figcaption>", &note, 1)
    })
}

fn drawn(source: &str, code: &str, words: &Words) -> Result<String, Refusal> {
    let (_, lines) = code.split_once(PRE).ok_or(Refusal::Unsupported)?;
    let drawing = drawing::draw(source)?;
    let mut out = format!(
        "<figure class=\"diagram\" aria-label=\"{}\"><figcaption class=\"code-head\">\
         <span>mermaid</span><span class=\"push\"></span>",
        words.mermaid_diagram
    );
    for (act, text) in
        [("show-source", words.show_source), ("zoom", words.zoom), ("copy-code", words.copy_code)]
    {
        // Writing to a string cannot fail.
        _ = write!(
            out,
            "<button type=\"button\" class=\"btn btn-quiet\" data-act=\"{act}\">{text}</button>"
        );
    }
    out.push_str("</figcaption><div class=\"diagram-view\" tabindex=\"0\">");
    for (class, theme) in [("on-light", palette::LIGHT), ("on-dark", palette::DARK)] {
        let svg = palette::paint(&drawing.svg, theme).ok_or(Refusal::Unsupported)?;
        if !inert::is_inert(&svg) {
            return Err(Refusal::Unsupported);
        }
        if svg.len() > limits::DRAWING {
            return Err(Refusal::TooLarge);
        }
        _ = write!(
            out,
            "<img class=\"{class}\" src=\"data:image/svg+xml;base64,{}\" alt=\"{}\" \
             width=\"{}\" height=\"{}\">",
            STANDARD.encode(&svg),
            words.diagram,
            drawing.width,
            drawing.height
        );
    }
    out.push_str("</div>");
    out.push_str(PRE);
    out.push_str(lines);
    Ok(out)
}
