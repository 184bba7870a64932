//! Conversations as the page shows them.

use history::{
    Attachment, Conversation, ConversationId, ConversationRow, FolderId, Line, MessageId, Page,
    PresetId, Queued, Role, RouteId, TagId, Words,
};
use render::Query;
use serde::Serialize;

use crate::words::blocks::WORDS;

use super::{AttachmentView, MessageView, ParametersView, QueuedView};

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
    /// The folder that it is in.
    #[cfg_attr(test, ts(type = "FolderId | null"))]
    pub folder: Option<FolderId>,
    /// When it was put on top, if it was.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub pinned_ms: Option<i64>,
    /// Whether it is out of sight.
    pub archived: bool,
    /// When it was moved to the trash, if it was.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub deleted_ms: Option<i64>,
    /// The tags that it bears.
    #[cfg_attr(test, ts(type = "TagId[]"))]
    pub tags: Vec<TagId>,
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
    /// What is attached to that, and to what waits.
    pub attachments: Vec<AttachmentView>,
    /// What waits to be sent, the next one first.
    pub queue: Vec<QueuedView>,
    /// How answers are asked for.
    pub parameters: ParametersView,
    /// The preset that it goes by; may be deleted since.
    #[cfg_attr(test, ts(type = "PresetId | null"))]
    pub preset: Option<PresetId>,
    /// What is chosen to answer.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// The route that it goes by, of which they are the first.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub route: Option<RouteId>,
    /// The folder that it is in.
    #[cfg_attr(test, ts(type = "FolderId | null"))]
    pub folder: Option<FolderId>,
    /// The tags that it bears.
    #[cfg_attr(test, ts(type = "TagId[]"))]
    pub tags: Vec<TagId>,
    /// The newest page of the branch, oldest message first.
    pub messages: Vec<MessageView>,
    /// Whether there are earlier ones.
    pub has_earlier: bool,
}

/// One message of a conversation, without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct OutlineLine {
    /// Its id.
    #[cfg_attr(test, ts(type = "MessageId"))]
    pub id: MessageId,
    /// How long it is: enough to guess how much room it takes.
    #[cfg_attr(test, ts(type = "number"))]
    pub bytes: i64,
}

/// How often a text occurs in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The message.
    #[cfg_attr(test, ts(type = "MessageId"))]
    pub message: MessageId,
    /// In its reasoning.
    pub in_reasoning: usize,
    /// In what it says.
    pub in_text: usize,
}

impl ConversationRowView {
    /// A row, and whether it is being answered.
    pub fn of(row: ConversationRow, answering: bool) -> Self {
        Self {
            id: row.id,
            title: readable(row.title),
            updated_ms: row.updated_ms,
            answering,
            folder: row.folder,
            pinned_ms: row.pinned_ms,
            archived: row.archived_ms.is_some(),
            deleted_ms: row.deleted_ms,
            tags: row.tags,
        }
    }
}

impl ConversationView {
    /// A conversation with its newest page, what is attached to its draft, and what waits.
    pub fn of(
        conversation: Conversation,
        page: Page,
        attached: Vec<Attachment>,
        queue: Vec<Queued>,
    ) -> Self {
        Self {
            id: conversation.id,
            title: readable(conversation.title),
            system_prompt: conversation.system_prompt,
            draft: conversation.draft,
            attachments: attached.into_iter().map(AttachmentView::from).collect(),
            queue: queue.into_iter().map(QueuedView::from).collect(),
            parameters: ParametersView::of_stored(&conversation.parameters),
            preset: conversation.preset,
            connection_id: conversation.connection,
            model: conversation.model,
            route: conversation.route,
            folder: conversation.folder,
            tags: conversation.tags,
            messages: page.messages.into_iter().map(MessageView::from).collect(),
            has_earlier: page.has_earlier,
        }
    }
}

/// A title is made of what was typed, which may hold characters that nobody can see.
fn readable(title: String) -> String {
    render::spelled_out(&title).unwrap_or(title)
}

impl From<Line> for OutlineLine {
    fn from(line: Line) -> Self {
        Self { id: line.id, bytes: line.bytes }
    }
}

impl Found {
    /// What there is of `query` in a message, if anything.
    pub fn of(query: &Query, words: Words<'_>) -> Option<Self> {
        let in_text = match words.role {
            Role::User => query.count_in_plain(words.text),
            Role::Assistant => query.count_in_markdown(words.text, &WORDS),
        };
        let in_reasoning = query.count_in_markdown(words.reasoning, &WORDS);
        let found = Self { message: words.id, in_reasoning, in_text };
        (in_text + in_reasoning > 0).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_hides_nothing() {
        let row = |title: &str| ConversationRow {
            id: ConversationId(1),
            title: title.to_owned(),
            updated_ms: 0,
            folder: None,
            pinned_ms: None,
            archived_ms: None,
            deleted_ms: None,
            tags: Vec::new(),
        };
        let shown = |title: &str| ConversationRowView::of(row(title), false).title;
        assert_eq!(shown("a <b> שלום"), "a <b> שלום");
        assert_eq!(shown("pay \u{202e}moc.elgoog"), "pay ⟦U+202E⟧moc.elgoog");
    }
}
