//! Closed schemas, as small as they can be: what is not named is wrong.

use serde_json::Value;
use wire::Format;

/// What a value has to be.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// A text; not an empty one.
    Text,
    /// A text that may be empty.
    Blank,
    /// One of these.
    Word(&'static [&'static str]),
    Number(f64, f64),
    Flag,
    /// Exactly this.
    Only(Value),
    /// A file that stands in the request itself.
    DataUrl,
    Base64,
    /// Anything that is a JSON schema, or an empty object.
    Free,
    /// Of one shape each; not empty.
    List(Box<Shape>),
    /// Fields; a name with `?` may be missing, and no other may be there.
    Object(Vec<(&'static str, Shape)>),
    Either(Vec<Shape>),
}

use Shape::{Base64, Blank, DataUrl, Either, Flag, Free, List, Number, Object, Only, Text, Word};

/// Says where a value is not of this shape.
pub(crate) fn fits(value: &Value, shape: &Shape) -> Result<(), String> {
    let wrong = || Err(format!("{value} is no {shape:?}"));
    let is = |right: bool| if right { Ok(()) } else { wrong() };
    match shape {
        Text => is(value.as_str().is_some_and(|text| !text.is_empty())),
        Blank => is(value.is_string()),
        Word(words) => is(value.as_str().is_some_and(|word| words.contains(&word))),
        Number(least, most) => is(value.as_f64().is_some_and(|n| (*least..=*most).contains(&n))),
        Flag => is(value.is_boolean()),
        Only(right) => is(value == right),
        DataUrl => {
            let data =
                value.as_str().and_then(|url| url.strip_prefix("data:")?.split_once(";base64,"));
            is(data.is_some_and(|(_, data)| is_base64(data)))
        }
        Base64 => is(value.as_str().is_some_and(is_base64)),
        Free => is(value.is_object()),
        List(each) => match value.as_array() {
            Some(items) if !items.is_empty() => items.iter().try_for_each(|item| fits(item, each)),
            _ => wrong(),
        },
        Object(known) => {
            let Some(fields) = value.as_object() else { return wrong() };
            let name = |name: &'static str| name.trim_end_matches('?');
            if let Some(odd) =
                fields.keys().find(|key| !known.iter().any(|(known, _)| name(known) == *key))
            {
                return Err(format!("{odd} is not known in {value}"));
            }
            known.iter().try_for_each(|(known, shape)| match fields.get(name(known)) {
                Some(held) => {
                    fits(held, shape).map_err(|wrong| format!("{}: {wrong}", name(known)))
                }
                None if known.ends_with('?') => Ok(()),
                None => Err(format!("{known} is missing in {value}")),
            })
        }
        Either(shapes) => is(shapes.iter().any(|shape| fits(value, shape).is_ok())),
    }
}

fn is_base64(data: &str) -> bool {
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    !data.is_empty() && data.len().is_multiple_of(4) && data.bytes().all(known)
}

const EFFORTS: &[&str] = &["none", "minimal", "low", "medium", "high", "xhigh", "max"];

const AUDIO: &[&str] = &["wav", "mp3", "m4a", "aac", "ogg", "flac", "webm"];

fn list(each: Shape) -> Shape {
    List(Box::new(each))
}

fn only(text: &str) -> Shape {
    Only(Value::from(text))
}

fn tokens() -> Shape {
    Number(1.0, 1e10)
}

fn json_format() -> Shape {
    let named = Object(vec![("name", Text), ("strict", Flag), ("schema", Free)]);
    Either(vec![
        Object(vec![("type", only("json_object"))]),
        Object(vec![("type", only("json_schema")), ("json_schema", named)]),
    ])
}

/// What is said in chat completions: words alone, or parts.
fn parts() -> Shape {
    let url = Object(vec![("url", DataUrl)]);
    let file = Object(vec![("filename", Text), ("file_data", DataUrl)]);
    let heard = Object(vec![("data", Base64), ("format", Word(AUDIO))]);
    let part = Either(vec![
        Object(vec![("type", only("text")), ("text", Text)]),
        Object(vec![("type", only("image_url")), ("image_url", url)]),
        Object(vec![("type", only("file")), ("file", file)]),
        Object(vec![("type", only("document_url")), ("document_url", DataUrl)]),
        Object(vec![("type", only("input_audio")), ("input_audio", Either(vec![heard, Base64]))]),
    ]);
    Either(vec![Text, list(part)])
}

fn sampling() -> Vec<(&'static str, Shape)> {
    vec![
        ("temperature?", Number(0.0, 2.0)),
        ("top_p?", Number(0.0, 1.0)),
        ("max_tokens?", tokens()),
        ("max_completion_tokens?", tokens()),
        ("stop?", list(Text)),
        ("seed?", Number(-1e18, 1e18)),
        ("random_seed?", Number(-1e18, 1e18)),
        ("response_format?", json_format()),
        ("reasoning_effort?", Either(vec![Word(EFFORTS), only("default")])),
        ("verbosity?", Word(&["low", "medium", "high"])),
    ]
}

impl Shape {
    pub(crate) fn of(format: Format) -> Self {
        match format {
            Format::ChatCompletions => chat_completions(),
            Format::Responses => responses(),
            Format::Messages => messages(),
            Format::Gemini => gemini(),
            Format::Ollama => ollama(),
            Format::Cohere => cohere(),
        }
    }

    /// Mistral's conversations.
    pub(crate) fn conversation() -> Self {
        let entry = Object(vec![
            ("object", only("entry")),
            ("type", Word(&["message.input", "message.output"])),
            ("role", Word(&["user", "assistant"])),
            ("content", parts()),
        ]);
        Object(vec![
            ("model", Text),
            ("inputs", list(entry)),
            ("tools", list(Object(vec![("type", only("web_search"))]))),
            ("stream", Only(true.into())),
            ("store", Only(false.into())),
            ("instructions?", Text),
            ("completion_args?", Object(sampling())),
        ])
    }
}

fn chat_completions() -> Shape {
    let said = Object(vec![("role", Word(&["system", "user", "assistant"])), ("content", parts())]);
    let plugin = Object(vec![
        ("id", only("web")),
        ("engine", only("exa")),
        ("max_results", Number(1.0, 10.0)),
    ]);
    let mut fields = sampling();
    fields.extend([
        ("model", Text),
        ("messages", list(said)),
        ("stream", Only(true.into())),
        ("stream_options?", Object(vec![("include_usage", Only(true.into()))])),
        ("reasoning?", Object(vec![("effort", Word(EFFORTS))])),
        ("thinking?", Object(vec![("type", Word(&["enabled", "disabled"]))])),
        ("plugins?", list(plugin)),
        ("provider?", Object(vec![("data_collection", only("deny"))])),
        ("disable_search?", Only(true.into())),
        ("prompt_mode?", only("reasoning")),
    ]);
    Object(fields)
}

fn responses() -> Shape {
    let content = Either(vec![
        Object(vec![("type", Word(&["input_text", "output_text"])), ("text", Text)]),
        Object(vec![("type", only("input_image")), ("image_url", DataUrl)]),
        Object(vec![("type", only("input_file")), ("filename", Text), ("file_data", DataUrl)]),
    ]);
    let said = Object(vec![("role", Word(&["user", "assistant"])), ("content", list(content))]);
    let thought = Object(vec![
        ("type", only("reasoning")),
        ("id", Text),
        ("summary", Only(Value::Array(Vec::new()))),
        ("encrypted_content", Text),
    ]);
    let format = Either(vec![
        Object(vec![("type", only("json_object"))]),
        Object(vec![
            ("type", only("json_schema")),
            ("name", Text),
            ("strict", Flag),
            ("schema", Free),
        ]),
    ]);
    Object(vec![
        ("model", Text),
        ("instructions?", Text),
        ("input", list(Either(vec![said, thought]))),
        ("stream", Only(true.into())),
        ("store", Only(false.into())),
        ("include?", list(only("reasoning.encrypted_content"))),
        ("tools?", list(Object(vec![("type", only("web_search"))]))),
        ("max_tool_calls?", Number(1.0, 10.0)),
        ("reasoning?", Object(vec![("effort?", Word(EFFORTS)), ("summary", only("auto"))])),
        (
            "text?",
            Object(vec![("format?", format), ("verbosity?", Word(&["low", "medium", "high"]))]),
        ),
        ("max_output_tokens?", tokens()),
        ("temperature?", Number(0.0, 2.0)),
        ("top_p?", Number(0.0, 1.0)),
    ])
}

fn messages() -> Shape {
    let source = Object(vec![("type", only("base64")), ("media_type", Text), ("data", Base64)]);
    let block = Either(vec![
        Object(vec![("type", only("text")), ("text", Text)]),
        Object(vec![("type", only("image")), ("source", source.clone())]),
        Object(vec![("type", only("document")), ("title", Text), ("source", source)]),
        Object(vec![("type", only("thinking")), ("thinking", Blank), ("signature", Text)]),
    ]);
    let thinking = Either(vec![
        Object(vec![("type", only("disabled"))]),
        Object(vec![("type", only("adaptive")), ("display", only("summarized"))]),
        Object(vec![("type", only("enabled")), ("budget_tokens", Number(1_024.0, 1e9))]),
    ]);
    let search = Object(vec![
        ("type", only("web_search_20250305")),
        ("name", only("web_search")),
        ("max_uses", Number(1.0, 10.0)),
    ]);
    let schema = Object(vec![("type", only("json_schema")), ("schema", Free)]);
    Object(vec![
        ("model", Text),
        ("max_tokens", tokens()),
        ("system?", Text),
        (
            "messages",
            list(Object(vec![("role", Word(&["user", "assistant"])), ("content", list(block))])),
        ),
        ("stream", Only(true.into())),
        ("tools?", list(search)),
        ("thinking?", thinking),
        (
            "output_config?",
            Object(vec![
                ("effort?", Word(&["low", "medium", "high", "xhigh", "max"])),
                ("format?", schema),
            ]),
        ),
        ("temperature?", Number(0.0, 1.0)),
        ("top_p?", Number(0.0, 1.0)),
        ("stop_sequences?", list(Text)),
    ])
}

fn gemini() -> Shape {
    let inline = Object(vec![("mimeType", Text), ("data", Base64)]);
    let part = Either(vec![
        Object(vec![("text", Text)]),
        Object(vec![("inlineData", inline)]),
        Object(vec![("text", Blank), ("thoughtSignature", Text)]),
    ]);
    let thinking = Either(vec![
        Object(vec![("includeThoughts?", Flag), ("thinkingBudget?", Number(-1.0, 32_768.0))]),
        Object(vec![
            ("includeThoughts", Flag),
            ("thinkingLevel", Word(&["minimal", "low", "medium", "high"])),
        ]),
    ]);
    let config = Object(vec![
        ("temperature?", Number(0.0, 2.0)),
        ("topP?", Number(0.0, 1.0)),
        ("maxOutputTokens?", tokens()),
        ("stopSequences?", list(Text)),
        ("seed?", Number(-2_147_483_648.0, 2_147_483_647.0)),
        ("responseMimeType?", only("application/json")),
        ("responseJsonSchema?", Free),
        ("thinkingConfig?", thinking),
    ]);
    let said = Object(vec![("role", Word(&["user", "model"])), ("parts", list(part))]);
    Object(vec![
        ("contents", list(said)),
        ("systemInstruction?", Object(vec![("parts", list(Object(vec![("text", Text)])))])),
        ("tools?", list(Object(vec![("googleSearch", Object(Vec::new()))]))),
        ("generationConfig?", config),
    ])
}

fn ollama() -> Shape {
    let said = Object(vec![
        ("role", Word(&["system", "user", "assistant"])),
        ("content", Blank),
        ("images?", list(Base64)),
    ]);
    Object(vec![
        ("model", Text),
        ("messages", list(said)),
        ("stream", Only(true.into())),
        ("think?", Either(vec![Flag, Word(&["low", "medium", "high", "max"])])),
        ("format?", Either(vec![only("json"), Free])),
        ("keep_alive?", Either(vec![Text, Number(-1.0, 0.0)])),
        ("truncate", Only(false.into())),
        (
            "options?",
            Object(vec![
                ("num_ctx?", tokens()),
                ("num_predict?", tokens()),
                ("temperature?", Number(0.0, 2.0)),
                ("top_p?", Number(0.0, 1.0)),
                ("seed?", Number(-1e18, 1e18)),
                ("stop?", list(Text)),
            ]),
        ),
    ])
}

fn cohere() -> Shape {
    let url = Object(vec![("url", DataUrl)]);
    let part = Either(vec![
        Object(vec![("type", only("text")), ("text", Text)]),
        Object(vec![("type", only("image_url")), ("image_url", url)]),
    ]);
    let said = Object(vec![
        ("role", Word(&["system", "user", "assistant"])),
        ("content", Either(vec![Text, list(part)])),
    ]);
    let format = Object(vec![("type", only("json_object")), ("json_schema?", Free)]);
    Object(vec![
        ("model", Text),
        ("messages", list(said)),
        ("stream", Only(true.into())),
        ("max_tokens?", tokens()),
        ("temperature?", Number(0.0, 2.0)),
        ("p?", Number(0.0, 1.0)),
        ("stop_sequences?", list(Text)),
        ("seed?", Number(-1e18, 1.8e19)),
        ("response_format?", format),
        ("thinking?", Object(vec![("type", Word(&["enabled", "disabled"]))])),
    ])
}

#[test]
fn a_closed_schema_takes_nothing_that_it_does_not_name() {
    let plain = serde_json::json!({"model": "m", "messages": [{"role": "user", "content": "Hi"}], "stream": true});
    let schema = Shape::of(Format::ChatCompletions);
    assert_eq!(fits(&plain, &schema), Ok(()));
    for (name, value) in [
        ("user", serde_json::json!("me")),
        ("stream", serde_json::json!(false)),
        ("temperature", serde_json::json!(3)),
        ("messages", serde_json::json!([])),
        (
            "messages",
            serde_json::json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.example/x.png"}}]}]),
        ),
    ] {
        let mut odd = plain.clone();
        odd[name] = value;
        assert!(fits(&odd, &schema).is_err(), "{odd}");
    }
}
