//! What the page hears without having asked: one channel for all of it.

use history::ConversationId;
use serde::{Deserialize, Serialize};

use super::{ConversationRowView, ReadingView, TakeView};

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum News {
    /// How far some long work is.
    Job {
        /// The work.
        job: JobView,
    },
    /// A chat has the title that a model was asked for.
    Titled {
        /// Which chat.
        #[cfg_attr(test, ts(type = "ConversationId"))]
        id: ConversationId,
        /// Its title.
        title: String,
    },
    /// A conversation changed, and not by this page.
    Row {
        /// As it is listed now.
        row: ConversationRowView,
    },
    /// Another program has spent, and this is to be heard of it.
    Alarms {
        /// Each in words.
        texts: Vec<String>,
    },
    /// The person asked elsewhere for something that this page shows.
    Show {
        /// What.
        wanted: Wanted,
    },
    /// How the take that is dictated goes.
    Take {
        /// The take.
        take: TakeView,
    },
    /// What is read aloud, or that nothing is any more.
    Reading {
        /// The reading.
        reading: ReadingView,
    },
}

/// What a page is to show.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Wanted {
    /// A conversation.
    Chat {
        /// Which.
        #[cfg_attr(test, ts(type = "ConversationId"))]
        id: ConversationId,
    },
    /// A new chat in which this is typed; nothing leaves it as it is.
    NewChat {
        /// What.
        text: String,
    },
    /// The way to add a key.
    AddKey,
    /// The keychain's own question.
    Unlock,
}

/// Which long work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum JobKind {
    /// Keys that lie about are looked for.
    LeakCheck,
    /// A model is fetched onto this computer.
    ModelPull,
}

/// How far some long work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Job"))]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    /// Which.
    pub kind: JobKind,
    /// False in the last news of it.
    pub is_running: bool,
    /// So much is done,
    #[cfg_attr(test, ts(type = "number"))]
    pub done: u64,
    /// of so much, as far as that is known.
    #[cfg_attr(test, ts(type = "number"))]
    pub all: u64,
    /// Grows with each result that there is to see.
    pub results: u32,
}
