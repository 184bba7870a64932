//! Situations to requests: some twenty of them, in every format.

use std::sync::Arc;

use serde_json::json;
use wire::{
    Abilities, AudioKind, EffortLevel, Format, Json, Message, Parameters, Part, Prompt, Provider,
    Role, Thought, Verbosity, Without,
};

/// A model of each format that takes nearly everything, and one that nobody knows.
fn known(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::ChatCompletions => ("openRouter", "openai/gpt-5.1"),
        Format::Responses => ("openAi", "gpt-5.1"),
        Format::Messages => ("anthropic", "claude-sonnet-4-6"),
        Format::Gemini => ("google", "gemini-2.5-flash"),
        Format::Ollama => ("ollama", "qwen3:8b"),
        Format::Cohere => ("cohere", "command-a-reasoning-08-2025"),
    }
}

fn wished(change: impl FnOnce(&mut Parameters)) -> Parameters {
    let mut wished = Parameters::default();
    change(&mut wished);
    wished
}

fn says(role: Role, text: &str) -> Message {
    Message::text(role, text)
}

fn picture() -> Part {
    Part::Image { media_type: "image/png".into(), data: Arc::from(&b"picture"[..]) }
}

fn page() -> Part {
    let data = Arc::from(&b"%PDF-"[..]);
    Part::File { name: "a.pdf".into(), media_type: "application/pdf".into(), data, tokens: 0 }
}

fn audio(kind: AudioKind) -> Part {
    Part::Audio { kind, data: Arc::from(&b"audio"[..]), tokens: 10 }
}

/// What this format's own provider sealed.
fn thought(format: Format) -> Part {
    let state = match format {
        Format::Responses => {
            json!({"type": "reasoning", "id": "rs", "summary": [], "encrypted_content": "sealed"})
        }
        Format::Messages => json!({"type": "thinking", "thinking": "Hm", "signature": "sealed"}),
        Format::Gemini => json!({"text": "", "thoughtSignature": "sealed"}),
        Format::ChatCompletions | Format::Ollama | Format::Cohere => json!("sealed"),
    };
    Part::Thought(Thought {
        provider: known(format).0.into(),
        model: known(format).1.into(),
        state,
    })
}

/// One situation: what it is called, the model, what was said, and what is wished.
struct Situation {
    name: &'static str,
    model: &'static str,
    system: &'static str,
    messages: Vec<Message>,
    wished: Parameters,
    without: Without,
}

fn situations(format: Format) -> Vec<Situation> {
    let (_, model) = known(format);
    let of = |name, messages, wished| Situation {
        name,
        model,
        system: "",
        messages,
        wished,
        without: Without::default(),
    };
    let hi = || vec![says(Role::User, "Hi")];
    let plain = Parameters::default;
    let all = || {
        wished(|p| {
            p.effort = Some(EffortLevel::High);
            p.temperature = Some(0.5);
            p.top_p = Some(0.9);
            p.max_tokens = Some(4_000);
            p.stop = vec!["END".into(), "\n\n".into()];
            p.seed = Some(7);
            p.json = Some(Json::Any);
            p.verbosity = Some(Verbosity::Low);
            p.search = true;
        })
    };
    let user = |parts| Message { role: Role::User, parts };
    let answer = |parts| Message { role: Role::Assistant, parts };
    let text = |text: &str| Part::Text(text.into());
    let schema = json!({"type": "object", "properties": {"z": {"type": "string"}, "a": {"type": "number"}}, "required": ["z"]});
    vec![
        of("words alone", hi(), plain()),
        Situation { system: "Be brief.", ..of("a system prompt", hi(), plain()) },
        of(
            "a conversation",
            vec![
                says(Role::User, "One?"),
                says(Role::Assistant, "Two."),
                says(Role::User, "Three?"),
            ],
            plain(),
        ),
        of(
            "letters that need care",
            vec![says(Role::User, "\"\\\n\t\u{1f}é北🫖\u{2028}</script>")],
            plain(),
        ),
        of("a picture", vec![user(vec![text("What?"), picture()])], plain()),
        of("a picture without words", vec![user(vec![picture(), picture()])], plain()),
        of("a file", vec![user(vec![text("Sum up."), page()])], plain()),
        of(
            "audio",
            vec![user(vec![text("Who speaks?"), audio(AudioKind::Mp3), audio(AudioKind::Wav)])],
            plain(),
        ),
        of(
            "a sealed thought",
            vec![
                says(Role::User, "Hi"),
                answer(vec![thought(format), text("Yes.")]),
                says(Role::User, "Sure?"),
            ],
            plain(),
        ),
        of("effort low", hi(), wished(|p| p.effort = Some(EffortLevel::Low))),
        of("effort none", hi(), wished(|p| p.effort = Some(EffortLevel::None))),
        of("a temperature", hi(), wished(|p| p.temperature = Some(0.2))),
        of("a temperature beyond what some take", hi(), wished(|p| p.temperature = Some(2.0))),
        of("top-p", hi(), wished(|p| p.top_p = Some(0.9))),
        of("the longest answer", hi(), wished(|p| p.max_tokens = Some(1))),
        of("texts that end it", hi(), wished(|p| p.stop = vec!["END".into()])),
        of("a seed", hi(), wished(|p| p.seed = Some(-7))),
        of("any JSON", hi(), wished(|p| p.json = Some(Json::Any))),
        of("JSON of a schema", hi(), wished(|p| p.json = Some(Json::Schema(schema)))),
        of("a search", hi(), wished(|p| p.search = true)),
        of("everything at once", hi(), all()),
        Situation { model: "nobody-knows-1", ..of("a model that nobody knows", hi(), all()) },
        Situation {
            without: Without { usage: true, ..Without::default() },
            ..of("a server that does not count", hi(), plain())
        },
    ]
}

/// What is sent in each situation: the way, the headers, where the key goes, and the body as it is.
pub(crate) fn written(format: Format) -> String {
    let provider = Provider::stored(known(format).0);
    let mut all = format!("# {} at {}\n", format.id(), provider.id());
    for situation in situations(format) {
        let abilities = Abilities::of(provider, situation.model);
        let prompt = Prompt {
            model: situation.model.into(),
            system: situation.system.into(),
            messages: situation.messages,
            parameters: abilities.allow(format, &situation.wished),
            abilities,
        };
        let request = format.chat(provider, &prompt, situation.without);
        all += &format!("\n## {}\nPOST {}\n", situation.name, request.path);
        for (name, value) in request.headers {
            all += &format!("{name}: {value}\n");
        }
        all += &format!("key in {:?}\n", request.key_in);
        all += &format!("{}\n", String::from_utf8(request.body.unwrap().bytes().to_vec()).unwrap());
    }
    all
}
