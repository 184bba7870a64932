//! What a list tells of a model beyond its name, in whichever way its provider tells it. What it does not say is unknown.

use serde_json::Value;

use crate::json::{count, words};
use crate::{Day, EffortLevel};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedFacts {
    /// Tokens it can read.
    pub context_tokens: Option<u64>,
    /// Tokens it can write.
    pub output_tokens: Option<u64>,
    /// Whether it sees images.
    pub sees_images: Option<bool>,
    /// Whether it reasons before it answers.
    pub reasons: Option<bool>,
    /// How much it can be told to reason; none where it is said that it cannot be told.
    pub efforts: Option<Vec<EffortLevel>>,
    /// The day it is switched off.
    pub retires: Option<String>,
}

/// Reads an entry of a list.
pub(super) fn of(entry: &Value) -> ListedFacts {
    let number = |places: &[&str]| {
        let found = places.iter().find_map(|place| entry.pointer(place).and_then(count));
        found.filter(|tokens| *tokens > 0)
    };
    ListedFacts {
        context_tokens: number(&[
            "/context_length",         // OpenRouter, Cohere, Together, Fireworks
            "/inputTokenLimit",        // Google
            "/max_context_length",     // Mistral
            "/max_input_tokens",       // Anthropic
            "/context_window",         // Groq
            "/max_model_len",          // vLLM
            "/details/context_length", // Ollama
        ]),
        output_tokens: number(&[
            "/top_provider/max_completion_tokens",
            "/outputTokenLimit",
            "/max_completion_tokens",
            "/max_tokens",
        ]),
        sees_images: sees(entry),
        reasons: None,
        efforts: efforts(entry),
        retires: ["/expiration_date", "/deprecation", "/shutdown_date"]
            .iter()
            .find_map(|place| day(entry.pointer(place).and_then(words)?)),
    }
}

/// OpenRouter and llama.cpp name what goes in; Mistral, Anthropic, Fireworks say yes or no, some of them in an object.
fn sees(entry: &Value) -> Option<bool> {
    if let Some(kinds) = entry.pointer("/architecture/input_modalities").and_then(Value::as_array) {
        return Some(kinds.iter().any(|kind| kind == "image"));
    }
    let places = ["/capabilities/vision", "/capabilities/image_input", "/supports_image_input"];
    let told = places.iter().find_map(|place| entry.pointer(place))?;
    told.as_bool().or_else(|| told.get("supported")?.as_bool())
}

/// OpenRouter's words for each model; `none` goes without saying where reasoning is not a must.
fn efforts(entry: &Value) -> Option<Vec<EffortLevel>> {
    let parameters = entry.get("supported_parameters").and_then(Value::as_array);
    let takes = |name: &str| parameters.is_some_and(|all| all.iter().any(|one| one == name));
    if parameters.is_some() && !takes("reasoning") && !takes("reasoning_effort") {
        return Some(Vec::new());
    }
    let listed = entry.pointer("/reasoning/supported_efforts")?.as_array()?;
    let is_must = entry.pointer("/reasoning/mandatory") == Some(&Value::Bool(true));
    let says = |effort: &EffortLevel| listed.iter().any(|word| word == effort.word());
    let taken = |effort: &EffortLevel| match effort {
        EffortLevel::None => !is_must,
        effort => says(effort),
    };
    Some(EffortLevel::ALL.into_iter().filter(taken).collect())
}

/// A day, also where a time stands behind it.
fn day(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    Day::parse(day).map(|_| day.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_list_in_its_own_way() {
        let open_router = of(&json!({
            "id": "maker/m", "context_length": 200_000,
            "architecture": {"input_modalities": ["text", "image"]},
            "top_provider": {"context_length": 100, "max_completion_tokens": 64_000},
            "supported_parameters": ["max_tokens", "reasoning"],
            "reasoning": {"mandatory": true, "supported_efforts": ["low", "high", "odd"]},
            "expiration_date": "2027-01-31",
        }));
        assert_eq!(
            (open_router.context_tokens, open_router.output_tokens),
            (Some(200_000), Some(64_000))
        );
        assert_eq!(open_router.sees_images, Some(true));
        assert_eq!(open_router.efforts, Some(vec![EffortLevel::Low, EffortLevel::High]));
        assert_eq!(open_router.retires.as_deref(), Some("2027-01-31"));
        let plain = of(&json!({"supported_parameters": ["max_tokens"]}));
        assert_eq!(plain.efforts, Some(Vec::new()), "it is said that it takes none");

        let mistral = of(&json!({
            "max_context_length": 32_768, "deprecation": "2027-02-28T12:00:00Z",
            "capabilities": {"vision": false},
        }));
        assert_eq!((mistral.context_tokens, mistral.sees_images), (Some(32_768), Some(false)));
        assert_eq!(mistral.retires.as_deref(), Some("2027-02-28"));
        let google = of(&json!({"inputTokenLimit": 1_048_576, "outputTokenLimit": 65_536}));
        assert_eq!((google.context_tokens, google.output_tokens), (Some(1_048_576), Some(65_536)));
        let claude = of(&json!({
            "max_input_tokens": 1_000_000, "max_tokens": 128_000,
            "capabilities": {"image_input": {"supported": true}},
        }));
        assert_eq!((claude.context_tokens, claude.sees_images), (Some(1_000_000), Some(true)));
        let ollama = of(&json!({"name": "m", "details": {"context_length": 40_960}}));
        assert_eq!(ollama.context_tokens, Some(40_960));
    }

    #[test]
    fn what_is_not_said_is_unknown() {
        for odd in [
            json!({"id": "m"}),
            json!({"context_length": 0, "max_tokens": -1, "deprecation": null}),
            json!({"context_length": "many", "capabilities": [], "architecture": 7}),
            json!({"deprecation": "soon", "reasoning": {"supported_efforts": null}}),
        ] {
            assert_eq!(of(&odd), ListedFacts::default(), "{odd}");
        }
    }
}
