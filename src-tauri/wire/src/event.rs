//! The one vocabulary every provider's stream is translated into.

use serde::{Deserialize, Serialize};

/// One thing that happened in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatEvent {
    /// The server began to answer, as this model.
    Started {
        /// What the server calls the model; may be more exact than what was asked for.
        model: String,
    },
    /// More of the answer's text.
    Text(String),
    /// More of the model's reasoning, shown apart from the answer.
    Reasoning(String),
    /// A piece of a tool call. Latchkey offers no tools, so this only explains an empty answer.
    ToolCall {
        /// The tool's name; given once, at the call's start.
        name: Option<String>,
    },
    /// What the answer cost so far, in tokens. The last one counts.
    Usage(Usage),
}

/// Tokens counted by the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens read, if it said so.
    pub prompt: Option<u64>,
    /// Tokens written, reasoning included, if it said so.
    pub answer: Option<u64>,
}

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FinishReason {
    /// The model was done.
    Stop,
    /// The token limit was reached.
    Length,
    /// The provider's filter cut it.
    ContentFilter,
    /// The model refused.
    Refusal,
    /// The model asked for a tool.
    ToolCalls,
    /// A reason this version does not know.
    Other,
}

impl FinishReason {
    pub(crate) fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "stop" | "end_turn" | "stop_sequence" | "eos" => Self::Stop,
            "length" | "max_tokens" | "model_length" | "max_output_tokens" => Self::Length,
            "content_filter" | "safety" | "prohibited_content" | "blocklist" | "recitation"
            | "sensitive" => Self::ContentFilter,
            "refusal" => Self::Refusal,
            "tool_calls" | "tool_use" | "function_call" => Self::ToolCalls,
            _ => Self::Other,
        }
    }
}
