//! A running turn, as the page hears of it.

use history::{ConversationId, FolderId, PresetId, RouteId};
use render::Patch;
use serde::{Deserialize, Serialize};

use super::{
    AppError, ConversationRowView, MessageFacts, MessageView, ParametersView, QueuedView,
    SecretsChoice,
};

/// A new message.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendInput {
    /// Where; `None` begins a conversation.
    #[cfg_attr(test, ts(type = "ConversationId | null"))]
    pub conversation_id: Option<ConversationId>,
    /// Over which connection.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// To which model.
    pub model: String,
    /// The message.
    pub text: String,
    /// What goes with it: files of the draft, by their numbers.
    #[cfg_attr(test, ts(type = "number[]"))]
    pub files: Vec<i64>,
    /// The preset that a new conversation goes by.
    #[cfg_attr(test, ts(type = "PresetId | null"))]
    pub preset: Option<PresetId>,
    /// What a new conversation begins with.
    pub system_prompt: Option<String>,
    /// How answers of a new conversation are asked for.
    pub parameters: Option<ParametersView>,
    /// The route to go by from here on; the connection and the model are the first of it then.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub route: Option<RouteId>,
    /// The folder of a new conversation.
    #[cfg_attr(test, ts(type = "FolderId | null"))]
    pub folder: Option<FolderId>,
    /// It waited to be sent, and this waits behind it; `None` was typed just now.
    pub waiting: Option<Vec<QueuedView>>,
    /// What to do about secrets in it.
    pub secrets: SecretsChoice,
}

/// News of a turn. `Started` comes first and `Ended` last, each exactly once; only of a stopped one what came before the stop
/// may be painted after its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(clippy::large_enum_variant, reason = "each is made once, sent, and gone")]
pub enum TurnUpdate {
    /// The person's words are saved, and an empty answer to them.
    Started {
        /// Where.
        conversation: ConversationRowView,
        /// The new message; `None` when an old one is answered again.
        user: Option<MessageView>,
        /// The empty answer.
        answer: MessageView,
    },
    /// Who was asked did not answer; the next of the route is asked.
    MovedOn {
        /// Who is asked now.
        model: String,
    },
    /// The provider wants a pause; the native process tries again by itself.
    Pausing {
        /// Why.
        error: AppError,
        /// After how long.
        #[cfg_attr(test, ts(type = "number"))]
        retry_in_ms: u64,
    },
    /// More to see.
    Painted {
        /// What changed in the answer.
        #[cfg_attr(test, ts(type = "Patch | null"))]
        answer: Option<Patch>,
        /// What changed in the reasoning.
        #[cfg_attr(test, ts(type = "Patch | null"))]
        reasoning: Option<Patch>,
        /// How long it has reasoned.
        #[cfg_attr(test, ts(type = "number | null"))]
        reasoning_ms: Option<u64>,
        /// Tokens written, as far as the provider has said.
        #[cfg_attr(test, ts(type = "number | null"))]
        answer_tokens: Option<u64>,
    },
    /// It is over.
    Ended {
        /// Where.
        conversation: ConversationRowView,
        /// What became of the answer.
        facts: MessageFacts,
    },
}

#[cfg(test)]
mod shapes {
    //! TypeScript for what other crates define.

    /// See `render::Patch`.
    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "types.ts")]
    #[allow(dead_code, reason = "only its TypeScript is used")]
    struct Patch {
        keep: u32,
        grow: Option<Grow>,
        blocks: Vec<String>,
    }

    /// See `render::Grow`.
    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "types.ts")]
    #[allow(dead_code, reason = "only its TypeScript is used")]
    struct Grow {
        done: String,
        line: String,
    }

    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "types.ts")]
    #[allow(dead_code, reason = "only its TypeScript is used")]
    struct ConversationId(u32);

    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "types.ts")]
    #[allow(dead_code, reason = "only its TypeScript is used")]
    struct MessageId(u32);

    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "types.ts")]
    #[allow(dead_code, reason = "only its TypeScript is used")]
    struct PresetId(u32);

    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "types.ts")]
    #[allow(dead_code, reason = "only its TypeScript is used")]
    struct ConnectionId(String);

    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "types.ts")]
    #[allow(dead_code, reason = "only its TypeScript is used")]
    struct RouteId(u32);
}
