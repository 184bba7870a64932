//! Messages as the page shows them: the person's as text, the model's as safe HTML.

use history::{CostFrom, Message, MessageId, Role, Status, Version};
use serde::Serialize;
use turn::{Failure, RouteNote};
use wire::{Source, Usage};

use super::{AppError, AttachmentView, RouteNoteView};
use crate::links::Link;
use crate::words::blocks::WORDS;

/// Everything about a message but its content.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct MessageFacts {
    /// Its id.
    #[cfg_attr(test, ts(type = "MessageId"))]
    pub id: MessageId,
    /// Whose it is.
    #[cfg_attr(test, ts(type = "\"user\" | \"assistant\""))]
    pub role: Role,
    /// What it follows.
    #[cfg_attr(test, ts(type = "MessageId | null"))]
    pub parent_id: Option<MessageId>,
    /// What became of it.
    #[cfg_attr(test, ts(as = "MessageStatus"))]
    pub status: Status,
    /// Why the model stopped.
    #[cfg_attr(test, ts(as = "Option<FinishReason>"))]
    pub finish: Option<String>,
    /// Why it failed.
    pub error: Option<AppError>,
    /// The model that answered.
    pub model: Option<String>,
    /// Tokens read.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub prompt_tokens: Option<i64>,
    /// Tokens written.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub answer_tokens: Option<i64>,
    /// From sending to the first token.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub first_token_ms: Option<i64>,
    /// How long the model reasoned.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub reasoning_ms: Option<i64>,
    /// How many events of its stream could not be read.
    #[cfg_attr(test, ts(type = "number"))]
    pub skipped: i64,
    /// What it cost; `None` where nobody knows, which is not the same as nothing.
    pub cost: Option<CostView>,
    /// How often its model searched the web, if it did.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub searches: Option<u64>,
    /// The pages that it rests on.
    pub sources: Vec<SourceView>,
    /// The files that go with the person's words.
    pub attachments: Vec<AttachmentView>,
    /// Who was asked before the one that answered; only of an answer that came along a route, and not from the first.
    pub route: Option<RouteNoteView>,
    /// When it was begun.
    #[cfg_attr(test, ts(type = "number"))]
    pub created_ms: i64,
    /// Which of its versions this is.
    pub version: VersionView,
}

/// What an answer cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Cost"))]
#[serde(rename_all = "camelCase")]
pub struct CostView {
    /// Billionths of a US dollar.
    #[cfg_attr(test, ts(type = "number"))]
    pub nano: i64,
    /// Who says so; a bound is no more than a bound.
    #[cfg_attr(test, ts(type = "\"provider\" | \"prices\" | \"bound\""))]
    pub from: CostFrom,
}

/// A page that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Source"))]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// Its address.
    pub url: String,
    /// Its host, as it is looked up.
    pub host: String,
    /// Its title, for a reader; may be empty.
    pub title: String,
}

/// Where a message stands among its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Version"))]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    /// From 1.
    #[cfg_attr(test, ts(type = "number"))]
    pub index: i64,
    /// How many there are.
    #[cfg_attr(test, ts(type = "number"))]
    pub count: i64,
    /// The one before.
    #[cfg_attr(test, ts(type = "MessageId | null"))]
    pub previous: Option<MessageId>,
    /// The one after.
    #[cfg_attr(test, ts(type = "MessageId | null"))]
    pub next: Option<MessageId>,
}

/// A message with its content.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// What is known of it.
    pub facts: MessageFacts,
    /// The person's words; empty for an answer.
    pub text: String,
    /// The person's words for a reader, where they hold characters that nobody can see.
    pub spelled_out: Option<String>,
    /// An answer's blocks of safe HTML.
    pub blocks: Vec<String>,
    /// Its reasoning's blocks.
    pub reasoning: Vec<String>,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename_all = "camelCase")]
#[allow(dead_code, reason = "only its TypeScript is used")]
enum MessageStatus {
    Streaming,
    Complete,
    Stopped,
    Interrupted,
    Failed,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename_all = "camelCase")]
#[allow(dead_code, reason = "only its TypeScript is used")]
enum FinishReason {
    Stop,
    Length,
    ContentFilter,
    Refusal,
    Declined,
    ToolCalls,
    Edited,
    Other,
}

impl From<&Message> for MessageFacts {
    fn from(message: &Message) -> Self {
        Self {
            id: message.id,
            role: message.role,
            parent_id: message.parent,
            status: message.status,
            finish: message.finish.clone(),
            error: message.failure.as_deref().and_then(Failure::from_json).map(AppError::from),
            model: message.model.clone(),
            prompt_tokens: message.prompt_tokens,
            answer_tokens: message.answer_tokens,
            first_token_ms: message.first_token_ms,
            reasoning_ms: message.reasoning_ms,
            skipped: message.skipped,
            cost: message
                .cost
                .nano
                .zip(message.cost.from)
                .map(|(nano, from)| CostView { nano, from }),
            searches: message.cost.usage.as_deref().and_then(searches),
            sources: sources(message.sources.as_deref()),
            attachments: message.attachments.iter().map(AttachmentView::from).collect(),
            // Where the first has answered there is nothing to tell.
            route: message
                .route
                .as_deref()
                .and_then(RouteNote::from_json)
                .filter(|note| !note.passed.is_empty())
                .map(Into::into),
            created_ms: message.created_ms,
            version: message.version.into(),
        }
    }
}

/// How often the web was searched, as its provider counted.
fn searches(usage: &str) -> Option<u64> {
    let counted: Usage = serde_json::from_str(usage).ok()?;
    counted.searches.filter(|searches| *searches > 0)
}

/// The pages that can be opened: what is no address of the web is no source.
fn sources(json: Option<&str>) -> Vec<SourceView> {
    let named: Vec<Source> =
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    named
        .into_iter()
        .filter_map(|Source { url, title }| {
            let host = Link::parse(&url).ok()?.host()?;
            let title = render::spelled_out(&title).unwrap_or(title);
            Some(SourceView { url, host, title })
        })
        .collect()
}

impl From<Version> for VersionView {
    fn from(version: Version) -> Self {
        let Version { index, count, previous, next } = version;
        Self { index, count, previous, next }
    }
}

impl From<Message> for MessageView {
    fn from(message: Message) -> Self {
        let facts = MessageFacts::from(&message);
        let (text, blocks) = match message.role {
            Role::User => (message.text, Vec::new()),
            Role::Assistant => (String::new(), render::render(&message.text, &WORDS)),
        };
        let spelled_out = render::spelled_out(&text);
        let reasoning = render::render(&message.reasoning, &WORDS);
        Self { facts, text, spelled_out, blocks, reasoning }
    }
}
