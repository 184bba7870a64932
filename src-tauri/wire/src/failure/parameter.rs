//! Which parameters of a request a refusal names, in whatever spelling: by its fields where it has some, else in its words.

use serde_json::Value;

use crate::{Parameter, json};

/// Costumes within costumes end somewhere.
const DEPTH: usize = 8;

/// The parameters that a refusal names, each once, the plainest said first.
pub(super) fn named(body: &str, words: &str) -> Vec<Parameter> {
    let mut fields = Vec::new();
    if let Some(document) = json::parse(body.trim_start_matches('\u{feff}').trim()) {
        add_fields(&document, DEPTH, &mut fields);
    }
    named_by(&fields, words)
}

/// The same of an error that stands in a stream.
pub(super) fn named_in(error: &Value, words: &str) -> Vec<Parameter> {
    let mut fields = Vec::new();
    add_fields(error, DEPTH, &mut fields);
    named_by(&fields, words)
}

fn named_by(fields: &[String], words: &str) -> Vec<Parameter> {
    let mut named = Vec::new();
    let told = fields.iter().filter_map(|field| at_path(field));
    for parameter in told.chain(in_words(words)) {
        if !named.contains(&parameter) {
            named.push(parameter);
        }
    }
    named
}

/// OpenAI's `param`, the `loc` of those who check with pydantic, Google's `field`.
fn add_fields(value: &Value, depth: usize, fields: &mut Vec<String>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(items) => {
            items.iter().take(20).for_each(|item| add_fields(item, depth, fields));
        }
        Value::Object(members) => {
            for (name, held) in members {
                match (name.as_str(), held) {
                    ("param" | "field", Value::String(path)) => fields.push(path.clone()),
                    ("loc", Value::Array(steps)) => {
                        let steps: Vec<&str> = steps.iter().filter_map(Value::as_str).collect();
                        fields.push(steps.join("."));
                    }
                    // A gateway puts the refusal of whoever it asked into a text.
                    (_, Value::String(text)) if text.trim_start().starts_with(['{', '[']) => {
                        if let Some(inner) = json::parse(text) {
                            add_fields(&inner, depth, fields);
                        }
                    }
                    (_, held) => add_fields(held, depth, fields),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands at a path such as `generation_config.thinking_config`. The first step that is no mere box decides, so that
/// `messages.0.content.0.thinking` is none.
fn at_path(path: &str) -> Option<Parameter> {
    const BOXES: [&str; 9] = [
        "body",
        "generationconfig",
        "options",
        "parameters",
        "text",
        "outputconfig",
        "request",
        "extrabody",
        "config",
    ];
    let steps = path.split(['.', '[', ']', '/', '\'', '"']).map(folded);
    let first = steps
        .into_iter()
        .find(|step| !(step.is_empty() || BOXES.contains(&step.as_str()) || is_number(step)))?;
    of_name(&first).or(match first.as_str() {
        "p" => Some(Parameter::TopP),
        "format" => Some(Parameter::Json),
        "include" => Some(Parameter::Effort),
        _ => None,
    })
}

fn is_number(step: &str) -> bool {
    step.bytes().all(|byte| byte.is_ascii_digit())
}

/// `topP`, `top_p` and `top-p` are one.
fn folded(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn of_name(folded: &str) -> Option<Parameter> {
    Some(match folded {
        "temperature" => Parameter::Temperature,
        "topp" => Parameter::TopP,
        "maxtokens" | "maxcompletiontokens" | "maxoutputtokens" | "numpredict" => {
            Parameter::MaxTokens
        }
        "stop" | "stopsequences" | "stopwords" => Parameter::Stop,
        "seed" | "randomseed" => Parameter::Seed,
        "responseformat" | "responsemimetype" | "responsejsonschema" | "responseschema"
        | "jsonschema" | "jsonobject" => Parameter::Json,
        "verbosity" => Parameter::Verbosity,
        "reasoningeffort" | "reasoning" | "effort" | "thinking" | "thinkingconfig"
        | "thinkinglevel" | "thinkingbudget" | "includethoughts" | "think" | "budgettokens"
        | "reasoningsummary" | "promptmode" => Parameter::Effort,
        _ => return None,
    })
}

/// Names in a sentence. What is quoted or could be no other word is one; a word of everyday speech is one only in a sentence
/// that says no.
fn in_words(words: &str) -> Vec<Parameter> {
    let says_no = says_no(&words.to_lowercase());
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "_.-[]".contains(letter);
    let mut named = Vec::new();
    let mut at = 0;
    while let Some(begin) = words[at..].find(is_of_name).map(|found| at + found) {
        let rest = &words[begin..];
        let end = begin + rest.find(|letter| !is_of_name(letter)).unwrap_or(rest.len());
        at = end;
        let name = words[begin..end].trim_matches(['.', '-']);
        let (before, after) = (words[..begin].chars().next_back(), words[end..].chars().next());
        let quotes = ['\'', '"', '`', '‘', '’', '“', '”', '*'];
        let is_quoted = before.is_some_and(|sign| quotes.contains(&sign))
            && after.is_some_and(|sign| quotes.contains(&sign) || sign == '=');
        let is_told = after == Some(':') && before.is_none_or(char::is_whitespace);
        let has_hump = name
            .chars()
            .zip(name.chars().skip(1))
            .any(|(one, next)| one.is_ascii_lowercase() && next.is_ascii_uppercase());
        let is_name = name.contains('_') || has_hump || name.trim_matches('.').contains('.');
        let parameter = match is_quoted || is_name || is_told {
            true => at_path(name),
            false if says_no => everyday(name),
            false => None,
        };
        named.extend(parameter);
    }
    named
}

/// Words that hardly ever mean anything else where a request is refused.
fn everyday(word: &str) -> Option<Parameter> {
    Some(match word.to_ascii_lowercase().as_str() {
        "temperature" => Parameter::Temperature,
        "seed" => Parameter::Seed,
        "verbosity" => Parameter::Verbosity,
        "thinking" | "reasoning" => Parameter::Effort,
        _ => return None,
    })
}

fn says_no(words: &str) -> bool {
    let says = [
        "not support",
        "n't support",
        "unsupported",
        "not permitted",
        "not allowed",
        "not available",
        "unknown",
        "unrecognized",
        "unrecognised",
        "unexpected",
        "invalid",
        "deprecated",
        "must be",
        "should be",
        "cannot be",
        "can't be",
        "may not",
        "may only",
        "not accept",
        "not enabled",
        "out of range",
    ];
    says.iter().any(|no| words.contains(no))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Parameter::*;

    #[test]
    fn every_format_has_its_own_way_to_name_one() {
        let table: &[(&str, &[Parameter])] = &[
            // OpenAI, both formats
            (
                r#"{"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}"#,
                &[Temperature],
            ),
            (
                r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}}"#,
                &[MaxTokens],
            ),
            (r#"{"error":{"message":"Invalid schema","param":"text.format.schema"}}"#, &[Json]),
            (r#"{"error":{"message":"no","param":"reasoning.effort"}}"#, &[Effort]),
            (r#"{"error":{"message":"no","param":"include[0]"}}"#, &[Effort]),
            (
                r#"{"error":{"message":"Unrecognized request argument supplied: verbosity","param":null}}"#,
                &[Verbosity],
            ),
            // Anthropic
            (
                r#"{"type":"error","error":{"type":"invalid_request_error","message":"temperature: Extra inputs are not permitted"}}"#,
                &[Temperature],
            ),
            (
                r#"{"error":{"message":"`temperature` and `top_p` cannot both be specified for this model."}}"#,
                &[Temperature, TopP],
            ),
            (
                r#"{"error":{"message":"thinking.budget_tokens: Input should be greater than or equal to 1024"}}"#,
                &[Effort],
            ),
            (r#"{"error":{"message":"output_config.effort: unsupported"}}"#, &[Effort]),
            (
                r#"{"error":{"message":"max_tokens: 100000 > 64000, which is the maximum allowed"}}"#,
                &[MaxTokens],
            ),
            // Google
            (
                r#"[{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"thinkingLevel\" at 'generation_config.thinking_config': Cannot find field.","status":"INVALID_ARGUMENT","details":[{"fieldViolations":[{"field":"generation_config.thinking_config","description":"x"}]}]}}]"#,
                &[Effort],
            ),
            (
                r#"{"error":{"message":"Thinking level is not supported for this model.","status":"INVALID_ARGUMENT"}}"#,
                &[Effort],
            ),
            (
                r#"{"error":{"message":"Unable to submit request because topP must be in the range [0, 1]"}}"#,
                &[TopP],
            ),
            // Mistral and others that check with pydantic
            (
                r#"{"detail":[{"type":"extra_forbidden","loc":["body","random_seed"],"msg":"Extra inputs are not permitted"}]}"#,
                &[Seed],
            ),
            // Groq, xAI, vLLM, Cohere, Ollama
            (r#"{"error":{"message":"property 'verbosity' is unsupported"}}"#, &[Verbosity]),
            (
                r#"{"code":"x","error":"Argument not supported on this model: stop_sequences"}"#,
                &[Stop],
            ),
            (
                r#"{"message":"Completions.create() got an unexpected keyword argument 'seed'"}"#,
                &[Seed],
            ),
            (r#"{"message":"invalid request: unknown field \"p\""}"#, &[TopP]),
            (r#"{"error":"\"llama3:8b\" does not support thinking"}"#, &[Effort]),
            // A gateway around another's words
            (
                r#"{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"message\":\"no\",\"param\":\"response_format\"}}"}}}"#,
                &[Json],
            ),
            // Not parameters of the answer
            (
                r#"{"error":{"message":"Invalid 'messages[1].content'","param":"messages[1].content"}}"#,
                &[],
            ),
            (r#"{"error":{"message":"messages.0.content.0.thinking: Field required"}}"#, &[]),
            (r#"{"error":{"message":"Please stop. I was thinking of the temperature."}}"#, &[]),
            (r#"{"error":{"message":"Unknown model","param":"model"}}"#, &[]),
            ("<html>Bad Request</html>", &[]),
        ];
        for (body, expected) in table {
            let words = crate::words::Said::in_body(body).message;
            assert_eq!(named(body, &words), *expected, "{body}");
        }
    }
}
