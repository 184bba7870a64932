//! Answers that repeat the key they were asked with, in every way that a server might, by mistake or on purpose.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A way to repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As it is, in the answer's text.
    AsItIs,
    /// Every letter as an escape of JSON.
    Escaped,
    /// Cut in two, in two events.
    Split,
    /// One letter an event.
    Letters,
    /// Without its last letters, and once more without its first.
    Shortened,
    /// In lower case.
    LowerCase,
    /// In the reasoning.
    Reasoning,
    /// In every other field of a chunk.
    Fields,
    /// In an error inside the stream.
    Error,
    /// In a refusal: its words, its code, its headers.
    Refusal,
    /// In the host of a redirect.
    Redirect,
    /// In an answer that is one document.
    Whole,
}

/// Every way, with its model's name.
pub const WAYS: [(&str, Way); 12] = [
    ("fault-echo", Way::AsItIs),
    ("fault-echo-escaped", Way::Escaped),
    ("fault-echo-split", Way::Split),
    ("fault-echo-letters", Way::Letters),
    ("fault-echo-shortened", Way::Shortened),
    ("fault-echo-lower", Way::LowerCase),
    ("fault-echo-reasoning", Way::Reasoning),
    ("fault-echo-fields", Way::Fields),
    ("fault-echo-error", Way::Error),
    ("fault-echo-refusal", Way::Refusal),
    ("fault-echo-redirect", Way::Redirect),
    ("fault-echo-whole", Way::Whole),
];

/// What a chunk is made of, without its field.
const END: &str = r#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: [DONE]

"#;

/// What this way makes of `sent`, the value of the authorization header.
pub(crate) fn echo(way: Way, sent: &str) -> Response {
    let key = sent.trim_start_matches("Bearer ");
    let escaped: String =
        key.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect();
    let (half, length) = (key.len() / 2, key.len());
    let body = match way {
        Way::AsItIs => text(&format!("You sent Bearer {key}, did you not?")),
        Way::Escaped => text(&format!("You sent {escaped}, did you not?")),
        Way::Split => {
            [text("You sent "), text(&key[..half]), text(&key[half..]), text(", did you not?")]
                .concat()
        }
        Way::Letters => {
            let letters: String = key.chars().map(|letter| text(&letter.to_string())).collect();
            [text("You sent "), letters, text(", did you not?")].concat()
        }
        Way::Shortened => {
            let (first, last) = (&key[..length.saturating_sub(6)], &key[length.min(8)..]);
            text(&format!("You sent {first}, or was it {last}, did you not?"))
        }
        Way::LowerCase => text(&format!("You sent {}, did you not?", key.to_lowercase())),
        Way::Reasoning => [
            delta(&format!(r#"{{"reasoning_content":"They sent {}"}}"#, &escaped[..half * 6])),
            delta(&format!(r#"{{"reasoning_content":"{}."}}"#, &escaped[half * 6..])),
            text("You sent something, did you not?"),
        ]
        .concat(),
        Way::Fields => fields(&escaped),
        Way::Error => format!(
            "{}data: {{\"error\":{{\"message\":\"{escaped} is what you sent\",\"code\":\"{escaped}\",\"type\":\"{key}\"}}}}\n\n",
            text("You sent ")
        ),
        Way::Refusal => return refusal(key, &escaped),
        Way::Redirect => {
            let host: String = key.chars().filter(|letter| *letter != '_').collect();
            let target = format!("http://{host}.example/");
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, target)]).into_response();
        }
        Way::Whole => format!(
            r#"{{"model":"{escaped}","choices":[{{"message":{{"role":"assistant","content":"You sent {escaped}, did you not?"}},"finish_reason":"stop"}}]}}"#
        ),
    };
    let end = if matches!(way, Way::Whole | Way::Error) { "" } else { END };
    ([(header::CONTENT_TYPE, "text/event-stream")], format!("{body}{end}")).into_response()
}

/// A chunk of text; what is given stands in the JSON as it is.
fn text(json: &str) -> String {
    delta(&format!(r#"{{"content":"{json}"}}"#))
}

fn delta(json: &str) -> String {
    format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{json},\"finish_reason\":null}}]}}\n\n")
}

fn fields(key: &str) -> String {
    let chunk = format!(
        "data: {{\"id\":\"{key}\",\"model\":\"{key}\",\"system_fingerprint\":\"{key}\",\"choices\":[{{\"index\":0,\
         \"delta\":{{\"role\":\"{key}\",\"content\":[{{\"type\":\"text\",\"text\":\"{key}\"}}],\"refusal\":\"{key}\",\
         \"tool_calls\":[{{\"id\":\"{key}\",\"function\":{{\"name\":\"{key}\",\"arguments\":\"{key}\"}}}}]}},\
         \"finish_reason\":\"{key}\"}}],\"usage\":{{\"prompt_tokens\":\"{key}\"}}}}\n\n"
    );
    [text("You sent "), chunk, format!("event: {key}\ndata: {key}\n\n"), text(", did you not?")]
        .concat()
}

fn refusal(key: &str, escaped: &str) -> Response {
    let body = format!(
        r#"{{"error":{{"message":"Incorrect API key provided: {escaped}.","type":"{escaped}","code":"{key}"}}}}"#
    );
    let mut response =
        (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, "application/json")], body)
            .into_response();
    if let Ok(value) = HeaderValue::from_str(key) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
