//! Any conversation and any wishes: what is sent holds to a closed schema of its format, written from what is known of it and
//! not from the code, and nothing that a model refuses, that was not switched on, or that a provider would fetch.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};
use wire::{
    Abilities, AudioKind, EffortLevel, Format, Json, JsonTaken, Message, Parameters, Part, Prompt,
    Provider, Role, Sampling, Thought, Verbosity, Without,
};

use super::facts;
use super::shape::{Shape, fits};

/// No text of ours, and nothing of it may ever be sent.
const KEY: &str = "sk-proj-0123456789abcdefghijklmnop";

/// Models of every kind of row, and such as nobody knows.
const MODELS: [(&str, Format, &str); 32] = [
    ("openAi", Format::Responses, "gpt-5.1"),
    ("openAi", Format::Responses, "gpt-6-astra"),
    ("openAi", Format::Responses, "gpt-4.1"),
    ("openAi", Format::ChatCompletions, "gpt-5.1"),
    ("openAi", Format::ChatCompletions, "o3"),
    ("openAi", Format::ChatCompletions, "nobody-knows"),
    ("openAi", Format::ChatCompletions, "gpt-audio-1.5"),
    ("anthropic", Format::Messages, "claude-sonnet-4-6"),
    ("anthropic", Format::Messages, "claude-haiku-4-5"),
    ("anthropic", Format::Messages, "claude-opus-5-5"),
    ("anthropic", Format::Messages, "claude-opus-5"),
    ("google", Format::Gemini, "gemini-2.5-flash"),
    ("google", Format::Gemini, "gemini-4-argon"),
    ("google", Format::Gemini, "gemma-3-27b-it"),
    ("mistral", Format::ChatCompletions, "mistral-small-latest"),
    ("mistral", Format::ChatCompletions, "voxtral-small-latest"),
    ("xAi", Format::Responses, "grok-4.3"),
    ("xAi", Format::ChatCompletions, "grok-4.3"),
    ("deepSeek", Format::ChatCompletions, "deepseek-chat"),
    ("openRouter", Format::ChatCompletions, "openai/gpt-5.1"),
    ("perplexity", Format::ChatCompletions, "sonar"),
    ("groq", Format::ChatCompletions, "openai/gpt-oss-120b"),
    ("ollama", Format::Ollama, "gpt-oss:20b"),
    ("ollama", Format::Ollama, "qwen3:8b"),
    ("cohere", Format::Cohere, "command-a-reasoning-08-2025"),
    ("other", Format::ChatCompletions, "nobody-knows"),
    ("azure", Format::ChatCompletions, "our-gpt-6-astra"),
    ("azure", Format::ChatCompletions, "o3-in-sweden"),
    ("mistral", Format::ChatCompletions, "magistral-small-latest"),
    ("groq", Format::ChatCompletions, "qwen/qwen3.8-27b"),
    ("zAi", Format::ChatCompletions, "glm-5.1"),
    ("xAi", Format::ChatCompletions, "grok-4.20-reasoning"),
];

fn part(format: Format) -> impl Strategy<Value = Part> {
    let bytes = proptest::collection::vec(any::<u8>(), 1..40);
    let sealed = match format {
        Format::Responses => {
            json!({"type": "reasoning", "id": "rs", "summary": [], "encrypted_content": "s"})
        }
        Format::Messages => json!({"type": "thinking", "thinking": "", "signature": "s"}),
        Format::Gemini => json!({"text": "", "thoughtSignature": "s"}),
        Format::ChatCompletions | Format::Ollama | Format::Cohere => json!("s"),
    };
    prop_oneof![
        "\\PC{1,40}".prop_map(Part::Text),
        bytes
            .clone()
            .prop_map(|data| Part::Image { media_type: "image/png".into(), data: Arc::from(data) }),
        bytes.prop_map(|data| Part::File {
            name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            data: Arc::from(data),
            tokens: 0,
        }),
        audio(),
        Just(Part::Thought(Thought { provider: "p".into(), model: "m".into(), state: sealed })),
    ]
}

fn audio() -> impl Strategy<Value = Part> {
    use AudioKind::{Aac, Flac, M4a, Mp3, Ogg, Wav, Webm};
    let kind = proptest::sample::select(vec![Aac, Flac, M4a, Mp3, Ogg, Wav, Webm]);
    (kind, proptest::collection::vec(any::<u8>(), 1..40), any::<u64>())
        .prop_map(|(kind, data, tokens)| Part::Audio { kind, data: Arc::from(data), tokens })
}

/// Turns that alternate and end with the person's, as they always do.
fn messages(format: Format) -> impl Strategy<Value = Vec<Message>> {
    let parts = || proptest::collection::vec(part(format), 0..4);
    let turn = (parts(), "\\PC{1,20}", parts(), "\\PC{1,20}").prop_map(|(asked, q, said, a)| {
        let own = |part: &Part| !matches!(part, Part::Thought(_));
        let answered = |part: &Part| matches!(part, Part::Thought(_) | Part::Text(_));
        let asked = asked.into_iter().filter(own).chain([Part::Text(q)]).collect();
        let said = said.into_iter().filter(answered).chain([Part::Text(a)]).collect();
        [Message { role: Role::User, parts: asked }, Message { role: Role::Assistant, parts: said }]
    });
    (proptest::collection::vec(turn, 0..3), "\\PC{1,20}").prop_map(|(turns, last)| {
        let last = Message::text(Role::User, last);
        turns.into_iter().flatten().chain([last]).collect()
    })
}

fn wishes() -> impl Strategy<Value = Parameters> {
    use EffortLevel::{High, Low, Max, Medium, Minimal, None as Off, XHigh};
    let effort = proptest::sample::select(vec![Off, Minimal, Low, Medium, High, XHigh, Max]);
    let schema = json!({"type": "object", "properties": {}});
    let json = prop_oneof![Just(Json::Any), Just(Json::Schema(schema))];
    let verbosity = proptest::sample::select(vec![Verbosity::Low, Verbosity::High]);
    let opt = proptest::option::of::<BoxedStrategy<f64>>;
    (
        proptest::option::of(effort),
        opt((0.0..=2.0).boxed()),
        opt((0.0..=1.0).boxed()),
        proptest::option::of(1_u32..2_000_000),
        proptest::collection::vec("[a-z]{1,5}", 0..=4),
        proptest::option::of(-1_000_i64..1_000),
        (proptest::option::of(json), proptest::option::of(verbosity), any::<bool>()),
        (proptest::option::of(1_u32..2_000_000), proptest::option::of(-1..10_000)),
    )
        .prop_map(
            |(
                effort,
                temperature,
                top_p,
                max_tokens,
                stop,
                seed,
                (json, verbosity, search),
                (context, keep_minutes),
            )| {
                Parameters {
                    effort,
                    temperature,
                    top_p,
                    max_tokens,
                    stop,
                    seed,
                    json,
                    verbosity,
                    search,
                    context,
                    keep_minutes,
                }
            },
        )
}

#[test]
fn what_is_sent_holds_to_a_closed_schema() {
    for (id, format, model) in MODELS {
        let config = Config {
            cases: 200,
            rng_seed: RngSeed::Fixed(7),
            failure_persistence: None,
            ..Config::default()
        };
        let situations = ("\\PC{0,20}", messages(format), wishes());
        let tried = TestRunner::new(config).run(&situations, |(system, messages, wished)| {
            let provider = Provider::stored(id);
            let abilities = Abilities::of(provider, model);
            let parameters = abilities.allow(format, &wished);
            let prompt = Prompt { model: model.into(), system, messages, parameters, abilities };
            let request = format.chat(provider, &prompt, Without::default());
            let body: Value = serde_json::from_slice(request.body.unwrap().bytes()).unwrap();
            let schema = if request.path == "conversations" {
                Shape::conversation()
            } else {
                Shape::of(format)
            };
            if let Err(wrong) = fits(&body, &schema) {
                return Err(TestCaseError::fail(format!("{wrong} in {body}")));
            }
            refused(&body, &prompt, &wished).map_err(TestCaseError::fail)?;
            facts::hold(id, model, format, &body).map_err(TestCaseError::fail)?;
            facts::fetches_nothing(&body).map_err(TestCaseError::fail)?;
            prop_assert_eq!(audio_in(&body), audio_of(&prompt, format), "{}", body);
            prop_assert!(!body.to_string().contains(KEY));
            Ok(())
        });
        tried.unwrap_or_else(|wrong| panic!("{id} {model}: {wrong}"));
    }
}

/// How many pieces of audio were to be sent: where a format has no form for them, none goes.
fn audio_of(prompt: &Prompt, format: Format) -> usize {
    let parts = prompt.messages.iter().flat_map(|message| &message.parts);
    match format.has_audio() {
        true => parts.filter(|part| matches!(part, Part::Audio { .. })).count(),
        false => 0,
    }
}

/// How many are in a body.
fn audio_in(body: &Value) -> usize {
    let here = match body {
        Value::Object(fields) => {
            let of = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
            of("type") == "input_audio" || of("mimeType").starts_with("audio/")
        }
        _ => false,
    };
    let inner = match body {
        Value::Object(fields) => fields.values().map(audio_in).sum(),
        Value::Array(items) => items.iter().map(audio_in).sum::<usize>(),
        _ => 0,
    };
    usize::from(here) + inner
}

/// Whether a field is there, at any depth above what was said.
fn says(body: &Value, names: &[&str]) -> bool {
    let Value::Object(fields) = body else { return false };
    fields.iter().any(|(name, value)| {
        let is_said =
            ["messages", "input", "inputs", "contents", "schema"].contains(&name.as_str());
        names.contains(&name.as_str()) || (!is_said && says(value, names))
    })
}

/// What a model does not take, and what was not switched on.
fn refused(body: &Value, prompt: &Prompt, wished: &Parameters) -> Result<(), String> {
    let can = &prompt.abilities;
    let is_none = prompt.parameters.effort == Some(EffortLevel::None);
    let samples = match can.sampling {
        Sampling::No => false,
        Sampling::Yes => true,
        Sampling::AtNone => is_none,
    };
    let table: [(bool, &[&str]); 7] = [
        (samples, &["temperature", "top_p", "topP", "p"]),
        (
            !can.efforts.is_empty(),
            &["reasoning_effort", "reasoning", "thinking", "thinkingConfig", "think", "effort"],
        ),
        (can.stop, &["stop", "stop_sequences", "stopSequences"]),
        (can.seed, &["seed", "random_seed"]),
        (can.verbosity, &["verbosity"]),
        (can.json != JsonTaken::No, &["response_format", "responseMimeType", "responseJsonSchema"]),
        (wished.search && can.search.is_some(), &["tools", "plugins", "max_tool_calls"]),
    ];
    for (takes, names) in table {
        if !takes && says(body, names) {
            return Err(format!("{names:?} is sent and not taken: {body}"));
        }
    }
    const NEVER: [&str; 14] = [
        "metadata",
        "user",
        "background",
        "conversation",
        "previous_response_id",
        "mcp_servers",
        "container",
        "trace",
        "web_search_options",
        "search_parameters",
        "webhook",
        "callback_url",
        "cachedContent",
        "labels",
    ];
    match says(body, &NEVER) || body["store"] == true {
        true => Err(format!("what is never sent is in {body}")),
        false => Ok(()),
    }
}
