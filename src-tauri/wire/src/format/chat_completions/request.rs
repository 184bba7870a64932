//! The body of a chat completion. It holds these fields and no others.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::conversation;
use crate::encoded::{base64, data_url};
use crate::format::Without;
use crate::provider::{AudioAs, Dialect, Effort, FilesAs, SearchBy};
use crate::{EffortLevel, Json, Message, Part, Prompt, Role, Thinking};

/// Where a chat is asked and what with.
pub(in crate::format) fn chat(
    dialect: &'static Dialect,
    prompt: &Prompt,
    without: Without,
) -> (Cow<'static, str>, Vec<u8>) {
    if dialect.search == SearchBy::Conversation && prompt.search().is_some() {
        return conversation::chat(dialect, prompt, without);
    }
    let asks_for_usage = dialect.stream_options && !without.usage;
    let body = Body {
        model: &prompt.model,
        messages: messages(dialect, prompt),
        stream: true,
        stream_options: asks_for_usage.then_some(StreamOptions { include_usage: true }),
        parameters: parameters(dialect, prompt, without),
    };
    (path(dialect), serde_json::to_vec(&body).unwrap_or_default())
}

pub(in crate::format) fn path(dialect: &'static Dialect) -> Cow<'static, str> {
    Cow::Borrowed(dialect.paths.chat.as_deref().unwrap_or("chat/completions"))
}

pub(in crate::format) fn list(dialect: &'static Dialect) -> Cow<'static, str> {
    Cow::Borrowed(dialect.paths.list.as_deref().unwrap_or("models"))
}

/// Each result is paid for.
const MOST_RESULTS: u32 = 5;

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Said<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(flatten)]
    parameters: Map<String, Value>,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
struct Said<'a> {
    role: &'static str,
    content: Content<'a>,
}

/// Servers that know only words refuse a list of parts, so words alone are sent as they are.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Content<'a> {
    Text(Cow<'a, str>),
    Parts(Vec<Value>),
}

fn messages<'a>(dialect: &Dialect, prompt: &'a Prompt) -> Vec<Said<'a>> {
    let system = (!prompt.system.is_empty())
        .then(|| Said { role: "system", content: Content::Text(Cow::Borrowed(&prompt.system)) });
    system.into_iter().chain(prompt.messages.iter().map(|message| said(dialect, message))).collect()
}

fn said<'a>(dialect: &Dialect, message: &'a Message) -> Said<'a> {
    let role = match message.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    Said { role, content: content(dialect, &message.parts) }
}

pub(super) fn content<'a>(dialect: &Dialect, parts: &'a [Part]) -> Content<'a> {
    let shown = || parts.iter().filter(|part| !matches!(part, Part::Thought(_)));
    let mut words = shown().map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        _ => None,
    });
    match (words.next(), words.next()) {
        (None, _) => Content::Text(Cow::Borrowed("")),
        (Some(Some(text)), None) => Content::Text(Cow::Borrowed(text)),
        _ => Content::Parts(shown().filter_map(|shown| part(dialect, shown)).collect()),
    }
}

fn part(dialect: &Dialect, part: &Part) -> Option<Value> {
    match part {
        Part::Text(text) => Some(json!({"type": "text", "text": text})),
        Part::Image { media_type, data } => {
            Some(json!({"type": "image_url", "image_url": {"url": data_url(media_type, data)}}))
        }
        Part::File { name, media_type, data, .. } => Some(match dialect.files {
            FilesAs::File => json!({
                "type": "file",
                "file": {"filename": name, "file_data": data_url(media_type, data)},
            }),
            FilesAs::Document => {
                json!({"type": "document_url", "document_url": data_url(media_type, data)})
            }
        }),
        Part::Audio { kind, data, .. } => Some(match dialect.audio {
            AudioAs::Named => json!({
                "type": "input_audio",
                "input_audio": {"data": base64(data), "format": kind.word()},
            }),
            AudioAs::Letters => json!({"type": "input_audio", "input_audio": base64(data)}),
        }),
        // Reasoning is never sent back in this format: some servers refuse it, and none needs it in a chat without tools.
        Part::Thought(_) => None,
    }
}

pub(super) fn parameters(
    dialect: &Dialect,
    prompt: &Prompt,
    without: Without,
) -> Map<String, Value> {
    let wished = &prompt.parameters;
    let mut fields = if without.privacy { Map::new() } else { dialect.private.clone() };
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    set(&dialect.max_tokens, wished.max_tokens.map(Value::from));
    set("temperature", wished.temperature.map(Value::from));
    set("top_p", wished.top_p.map(Value::from));
    set("stop", (!wished.stop.is_empty()).then(|| json!(wished.stop)));
    set(&dialect.seed, wished.seed.map(Value::from));
    set("verbosity", wished.verbosity.map(|verbosity| json!(verbosity)));
    set("response_format", wished.json.as_ref().map(response_format));
    match (dialect.search, prompt.search()) {
        (SearchBy::Plugin, Some(_)) => {
            // One engine for every model has one price.
            let plugin = json!({"id": "web", "engine": "exa", "max_results": MOST_RESULTS});
            set("plugins", Some(json!([plugin])));
        }
        (SearchBy::Itself, None) => set("disable_search", Some(json!(true))),
        (SearchBy::None | SearchBy::Plugin | SearchBy::Conversation, None)
        | (SearchBy::None | SearchBy::Itself | SearchBy::Conversation, Some(_)) => {}
    }
    if let Some(effort) = wished.effort {
        match dialect.effort {
            Effort::Word => {
                let is_usual = prompt.abilities.thinking == Thinking::Usual;
                let word = match is_usual && effort != EffortLevel::None {
                    true => "default",
                    false => effort.word(),
                };
                set("reasoning_effort", Some(json!(word)));
            }
            Effort::OnOrOff if prompt.abilities.thinking == Thinking::PromptMode => {
                set("prompt_mode", Some(json!("reasoning")));
            }
            Effort::OnOrOff => {
                let word = if effort == EffortLevel::None { "none" } else { "high" };
                set("reasoning_effort", Some(json!(word)));
            }
            Effort::Object => set("reasoning", Some(json!({"effort": effort.word()}))),
            Effort::Thinking => {
                let on = effort != EffortLevel::None;
                set("thinking", Some(switch(on)));
                set("reasoning_effort", on.then(|| json!(effort.word())));
            }
            Effort::Switch => set("thinking", Some(switch(effort != EffortLevel::None))),
        }
    }
    fields
}

fn switch(on: bool) -> Value {
    json!({"type": if on { "enabled" } else { "disabled" }})
}

fn response_format(json: &Json) -> Value {
    match json {
        Json::Any => json!({"type": "json_object"}),
        Json::Schema(schema) => json!({
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": true, "schema": schema},
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Abilities, AudioKind, Format, Parameters, Provider, Verbosity};

    fn prompt(parameters: Parameters) -> Prompt {
        Prompt {
            model: "gpt-5.1".into(),
            system: "Be brief.".into(),
            messages: vec![Message::text(Role::User, "Say \"hi\"\n")],
            parameters,
            abilities: Abilities::least(),
        }
    }

    fn body(provider: &str, prompt: &Prompt, without: Without) -> String {
        let dialect = Provider::stored(provider).dialect();
        String::from_utf8(chat(dialect, prompt, without).1).unwrap()
    }

    #[test]
    fn words_alone() {
        let plain = prompt(Parameters::default());
        assert_eq!(
            body("openAi", &plain, Without::default()),
            r#"{"model":"gpt-5.1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Say \"hi\"\n"}],"stream":true,"stream_options":{"include_usage":true}}"#
        );
        for (provider, without) in [
            ("mistral", Without::default()),
            ("openAi", Without { usage: true, ..Without::default() }),
        ] {
            assert!(!body(provider, &plain, without).contains("stream_options"), "{provider}");
        }
    }

    #[test]
    fn nobody_may_keep_it_until_a_person_lets_them() {
        let plain = prompt(Parameters::default());
        let asks = |provider: &str, without| body(provider, &plain, without).contains("deny");
        assert!(asks("openRouter", Without::default()));
        assert!(!asks("openRouter", Without { privacy: true, ..Without::default() }));
        assert!(!asks("openAi", Without::default()), "no field of theirs");
    }

    #[test]
    fn pictures_and_files_are_parts_and_thoughts_stay_here() {
        let data: Arc<[u8]> = Arc::from(&b"abc"[..]);
        let parts = vec![
            Part::Text("What is this?".into()),
            Part::Image { media_type: "image/png".into(), data: data.clone() },
            Part::File {
                name: "a.pdf".into(),
                media_type: "application/pdf".into(),
                data,
                tokens: 0,
            },
        ];
        let thought =
            crate::Thought { provider: "openAi".into(), model: "m".into(), state: json!("sealed") };
        let answer = vec![Part::Thought(thought), Part::Text("A cat.".into())];
        let prompt = Prompt {
            system: String::new(),
            messages: vec![
                Message { role: Role::User, parts },
                Message { role: Role::Assistant, parts: answer },
            ],
            ..prompt(Parameters::default())
        };
        assert_eq!(
            body("mistral", &prompt, Without::default()),
            r#"{"model":"gpt-5.1","messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,YWJj"}},{"type":"document_url","document_url":"data:application/pdf;base64,YWJj"}]},{"role":"assistant","content":"A cat."}],"stream":true}"#
        );
    }

    #[test]
    fn audio_is_named_by_its_kind_or_sent_as_letters_alone() {
        let audio = Part::Audio { kind: AudioKind::Mp3, data: Arc::from(&b"abc"[..]), tokens: 10 };
        let messages = vec![Message { role: Role::User, parts: vec![audio] }];
        let prompt = Prompt { system: String::new(), messages, ..prompt(Parameters::default()) };
        let table = [
            ("openAi", r#"[{"type":"input_audio","input_audio":{"data":"YWJj","format":"mp3"}}]"#),
            ("mistral", r#"[{"type":"input_audio","input_audio":"YWJj"}]"#),
        ];
        for (provider, parts) in table {
            let sent = body(provider, &prompt, Without::default());
            assert!(sent.contains(&format!("\"content\":{parts}")), "{sent}");
        }
        assert_eq!(prompt.heard_at_most(), 10);
    }

    #[test]
    fn a_model_is_told_to_think_in_its_own_words() {
        let table = [
            ("groq", "qwen/qwen3.8-27b", EffortLevel::Medium, r#"{"reasoning_effort":"default"}"#),
            ("groq", "qwen/qwen3.8-27b", EffortLevel::None, r#"{"reasoning_effort":"none"}"#),
            ("groq", "openai/gpt-oss-20b", EffortLevel::High, r#"{"reasoning_effort":"high"}"#),
            (
                "mistral",
                "magistral-small-latest",
                EffortLevel::High,
                r#"{"prompt_mode":"reasoning"}"#,
            ),
            ("mistral", "magistral-small-latest", EffortLevel::None, "{}"),
            ("zAi", "glm-5.1", EffortLevel::High, r#"{"thinking":{"type":"enabled"}}"#),
            ("zAi", "glm-4.6", EffortLevel::None, r#"{"thinking":{"type":"disabled"}}"#),
            ("zAi", "glm-4-32b-0414-128k", EffortLevel::High, "{}"),
        ];
        for (id, model, effort, expected) in table {
            let (provider, format) = (Provider::stored(id), Format::ChatCompletions);
            let wished = Parameters { effort: Some(effort), ..Parameters::default() };
            let abilities = Abilities::of(provider, model);
            let parameters = abilities.allow(format, &wished);
            let prompt = Prompt { model: model.into(), abilities, ..prompt(parameters) };
            let fields = super::parameters(provider.dialect(), &prompt, Without::default());
            assert_eq!(serde_json::to_string(&fields).unwrap(), expected, "{model} {effort:?}");
        }
    }

    #[test]
    fn parameters_have_the_names_of_the_dialect() {
        let wished = Parameters {
            effort: Some(EffortLevel::Low),
            temperature: Some(0.5),
            max_tokens: Some(100),
            stop: vec!["END".into()],
            seed: Some(7),
            json: Some(Json::Any),
            verbosity: Some(Verbosity::Low),
            ..Parameters::default()
        };
        let fields = |provider: &str| {
            let fields = parameters(
                Provider::stored(provider).dialect(),
                &prompt(wished.clone()),
                Without::default(),
            );
            serde_json::to_string(&fields).unwrap()
        };
        let table = [
            (
                "openAi",
                r#"{"max_completion_tokens":100,"temperature":0.5,"stop":["END"],"seed":7,"verbosity":"low","response_format":{"type":"json_object"},"reasoning_effort":"low"}"#,
            ),
            (
                "mistral",
                r#"{"max_tokens":100,"temperature":0.5,"stop":["END"],"random_seed":7,"verbosity":"low","response_format":{"type":"json_object"},"reasoning_effort":"high"}"#,
            ),
            (
                "openRouter",
                r#"{"provider":{"data_collection":"deny"},"max_tokens":100,"temperature":0.5,"stop":["END"],"seed":7,"verbosity":"low","response_format":{"type":"json_object"},"reasoning":{"effort":"low"}}"#,
            ),
            (
                "deepSeek",
                r#"{"max_tokens":100,"temperature":0.5,"stop":["END"],"seed":7,"verbosity":"low","response_format":{"type":"json_object"},"thinking":{"type":"enabled"},"reasoning_effort":"low"}"#,
            ),
        ];
        for (provider, expected) in table {
            assert_eq!(fields(provider), expected, "{provider}");
        }
    }
}
