//! What another program asks for: read only as far as is needed to know who is asked and what it may cost.

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use wire::{Day, facts};

use crate::store::now_ms;
use crate::{Endpoint, cost};

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Errand {
    /// An answer, as OpenAI's chat completions.
    Chat,
    /// An answer, as OpenAI's responses.
    Responses,
    /// Numbers that stand for texts, as OpenAI's embeddings.
    Embeddings,
    /// An answer, as Anthropic's messages.
    Messages,
    /// How many tokens a question has, as Anthropic counts them.
    CountTokens,
}

/// Why a body is not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is no JSON object.
    #[error("The body is not a JSON object.")]
    NotAnObject,
    /// Two readers of it could see two different things.
    #[error("The body says `{0}` twice.")]
    Twice(String),
    /// It names no model.
    #[error("The body names no model.")]
    NoModel,
    /// It asks for something of which nobody can say beforehand what it costs, or that would happen behind the program's back.
    #[error("Latchkey does not pass on `{0}`.")]
    NotPassedOn(String),
}

/// A wish that can be sent.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What for.
    pub errand: Errand,
    /// Of which model.
    pub model: String,
    /// As it came.
    pub body: Bytes,
    /// What it says about itself, under names of ours.
    pub headers: Vec<(&'static str, String)>,
    /// Whether it asks for the beta of the format; Anthropic's own tools put that into the address.
    pub is_beta: bool,
    /// Whether a stream is asked for.
    pub streams: bool,
    /// How many answers at once.
    pub(super) answers: u64,
    longest: Option<u64>,
    pictures: u64,
    /// It names something that the provider reads and that is not in it.
    reads_elsewhere: bool,
    /// There is something to be heard in it, of which nobody here knows how long it is.
    hears: bool,
    is_kept_long: bool,
    says_stream_options: bool,
}

/// The most tokens that a picture is read as.
const PICTURE: u64 = 10_000;

impl Wish {
    /// Reads a body.
    pub fn read(errand: Errand, body: Bytes) -> Result<Self, Unfit> {
        let Fields(fields) = serde_json::from_slice(&body).map_err(|_| Unfit::NotAnObject)?;
        let mut seen: Vec<String> = Vec::with_capacity(fields.len());
        for (name, _) in &fields {
            // Some servers read names without regard to case.
            let lower = name.to_lowercase();
            match seen.contains(&lower) {
                true => return Err(Unfit::Twice(name.clone())),
                false => seen.push(lower),
            }
        }
        let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, v)| v);
        let model = field("model").and_then(Value::as_str).filter(|model| !model.is_empty());
        let model = model.ok_or(Unfit::NoModel)?.to_owned();
        fields.iter().try_for_each(|(name, value)| check(name, value))?;
        let number = |name: &str| field(name).and_then(Value::as_u64);
        let longest = ["max_tokens", "max_completion_tokens", "max_output_tokens"];
        let of_answers =
            |name: &str| ["n", "best_of"].iter().any(|of| name.eq_ignore_ascii_case(of));
        let answers = fields.iter().filter(|(name, _)| of_answers(name));
        let answers = answers.filter_map(|(_, value)| value.as_u64()).max();
        let mut found = Found::default();
        fields.iter().for_each(|(name, value)| found.look(name, value));
        Ok(Self {
            errand,
            model,
            headers: Vec::new(),
            is_beta: false,
            streams: field("stream").and_then(Value::as_bool).unwrap_or(false),
            answers: answers.unwrap_or(1),
            longest: longest.iter().filter_map(|name| number(name)).max(),
            pictures: found.pictures,
            reads_elsewhere: found.reads_elsewhere,
            hears: found.hears,
            is_kept_long: found.is_kept_long,
            says_stream_options: field("stream_options").is_some(),
            body,
        })
    }

    /// The same with what it says about itself.
    #[must_use]
    pub fn saying(self, headers: Vec<(&'static str, String)>, is_beta: bool) -> Self {
        Self { headers, is_beta, ..self }
    }

    /// Whether a count of tokens can be asked for that the program did not ask for.
    pub(super) fn may_count(&self) -> bool {
        self.errand == Errand::Chat && self.streams && !self.says_stream_options
    }

    /// A body with that wish in it. Everything else stays as it was.
    pub(super) fn counted(body: &[u8]) -> Vec<u8> {
        const WISH: &[u8] = b"\"stream_options\":{\"include_usage\":true},";
        let open = body.iter().position(|&byte| byte == b'{').map_or(0, |at| at + 1);
        [&body[..open], WISH, &body[open..]].concat()
    }

    /// Below the address of its format.
    pub(super) fn path(&self) -> &'static str {
        match (self.errand, self.is_beta) {
            (Errand::Chat, _) => "chat/completions",
            (Errand::Responses, _) => "responses",
            (Errand::Embeddings, _) => "embeddings",
            (Errand::Messages, false) => "messages",
            (Errand::Messages, true) => "messages?beta=true",
            (Errand::CountTokens, false) => "messages/count_tokens",
            (Errand::CountTokens, true) => "messages/count_tokens?beta=true",
        }
    }

    /// The most that is read and written for it.
    pub(super) fn asked(&self, endpoint: &Endpoint) -> cost::Asked {
        let facts = || facts(endpoint.provider, &self.model, Day::of_ms(now_ms()));
        let context = || facts().and_then(|facts| facts.context_tokens);
        // A token is a byte at least.
        let body = u64::try_from(self.body.len()).unwrap_or(u64::MAX);
        let mut read = body.saturating_add(self.pictures.saturating_mul(PICTURE));
        let all = || context().unwrap_or(u64::MAX / 4);
        if self.reads_elsewhere {
            read = all().max(read);
        }
        let heard = if self.hears { all() } else { 0 };
        // What is kept for an hour is written at twice the price.
        if self.is_kept_long {
            read = read.saturating_mul(2);
        }
        let each = self.longest.or_else(|| match self.answers {
            1 => None,
            _ => Some(facts().and_then(|facts| facts.output_tokens).unwrap_or(cost::LONGEST)),
        });
        match self.errand {
            Errand::CountTokens => cost::Asked { read: 0, heard: 0, bound: Some(0), search: false },
            Errand::Embeddings => cost::Asked { read, heard, bound: Some(0), search: false },
            Errand::Chat | Errand::Responses | Errand::Messages => cost::Asked {
                read: read.saturating_mul(self.answers),
                heard: heard.saturating_mul(self.answers),
                bound: each.map(|each| each.saturating_mul(self.answers)),
                search: false,
            },
        }
    }
}

/// Refuses what is paid for beside tokens, and what goes on when the program has gone.
fn check(name: &str, value: &Value) -> Result<(), Unfit> {
    let refused = |what: &str| Err(Unfit::NotPassedOn(what.to_owned()));
    // Some servers read names without regard to case.
    match name.to_lowercase().as_str() {
        "background" if value.as_bool() == Some(true) => refused("background"),
        "service_tier" if matches!(value.as_str(), Some("priority" | "scale")) => {
            refused("service_tier")
        }
        // Another model than the one that was looked at, or another price of the same.
        "models" | "route" | "preset" | "fallbacks" | "speed" | "inference_geo"
            if !value.is_null() =>
        {
            refused(name)
        }
        "web_search_options" | "plugins" | "mcp_servers" | "container" if !value.is_null() => {
            refused(name)
        }
        // Read otherwise than it is counted, it would cost more than is reserved.
        "n" | "best_of" if !value.is_null() && value.as_u64().is_none_or(|count| count == 0) => {
            refused(name)
        }
        "modalities" | "audio" if holds(value, "audio") => refused("audio"),
        "tools" => match value.as_array().into_iter().flatten().find(|tool| !is_own(tool)) {
            Some(tool) => refused(tool.get("type").and_then(Value::as_str).unwrap_or("tools")),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn holds(value: &Value, word: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| item.as_str() == Some(word)),
        Value::Object(_) => true,
        _ => false,
    }
}

/// Whether a tool is one that the program runs by itself: those of a provider are paid for by use.
fn is_own(tool: &Value) -> bool {
    const OWN: [&str; 6] = ["function", "custom", "bash_", "text_editor_", "computer_", "memory_"];
    match tool.get("type") {
        None => true,
        Some(Value::String(kind)) => {
            OWN.iter().any(|own| kind == own || (own.ends_with('_') && kind.starts_with(own)))
        }
        Some(_) => false,
    }
}

/// What is found in a body, however deep.
#[derive(Default)]
struct Found {
    pictures: u64,
    reads_elsewhere: bool,
    hears: bool,
    is_kept_long: bool,
}

impl Found {
    fn look(&mut self, name: &str, value: &Value) {
        match name {
            "image_url" | "input_image" | "image" => self.pictures += 1,
            "previous_response_id"
            | "conversation"
            | "prompt"
            | "file_id"
            | "file_url"
            | "file_data"
            | "document"
            | "input_file"
            | "file"
                if !value.is_null() =>
            {
                self.reads_elsewhere = true;
            }
            "ttl" if value.as_str() == Some("1h") => self.is_kept_long = true,
            "type" => match value.as_str() {
                Some("image" | "input_image" | "image_url") => self.pictures += 1,
                Some("input_audio" | "audio_url") => self.hears = true,
                Some("document" | "file" | "input_file") => self.reads_elsewhere = true,
                Some("video_url") => (self.reads_elsewhere, self.hears) = (true, true),
                _ => {}
            },
            _ => {}
        }
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.look(name, value)),
            Value::Array(items) => items.iter().for_each(|item| self.look("", item)),
            _ => {}
        }
    }
}

/// The fields of an object in their order, each as often as it is there.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Fields;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Wish, Unfit> {
        Wish::read(Errand::Chat, Bytes::from(body.to_owned()))
    }

    #[test]
    fn two_readers_see_the_same_model_or_nothing_is_sent() {
        for body in [
            r#"{"model":"cheap","model":"dear"}"#,
            r#"{"model":"cheap","MODEL":"dear"}"#,
            r#"{"model":"cheap","mod\u0065l":"dear"}"#,
        ] {
            assert!(matches!(read(body), Err(Unfit::Twice(_))), "{body}");
        }
        for body in ["", "[]", "null", "{", "{\"model\":\"m\"} x", "{\"model\":\"m\"}{}"] {
            assert_eq!(read(body).unwrap_err(), Unfit::NotAnObject, "{body}");
        }
        for body in [r#"{"Model":"m"}"#, r#"{"model":7}"#, r#"{"model":""}"#, "{}"] {
            assert_eq!(read(body).unwrap_err(), Unfit::NoModel, "{body}");
        }
    }

    #[test]
    fn what_is_paid_for_beside_tokens_is_not_passed_on() {
        for (field, is_passed) in [
            (r#""tools":[{"type":"function","function":{"name":"f"}}]"#, true),
            (r#""tools":[{"name":"f","input_schema":{}}]"#, true),
            (r#""tools":[{"type":"text_editor_20250728","name":"e"}]"#, true),
            (r#""tools":[{"type":"web_search_20250305","name":"w"}]"#, false),
            (r#""tools":[{"type":"function"},{"type":"mcp","server_url":"https://x"}]"#, false),
            (r#""tools":[{"type":"code_interpreter"}]"#, false),
            (r#""web_search_options":{}"#, false),
            (r#""background":true"#, false),
            (r#""background":false"#, true),
            (r#""service_tier":"priority""#, false),
            (r#""service_tier":"auto""#, true),
            (r#""modalities":["text","audio"]"#, false),
            (r#""n":3"#, true),
            (r#""n":null"#, true),
            (r#""n":2.0"#, false),
            (r#""N":"5""#, false),
            (r#""best_of":0"#, false),
        ] {
            assert_eq!(read(&format!(r#"{{"model":"m",{field}}}"#)).is_ok(), is_passed, "{field}");
        }
    }

    #[test]
    fn every_answer_that_is_asked_for_is_counted() {
        let answers = |fields: &str| read(&format!(r#"{{"model":"m"{fields}}}"#)).unwrap().answers;
        assert_eq!((answers(""), answers(r#","N":5"#)), (1, 5));
        assert_eq!(answers(r#","n":2,"best_of":7"#), 7);
    }

    #[test]
    fn what_is_to_be_heard_costs_as_much_as_the_model_can_hear() {
        let base = vault::BaseUrl::parse("https://api.openai.com/v1").unwrap();
        let endpoint = Endpoint::of(&history::Connection {
            id: "c".into(),
            provider: "openAi".into(),
            name: "Test".into(),
            origin: base.origin().to_string(),
            address: base.as_str().to_owned(),
            key: None,
            refuses_stream_options: false,
            format: None,
            upkeep: history::Upkeep::default(),
            created_ms: 0,
            last_used_ms: None,
        })
        .unwrap();
        let heard = |content: &str| {
            let body = format!(
                r#"{{"model":"gpt-audio","messages":[{{"role":"user","content":{content}}}]}}"#
            );
            read(&body).unwrap().asked(&endpoint).heard
        };
        let audio = r#"[{"type":"input_audio","input_audio":{"data":"YWJj","format":"wav"}}]"#;
        assert_eq!((heard(audio), heard(r#""Hi""#)), (128_000, 0));
    }

    #[test]
    fn a_count_is_asked_for_where_the_program_did_not_say() {
        let wish = read(r#" {"model":"m","stream":true}"#).unwrap();
        assert!(wish.may_count());
        assert_eq!(
            Wish::counted(&wish.body),
            br#" {"stream_options":{"include_usage":true},"model":"m","stream":true}"#
        );
        assert!(!read(r#"{"model":"m","stream":true,"stream_options":{}}"#).unwrap().may_count());
        assert!(!read(r#"{"model":"m"}"#).unwrap().may_count());
    }
}
