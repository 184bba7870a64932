//! A message's files on their way to a model: whether it takes them, in which form they go, and what they cost to read.

use std::sync::Arc;

use files::{Facts, Format};
use history::{Attachment, File, Part as Kept};
use wire::{AudioKind, Day, Part, Takes, letters};

use crate::drawn::Drawn;
use crate::store::now_ms;
use crate::{Endpoint, Failure, Trouble};

/// What the model is told where a picture was that it cannot see. A chat goes on with a model that sees none.
const UNSEEN: &str = "[A picture was here. This model takes no pictures, so it was left out.]";

/// The same of audio.
const UNHEARD: &str = "[Audio was here. This model hears none of its kind, so it was left out.]";

/// The same of a scan that a chat goes on about.
const UNDRAWN: &str =
    "[A scanned PDF was here. Its pages could not be drawn, so they were left out.]";

/// Bytes that a second of speech has, where nobody tells how long it is.
const SPEECH_BYTES: u64 = 4_000;

/// Tokens that a picture is read as at most, whatever the provider's way of cutting it; and a page, which is a picture and words.
const PICTURE: u64 = 10_000;

/// Tokens that a page is read as, more or less.
const PAGE: u64 = 2_000;

/// About as many tokens as a picture of the size that models look at.
const LARGE_PICTURE: u64 = 1_600;

/// What files cost to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weight {
    /// Tokens, more or less.
    pub about: u64,
    /// No more than these.
    pub at_most: u64,
    /// No more than these are heard beside, which cost something else.
    pub heard_at_most: u64,
}

/// What a file is to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Picture,
    Audio(AudioKind),
    Text,
    Pdf,
    /// Any other document: no two providers take the same of them.
    Document,
}

/// How a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it is.
    Whole,
    /// By pictures of so many of its pages, and its words where it has some.
    Pages(u32),
    /// By its words.
    Words,
    /// Not at all: a picture for who sees none, audio for who hears none, or a document that says nothing.
    Not,
}

impl What {
    fn of(is_image: bool, media_type: &str) -> Self {
        match AudioKind::of_media_type(media_type) {
            _ if is_image => Self::Picture,
            Some(kind) => Self::Audio(kind),
            None if media_type == "text/plain" => Self::Text,
            None if media_type == Format::Pdf.media_type() => Self::Pdf,
            None => Self::Document,
        }
    }
}

/// What the model at this endpoint takes.
pub fn takes(endpoint: &Endpoint, model: &str) -> Takes {
    let Endpoint { provider, base, format, .. } = endpoint;
    Takes::of(*provider, base.as_str(), *format, model, Day::of_ms(now_ms()))
}

/// What these files cost to read where this is taken.
pub fn weigh(takes: &Takes, files: &[Attachment]) -> Weight {
    files.iter().map(|file| weight(takes, file)).fold(Weight::default(), Weight::and)
}

impl Weight {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            about: self.about.saturating_add(other.about),
            at_most: self.at_most.saturating_add(other.at_most),
            heard_at_most: self.heard_at_most.saturating_add(other.heard_at_most),
        }
    }
}

/// What one of them costs.
pub fn weight(takes: &Takes, file: &Attachment) -> Weight {
    let facts = Facts::of_stored(&file.facts);
    let what = What::of(file.is_image, &file.media_type);
    let size = count(file.size);
    let words = if what == What::Text { size } else { file.words.map_or(0, count) };
    let read = |about, at_most| Weight { about, at_most, heard_at_most: 0 };
    match (form(takes, what, &facts, size, words > 0), what) {
        (Form::Whole, What::Picture) => {
            let pixels = u64::from(facts.width.unwrap_or(1)) * u64::from(facts.height.unwrap_or(1));
            read(pixels.div_ceil(750).clamp(1, LARGE_PICTURE), PICTURE)
        }
        (Form::Whole, What::Audio(_)) => heard(takes, &facts, size),
        (Form::Whole, What::Pdf | What::Text | What::Document) => {
            let pages = u64::from(facts.pages.unwrap_or(1));
            read(pages.saturating_mul(PAGE), whole(&facts, size, words))
        }
        (Form::Pages(pages), _) => {
            let pages = u64::from(pages);
            read(pages * LARGE_PICTURE + words.div_ceil(4), pages * PICTURE + words + 128)
        }
        (Form::Words, _) => read(words.div_ceil(4), words + 64),
        (Form::Not, _) => read(32, 128),
    }
}

/// As what a document is read at most that goes as it is: each page is seen and read.
fn whole(facts: &Facts, size: u64, words: u64) -> u64 {
    let pages = u64::from(facts.pages.unwrap_or(1));
    pages.saturating_mul(PICTURE).saturating_add(words).max(PICTURE + size)
}

/// What audio is heard as. Of what does not tell its length nobody knows more than that no model hears more than it can.
fn heard(takes: &Takes, facts: &Facts, size: u64) -> Weight {
    let tokens = |ms: u64| takes.hearing.map_or(0, |hearing| hearing.tokens(ms));
    let told = facts.length_ms;
    let about = tokens(told.unwrap_or(size.saturating_mul(1_000) / SPEECH_BYTES));
    let heard_at_most = match told {
        // Some count the silence that they add, and some a little more than was told.
        Some(ms) => tokens(ms.saturating_add(ms / 8).saturating_add(1_000)),
        None => takes.context_tokens.unwrap_or(u64::MAX / 4),
    };
    Weight { about, at_most: 16, heard_at_most }
}

/// Looks whether all of this can go: what was sent before, which goes along again, and what is new. Said before anything is kept or
/// sent, with the number that is passed.
pub fn check(
    endpoint: &Endpoint,
    model: &str,
    before: &[Attachment],
    new: &[Attachment],
) -> Result<(), Failure> {
    let takes = takes(endpoint, model);
    let failed =
        |trouble, detail: String| Err(Failure::at(trouble, endpoint.provider.name(), Some(detail)));
    if takes.pictures == Some(false) && new.iter().any(|file| file.is_image) {
        return failed(Trouble::NoPictures, format!("{model} is known to take words only"));
    }
    for file in new {
        match What::of(file.is_image, &file.media_type) {
            What::Audio(_) if takes.hearing.is_none() => {
                return failed(Trouble::NoAudio, format!("{model} is not known to hear"));
            }
            What::Audio(kind) if !takes.audio().contains(&kind) => {
                let taken: Vec<_> = takes.audio().iter().copied().map(shown).collect();
                let detail =
                    format!("“{}” is {}; it takes {}", file.name, shown(kind), taken.join(", "));
                return failed(Trouble::AudioKind, detail);
            }
            What::Audio(_) | What::Picture | What::Text | What::Pdf | What::Document => {}
        }
    }
    let (mut pictures, mut sent) = (0_u32, 0_u64);
    for file in before.iter().chain(new) {
        let facts = Facts::of_stored(&file.facts);
        let size = letters(count(file.size));
        let what = What::of(file.is_image, &file.media_type);
        match form(&takes, what, &facts, count(file.size), has_words(file)) {
            Form::Whole if what == What::Picture => {
                pictures += 1;
                sent = sent.saturating_add(size);
                if let Some(most) = takes.picture_bytes.filter(|most| size > *most) {
                    let detail =
                        format!("“{}” has {}; the most is {}", file.name, mb(size), mb(most));
                    return failed(Trouble::FilesTooLarge, detail);
                }
            }
            Form::Whole => sent = sent.saturating_add(size),
            Form::Pages(pages) => {
                pictures += pages;
                let all = letters(facts.drawn_bytes.unwrap_or_default());
                let share =
                    all.saturating_mul(u64::from(pages)) / u64::from(facts.drawn.unwrap_or(1));
                sent = sent.saturating_add(share).saturating_add(file.words.map_or(0, count));
            }
            Form::Words => sent = sent.saturating_add(count(file.words.unwrap_or(file.size))),
            Form::Not if !matches!(what, What::Pdf | What::Document) => {}
            Form::Not => {
                let detail = format!("“{}” holds no words that could be read", file.name);
                return failed(Trouble::NoWords, detail);
            }
        }
    }
    if let Some(most) = takes.most_pictures.filter(|most| pictures > *most) {
        return failed(
            Trouble::TooManyPictures,
            format!("{pictures} pictures; the most is {most}"),
        );
    }
    if sent > takes.request_bytes {
        let detail = format!("{} in all; the most is {}", mb(sent), mb(takes.request_bytes));
        return failed(Trouble::FilesTooLarge, detail);
    }
    Ok(())
}

/// A kept file as it is sent, the `number`-th of its request. It is called by that number: a name may tell what is nobody's business.
pub(crate) fn parts(takes: &Takes, kept: &Kept, number: usize, drawn: &Drawn) -> Vec<Part> {
    let (file, is_image) = match kept {
        Kept::Image(file) => (file, true),
        Kept::File(file) => (file, false),
        Kept::Thought(_) => return Vec::new(),
    };
    let facts = Facts::of_stored(&file.facts);
    let what = What::of(is_image, &file.media_type);
    let has_words = what == What::Text || file.words.is_some();
    let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    let (media_type, data) = (file.media_type.clone(), file.bytes.clone());
    vec![match (form(takes, what, &facts, size, has_words), what) {
        (Form::Pages(pages), _) => {
            let pages = usize::try_from(pages).unwrap_or(usize::MAX);
            let shown = drawn.pages(&file.bytes);
            return as_pages(file, &facts, number, shown.get(..pages).unwrap_or(shown));
        }
        (Form::Whole, What::Picture) => Part::Image { media_type, data },
        (Form::Whole, What::Audio(kind)) => {
            Part::Audio { kind, data, tokens: heard(takes, &facts, size).heard_at_most }
        }
        (Form::Whole, What::Pdf | What::Text | What::Document) => {
            let words = file.words.as_ref().map_or(0, String::len);
            let words = u64::try_from(words).unwrap_or(u64::MAX);
            let tokens = whole(&facts, size, words);
            Part::File { name: format!("document-{number}.pdf"), media_type, data, tokens }
        }
        (Form::Words, _) => Part::Text(as_words(file, what == What::Text, &facts, number)),
        (Form::Not, What::Picture) => Part::Text(UNSEEN.to_owned()),
        (Form::Not, What::Audio(_)) => Part::Text(UNHEARD.to_owned()),
        (Form::Not, What::Pdf | What::Text | What::Document) => {
            Part::Text("[A document was here that holds no words.]".to_owned())
        }
    }]
}

/// A scan that goes to this model by its pages.
pub(crate) fn scan<'k>(takes: &Takes, kept: &'k Kept) -> Option<&'k File> {
    let Kept::File(file) = kept else { return None };
    let (facts, what) = (Facts::of_stored(&file.facts), What::of(false, &file.media_type));
    let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    let form = form(takes, what, &facts, size, file.words.is_some());
    matches!(form, Form::Pages(_)).then_some(file)
}

/// Whether this is something to be heard.
pub(crate) fn is_audio(kept: &Kept) -> bool {
    match kept {
        Kept::File(file) => AudioKind::of_media_type(&file.media_type).is_some(),
        Kept::Image(_) | Kept::Thought(_) => false,
    }
}

/// Pages as pictures, behind what says which they are.
fn as_pages(file: &File, facts: &Facts, number: usize, shown: &[Arc<[u8]>]) -> Vec<Part> {
    let (all, count) = (facts.pages.unwrap_or_default(), shown.len());
    let which = match u32::try_from(count) {
        Ok(0) => return vec![Part::Text(UNDRAWN.to_owned())],
        Ok(count) if count == all => format!("all {all} pages"),
        _ => format!("the first {count} of {all} pages"),
    };
    let words = file.words.as_deref().unwrap_or_default();
    let holds = format!("{which} of a scanned PDF as pictures, which follow");
    let said = format!("<file number=\"{number}\" holds=\"{holds}\">\n{words}\n</file>");
    let picture =
        |page: &Arc<[u8]>| Part::Image { media_type: "image/jpeg".to_owned(), data: page.clone() };
    [Part::Text(said)].into_iter().chain(shown.iter().map(picture)).collect()
}

/// Words in a frame, so that it is plain where a file begins and ends.
fn as_words(file: &File, is_text: bool, facts: &Facts, number: usize) -> String {
    let of_text = || String::from_utf8_lossy(&file.bytes).into_owned();
    let words = if is_text { of_text() } else { file.words.clone().unwrap_or_default() };
    let kind = Format::of_media_type(&file.media_type).map_or("text", Format::holds);
    let cut = if facts.cut { "\n[The rest could not be read.]" } else { "" };
    format!("<file number=\"{number}\" holds=\"{kind}\">\n{words}{cut}\n</file>")
}

fn form(takes: &Takes, what: What, facts: &Facts, size: u64, has_words: bool) -> Form {
    let or_not = |goes, form| if goes { form } else { Form::Not };
    let sees = takes.pictures != Some(false);
    let most = takes.most_pictures.unwrap_or(u32::MAX);
    let drawn = facts.drawn.filter(|_| sees).map_or(0, |drawn| drawn.min(most));
    let within = takes.documents
        && takes.pages.is_none_or(|most| facts.pages.is_none_or(|pages| pages <= most))
        && takes.document_bytes.is_none_or(|most| letters(size) <= most);
    match what {
        What::Picture => or_not(sees, Form::Whole),
        What::Audio(kind) => or_not(takes.audio().contains(&kind), Form::Whole),
        What::Text => Form::Words,
        What::Pdf if within => Form::Whole,
        What::Pdf if drawn > 0 => Form::Pages(drawn),
        What::Pdf | What::Document => or_not(has_words, Form::Words),
    }
}

/// What people call it.
fn shown(kind: AudioKind) -> String {
    kind.word().to_uppercase()
}

fn has_words(file: &Attachment) -> bool {
    file.words.is_some_and(|words| words > 0)
}

fn count(size: i64) -> u64 {
    u64::try_from(size).unwrap_or_default()
}

/// Megabytes as providers count them, rounded up so that what is too much never reads as the most.
fn mb(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        tenth => format!("{}.{tenth} MB", tenths / 10),
    }
}

#[cfg(test)]
mod tests;
