//! A document that is a packet of files: what it is, and its parts, unpacked no further than is sound.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Format;
use super::saying::{DAMAGED, Stop};
use super::xml::{Mark, attribute, walk};
use crate::Refused;

/// Bytes that are unpacked of one document, and that it may say that it has. Its pictures count, and are not unpacked.
const MOST_UNPACKED: u64 = 128 << 20;
const MOST_DECLARED: u64 = 1 << 30;

/// Files in one.
const MOST_PARTS: usize = 20_000;

const TOO_MUCH: Stop = Stop::Refused(Refused::TooMuchInside);

/// A packet that is open.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// What one part says of another.
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    /// Where the other is, from the top.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Stop> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
        let declared = zip.decompressed_size().unwrap_or_default();
        if zip.len() > MOST_PARTS || declared > u128::from(MOST_DECLARED) {
            return Err(TOO_MUCH);
        }
        Ok(Self { zip, left: MOST_UNPACKED })
    }

    /// What kind of document it is.
    pub(super) fn format(&mut self) -> Result<Format, Stop> {
        let said = self.part("mimetype")?.unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        if let Some(format @ (Format::Odt | Format::Ods | Format::Odp)) =
            Format::of_media_type(said.trim())
        {
            let manifest = self.part("META-INF/manifest.xml")?.unwrap_or_default();
            return match holds(&manifest, b"encryption-data") {
                true => Err(Stop::Refused(Refused::Locked)),
                false => Ok(format),
            };
        }
        if said.trim() == Format::Epub.media_type() || self.has("META-INF/container.xml") {
            return Ok(Format::Epub);
        }
        match self.main_part()?.as_deref().and_then(|path| path.split('/').next()) {
            Some("word") => Ok(Format::Docx),
            Some("xl") => Ok(Format::Xlsx),
            Some("ppt") => Ok(Format::Pptx),
            _ => Err(Stop::Refused(Refused::Archive)),
        }
    }

    /// Where an Office document has its words.
    pub(super) fn main_part(&mut self) -> Result<Option<String>, Stop> {
        let relations = self.relations("")?;
        let main = relations.into_iter().find(|one| one.kind.ends_with("/officeDocument"));
        Ok(main.map(|one| one.target))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.zip.index_for_name(path).is_some()
    }

    /// A part, unpacked; `None` if there is none.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, Stop> {
        let Some(index) = self.zip.index_for_name(path) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.unpack(index, &mut bytes)?;
        Ok(Some(bytes))
    }

    /// Unpacks all that is no picture, to see that it is not too much.
    pub(super) fn measure(&mut self) -> Result<(), Stop> {
        for index in 0..self.zip.len() {
            let name = self.zip.name_for_index(index);
            let holds_cells = |name: &str| name.ends_with(".xml") || name.ends_with(".bin");
            if name.and_then(Result::ok).is_some_and(|name| holds_cells(&name)) {
                let mut bytes = Vec::new();
                self.unpack(index, &mut bytes)?;
            }
        }
        Ok(())
    }

    /// What a part says of others.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Stop> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let path = join(folder, &format!("_rels/{name}.rels"));
        let mut found = Vec::new();
        let Some(bytes) = self.part(&path)? else { return Ok(found) };
        walk(&bytes, |mark| {
            if let Mark::Open("Relationship", start) = mark {
                let of = |name| attribute(start, name).unwrap_or_default();
                let target = join(folder, &of("Target"));
                found.push(Relation { id: of("Id"), kind: of("Type"), target });
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// No more than what is left to be unpacked, whatever its entry says of its size.
    fn unpack(&mut self, index: usize, into: &mut Vec<u8>) -> Result<(), Stop> {
        let entry = self.zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Stop::Refused(Refused::Locked)
            }
            _ => DAMAGED,
        })?;
        let read = entry.take(self.left + 1).read_to_end(into);
        let size = u64::try_from(into.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(size).ok_or(TOO_MUCH)?;
        read.map(drop).map_err(|_| DAMAGED)
    }
}

/// A path from a folder, as it is from the top.
pub(super) fn join(folder: &str, path: &str) -> String {
    let from_top = path.strip_prefix('/');
    let mut steps: Vec<&str> = match from_top {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in from_top.unwrap_or(path).split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What an old Office file is: a sheet, which is read, or why it is not. New ones with a password are packed into such a file.
pub(super) fn old_office(bytes: &[u8]) -> Result<(), Refused> {
    let names = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(bytes, &name)
    };
    match () {
        () if names("EncryptedPackage") => Err(Refused::Locked),
        () if names("WordDocument") || names("PowerPoint Document") => Err(Refused::OldOffice),
        () if names("Workbook") || names("Book") => Ok(()),
        () => Err(Refused::UnknownKind),
    }
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_inside_a_packet() {
        let table = [
            ("", "word/document.xml", "word/document.xml"),
            ("ppt", "slides/slide1.xml", "ppt/slides/slide1.xml"),
            ("ppt/slides", "../notesSlides/n.xml", "ppt/notesSlides/n.xml"),
            ("ppt", "/ppt/slides/slide2.xml", "ppt/slides/slide2.xml"),
            ("a", "../../../etc/passwd", "etc/passwd"),
        ];
        for (folder, path, joined) in table {
            assert_eq!(join(folder, path), joined);
        }
    }
}
