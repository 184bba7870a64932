//! The slides of a presentation, in their order, with what is noted beside them.

use std::io::Write;

use super::Format;
use super::package::{Package, Relation};
use super::prose::{Prose, say};
use super::saying::{DAMAGED, Saying, Stop};
use super::xml::{Mark, value, walk};

pub(super) fn read_pptx<W: Write>(
    package: &mut Package<'_>,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    let main = package.main_part()?.ok_or(DAMAGED)?;
    let presentation = package.part(&main)?.ok_or(DAMAGED)?;
    let mut order = Vec::new();
    walk(&presentation, |mark| {
        if let Mark::Open("sldId", start) = mark {
            // Its own number has the same name without the letters before the colon.
            let ids = start.attributes().flatten().filter(|one| one.key.prefix().is_some());
            order.extend(ids.filter_map(|one| value(&one)));
        }
        Ok(())
    })?;
    let relations = package.relations(&main)?;
    let slides: Vec<&Relation> =
        order.iter().filter_map(|id| relations.iter().find(|one| one.id == *id)).collect();
    saying.is(Format::Pptx, slides.len())?;
    for (number, slide) in slides.iter().enumerate() {
        saying.heading(format!("\n## Slide {}\n", number + 1));
        let Some(xml) = package.part(&slide.target)? else { continue };
        say(&xml, saying)?;
        let beside = package.relations(&slide.target)?;
        if let Some(notes) = beside.iter().find(|one| one.kind.ends_with("/notesSlide"))
            && let Some(xml) = package.part(&notes.target)?
        {
            saying.heading("\nNotes:\n".to_owned());
            say(&xml, saying)?;
        }
    }
    Ok(())
}

pub(super) fn read_odp<W: Write>(
    package: &mut Package<'_>,
    saying: &mut Saying<W>,
) -> Result<(), Stop> {
    let xml = package.part("content.xml")?.ok_or(DAMAGED)?;
    let mut count = 0;
    walk(&xml, |mark| {
        count += usize::from(matches!(mark, Mark::Open("page", _)));
        Ok(())
    })?;
    saying.is(Format::Odp, count)?;
    let (mut number, mut prose) = (0, Prose::default());
    walk(&xml, |mark| {
        match mark {
            Mark::Open("page", _) => {
                number += 1;
                saying.heading(format!("\n## Slide {number}\n"));
            }
            Mark::Open("notes", _) => saying.heading("\nNotes:\n".to_owned()),
            mark => prose.take(mark),
        }
        saying.words(&std::mem::take(&mut prose.out))
    })
}
