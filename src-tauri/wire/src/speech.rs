//! Having a text said, as OpenAI's endpoint does it and the others after it.

use serde::Serialize;

use crate::{Body, Format, Provider, Request};

#[derive(Serialize)]
struct Asked<'a> {
    model: &'a str,
    input: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<&'a str>,
    /// Plain samples with a head: nothing has to be decoded that strangers wrote.
    response_format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speed: Option<f32>,
}

/// Asks a model to say a text. `way` stands between the base address and the endpoint.
/// A speed of 1 is usual, and not everybody knows another.
pub fn speak(
    provider: Provider,
    way: &str,
    model: &str,
    voice: Option<&str>,
    text: &str,
    speed: f32,
) -> Request {
    let speed = ((speed - 1.0).abs() > 0.01).then_some(speed);
    let asked = Asked { model, input: text, voice, response_format: "wav", speed };
    Request {
        path: format!("{way}audio/speech").into(),
        headers: &[],
        body: Some(Body::Json(serde_json::to_vec(&asked).unwrap_or_default())),
        key_in: provider.key_in(Format::ChatCompletions),
        streams: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_asked_for_as_plain_samples() {
        let asked = |voice, speed| {
            let request =
                speak(Provider::stored("openAi"), "", "tts-1", voice, "Say \"hi\".", speed);
            assert_eq!(request.path, "audio/speech");
            String::from_utf8(request.body.unwrap().bytes().to_vec()).unwrap()
        };
        assert_eq!(
            asked(Some("nova"), 1.0),
            r#"{"model":"tts-1","input":"Say \"hi\".","voice":"nova","response_format":"wav"}"#
        );
        assert!(!asked(None, 1.0).contains("voice"));
        assert!(asked(None, 1.5).ends_with(r#","speed":1.5}"#));
    }
}
