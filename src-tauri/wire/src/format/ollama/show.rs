//! What a server says of one model that it is asked for: more than its list does.

use serde_json::{Value, json};

use crate::json::{count, parse, words};

pub(in crate::format) const PATH: &str = "api/show";

pub(in crate::format) fn request(model: &str) -> Vec<u8> {
    serde_json::to_vec(&json!({ "model": model })).unwrap_or_default()
}

/// See the module. What it does not say is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Tokens it can read.
    pub context_tokens: Option<u64>,
    /// Whether it sees images.
    pub sees_images: Option<bool>,
    /// Whether it can think before it answers.
    pub thinks: Option<bool>,
    /// The host that its server passes the question on to.
    pub passed_to: Option<String>,
}

impl Shown {
    /// Reads an answer. `None` where it is none of a model.
    pub fn read(body: &str) -> Option<Self> {
        let value = parse(body)?;
        let info = value.get("model_info").and_then(Value::as_object);
        let abilities = value.get("capabilities").and_then(Value::as_array);
        let passed_to = crate::models::remote_host(&value);
        if info.is_none() && abilities.is_none() && passed_to.is_none() {
            return None;
        }
        let can = |word: &str| abilities.map(|all| all.iter().any(|one| one == word));
        Some(Self {
            context_tokens: info.and_then(|info| {
                // Of its own architecture: what sees beside has another, with a length of its own.
                let of = info.get("general.architecture").and_then(words)?;
                count(info.get(&format!("{of}.context_length"))?).filter(|tokens| *tokens > 0)
            }),
            sees_images: can("vision"),
            thinks: can("thinking"),
            passed_to,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_far_as_it_is_told_of() {
        let shown = |body: &str| Shown::read(body);
        let whole = r#"{"license":"MIT","details":{"family":"gemma3"},"capabilities":["completion","vision","tools"],
            "model_info":{"general.architecture":"gemma3","gemma3.context_length":131072,"clip.context_length":77}}"#;
        assert_eq!(
            shown(whole),
            Some(Shown {
                context_tokens: Some(131_072),
                sees_images: Some(true),
                thinks: Some(false),
                passed_to: None,
            })
        );
        let cloud = r#"{"remote_model":"gpt-oss:120b","remote_host":"https://ollama.com:443/","capabilities":["thinking"]}"#;
        let cloud = shown(cloud).unwrap();
        assert_eq!(cloud.passed_to.as_deref(), Some("ollama.com:443"));
        assert_eq!((cloud.thinks, cloud.sees_images), (Some(true), Some(false)));
        let nameless = shown(r#"{"remote_model":"gpt-oss:120b"}"#).unwrap();
        assert_eq!(
            nameless.passed_to.as_deref(),
            Some("gpt-oss:120b"),
            "it is passed on all the same"
        );
        for odd in [
            r#"{"model_info":{"llama.context_length":8}}"#,
            r#"{"model_info":{"general.architecture":"llama","llama.context_length":"many"}}"#,
            r#"{"model_info":{"general.architecture":"llama","llama.context_length":0}}"#,
        ] {
            assert_eq!(shown(odd), Some(Shown::default()), "{odd}");
        }
        for none in ["", "404 page not found", "null", "[]", r#"{"error":"model 'm' not found"}"#] {
            assert_eq!(shown(none), None, "{none}");
        }
    }
}
