//! The paragraphs of an Office or OpenDocument file: its headings, lists and tables in marks that models know.

use std::io::Write;

use quick_xml::events::BytesStart;

use super::Format;
use super::package::Package;
use super::saying::{DAMAGED, Saying, Stop};
use super::xml::{Mark, attribute, walk};

/// Parts of a document that stand beside its text.
const NOTES: [&str; 2] = ["footnotes", "endnotes"];

pub(super) fn read_docx<W: Write>(
    package: &mut Package<'_>,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    let main = package.main_part()?.ok_or(DAMAGED)?;
    let text = package.part(&main)?.ok_or(DAMAGED)?;
    saying.is(Format::Docx, 0)?;
    say(&text, saying)?;
    for relation in package.relations(&main)? {
        if NOTES.iter().any(|notes| relation.kind.ends_with(notes))
            && let Some(notes) = package.part(&relation.target)?
        {
            say(&notes, saying)?;
        }
    }
    Ok(())
}

pub(super) fn read_odt<W: Write>(
    package: &mut Package<'_>,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    let text = package.part("content.xml")?.ok_or(DAMAGED)?;
    saying.is(Format::Odt, 0)?;
    say(&text, saying)
}

/// Says what stands in a part.
pub(super) fn say<W: Write>(xml: &[u8], saying: &mut Saying<W>) -> Result<(), Stop> {
    let mut prose = Prose::default();
    walk(xml, |mark| {
        prose.take(mark);
        saying.words(&std::mem::take(&mut prose.out))
    })
}

/// Text as it comes out of the elements of both kinds of files; no name means two things in them.
#[derive(Default)]
pub(super) struct Prose {
    /// What can be said.
    pub(super) out: String,
    /// How deep inside something that is not read.
    skipped: u32,
    /// How deep inside letters that are read.
    lettered: u32,
    /// How deep inside cells of tables, where a paragraph is no line.
    cells: u32,
}

impl Prose {
    pub(super) fn take(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Open(name, start) => self.open(name, start),
            Mark::Close(name) => self.close(name),
            Mark::Text(text) if self.lettered > 0 && self.skipped == 0 => self.out.push_str(text),
            Mark::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, start: &BytesStart<'_>) {
        if is_skipped(name) {
            self.skipped += 1;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            // The letters of an Office file, and the paragraphs and headings of the other kind.
            "t" => self.lettered += 1,
            "p" if is_text(start) => self.lettered += 1,
            "h" if is_text(start) => {
                self.lettered += 1;
                self.heading(attribute(start, "outline-level").as_deref());
            }
            "pStyle" => {
                let style = attribute(start, "val").unwrap_or_default();
                if let Some(level) = style.strip_prefix("Heading") {
                    self.heading(Some(level));
                } else if style == "Title" {
                    self.heading(Some("1"));
                } else if style.starts_with("ListBullet") || style.starts_with("ListNumber") {
                    self.out.push_str("- ");
                }
            }
            "numPr" | "list-item" => self.out.push_str("- "),
            "tab" => self.out.push('\t'),
            "br" | "cr" | "line-break" => self.out.push('\n'),
            "noBreakHyphen" => self.out.push('-'),
            "s" if is_text(start) => {
                let count = attribute(start, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.out.extend(std::iter::repeat_n(' ', usize::min(count, 80)));
            }
            "tc" | "table-cell" => self.cells += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if is_skipped(name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "t" => self.lettered = self.lettered.saturating_sub(1),
            "p" | "h" => {
                // A paragraph of an Office file is no letters of its own.
                self.lettered = self.lettered.saturating_sub(1);
                self.out.push(if self.cells > 0 { ' ' } else { '\n' });
            }
            "tc" | "table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                self.out.push_str("| ");
            }
            "tr" | "table-row" => self.out.push('\n'),
            _ => {}
        }
    }

    fn heading(&mut self, level: Option<&str>) {
        let level = level.and_then(|level| level.trim().parse().ok()).unwrap_or(1);
        self.out.extend(std::iter::repeat_n('#', usize::clamp(level, 1, 6)));
        self.out.push(' ');
    }
}

/// What was crossed out, notes in the margin, the places of tab stops, and what stands in place of something newer.
fn is_skipped(name: &str) -> bool {
    matches!(name, "tabs" | "Fallback" | "tracked-changes" | "annotation" | "instrText")
}

/// Whether an element is one of an OpenDocument's text, and not of the other kind, which has the same names.
fn is_text(start: &BytesStart<'_>) -> bool {
    start.name().prefix().is_some_and(|prefix| prefix.as_ref() == "text")
}
