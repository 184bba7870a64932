//! What holds in every format.

use serde_json::{Value, json};

use super::trial::{prompt, run, sent, text, with_parts};
use crate::{ChatEvent, Format, KeyIn, Parameters, Provider, Without};

/// In each format, what adds the word "kettle", and the document behind which nothing comes.
fn pieces() -> [(Format, Value, Value); 6] {
    [
        (
            Format::ChatCompletions,
            json!({"id": "1", "model": "m", "choices": [{"index": 0, "delta": {"role": "assistant", "content": "kettle"}, "finish_reason": null}], "usage": null}),
            json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}),
        ),
        (
            Format::Responses,
            json!({"type": "response.output_text.delta", "sequence_number": 4, "item_id": "i", "output_index": 0, "content_index": 0, "delta": "kettle", "logprobs": []}),
            json!({"type": "response.completed", "response": {"status": "completed", "model": "m"}}),
        ),
        (
            Format::Messages,
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "kettle"}}),
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}}),
        ),
        (
            Format::Gemini,
            json!({"candidates": [{"content": {"role": "model", "parts": [{"text": "kettle"}]}, "index": 0}], "modelVersion": "m", "responseId": "r"}),
            json!({"candidates": [{"finishReason": "STOP"}]}),
        ),
        (
            Format::Ollama,
            json!({"model": "m", "created_at": "now", "message": {"role": "assistant", "content": "kettle"}, "done": false}),
            json!({"model": "m", "done": true, "done_reason": "stop"}),
        ),
        (
            Format::Cohere,
            json!({"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "kettle"}}}}),
            json!({"type": "message-end", "delta": {"finish_reason": "COMPLETE"}}),
        ),
    ]
}

fn said(events: &[ChatEvent]) -> String {
    events
        .iter()
        .filter_map(|event| match event {
            ChatEvent::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// A model on one's own server marks its thoughts in the text, whatever language the server speaks.
#[test]
fn thoughts_that_are_marked_in_the_text_are_thoughts_in_every_format() {
    for (format, piece, end) in pieces() {
        let saying = |text: &str| {
            let piece = piece.to_string().replace("kettle", text);
            serde_json::from_str::<Value>(&piece).unwrap()
        };
        let stream = [saying("<thi"), saying("nk>Wait"), saying("</think>"), saying(" Tea"), end];
        let (events, ended, _) = run(format, &stream);
        let thoughts: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                ChatEvent::Reasoning(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert!(ended.is_ok(), "{format:?}");
        assert_eq!(
            (thoughts.concat().as_str(), said(&events).as_str()),
            ("Wait", "Tea"),
            "{format:?}"
        );
    }
}

#[test]
fn what_is_no_part_of_an_answer_never_costs_the_answer() {
    for (format, piece, end) in pieces() {
        for odd in [json!(null), json!(3), json!([]), json!({}), json!("words"), json!({"foo": 1})]
        {
            let (events, ended, _) =
                run(format, &[piece.clone(), odd.clone(), piece.clone(), end.clone()]);
            assert_eq!(said(&events), "kettlekettle", "{format:?} {odd}");
            assert!(matches!(ended, Ok(Some(_))), "{format:?} {odd}: {ended:?}");
        }
        assert_eq!(run(format, std::slice::from_ref(&piece)).1, Ok(None), "{format:?} broke off");
        // Another format's words in mid-answer.
        for (_, foreign, _) in pieces() {
            let (events, ..) = run(format, &[piece.clone(), foreign, piece.clone(), end.clone()]);
            assert!(said(&events).starts_with("kettle"), "{format:?}: {events:?}");
        }
    }
}

#[test]
fn a_field_of_any_type_costs_no_more_than_what_it_holds() {
    for (format, piece, end) in pieces() {
        let mut places = Vec::new();
        find_places(&piece, String::new(), &mut places);
        for place in places {
            for odd in
                [json!(null), json!(-1.5), json!(true), json!([[3]]), json!({"a": {}}), json!("")]
            {
                let mut spoiled = piece.clone();
                *spoiled.pointer_mut(&place).unwrap() = odd.clone();
                let (events, ended, _) = run(format, &[spoiled, piece.clone(), end.clone()]);
                let words = said(&events);
                assert!(words.ends_with("kettle"), "{format:?} {place} {odd}: {words:?} {ended:?}");
            }
        }
    }
}

fn find_places(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, held) in fields {
                find_places(held, format!("{at}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, held) in items.iter().enumerate() {
                find_places(held, format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
    if !at.is_empty() {
        places.push(at);
    }
}

#[test]
fn an_error_in_any_costume_is_one_in_every_format() {
    for (format, piece, _) in pieces() {
        for costume in [
            json!({"error": {"message": "boom", "type": "server_error"}}),
            json!({"error": "boom"}),
            json!({"type": "error", "error": {"type": "api_error", "message": "boom"}}),
            json!([{"error": {"code": 500, "message": "boom", "status": "INTERNAL"}}]),
            json!({"object": "error", "message": "boom"}),
            json!({"detail": "boom"}),
        ] {
            for before in [vec![], vec![piece.clone()]] {
                let documents = [before, vec![costume.clone()]].concat();
                let (events, end, _) = run(format, &documents);
                let failure = end.expect_err("an error");
                assert_eq!(failure.said, "boom", "{format:?} {costume}");
                assert_eq!(said(&events).len(), 6 * (documents.len() - 1), "what came is kept");
            }
        }
    }
}

#[test]
fn where_requests_go_and_with_what() {
    let table = [
        ("openAi", Format::ChatCompletions, "chat/completions", "models", KeyIn::Bearer),
        ("openAi", Format::Responses, "responses", "models", KeyIn::Bearer),
        ("anthropic", Format::Messages, "messages", "models?limit=1000", KeyIn::XApiKey),
        (
            "google",
            Format::Gemini,
            "models/m:streamGenerateContent?alt=sse",
            "models?pageSize=1000",
            KeyIn::XGoogApiKey,
        ),
        ("ollama", Format::Ollama, "api/chat", "api/tags", KeyIn::Bearer),
        (
            "cohere",
            Format::Cohere,
            "v2/chat",
            "v1/models?endpoint=chat&page_size=1000",
            KeyIn::Bearer,
        ),
        (
            "gitHub",
            Format::ChatCompletions,
            "inference/chat/completions",
            "catalog/models",
            KeyIn::Bearer,
        ),
        ("azure", Format::ChatCompletions, "chat/completions", "models", KeyIn::ApiKey),
    ];
    for (id, format, chat, list, key_in) in table {
        let provider = Provider::stored(id);
        let prompt = prompt(id, format, "m", Parameters::default());
        let request = format.chat(provider, &prompt, Without::default());
        assert_eq!((request.path.as_ref(), request.key_in), (chat, key_in), "{id}");
        assert_eq!(format.models(provider, None).path, list, "{id}");
        let joint = if list.contains('?') { '&' } else { '?' };
        assert_eq!(format.models(provider, Some("a=b")).path, format!("{list}{joint}a=b"), "{id}");
        let version = request.headers.iter().any(|(name, _)| *name == "anthropic-version");
        assert_eq!(version, format == Format::Messages, "{id}");
    }
}

#[test]
fn nothing_is_sent_that_a_provider_would_fetch() {
    for (format, ..) in pieces() {
        let plain = prompt("practice", format, "m", Parameters::default());
        let (_, body) = sent("practice", format, &with_parts(plain, json!({"type": "thinking"})));
        for forbidden in ["http://", "https://", "file:", "\"tools\"", "\"tool_choice\""] {
            assert!(!body.contains(forbidden), "{format:?}: {forbidden} in {body}");
        }
        assert!(body.contains("YWJj"), "the picture itself is sent");
    }
}

#[test]
fn many_pieces_are_one_answer() {
    for (format, piece, end) in pieces() {
        let documents = [vec![piece; 1_000], vec![end]].concat();
        let (events, ..) = run(format, &documents);
        assert_eq!(events.iter().filter(|event| **event == text("kettle")).count(), 1_000);
        let starts = events.iter().filter(|event| matches!(event, ChatEvent::Started { .. }));
        assert!(starts.count() <= 1, "{format:?}");
    }
}
