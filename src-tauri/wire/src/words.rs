//! What a server says when it says no: its words and its codes, out of every costume they come in.

use serde_json::Value;

use crate::json;

/// Costumes within costumes, such as a gateway's error around a provider's, end somewhere.
const DEPTH: usize = 16;

/// What was said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// In words; may be empty.
    pub(crate) message: String,
    /// The most telling code: a word, or else a number.
    pub(crate) code: Option<String>,
    /// What kind of error it is, in a word.
    pub(crate) kind: Option<String>,
    /// An HTTP status, if it names one.
    pub(crate) status: Option<u16>,
}

/// Where the words stand, the better places first.
const WORDS: [&str; 15] = [
    "message",
    "msg",
    "detail",
    "error_message",
    "error_msg",
    "errorMessage",
    "error_description",
    "status_msg",
    "description",
    "reason",
    "title",
    "errors",
    "error",
    "base_resp",
    "text",
];

/// Fields that hold no words but names, numbers and kinds.
const NAMES: [&str; 20] = [
    "code",
    "type",
    "status",
    "state",
    "event",
    "object",
    "id",
    "param",
    "request_id",
    "requestId",
    "trace_id",
    "model",
    "provider",
    "created",
    "timestamp",
    "path",
    "domain",
    "@type",
    "finish_reason",
    "native_finish_reason",
];

impl Said {
    /// Reads the body of a refusal, whatever it is: JSON, a stream of events with JSON in it, or plain text.
    pub(crate) fn in_body(body: &str) -> Self {
        let body = body.trim_start_matches('\u{feff}').trim();
        let data: Vec<&str> = body
            .lines()
            .filter_map(|line| line.strip_prefix("data:").or_else(|| line.strip_prefix("error:")))
            .map(str::trim)
            .filter(|data| *data != "[DONE]")
            .collect();
        match data.is_empty() {
            true => Self::in_text(body),
            false => Self::in_text(&data.join("\n")),
        }
    }

    /// Reads a text, which may be JSON or hold some.
    pub(crate) fn in_text(text: &str) -> Self {
        let mut said = Self::default();
        said.add_text(text, DEPTH);
        said
    }

    /// Reads a document that is known to be an error.
    pub(crate) fn in_value(value: &Value) -> Self {
        let mut said = Self::in_known_places(value);
        if said.message.is_empty() {
            said.add_leaves(value, DEPTH);
        }
        said
    }

    /// Reads a document that may be anything: only what stands where words are to be expected.
    pub(crate) fn in_known_places(value: &Value) -> Self {
        let mut said = Self::default();
        said.add(value, DEPTH);
        said
    }

    /// Whether it holds nothing at all: such an error is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.message.is_empty() && self.code.is_none() && self.kind.is_none()
    }

    /// Whether a code or a kind is one of these.
    pub(crate) fn is_called(&self, names: &[&str]) -> bool {
        let is = |own: &Option<String>| {
            own.as_deref()
                .is_some_and(|own| names.iter().any(|name| own.eq_ignore_ascii_case(name)))
        };
        is(&self.code) || is(&self.kind)
    }

    fn add(&mut self, value: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match value {
            Value::String(text) => self.add_text(text, depth),
            Value::Array(items) => items.iter().take(20).for_each(|item| self.add(item, depth)),
            Value::Object(fields) => {
                self.add_codes(value);
                // Refusals of fields say where, in a list of steps.
                let place = value.get("loc").and_then(Value::as_array).map(|steps| {
                    let step = |step: &Value| step.as_str().map_or(step.to_string(), str::to_owned);
                    steps.iter().map(step).collect::<Vec<_>>().join(".")
                });
                let before = self.message.len();
                for field in WORDS {
                    let Some(said) = fields.get(field).filter(|said| !is_nothing(said)) else {
                        continue;
                    };
                    self.add(said, depth);
                    if self.message.len() > before {
                        break;
                    }
                }
                if let Some(place) = place.filter(|_| self.message.len() > before) {
                    self.push(&format!("({place})"), " ");
                }
                // OpenRouter puts the words of whoever it asked here.
                if let Some(raw) = value.pointer("/metadata/raw") {
                    self.add(raw, depth);
                }
                for nested in ["error", "base_resp", "details"] {
                    match fields.get(nested) {
                        // Google gives a list of them.
                        Some(Value::Array(items)) => {
                            items.iter().take(20).for_each(|item| self.add_codes(item));
                        }
                        Some(nested) => self.add_codes(nested),
                        None => {}
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Whatever words there are, but for names of things.
    fn add_leaves(&mut self, value: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match value {
            Value::String(text) => self.add_text(text, depth),
            Value::Array(items) => {
                items.iter().take(20).for_each(|item| self.add_leaves(item, depth));
            }
            Value::Object(fields) => fields
                .iter()
                .filter(|(name, held)| !(held.is_string() && NAMES.contains(&name.as_str())))
                .for_each(|(_, held)| self.add_leaves(held, depth)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn add_codes(&mut self, value: &Value) {
        let word = |field: &str| match value.get(field)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let codes = ["code", "status", "status_code", "statusCode", "error_code", "http_status"];
        let codes: Vec<String> = codes.into_iter().filter_map(word).collect();
        let status =
            codes.iter().find_map(|code| code.parse().ok().filter(|s| (100..600).contains(s)));
        self.status = self.status.or(status);
        let is_number = |code: &String| code.parse::<f64>().is_ok();
        let telling = codes.iter().find(|code| !is_number(code)).or(codes.first()).cloned();
        if self.code.as_ref().is_none_or(is_number) {
            self.code = telling.or(self.code.take());
        }
        // "error" says no more than that this is one.
        let kind = word("type").filter(|kind| kind != "error");
        self.kind = self.kind.take().or(kind).or_else(|| word("reason"));
    }

    /// Words that are JSON, or end in it, are read once more: nobody wants to see braces.
    fn add_text(&mut self, text: &str, depth: usize) {
        let text = text.trim();
        let inner = text.find(['{', '[']).and_then(|at| {
            let end = text.rfind(['}', ']'])? + 1;
            Some((at, text.get(at..end)?, text.get(end..)?))
        });
        if let (Some((at, document, behind)), Some(depth)) = (inner, depth.checked_sub(1))
            && let Some(value) = json::parse(document).or_else(|| json::parse(&pythons(document)))
            && (value.is_object() || value.is_array())
        {
            let mut below = Self::default();
            below.add(&value, depth);
            if !below.is_empty() || at == 0 {
                self.take_codes(&below);
                // What stands around the document is how some program writes it down: `b'…'`, `Error code: 400 - …`.
                let around = text[..at].trim_end_matches(['b', '\'', '"', ' ', '-', ':', '\n']);
                let behind = behind.trim_matches(['\'', '"', ' ', '\n', ')']);
                for words in [around, &below.message, behind] {
                    self.push(words, "\n");
                }
                return;
            }
        }
        // A web page says nothing to a person, and neither does half a document.
        if !text.starts_with(['<', '{']) && !text.starts_with("[{") {
            self.push(text, "\n");
        }
    }

    fn take_codes(&mut self, below: &Self) {
        self.code = self.code.take().or_else(|| below.code.clone());
        self.kind = self.kind.take().or_else(|| below.kind.clone());
        self.status = self.status.or(below.status);
    }

    fn push(&mut self, words: &str, between: &str) {
        if words.is_empty() || self.message.contains(words) {
            return;
        }
        if !self.message.is_empty() {
            self.message.push_str(between);
        }
        self.message.push_str(words);
    }
}

/// Whether a field called `error` says that there is none.
pub(crate) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(fields) => fields.values().all(is_nothing),
        Value::Bool(true) => false,
    }
}

/// Some gateways put a dictionary of Python into their words.
pub(crate) fn pythons(text: &str) -> String {
    text.replace(": None", ": null")
        .replace(": True", ": true")
        .replace(": False", ": false")
        .replace('\'', "\"")
}
