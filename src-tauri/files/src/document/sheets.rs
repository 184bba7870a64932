//! The cells of a spreadsheet, a line each row, as they are shown and not as they are computed.

use std::io::{Cursor, Write};

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Xls, XlsError, Xlsx, XlsxError,
};

use super::Format;
use super::saying::{DAMAGED, Saying, Stop};
use crate::Refused;

/// Empty cells that are said between two of a row; more say no more.
const MOST_EMPTY: u32 = 50;

pub(super) fn read<W: Write>(
    bytes: &[u8],
    format: Format,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    let cursor = Cursor::new(bytes);
    match format {
        Format::Xls => match Xls::new(cursor) {
            Ok(book) => whole(book, format, saying),
            Err(XlsError::Password) => Err(Stop::Refused(Refused::Locked)),
            Err(_) => Err(DAMAGED),
        },
        Format::Ods => match Ods::new(cursor) {
            Ok(book) => whole(book, format, saying),
            Err(OdsError::Password) => Err(Stop::Refused(Refused::Locked)),
            Err(_) => Err(DAMAGED),
        },
        _ => match Xlsx::new(cursor) {
            Ok(book) => cell_by_cell(book, saying),
            Err(XlsxError::Password) => Err(Stop::Refused(Refused::Locked)),
            Err(_) => Err(DAMAGED),
        },
    }
}

/// A cell in the last corner of a sheet would make a table of seventeen billion, so cells are read one after the other.
fn cell_by_cell<W: Write>(
    mut book: Xlsx<Cursor<&[u8]>>,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    let names = book.sheet_names();
    saying.is(Format::Xlsx, names.len())?;
    for name in names {
        saying.heading(format!("\n## {name}\n"));
        // A sheet may be a chart, which has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut row = Row::default();
        while let Some(cell) = cells.next_cell().map_err(|_| DAMAGED)? {
            let (line, column) = cell.get_position();
            row.put(line, column, &shown(cell.get_value()), saying)?;
        }
        saying.words("\n")?;
    }
    Ok(())
}

fn whole<'a, W: Write, R: Reader<Cursor<&'a [u8]>>>(
    mut book: R,
    format: Format,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    let names = book.sheet_names();
    saying.is(format, names.len())?;
    for name in names {
        saying.heading(format!("\n## {name}\n"));
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let mut row = Row::default();
        for (line, column, cell) in range.used_cells() {
            let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
            row.put(at(line), at(column), &shown(&of(cell)), saying)?;
        }
        saying.words("\n")?;
    }
    Ok(())
}

/// Where the last cell was.
#[derive(Default)]
struct Row {
    line: u32,
    column: u32,
    is_begun: bool,
}

impl Row {
    fn put<W: Write>(
        &mut self,
        line: u32,
        column: u32,
        text: &str,
        saying: &mut Saying<W>,
    ) -> Result<(), Stop> {
        if text.is_empty() {
            return Ok(());
        }
        if self.is_begun && line != self.line {
            saying.words("\n")?;
            self.column = 0;
        }
        let gap = column.saturating_sub(self.column).min(MOST_EMPTY);
        let gap = "\t".repeat(usize::try_from(gap).unwrap_or_default());
        (self.line, self.column, self.is_begun) = (line, column, true);
        // A cell is one line, or it would be many rows.
        saying.words(&(gap + &text.replace(['\n', '\r', '\t'], " ")))
    }
}

fn of(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::DateTime(when) => DataRef::DateTime(*when),
        Data::DateTimeIso(when) => DataRef::SharedString(when),
        Data::DurationIso(span) => DataRef::SharedString(span),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn shown(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string().to_uppercase(),
        DataRef::DateTime(when) => moment(when),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn moment(when: &ExcelDateTime) -> String {
    if when.is_duration() {
        let minutes = (when.as_f64() * 24.0 * 60.0).round();
        return format!("{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
    }
}
