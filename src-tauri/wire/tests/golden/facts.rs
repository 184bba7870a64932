//! What each model is known to refuse, written from what its provider says and from nothing of this crate: so a row that is wrong is
//! found, and not only what disobeys its row.

use serde_json::Value;
use wire::Format;

/// What is known of a model, by the places in a request.
struct Known {
    models: &'static [(&'static str, &'static str)],
    /// Places that are refused whatever stands there.
    refused: &'static [&'static str],
    /// The only words that a place takes.
    words: &'static [(&'static str, &'static [&'static str])],
    /// Places that are not taken together.
    apart: &'static [(&'static str, &'static str)],
}

const NOTHING: Known = Known { models: &[], refused: &[], words: &[], apart: &[] };

const SAMPLING: &[&str] = &["/temperature", "/top_p", "/top_k", "/max_tokens"];

const KNOWN: &[Known] = &[
    Known {
        models: &[("openAi", "gpt-6-astra"), ("azure", "our-gpt-6-astra")],
        refused: SAMPLING,
        words: &[("/reasoning/effort", &["low", "medium", "high", "xhigh", "max"])],
        ..NOTHING
    },
    Known {
        models: &[("openAi", "o3"), ("azure", "o3-in-sweden")],
        refused: &["/temperature", "/top_p", "/max_tokens", "/stop"],
        words: &[("/reasoning_effort", &["low", "medium", "high"])],
        ..NOTHING
    },
    Known {
        models: &[("openAi", "gpt-5.1")],
        refused: &["/max_tokens", "/stop"],
        words: &[
            ("/reasoning_effort", &["none", "low", "medium", "high"]),
            ("/reasoning/effort", &["none", "low", "medium", "high"]),
        ],
        ..NOTHING
    },
    Known {
        models: &[("azure", "our-gpt-6-astra"), ("azure", "o3-in-sweden")],
        refused: &["/seed"],
        words: &[("/reasoning_effort", &["low", "medium", "high"])],
        ..NOTHING
    },
    Known {
        models: &[("anthropic", "claude-opus-5-5")],
        refused: &["/temperature", "/top_p", "/top_k", "/thinking"],
        words: &[("/output_config/effort", &["low", "medium", "high", "xhigh", "max"])],
        ..NOTHING
    },
    Known {
        models: &[("anthropic", "claude-opus-5")],
        refused: &["/temperature", "/top_p", "/top_k", "/thinking/budget_tokens"],
        ..NOTHING
    },
    Known {
        models: &[("anthropic", "claude-haiku-4-5")],
        refused: &["/output_config/effort"],
        apart: &[
            ("/temperature", "/top_p"),
            ("/temperature", "/thinking/budget_tokens"),
            ("/top_p", "/thinking/budget_tokens"),
        ],
        ..NOTHING
    },
    Known {
        models: &[("anthropic", "claude-sonnet-4-6")],
        words: &[("/output_config/effort", &["low", "medium", "high", "max"])],
        apart: &[("/temperature", "/top_p")],
        ..NOTHING
    },
    Known {
        models: &[("google", "gemini-4-argon")],
        refused: &["/generationConfig/thinkingConfig/thinkingBudget"],
        words: &[("/generationConfig/thinkingConfig/thinkingLevel", &["low", "medium", "high"])],
        ..NOTHING
    },
    Known {
        models: &[("google", "gemini-2.5-flash")],
        refused: &["/generationConfig/thinkingConfig/thinkingLevel"],
        ..NOTHING
    },
    Known {
        models: &[("google", "gemma-3-27b-it")],
        refused: &["/systemInstruction", "/generationConfig/thinkingConfig"],
        ..NOTHING
    },
    Known {
        models: &[("mistral", "mistral-small-latest")],
        refused: &["/seed", "/stream_options", "/max_completion_tokens", "/prompt_mode"],
        words: &[("/reasoning_effort", &["none", "high"])],
        ..NOTHING
    },
    Known {
        models: &[("mistral", "magistral-small-latest")],
        refused: &["/seed", "/stream_options", "/reasoning_effort", "/completion_args/prompt_mode"],
        words: &[("/prompt_mode", &["reasoning"])],
        ..NOTHING
    },
    Known {
        models: &[("xAi", "grok-4.3")],
        refused: &["/stop", "/presence_penalty", "/frequency_penalty"],
        words: &[
            ("/reasoning_effort", &["none", "low", "medium", "high"]),
            ("/reasoning/effort", &["none", "low", "medium", "high"]),
        ],
        ..NOTHING
    },
    Known {
        models: &[("xAi", "grok-4.20-reasoning")],
        refused: &["/stop", "/reasoning_effort", "/reasoning", "/presence_penalty"],
        ..NOTHING
    },
    Known {
        models: &[("deepSeek", "deepseek-chat")],
        refused: &["/seed"],
        words: &[("/reasoning_effort", &["low", "high", "max"])],
        ..NOTHING
    },
    Known {
        models: &[("perplexity", "sonar")],
        refused: &["/top_k", "/stop", "/seed", "/response_format"],
        ..NOTHING
    },
    Known {
        models: &[("groq", "openai/gpt-oss-120b")],
        refused: &["/logprobs", "/logit_bias", "/n"],
        words: &[("/reasoning_effort", &["low", "medium", "high"])],
        ..NOTHING
    },
    Known {
        models: &[("groq", "qwen/qwen3.8-27b")],
        words: &[("/reasoning_effort", &["none", "default"])],
        ..NOTHING
    },
    Known {
        models: &[("zAi", "glm-5.1")],
        refused: &["/reasoning_effort"],
        words: &[("/thinking/type", &["enabled", "disabled"])],
        ..NOTHING
    },
    Known {
        models: &[("ollama", "gpt-oss:20b")],
        words: &[("/think", &["low", "medium", "high"])],
        ..NOTHING
    },
];

/// Says what a request holds that its model is known to refuse.
pub(crate) fn hold(
    provider: &str,
    model: &str,
    format: Format,
    body: &Value,
) -> Result<(), String> {
    let there = |place: &str| body.pointer(place).filter(|held| !held.is_null());
    for known in KNOWN.iter().filter(|known| known.models.contains(&(provider, model))) {
        if let Some(place) = known.refused.iter().find(|place| there(place).is_some()) {
            return Err(format!("{model} refuses {place}: {body}"));
        }
        for (place, words) in known.words {
            let is_known = |held: &Value| held.as_str().is_some_and(|word| words.contains(&word));
            if there(place).is_some_and(|held| !is_known(held)) {
                return Err(format!("{model} takes only {words:?} at {place}: {body}"));
            }
        }
        if let Some((one, other)) =
            known.apart.iter().find(|(one, other)| there(one).and(there(other)).is_some())
        {
            return Err(format!("{model} does not take {one} with {other}: {body}"));
        }
    }
    only_while_it_does_not_reason(model, format, body)
}

/// GPT-5.1 and DeepSeek: sampling goes with no other effort than none.
fn only_while_it_does_not_reason(model: &str, format: Format, body: &Value) -> Result<(), String> {
    let off = match (model, format) {
        ("gpt-5.1", Format::Responses) => body["reasoning"]["effort"] == "none",
        ("gpt-5.1", Format::ChatCompletions) => body["reasoning_effort"] == "none",
        ("deepseek-chat", _) => body["thinking"]["type"] == "disabled",
        _ => return Ok(()),
    };
    match off || body.get("temperature").or(body.get("top_p")).is_none() {
        true => Ok(()),
        false => Err(format!("{model} takes no sampling while it reasons: {body}")),
    }
}

/// Says where a request names something that its provider would fetch. What is said, and a schema, may hold any address.
pub(crate) fn fetches_nothing(body: &Value) -> Result<(), String> {
    const ADDRESSES: [&str; 8] =
        ["url", "image_url", "file_url", "document_url", "fileUri", "uri", "file_data", "webhook"];
    let is_remote = |held: &Value| {
        held.as_str().is_some_and(|text| !text.starts_with("data:") && text.contains("://"))
    };
    match body {
        Value::Object(fields) => fields.iter().try_for_each(|(name, held)| {
            match ADDRESSES.contains(&name.as_str()) && is_remote(held) {
                true => Err(format!("{name} is fetched from elsewhere: {held}")),
                false => fetches_nothing(held),
            }
        }),
        Value::Array(items) => items.iter().try_for_each(fetches_nothing),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

#[test]
fn what_is_known_finds_what_is_wrong() {
    use serde_json::json;
    let wrong = [
        ("openAi", "gpt-6-astra", Format::Responses, json!({"temperature": 0.5})),
        ("openAi", "gpt-6-astra", Format::Responses, json!({"reasoning": {"effort": "none"}})),
        ("openAi", "gpt-5.1", Format::ChatCompletions, json!({"top_p": 0.5})),
        ("anthropic", "claude-haiku-4-5", Format::Messages, json!({"temperature": 1, "top_p": 1})),
        ("ollama", "gpt-oss:20b", Format::Ollama, json!({"think": true})),
    ];
    for (provider, model, format, body) in wrong {
        assert!(hold(provider, model, format, &body).is_err(), "{body}");
        assert!(hold(provider, "nobody-knows", format, &body).is_ok(), "{body}");
    }
    let remote =
        json!({"input": [{"content": [{"type": "x", "image_url": "https://a.example/x"}]}]});
    assert!(fetches_nothing(&remote).is_err());
    assert!(
        fetches_nothing(&json!({"url": "data:image/png;base64,aa", "text": "https://a"})).is_ok()
    );
}
