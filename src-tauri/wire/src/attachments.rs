//! What files a provider takes, and how many of them: rows of `data/attachments.json`. Sizes are of bytes written as letters, as
//! they are sent. What nobody tells is not bounded here; the provider says so then.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{AudioKind, Day, Format, Hearing, Provider, facts};

/// The longest request to whoever tells of no limit.
const REQUEST_BYTES: u64 = 20 << 20;

/// What a model takes beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takes {
    /// Whether it sees pictures; `None` where nobody knows.
    pub pictures: Option<bool>,
    /// The most pictures of a request.
    pub most_pictures: Option<u32>,
    /// The most letters of a picture.
    pub picture_bytes: Option<u64>,
    /// Whether it reads PDFs as they are.
    pub documents: bool,
    /// The most pages of such a PDF.
    pub pages: Option<u32>,
    /// The most letters of such a PDF.
    pub document_bytes: Option<u64>,
    /// Whether it hears; `None` where nobody knows.
    pub hears: Option<bool>,
    /// How, where that is known and can be asked for.
    pub hearing: Option<Hearing>,
    /// The most letters of all files of a request.
    pub request_bytes: u64,
    /// Tokens that it can read, where that is known.
    pub context_tokens: Option<u64>,
}

/// Whether PDFs are taken as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Documents {
    /// By no model.
    #[default]
    No,
    /// By those that are known to.
    Known,
    /// By every model that is not known to refuse them.
    Always,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Row {
    providers: Vec<String>,
    #[serde(default = "yes")]
    takes_pictures: bool,
    pictures: Option<u32>,
    picture_bytes: Option<u64>,
    request_bytes: Option<u64>,
    #[serde(default)]
    documents: Documents,
    pages: Option<u32>,
    document_bytes: Option<u64>,
}

const fn yes() -> bool {
    true
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads every row; without them nothing but the common bound is known.
    serde_json::from_str(include_str!("../data/attachments.json")).unwrap_or_default()
});

impl Takes {
    /// What this model takes, spoken to at this address and usually in this format.
    pub fn of(provider: Provider, address: &str, format: Format, model: &str, day: Day) -> Self {
        let row = ROWS.iter().find(|row| row.providers.iter().any(|id| id == provider.id()));
        let known = facts(provider, model, day);
        let documents = match row.map(|row| row.documents).unwrap_or_default() {
            Documents::No => false,
            Documents::Known => known.is_some_and(|facts| facts.reads_pdf),
            Documents::Always => known.is_none_or(|facts| facts.reads_pdf),
        };
        let pictures = match row.is_none_or(|row| row.takes_pictures) {
            true => known.map(|facts| facts.sees_images),
            false => Some(false),
        };
        let hearing = Hearing::of(provider, model)
            .filter(|hearing| hearing.format_at(provider, address, format).is_some());
        let hears = match hearing {
            Some(_) => known.map(|facts| facts.hears),
            None => Some(false),
        };
        Self {
            pictures,
            hears,
            hearing: hearing.filter(|_| hears != Some(false)),
            most_pictures: row.and_then(|row| row.pictures),
            picture_bytes: row.and_then(|row| row.picture_bytes),
            documents: documents && format.has_documents(),
            pages: row.and_then(|row| row.pages),
            document_bytes: row.and_then(|row| row.document_bytes),
            request_bytes: row.and_then(|row| row.request_bytes).unwrap_or(REQUEST_BYTES),
            context_tokens: known.and_then(|facts| facts.context_tokens),
        }
    }

    /// The kinds of audio that are taken.
    pub fn audio(&self) -> &'static [AudioKind] {
        self.hearing.map(Hearing::kinds).unwrap_or_default()
    }
}

/// So many bytes as letters of base64.
pub fn letters(bytes: u64) -> u64 {
    bytes.div_ceil(3).saturating_mul(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(provider: &str, format: Format, model: &str) -> Takes {
        let day = Day::parse("2026-11-29").unwrap();
        let provider = Provider::stored(provider);
        let address = provider.address().unwrap_or("http://127.0.0.1:9/v1");
        Takes::of(provider, address, format, model, day)
    }

    #[test]
    fn every_row_is_read_and_names_a_provider() {
        let rows: Vec<Row> =
            serde_json::from_str(include_str!("../data/attachments.json")).unwrap();
        for provider in rows.iter().flat_map(|row| &row.providers) {
            assert!(Provider::from_id(provider).is_some(), "{provider}");
        }
    }

    #[test]
    fn what_is_known_counts_and_what_is_not_known_is_not_claimed() {
        let table = [
            ("openAi", Format::Responses, "gpt-5.1", Some(true), true),
            ("openAi", Format::Responses, "gpt-3.5-turbo", Some(false), false),
            ("openAi", Format::Responses, "gpt-99", None, false),
            ("anthropic", Format::Messages, "claude-opus-5", Some(true), true),
            ("anthropic", Format::Messages, "claude-next", None, true),
            ("anthropic", Format::ChatCompletions, "claude-next", None, true),
            ("google", Format::Gemini, "models/gemini-4-argon", Some(true), true),
            ("ollama", Format::Ollama, "llava:7b", None, false),
            ("practice", Format::Ollama, "practice", None, false),
            ("practice", Format::Messages, "practice", None, true),
            ("deepSeek", Format::ChatCompletions, "deepseek-next", Some(false), false),
        ];
        for (provider, format, model, pictures, documents) in table {
            let takes = of(provider, format, model);
            assert_eq!(
                (takes.pictures, takes.documents),
                (pictures, documents),
                "{provider} {model}"
            );
        }
        let hears = |provider, format, model| {
            let takes = of(provider, format, model);
            (takes.hears, takes.audio().len())
        };
        // OpenAI's responses hear nothing, but its chat completions stand at the same address.
        assert_eq!(hears("openAi", Format::Responses, "gpt-audio"), (Some(true), 2));
        assert_eq!(hears("openAi", Format::Responses, "gpt-5.1"), (Some(false), 0));
        assert_eq!(hears("google", Format::Gemini, "gemini-99"), (None, 5));
        assert_eq!(hears("google", Format::Gemini, "gemma-4-31b-it"), (Some(false), 0));
        assert_eq!(hears("anthropic", Format::Messages, "claude-next"), (Some(false), 0));
        assert_eq!(hears("practice", Format::Messages, "practice"), (Some(false), 0));
        assert_eq!(hears("practice", Format::Gemini, "practice"), (None, 7));
        assert_eq!(of("groq", Format::ChatCompletions, "x").most_pictures, Some(5));
        assert_eq!(of("other", Format::ChatCompletions, "x").request_bytes, REQUEST_BYTES);
        assert_eq!((letters(1), letters(3), letters(3_750_000)), (4, 4, 5_000_000));
    }
}
