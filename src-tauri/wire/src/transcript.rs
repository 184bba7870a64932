//! Having a take written down, as OpenAI's endpoint does it and the others after it.

use serde_json::Value;

use crate::failure::{Failure, nonsense, told_with_200};
use crate::form::{Field, Form};
use crate::json::parse;
use crate::words::Said;
use crate::{AudioKind, Body, Format, Provider, Request};

/// Asks a model to write down what is heard in a file. `way` stands between the base address and the endpoint. The file is called by
/// what it is: some servers go by that, and its own name is nobody's business.
pub fn transcribe(
    provider: Provider,
    way: &str,
    model: &str,
    kind: AudioKind,
    bytes: &[u8],
) -> Request {
    let called = format!("take.{}", kind.word());
    let media_type = kind.media_type();
    let file = Field::File { name: "file", file: &called, media_type, bytes };
    let form =
        Form::of(&[Field::Text("model", model), Field::Text("response_format", "json"), file]);
    Request {
        path: format!("{way}audio/transcriptions").into(),
        headers: &[],
        body: Some(Body::Form(form)),
        key_in: provider.key_in(Format::ChatCompletions),
        streams: false,
    }
}

/// The words of an answer.
pub fn heard(body: &str) -> Result<String, Failure> {
    let Some(answer) = parse(body) else { return Err(nonsense(body)) };
    if let Some(text) = answer.get("text").and_then(Value::as_str) {
        return Ok(text.trim().to_owned());
    }
    let said = Said::in_known_places(&answer);
    Err(if said.is_empty() { nonsense(body) } else { told_with_200(&said) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FailureKind;

    #[test]
    fn a_take_is_sent_as_a_form() {
        let request =
            transcribe(Provider::stored("openAi"), "", "whisper-1", AudioKind::Wav, b"RIFF");
        assert_eq!(request.path, "audio/transcriptions");
        let body = String::from_utf8(request.body.unwrap().bytes().to_vec()).unwrap();
        for part in ["name=\"model\"\r\n\r\nwhisper-1\r\n", "filename=\"take.wav\"", "\r\nRIFF\r\n"]
        {
            assert!(body.contains(part), "{body}");
        }
        let behind = transcribe(Provider::stored("vllm"), "v1/", "w", AudioKind::M4a, b"");
        assert_eq!(behind.path, "v1/audio/transcriptions");
        let body = String::from_utf8(behind.body.unwrap().bytes().to_vec()).unwrap();
        assert!(body.contains("filename=\"take.m4a\"\r\nContent-Type: audio/mp4"), "{body}");
    }

    #[test]
    fn answers_are_words_or_say_why_not() {
        assert_eq!(
            heard(r#"{"text":" Hello there. ","usage":{"type":"duration"}}"#),
            Ok("Hello there.".into())
        );
        assert_eq!(heard(r#"{"text":""}"#), Ok(String::new()));
        for odd in ["", "<html>", "[]", "{}", r#"{"text":7}"#, r#"{"text":null}"#] {
            assert_eq!(heard(odd).unwrap_err().kind, FailureKind::Nonsense, "{odd}");
        }
        let said = heard(r#"{"error":{"message":"Model is loading"}}"#).unwrap_err();
        assert_eq!(said.said, "Model is loading");
    }
}
