//! A model that refuses a parameter: the person is told which, and sends without it.

use history::{Connection, Refused, Status};
use serde_json::json;
use turn::{Ask, By, Trouble};
use wire::{Format, Parameter};

use crate::scripted::{Answer, Scripted};
use crate::stage::{Stage, failure};

/// A format, a model of it that takes this parameter, what it is called there, and how it is refused.
struct Case {
    format: Format,
    provider: &'static str,
    model: &'static str,
    wished: &'static str,
    parameter: Parameter,
    sent_as: &'static str,
    status: u64,
    refusal: &'static str,
    answer: &'static str,
}

const CASES: [Case; 6] = [
    Case {
        format: Format::ChatCompletions,
        provider: "groq",
        model: "openai/gpt-oss-20b",
        wished: r#"{"maxTokens":300}"#,
        parameter: Parameter::MaxTokens,
        sent_as: "max_completion_tokens",
        status: 400,
        refusal: r#"{"error":{"message":"Unsupported parameter","param":"max_completion_tokens","code":"unsupported_parameter"}}"#,
        answer: "data: {\"choices\":[{\"delta\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
    },
    Case {
        format: Format::Responses,
        provider: "openAi",
        model: "gpt-5.1",
        wished: r#"{"effort":"high"}"#,
        parameter: Parameter::Effort,
        sent_as: "reasoning",
        status: 400,
        refusal: r#"{"error":{"message":"Unsupported value: 'reasoning.effort'","param":"reasoning.effort"}}"#,
        answer: "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Four.\"}\n\nevent: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}\n\n",
    },
    Case {
        format: Format::Messages,
        provider: "anthropic",
        model: "claude-haiku-4-5",
        wished: r#"{"temperature":0.5}"#,
        parameter: Parameter::Temperature,
        sent_as: "temperature",
        status: 400,
        refusal: r#"{"type":"error","error":{"type":"invalid_request_error","message":"temperature: Extra inputs are not permitted"}}"#,
        answer: "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Four.\"}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
    },
    Case {
        format: Format::Gemini,
        provider: "google",
        model: "gemini-2.5-flash",
        wished: r#"{"topP":0.5}"#,
        parameter: Parameter::TopP,
        sent_as: "topP",
        status: 400,
        refusal: r#"{"error":{"code":400,"message":"Invalid value","status":"INVALID_ARGUMENT","details":[{"fieldViolations":[{"field":"generation_config.top_p"}]}]}}"#,
        answer: "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Four.\"}]},\"finishReason\":\"STOP\"}]}\n\n",
    },
    Case {
        format: Format::Ollama,
        provider: "ollama",
        model: "llama3:8b",
        wished: r#"{"maxTokens":300}"#,
        parameter: Parameter::MaxTokens,
        sent_as: "num_predict",
        status: 400,
        refusal: r#"{"error":"invalid option: num_predict"}"#,
        answer: "{\"message\":{\"content\":\"Four.\"},\"done\":true,\"done_reason\":\"stop\"}\n",
    },
    Case {
        format: Format::Cohere,
        provider: "cohere",
        model: "command-a-03-2025",
        wished: r#"{"maxTokens":300}"#,
        parameter: Parameter::MaxTokens,
        sent_as: "max_tokens",
        status: 422,
        refusal: r#"{"message":"unknown field: parameter 'max_tokens' is not a valid field"}"#,
        answer: "data: {\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":{\"text\":\"Four.\"}}}}\n\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\"}}\n\n",
    },
];

async fn stage(case: &Case, server: &Scripted) -> Stage {
    let stage = Stage::at(&server.address).await;
    let connection = stage.history.connections().unwrap().remove(0);
    let speaking = Connection {
        provider: case.provider.to_owned(),
        format: Some(case.format.id().to_owned()),
        ..connection
    };
    stage.history.put_connection(&speaking).unwrap();
    stage
}

fn message(stage: &Stage, case: &Case) -> Ask {
    let mut ask = stage.message(None, case.model, "Two and two?");
    if let Ask::Message { parameters, .. } = &mut ask {
        case.wished.clone_into(parameters);
    }
    ask
}

#[tokio::test]
async fn what_is_refused_is_left_out_in_every_format_and_from_then_on() {
    for case in &CASES {
        let (sent_as, refusal, answer) = (case.sent_as, case.refusal, case.answer);
        let status = case.status;
        let server = Scripted::answering(move |asked| {
            match asked.body.to_string().contains(&format!("\"{sent_as}\"")) {
                true => Answer::of(status, "application/json", refusal),
                false => Answer::stream(answer),
            }
        })
        .await;
        let stage = stage(case, &server).await;
        let (_, refused) = stage.run(message(&stage, case)).await;
        let told = failure(&refused);
        assert_eq!(told.trouble, Trouble::RequestRefused, "{sent_as}");
        assert_eq!(told.refused, Some(case.parameter), "{sent_as}");
        assert_eq!(server.asked().len(), 1, "{sent_as}: nothing is sent again by itself");

        let by = By::Without(case.parameter);
        let (_, answered) = stage.run(Ask::Again { answer: refused.id, by }).await;
        assert_eq!((answered.text.as_str(), answered.status), ("Four.", Status::Complete));
        let (_, next) = stage.run(message(&stage, case)).await;
        assert_eq!(next.status, Status::Complete, "{sent_as}: it is remembered");
        assert_eq!(server.asked().len(), 3, "{sent_as}");

        stage
            .history
            .forget_refused(&Refused {
                connection: stage.connection.clone(),
                model: case.model.to_owned(),
                parameter: case.parameter.id().to_owned(),
            })
            .unwrap();
        let (_, once_more) = stage.run(message(&stage, case)).await;
        assert_eq!(failure(&once_more).refused, Some(case.parameter), "{sent_as}: and forgotten");
    }
}

#[tokio::test]
async fn only_what_was_sent_is_offered_to_be_left_out() {
    for named in ["temperature", "messages[0].content", "model"] {
        let refusal = json!({"error": {"message": "no", "param": named}}).to_string();
        let server = Scripted::start(vec![Answer::of(400, "application/json", &refusal)]).await;
        let stage = stage(&CASES[0], &server).await;
        let (_, refused) = stage.run(message(&stage, &CASES[0])).await;
        assert_eq!(failure(&refused).refused, None, "{named} was not sent, or cannot be left out");
    }
}

#[tokio::test]
async fn who_refuses_it_all_the_same_is_not_asked_in_a_loop() {
    let refusal = CASES[0].refusal;
    let server = Scripted::start(vec![Answer::of(400, "application/json", refusal)]).await;
    let stage = stage(&CASES[0], &server).await;
    let (_, refused) = stage.run(message(&stage, &CASES[0])).await;
    let by = By::Without(CASES[0].parameter);
    let (_, again) = stage.run(Ask::Again { answer: refused.id, by }).await;
    assert_eq!(failure(&again).refused, None, "what is not sent cannot be left out");
    assert_eq!(server.asked().len(), 2);
}
