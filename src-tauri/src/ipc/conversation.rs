//! Conversations as the page shows them.

use history::{Conversation, ConversationId, ConversationRow};
use serde::Serialize;

use super::MessageView;

/// A row of the sidebar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "ConversationRow"))]
#[serde(rename_all = "camelCase")]
pub struct ConversationRowView {
    /// Its id.
    #[cfg_attr(test, ts(type = "ConversationId"))]
    pub id: ConversationId,
    /// Its title.
    pub title: String,
    /// When it last changed.
    #[cfg_attr(test, ts(type = "number"))]
    pub updated_ms: i64,
    /// Whether an answer is on its way.
    pub answering: bool,
}

/// An open conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ConversationView {
    /// Its id.
    #[cfg_attr(test, ts(type = "ConversationId"))]
    pub id: ConversationId,
    /// Its title.
    pub title: String,
    /// What the model is told first.
    pub system_prompt: String,
    /// What the person has typed and not sent.
    pub draft: String,
    /// What is chosen to answer.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// The newest page of the branch, oldest message first.
    pub messages: Vec<MessageView>,
    /// Whether there are earlier ones.
    pub has_earlier: bool,
}

/// An earlier page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Page"))]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    /// Oldest message first.
    pub messages: Vec<MessageView>,
    /// Whether there are still earlier ones.
    pub has_earlier: bool,
}

impl ConversationRowView {
    /// A row, and whether it is being answered.
    pub fn of(row: ConversationRow, answering: bool) -> Self {
        Self { id: row.id, title: row.title, updated_ms: row.updated_ms, answering }
    }
}

impl ConversationView {
    /// A conversation with its newest page.
    pub fn of(conversation: Conversation, page: PageView) -> Self {
        Self {
            id: conversation.id,
            title: conversation.title,
            system_prompt: conversation.system_prompt,
            draft: conversation.draft,
            connection_id: conversation.connection,
            model: conversation.model,
            messages: page.messages,
            has_earlier: page.has_earlier,
        }
    }
}

impl From<history::Page> for PageView {
    fn from(page: history::Page) -> Self {
        Self {
            messages: page.messages.into_iter().map(MessageView::from).collect(),
            has_earlier: page.has_earlier,
        }
    }
}
