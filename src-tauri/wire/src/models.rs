//! The answer of `/v1/models`.

use serde::Deserialize;

use crate::{Failure, FailureKind};

#[derive(Deserialize)]
struct List {
    data: Option<Vec<Entry>>,
    models: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
struct Entry {
    id: Option<String>,
    name: Option<String>,
    // Seconds since 1970, where the server says so.
    #[serde(default)]
    created: serde_json::Value,
}

/// Reads a model list: the ids, newest first where the server says when they were made and else in its order, entries without one left out, `models/` in front (Google) too.
/// Anything that is not a list is nonsense, said with the provider's `name`.
pub fn parse_models(name: &str, json: &str) -> Result<Vec<String>, Failure> {
    let nonsense = || Failure {
        kind: FailureKind::Nonsense,
        said: format!("{name} did not answer with a list of models."),
        detail: None,
        retry_after: None,
    };
    // Ollama before its OpenAI layer, and a few proxies, send the bare array.
    let mut entries = match serde_json::from_str::<List>(json) {
        Ok(List { data, models }) => data.or(models).ok_or_else(nonsense)?,
        Err(_) => serde_json::from_str::<Vec<Entry>>(json).map_err(|_| nonsense())?,
    };
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.created.as_u64()));
    let ids = entries.into_iter().filter_map(|entry| entry.id.or(entry.name));
    Ok(ids
        .map(|id| id.strip_prefix("models/").map(str::to_owned).unwrap_or(id))
        .filter(|id| !id.is_empty() && id.len() <= 256)
        .take(2_000)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        let table: &[(&str, &[&str])] = &[
            (
                r#"{"object":"list","data":[{"id":"gpt-5.1","object":"model"},{"id":"o4"}]}"#,
                &["gpt-5.1", "o4"],
            ),
            (r#"{"data":[{"id":"models/gemini-3"},{"id":null},{}]}"#, &["gemini-3"]),
            (r#"{"models":[{"name":"qwen3:8b"}]}"#, &["qwen3:8b"]),
            (r#"[{"id":"a"}]"#, &["a"]),
            (
                r#"{"data":[{"id":"old","created":1},{"id":"new","created":2},{"id":"x","created":"?"}]}"#,
                &["new", "old", "x"],
            ),
            (r#"{"data":[{"id":"a/b","name":"Maker: B"}],"models":[]}"#, &["a/b"]),
            (r#"{"data":[]}"#, &[]),
        ];
        for (json, ids) in table {
            assert_eq!(parse_models("X", json).unwrap(), *ids, "{json}");
        }
    }

    #[test]
    fn nonsense_names_the_provider() {
        for json in ["", "<html>", "{}", r#"{"data":3}"#, "null", r#"{"error":"x"}"#] {
            let failure = parse_models("Mistral", json).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Nonsense, "{json}");
            assert!(failure.said.contains("Mistral"));
        }
    }
}
