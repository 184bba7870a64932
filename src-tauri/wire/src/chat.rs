//! The chat completions request, as OpenAI defines it and the others accept it.

use serde::Serialize;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Role {
    System,
    User,
    Assistant,
}

/// One message of the conversation so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChatMessage {
    /// Who said it.
    pub role: Role,
    /// What was said.
    pub content: String,
}

/// What to ask: the model and the conversation, oldest message first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatRequest {
    /// The model's id.
    pub model: String,
    /// The conversation; the system prompt first, if there is one.
    pub messages: Vec<ChatMessage>,
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: &'a [ChatMessage],
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

impl ChatRequest {
    /// Where to send it, below the base URL.
    pub const PATH: &'static str = "chat/completions";

    /// The JSON body. It holds these fields and no others, so a page cannot smuggle in tools or URLs for the provider to
    /// fetch.
    pub fn body(&self) -> Vec<u8> {
        self.write(Some(StreamOptions { include_usage: true }))
    }

    /// The same without the wish for a count of tokens, for servers that refuse it.
    pub fn plain_body(&self) -> Vec<u8> {
        self.write(None)
    }

    fn write(&self, stream_options: Option<StreamOptions>) -> Vec<u8> {
        let body =
            Body { model: &self.model, messages: &self.messages, stream: true, stream_options };
        serde_json::to_vec(&body).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> ChatRequest {
        ChatRequest {
            model: "gpt-5.1".into(),
            messages: vec![
                ChatMessage { role: Role::System, content: "Be brief.".into() },
                ChatMessage { role: Role::User, content: "Say \"hi\"\n".into() },
            ],
        }
    }

    #[test]
    fn openai_body() {
        let body = String::from_utf8(request().body()).unwrap();
        assert_eq!(
            body,
            r#"{"model":"gpt-5.1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Say \"hi\"\n"}],"stream":true,"stream_options":{"include_usage":true}}"#
        );
    }

    #[test]
    fn a_plain_body_wishes_for_nothing() {
        let body = String::from_utf8(request().plain_body()).unwrap();
        assert!(!body.contains("stream_options"), "{body}");
    }
}
