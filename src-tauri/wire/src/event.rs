//! The one vocabulary every provider's stream is translated into.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// Reasoning in the provider's sealed form, to be sent back with this answer as it is.
    Thought(Value),
    /// A page that the answer rests on.
    Source(Source),
    /// What was said before in these words rests on pages: so they are marked.
    Cited {
        /// The words.
        words: String,
        /// `[1][3]`, by the order in which the pages were named.
        marks: String,
    },
}

/// A page that an answer names as its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its address.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
}

/// Tokens counted by the provider, each kind by itself: providers add them up in ways that differ, and bill them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Usage {
    /// Tokens read anew.
    pub input: Option<u64>,
    /// Tokens read from a cache.
    pub cache_read: Option<u64>,
    /// Tokens written into a cache that is kept for minutes.
    pub cache_write: Option<u64>,
    /// Tokens written into a cache that is kept for an hour.
    pub cache_write_1h: Option<u64>,
    /// Tokens that were heard, which cost something else than what is read.
    pub audio: Option<u64>,
    /// Tokens of the answer, without those of its reasoning.
    pub output: Option<u64>,
    /// Tokens of its reasoning.
    pub reasoning: Option<u64>,
    /// Searches of the web, which are paid for beside tokens.
    pub searches: Option<u64>,
    /// What the provider itself says that it cost, in billionths of a dollar.
    pub cost_nano: Option<u64>,
}

impl Usage {
    /// All tokens read, and heard.
    pub fn read(&self) -> Option<u64> {
        sum([self.input, self.cache_read, self.cache_write, self.cache_write_1h, self.audio])
    }

    /// All tokens written.
    pub fn written(&self) -> Option<u64> {
        sum([self.output, self.reasoning])
    }

    /// What a later count knows better; what it does not know stays.
    pub fn updated_by(self, later: Self) -> Self {
        Self {
            input: later.input.or(self.input),
            cache_read: later.cache_read.or(self.cache_read),
            cache_write: later.cache_write.or(self.cache_write),
            cache_write_1h: later.cache_write_1h.or(self.cache_write_1h),
            audio: later.audio.or(self.audio),
            output: later.output.or(self.output),
            reasoning: later.reasoning.or(self.reasoning),
            searches: later.searches.or(self.searches),
            cost_nano: later.cost_nano.or(self.cost_nano),
        }
    }
}

/// The sum of what is known; `None` if nothing is.
fn sum<const N: usize>(counts: [Option<u64>; N]) -> Option<u64> {
    counts.into_iter().flatten().reduce(u64::saturating_add)
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
    /// Ended by a refusal: Anthropic refuses whatever follows it as well, so such an exchange does not go along again.
    Refusal,
    /// The model declined in words of its own, which are an answer like any other.
    Declined,
    /// The model asked for a tool.
    ToolCalls,
    /// A reason this version does not know.
    Other,
}

impl FinishReason {
    pub(crate) fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "stop" | "end_turn" | "stop_sequence" | "eos" | "complete" => Self::Stop,
            "length"
            | "max_tokens"
            | "model_length"
            | "max_output_tokens"
            | "model_context_window_exceeded"
            | "pause_turn" => Self::Length,
            "content_filter"
            | "safety"
            | "prohibited_content"
            | "blocklist"
            | "recitation"
            | "sensitive"
            | "spii"
            | "language"
            | "image_safety"
            | "image_prohibited_content" => Self::ContentFilter,
            "refusal" => Self::Refusal,
            "tool_calls" | "tool_call" | "tool_use" | "function_call" => Self::ToolCalls,
            _ => Self::Other,
        }
    }
}
