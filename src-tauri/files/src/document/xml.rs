//! Walking through XML. Nothing in it is looked up, and it may not define anything.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::saying::{DAMAGED, Stop};

/// What comes next.
pub(super) enum Mark<'a> {
    /// An element begins. Its name is without what stands before the colon.
    Open(&'a str, &'a BytesStart<'a>),
    /// It ends.
    Close(&'a str),
    /// Letters between.
    Text(&'a str),
}

/// Tells `on` everything in its order. What is not XML ends in `Damaged`, and so does a definition of entities: no program
/// that writes documents writes one.
pub(super) fn walk(
    bytes: &[u8],
    mut on: impl FnMut(Mark<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(bytes);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event().map_err(|_| DAMAGED)? {
            Event::Start(start) => on(Mark::Open(start.local_name().as_ref(), &start))?,
            Event::Empty(start) => {
                on(Mark::Open(start.local_name().as_ref(), &start))?;
                on(Mark::Close(start.local_name().as_ref()))?;
            }
            Event::End(end) => on(Mark::Close(end.local_name().as_ref()))?,
            Event::Text(text) => on(Mark::Text(&text.xml10_content()))?,
            Event::CData(text) => on(Mark::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(letter)) => on(Mark::Text(letter.encode_utf8(&mut [0; 4])))?,
                _ => on(Mark::Text(resolve_predefined_entity(&name).unwrap_or_default()))?,
            },
            Event::DocType(_) => return Err(DAMAGED),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

/// An attribute by its name without what stands before the colon.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    value(&found)
}

pub(super) fn value(attribute: &Attribute<'_>) -> Option<String> {
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}
