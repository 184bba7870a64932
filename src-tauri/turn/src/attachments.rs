//! A message's files on their way to a model: whether it takes them, in which form they go, and what they cost to read.

use files::{Facts, Format};
use history::{Attachment, File, Part as Kept};
use wire::{AudioKind, Day, Part, Takes, letters};

use crate::store::now_ms;
use crate::{Endpoint, Failure, Trouble};

/// What the model is told where a picture was that it cannot see. A chat goes on with a model that sees none.
const UNSEEN: &str = "[A picture was here. This model takes no pictures, so it was left out.]";

/// The same of audio.
const UNHEARD: &str = "[Audio was here. This model hears none of its kind, so it was left out.]";

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
            let most = pages.saturating_mul(PICTURE).saturating_add(words);
            read(pages.saturating_mul(PAGE), most.max(PICTURE + size))
        }
        (Form::Words, _) => read(words.div_ceil(4), words + 64),
        (Form::Not, _) => read(32, 128),
    }
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
pub(crate) fn part(takes: &Takes, kept: &Kept, number: usize) -> Option<Part> {
    let (file, is_image) = match kept {
        Kept::Image(file) => (file, true),
        Kept::File(file) => (file, false),
        Kept::Thought(_) => return None,
    };
    let facts = Facts::of_stored(&file.facts);
    let what = What::of(is_image, &file.media_type);
    let has_words = what == What::Text || file.words.is_some();
    let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    let (media_type, data) = (file.media_type.clone(), file.bytes.clone());
    Some(match (form(takes, what, &facts, size, has_words), what) {
        (Form::Whole, What::Picture) => Part::Image { media_type, data },
        (Form::Whole, What::Audio(kind)) => {
            Part::Audio { kind, data, tokens: heard(takes, &facts, size).heard_at_most }
        }
        (Form::Whole, What::Pdf | What::Text | What::Document) => {
            Part::File { name: format!("document-{number}.pdf"), media_type, data }
        }
        (Form::Words, _) => Part::Text(as_words(file, what == What::Text, &facts, number)),
        (Form::Not, What::Picture) => Part::Text(UNSEEN.to_owned()),
        (Form::Not, What::Audio(_)) => Part::Text(UNHEARD.to_owned()),
        (Form::Not, What::Pdf | What::Text | What::Document) => {
            Part::Text("[A document was here that holds no words.]".to_owned())
        }
    })
}

/// Whether this is something to be heard.
pub(crate) fn is_audio(kept: &Kept) -> bool {
    match kept {
        Kept::File(file) => AudioKind::of_media_type(&file.media_type).is_some(),
        Kept::Image(_) | Kept::Thought(_) => false,
    }
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
    let within = takes.documents
        && takes.pages.is_none_or(|most| facts.pages.is_none_or(|pages| pages <= most))
        && takes.document_bytes.is_none_or(|most| letters(size) <= most);
    match what {
        What::Picture => or_not(takes.pictures != Some(false), Form::Whole),
        What::Audio(kind) => or_not(takes.audio().contains(&kind), Form::Whole),
        What::Text => Form::Words,
        What::Pdf if within => Form::Whole,
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
mod tests {
    use wire::{Format, Provider};

    use super::*;

    fn of(provider: &str, model: &str) -> Takes {
        let provider = Provider::stored(provider);
        let format = provider.formats().next().unwrap_or(Format::ChatCompletions);
        let address = provider.address().unwrap_or("http://127.0.0.1:9/v1");
        Takes::of(provider, address, format, model, Day::parse("2026-11-29").unwrap())
    }

    fn endpoint(provider: &str) -> Endpoint {
        let provider = Provider::stored(provider);
        let address = provider.address().unwrap_or("http://127.0.0.1:9/v1");
        let base = vault::BaseUrl::parse(address).unwrap();
        Endpoint::of(&history::Connection {
            id: "c".into(),
            provider: provider.id().into(),
            name: "Test".into(),
            origin: base.origin().to_string(),
            address: address.into(),
            key: None,
            refuses_stream_options: false,
            format: None,
            upkeep: history::Upkeep::default(),
            created_ms: 0,
            last_used_ms: None,
        })
        .unwrap()
    }

    fn picture(size: i64) -> Attachment {
        let facts = Facts { width: Some(1_000), height: Some(750), ..Facts::default() };
        Attachment {
            place: 1,
            is_image: true,
            name: "cat.png".into(),
            media_type: "image/png".into(),
            size,
            words: None,
            facts: facts.to_stored(),
            preview: None,
        }
    }

    /// Ten seconds.
    fn audio(media_type: &str) -> Attachment {
        Attachment {
            is_image: false,
            name: "talk".into(),
            media_type: media_type.into(),
            facts: Facts { length_ms: Some(10_000), ..Facts::default() }.to_stored(),
            ..picture(160_000)
        }
    }

    fn document(pages: u32, words: Option<i64>) -> Attachment {
        Attachment {
            is_image: false,
            media_type: "application/pdf".into(),
            words,
            facts: Facts { pages: Some(pages), ..Facts::default() }.to_stored(),
            ..picture(30_000)
        }
    }

    fn trouble(
        provider: &str,
        model: &str,
        before: &[Attachment],
        new: &[Attachment],
    ) -> Option<Failure> {
        check(&endpoint(provider), model, before, new).err()
    }

    #[test]
    fn each_limit_is_said_with_its_number() {
        let six: Vec<_> = (0..6).map(|_| picture(10)).collect();
        let failure = trouble("groq", "any", &six[..5], &six[5..]).unwrap();
        assert_eq!(failure.trouble, Trouble::TooManyPictures);
        assert_eq!(failure.detail.as_deref(), Some("6 pictures; the most is 5"));
        assert_eq!(trouble("groq", "any", &six[..4], &six[5..]), None);
        let failure = trouble("anthropic", "claude-opus-5", &[], &[picture(4_000_000)]).unwrap();
        assert_eq!(failure.trouble, Trouble::FilesTooLarge);
        assert_eq!(failure.detail.as_deref(), Some("“cat.png” has 5.1 MB; the most is 5 MB"));
        let many: Vec<_> = (0..9).map(|_| picture(3_000_000)).collect();
        let failure = trouble("google", "gemini-4-argon", &[], &many).unwrap();
        assert_eq!(failure.detail.as_deref(), Some("34.4 MB in all; the most is 20 MB"));
        let blind = trouble("openAi", "gpt-3.5-turbo", &[], &[picture(10)]).unwrap();
        assert_eq!(blind.trouble, Trouble::NoPictures);
        assert_eq!(trouble("openAi", "gpt-3.5-turbo", &[picture(10)], &[]), None, "a chat goes on");
        let deaf = trouble("anthropic", "claude-opus-5", &[], &[audio("audio/mpeg")]).unwrap();
        assert_eq!(deaf.trouble, Trouble::NoAudio);
        assert_eq!(trouble("anthropic", "claude-opus-5", &[audio("audio/mpeg")], &[]), None);
        let odd = trouble("openAi", "gpt-audio", &[], &[audio("audio/mp4")]).unwrap();
        assert_eq!(odd.trouble, Trouble::AudioKind);
        assert_eq!(odd.detail.as_deref(), Some("“talk” is M4A; it takes WAV, MP3"));
        assert_eq!(trouble("openAi", "gpt-audio", &[], &[audio("audio/mpeg")]), None);
        assert_eq!(trouble("other", "anything", &[], &[audio("audio/wav")]), None, "it may hear");
        let scanned = trouble("groq", "any", &[], &[document(3, None)]).unwrap();
        assert_eq!(scanned.trouble, Trouble::NoWords);
        assert_eq!(trouble("groq", "any", &[], &[document(3, Some(900))]), None);
        assert_eq!(
            trouble("mistral", "any", &[], &[document(3, None)]),
            None,
            "it reads it itself"
        );
    }

    #[test]
    fn a_document_goes_whole_where_it_is_taken_and_by_its_words_elsewhere() {
        let mut file = File::of("secret plan.pdf", "application/pdf", &b"%PDF-"[..]);
        file.words = Some("The plan.".to_owned());
        file.facts = Facts { pages: Some(120), cut: true, ..Facts::default() }.to_stored();
        let kept = Kept::File(file);
        let sent = |takes: &Takes| part(takes, &kept, 2).unwrap();
        assert!(
            matches!(sent(&of("google", "gemini-4-argon")), Part::File { name, .. } if name == "document-2.pdf")
        );
        let words = "<file number=\"2\" holds=\"the words of a PDF\">\nThe plan.\n[The rest could not be read.]\n</file>";
        for takes in [of("anthropic", "claude-opus-5"), of("groq", "any")] {
            assert_eq!(sent(&takes), Part::Text(words.to_owned()));
        }
        let picture = Kept::Image(File::of("me.png", "image/png", &b"x"[..]));
        let mut sheet = File::of("costs.xlsx", files::Format::Xlsx.media_type(), &b"PK"[..]);
        sheet.words = Some("1\t2".to_owned());
        let cells = "<file number=\"3\" holds=\"the cells of a spreadsheet\">\n1\t2\n</file>";
        let sent = part(&of("google", "gemini-4-argon"), &Kept::File(sheet), 3).unwrap();
        assert_eq!(sent, Part::Text(cells.to_owned()), "no provider takes it whole");
        let unseen = part(&of("openAi", "gpt-3.5-turbo"), &picture, 1).unwrap();
        assert_eq!(unseen, Part::Text(UNSEEN.to_owned()));
        assert!(matches!(part(&of("groq", "any"), &picture, 1), Some(Part::Image { .. })));
    }

    #[test]
    fn who_hears_in_one_format_only_is_spoken_to_in_that() {
        let heard = |provider: &str, model: &str| {
            let endpoint = endpoint(provider);
            let hearing = wire::Hearing::of(endpoint.provider, model);
            endpoint.hearing(hearing).format
        };
        assert_eq!(heard("openAi", "gpt-audio"), Format::ChatCompletions);
        assert_eq!(heard("openAi", "gpt-5.1"), Format::Responses);
        assert_eq!(heard("google", "gemini-3.8-flash"), Format::Gemini);
    }

    #[test]
    fn audio_goes_to_who_hears_it() {
        let mut file = File::of("talk.mp3", "audio/mpeg", &b"ID3"[..]);
        file.facts = Facts { length_ms: Some(10_000), ..Facts::default() }.to_stored();
        let kept = Kept::File(file);
        let sent = |takes: &Takes| part(takes, &kept, 1).unwrap();
        let heard = sent(&of("openAi", "gpt-audio"));
        assert!(
            matches!(heard, Part::Audio { kind: AudioKind::Mp3, tokens: 123, .. }),
            "12.25 seconds: {heard:?}"
        );
        assert_eq!(sent(&of("openAi", "gpt-5.1")), Part::Text(UNHEARD.to_owned()));
        assert_eq!(sent(&of("anthropic", "claude-opus-5")), Part::Text(UNHEARD.to_owned()));
        assert!(is_audio(&kept) && !is_audio(&Kept::File(File::of("a", "text/plain", &b"a"[..]))));
    }

    #[test]
    fn files_are_weighed_as_they_go() {
        let read = |about, at_most| Weight { about, at_most, heard_at_most: 0 };
        let claude = of("anthropic", "claude-opus-5");
        let weight = weigh(&claude, &[picture(10), document(3, Some(900))]);
        assert_eq!(weight, read(1_000 + 6_000, 10_000 + 40_000));
        assert_eq!(weigh(&of("groq", "any"), &[document(3, Some(900))]), read(225, 964));
        let google = of("google", "gemini-4-argon");
        let heard = weigh(&google, &[audio("audio/mpeg")]);
        assert_eq!(heard, Weight { about: 320, at_most: 16, heard_at_most: 392 });
        let endless = Attachment { facts: String::new(), ..audio("audio/mpeg") };
        let heard = weigh(&google, std::slice::from_ref(&endless));
        assert_eq!((heard.about, heard.heard_at_most), (1_280, 1_048_576), "all that it can hear");
        let anywhere = weigh(&of("other", "any"), &[endless]);
        assert_eq!(anywhere.heard_at_most, u64::MAX / 4, "and of others nobody knows");
    }
}
