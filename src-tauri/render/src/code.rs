//! Code blocks: a figure with the language, buttons for the window to wire, and the code.
//!
//! The figure is made of a head, lines and a foot, so that a growing block can be sent line by line.

mod info;

use crate::hidden::{write_attribute, write_text};
use crate::highlight::{Change, Highlighter};
use crate::words::Words;
use info::Info;

/// The empty place after the last line, where a growing block shows the line that is being written. A block that is not
/// inside another one has it also when it is finished, so that it need not be sent again.
pub(crate) const PLACE: &str = "<span data-line=\"\"></span>";

/// What comes after it.
pub(crate) const FOOT: &str = "</code></pre></figure>";

/// A longer line is shown plain while it is being written: it is sent again with every patch.
const LONGEST_PREVIEW: usize = 1 << 10;

/// What comes before the first line.
pub(crate) fn head(info: &str, words: &Words) -> String {
    let info = Info::of(info);
    let mut out = String::from("<figure class=\"code\" aria-label=\"");
    write_attribute(&mut out, &info.name(words));
    out.push_str("\"><figcaption class=\"code-head\"><span>");
    write_text(&mut out, &info.label(words));
    out.push_str("</span>");
    if let Some(file) = info.file {
        out.push_str("<span class=\"mono clip\">");
        write_text(&mut out, file);
        out.push_str("</span>");
    }
    out.push_str("<span class=\"push\"></span>");
    for (act, text) in [
        ("fold-code", words.collapse),
        ("number-lines", words.line_numbers),
        ("wrap-lines", words.wrap_lines),
        ("copy-code", words.copy_code),
    ] {
        out.push_str("<button type=\"button\" class=\"btn btn-quiet\" data-act=\"");
        out.push_str(act);
        out.push_str("\">");
        out.push_str(text);
        out.push_str("</button>");
    }
    out.push_str("</figcaption><pre tabindex=\"0\"><code>");
    out
}

/// A whole code block inside another block.
pub(crate) fn figure(info: &str, code: &str, words: &Words) -> String {
    let mut out = head(info, words);
    Lines::new(info).write_all(code, &mut out);
    out.push_str(FOOT);
    out
}

/// A whole code block that is a block of its own.
pub(crate) fn block(info: &str, code: &str, words: &Words) -> String {
    let mut out = head(info, words);
    Lines::new(info).write_all(code, &mut out);
    out.push_str(PLACE);
    out.push_str(FOOT);
    out
}

/// The lines of a code block, in their order.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    highlighter: Option<Highlighter>,
}

impl Lines {
    pub(crate) fn new(info: &str) -> Self {
        Self { highlighter: Info::of(info).language.map(Highlighter::new) }
    }

    fn write_all(&mut self, code: &str, out: &mut String) {
        for line in code.split_inclusive('\n') {
            self.write(line.strip_suffix('\n').unwrap_or(line), out);
        }
    }

    /// Writes a finished line, without its end.
    pub(crate) fn write(&mut self, line: &str, out: &mut String) {
        out.push_str(self.open(line));
        self.write_content(line, out);
        out.push_str("\n</span>");
    }

    /// What a line looks like that is still being written.
    pub(crate) fn preview(&self, line: &str) -> String {
        let mut out = String::new();
        if line.len() > LONGEST_PREVIEW {
            write_text(&mut out, line);
        } else if !line.is_empty() {
            out.push_str(self.open(line));
            self.clone().write_content(line, &mut out);
            out.push_str("</span>");
        }
        out
    }

    fn open(&self, line: &str) -> &'static str {
        let change = self.highlighter.as_ref().map_or(Change::Same, |lines| lines.change(line));
        match change {
            Change::Added => "<span class=\"line add\">",
            Change::Removed => "<span class=\"line del\">",
            Change::Hunk => "<span class=\"line hunk\">",
            Change::Header | Change::Same => "<span class=\"line\">",
        }
    }

    fn write_content(&mut self, line: &str, out: &mut String) {
        match &mut self.highlighter {
            Some(highlighter) => highlighter.line(line, out),
            None => write_text(out, line),
        }
    }
}
