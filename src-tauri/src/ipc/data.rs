//! A person's data as a whole.

use history::ChatForm;
use serde::{Deserialize, Serialize};

/// How much there is, and what of it is checked before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Data"))]
#[serde(rename_all = "camelCase")]
pub struct DataView {
    /// Chats, wherever they are.
    #[cfg_attr(test, ts(type = "number"))]
    pub chats: i64,
    /// Bytes of the file; `None` where chats are in memory only.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub bytes: Option<u64>,
    /// Whether secrets other than stored keys stop a message.
    pub stops_secrets: bool,
}

/// In which form chats are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "ChatForm"))]
#[serde(rename_all = "camelCase")]
pub enum ChatFormInput {
    /// What is shown, for people.
    Markdown,
    /// All there is, for programs.
    Json,
}

impl From<ChatFormInput> for ChatForm {
    fn from(form: ChatFormInput) -> Self {
        match form {
            ChatFormInput::Markdown => Self::Markdown,
            ChatFormInput::Json => Self::Json,
        }
    }
}
