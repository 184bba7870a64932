//! Turns in every language that providers speak.

use history::{Connection, CostFrom, Status};
use serde_json::{Value, json};
use turn::Trouble;
use wire::Format;

use crate::scripted::{Answer, Scripted};
use crate::stage::{KEY, Stage, failure};

/// A conversation with a server that speaks this format.
async fn stage(format: Format, provider: &str, server: &Scripted) -> Stage {
    let stage = Stage::at(&server.address).await;
    let connection = stage.history.connections().unwrap().remove(0);
    let speaking = Connection {
        provider: provider.to_owned(),
        format: Some(format.id().to_owned()),
        ..connection
    };
    stage.history.put_connection(&speaking).unwrap();
    stage
}

fn events(documents: &[Value]) -> String {
    documents
        .iter()
        .map(|value| {
            let name = value["type"].as_str().map(|name| format!("event: {name}\n"));
            format!("{}data: {value}\n\n", name.unwrap_or_default())
        })
        .collect()
}

/// In each format: a thought and the answer "Four.", and what it may be asked for with.
fn answers() -> Vec<(Format, &'static str, String)> {
    vec![
        (
            Format::Responses,
            "POST /v1/responses ",
            events(&[
                json!({"type": "response.created", "response": {"model": "m"}}),
                json!({"type": "response.reasoning_summary_text.delta", "delta": "Hm"}),
                json!({"type": "response.output_item.done", "item": {"type": "reasoning", "encrypted_content": "sealed"}}),
                json!({"type": "response.output_text.delta", "delta": "Four."}),
                json!({"type": "response.completed", "response": {"status": "completed", "usage": {"input_tokens": 9, "output_tokens": 8}}}),
            ]),
        ),
        (
            Format::Messages,
            "POST /v1/messages ",
            events(&[
                json!({"type": "message_start", "message": {"model": "m", "usage": {"input_tokens": 9, "output_tokens": 1}}}),
                json!({"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": ""}}),
                json!({"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Hm"}}),
                json!({"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "sealed"}}),
                json!({"type": "content_block_stop", "index": 0}),
                json!({"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Four."}}),
                json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 8}}),
                json!({"type": "message_stop"}),
            ]),
        ),
        (
            Format::Gemini,
            "POST /v1/models/m:streamGenerateContent?alt=sse ",
            events(&[
                json!({"candidates": [{"content": {"parts": [{"text": "Hm", "thought": true}]}}]}),
                json!({"candidates": [{"content": {"parts": [{"text": "Four."}, {"text": "", "thoughtSignature": "sealed"}]}, "finishReason": "STOP"}],
                    "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 3, "thoughtsTokenCount": 5}}),
            ]),
        ),
        (
            Format::Ollama,
            "POST /v1/api/chat ",
            [
                json!({"model": "m", "message": {"content": "", "thinking": "Hm"}, "done": false}),
                json!({"model": "m", "message": {"content": "Four."}, "done": false}),
                json!({"model": "m", "message": {"content": ""}, "done": true, "done_reason": "stop", "prompt_eval_count": 9, "eval_count": 8}),
            ]
            .map(|line| format!("{line}\n"))
            .concat(),
        ),
        (
            Format::Cohere,
            "POST /v1/v2/chat ",
            events(&[
                json!({"type": "message-start"}),
                json!({"type": "content-delta", "delta": {"message": {"content": {"thinking": "Hm"}}}}),
                json!({"type": "content-delta", "delta": {"message": {"content": {"text": "Four."}}}}),
                json!({"type": "message-end", "delta": {"finish_reason": "COMPLETE", "usage": {"billed_units": {"input_tokens": 9, "output_tokens": 8}}}}),
            ]),
        ),
    ]
}

#[tokio::test]
async fn an_answer_in_every_format() {
    for (format, line, body) in answers() {
        let server = Scripted::start(vec![Answer::stream(&body)]).await;
        let stage = stage(format, "other", &server).await;
        let answer = stage.answer("m").await;
        assert_eq!(
            (answer.text.as_str(), answer.reasoning.as_str()),
            ("Four.", "Hm"),
            "{format:?}"
        );
        assert_eq!(answer.status, Status::Complete, "{format:?}");
        assert_eq!((answer.prompt_tokens, answer.answer_tokens), (Some(9), Some(8)), "{format:?}");
        let asked = server.asked().remove(0);
        assert!(asked.line.starts_with(line), "{format:?}: {}", asked.line);
        assert!(asked.key, "{format:?}");
        assert!(asked.body.to_string().contains("Be brief."), "{format:?}");
    }
}

#[tokio::test]
async fn a_sealed_thought_goes_back_to_whom_it_came_from_and_to_nobody_else() {
    for (format, _, body) in answers() {
        let keeps = !matches!(format, Format::Ollama | Format::Cohere);
        let server = Scripted::start(vec![Answer::stream(&body)]).await;
        let stage = stage(format, "other", &server).await;
        let first = stage.answer("m").await;
        let at = Some(first.conversation);
        stage.run(stage.message(at, "m", "Sure?")).await;
        stage.run(stage.message(at, "n", "Sure?")).await;
        let sent = |number: usize| server.asked()[number].body.to_string().contains("sealed");
        assert_eq!(sent(1), keeps, "{format:?}: the same model");
        assert!(!sent(2), "{format:?}: another model");
    }
}

#[tokio::test]
async fn what_breaks_off_is_kept_and_its_cost_is_not_understated() {
    for (format, _, body) in answers() {
        let half = &body[..body.find("Four.").unwrap()];
        let half = &half[..half.rfind('\n').unwrap() + 1];
        let piece = &body[half.len()..][..body[half.len()..].find("Four.").unwrap() + 40];
        let piece = piece.lines().next().unwrap();
        let torn = Answer { reset: true, ..Answer::stream(&format!("{half}{piece}\n\n")) };
        let server = Scripted::start(vec![torn]).await;
        let stage = stage(format, "ollama", &server).await;
        let answer = stage.answer("m").await;
        assert_ne!(answer.status, Status::Complete, "{format:?}");
        assert!(answer.reasoning.contains("Hm"), "{format:?}: {answer:?}");
        assert_eq!(answer.cost.from, Some(CostFrom::Bound), "{format:?}");
    }
}

#[tokio::test]
async fn a_refusal_in_every_format_has_its_class() {
    let table = [
        (
            Format::Messages,
            529,
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            Trouble::Busy,
        ),
        (
            Format::Messages,
            401,
            r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#,
            Trouble::KeyRejected,
        ),
        (
            Format::Gemini,
            400,
            r#"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]"#,
            Trouble::KeyRejected,
        ),
        (Format::Ollama, 404, r#"{"error":"model 'm' not found"}"#, Trouble::ModelNotFound),
        (
            Format::Cohere,
            400,
            r#"{"message":"too many tokens: size limit exceeded"}"#,
            Trouble::ContextTooLong,
        ),
        (
            Format::Responses,
            400,
            r#"{"error":{"message":"Your input exceeds the context window of this model.","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
            Trouble::ContextTooLong,
        ),
    ];
    for (format, status, body, trouble) in table {
        let server = Scripted::start(vec![Answer::of(status, "application/json", body)]).await;
        let stage = stage(format, "other", &server).await;
        let prepared = stage.prepare(stage.message(None, "m", "Hi")).await.unwrap();
        let (turns, answer) = (stage.turns.clone(), prepared.begun.answer.id);
        let mut told = None;
        prepared
            .run(|event| match event {
                // Whoever is asked to wait has told what there is to tell.
                turn::TurnEvent::Pausing { failure, .. } => {
                    told = Some(failure.trouble);
                    turns.stop(answer);
                }
                turn::TurnEvent::Ended { message, .. } if told.is_none() => {
                    told = Some(failure(&message).trouble);
                }
                _ => {}
            })
            .await;
        assert_eq!(told, Some(trouble), "{format:?} {status} {body}");
    }
}

#[tokio::test]
async fn parameters_of_the_conversation_are_sent_where_the_model_takes_them() {
    let body =
        events(&[json!({"choices": [{"delta": {"content": "Hi"}, "finish_reason": "stop"}]})]);
    let server = Scripted::start(vec![Answer::stream(&body)]).await;
    let stage = stage(Format::ChatCompletions, "groq", &server).await;
    let first = stage.answer("llama").await;
    let wished = json!({"temperature": 0.5, "maxTokens": 300, "effort": "high"}).to_string();
    stage.history.set_parameters(first.conversation, &wished).unwrap();
    stage.run(stage.message(Some(first.conversation), "llama", "Again")).await;
    let asked = server.asked();
    assert_eq!(asked[0].body.get("temperature"), None);
    assert_eq!(asked[1].body["temperature"], json!(0.5));
    assert_eq!(asked[1].body["max_completion_tokens"], json!(300));
    assert_eq!(asked[1].body.get("reasoning_effort"), None, "this model knows no dial");
}

#[tokio::test]
async fn a_sealed_thought_with_the_key_in_it_is_not_kept() {
    for (format, _, body) in answers() {
        let body = body.replace("sealed", &format!("x{KEY}x"));
        let server = Scripted::start(vec![Answer::stream(&body)]).await;
        let stage = stage(format, "other", &server).await;
        let first = stage.answer("m").await;
        assert_eq!(first.text, "Four.", "{format:?}");
        let said = stage.history.branch(first.conversation).unwrap();
        assert!(said[1].parts.is_empty(), "{format:?}");
    }
}
