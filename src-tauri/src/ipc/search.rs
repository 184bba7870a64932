//! What a search finds, as the page shows it.

use std::time::Duration;

use history::{ConversationId, Hit, MessageId, Order, Piece, Results, Role};
use serde::{Deserialize, Serialize};

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum SearchOrder {
    /// What fits best, where that is a question.
    Fitting,
    /// The newest.
    Newest,
    /// What fits best.
    Best,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct SearchResults {
    /// Titles first, then messages.
    pub hits: Vec<SearchHit>,
    /// How many messages there are, as far as they were counted.
    pub messages: usize,
    /// Whether there are more than were counted.
    pub are_more: bool,
    /// In how many conversations they stand.
    pub chats: usize,
    /// Whether what fits best comes first.
    pub is_ranked: bool,
    /// Filters that nobody understands: they were left out.
    pub misread: Vec<String>,
    /// How many percent of everything could be looked through, while that is not all.
    pub percent: Option<u8>,
    /// How long it took.
    #[cfg_attr(test, ts(type = "number"))]
    pub ms: u64,
}

/// A message, or a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// Where it stands.
    #[cfg_attr(test, ts(type = "ConversationId"))]
    pub conversation_id: ConversationId,
    /// What that is called.
    pub title: Vec<SearchPiece>,
    /// The message; `None` where the title was found.
    #[cfg_attr(test, ts(type = "MessageId | null"))]
    pub message_id: Option<MessageId>,
    /// Who said it.
    #[cfg_attr(test, ts(type = "\"user\" | \"assistant\" | null"))]
    pub role: Option<Role>,
    /// The model that answered.
    pub model: Option<String>,
    /// When.
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// What it says there.
    pub snippet: Vec<SearchPiece>,
}

/// A run of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct SearchPiece {
    /// Its letters; none of them hides.
    pub text: String,
    /// Whether it was looked for.
    pub marked: bool,
}

impl From<SearchOrder> for Order {
    fn from(order: SearchOrder) -> Self {
        match order {
            SearchOrder::Fitting => Self::Fitting,
            SearchOrder::Newest => Self::Newest,
            SearchOrder::Best => Self::Best,
        }
    }
}

impl SearchResults {
    /// What was found, and in what time.
    pub fn of(results: Results, took: Duration) -> Self {
        Self {
            hits: results.hits.into_iter().map(SearchHit::from).collect(),
            messages: results.messages,
            are_more: results.are_more,
            chats: results.chats,
            is_ranked: results.is_ranked,
            misread: results.misread,
            percent: results.percent,
            ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

impl From<Hit> for SearchHit {
    fn from(hit: Hit) -> Self {
        let pieces = |pieces: Vec<Piece>| pieces.into_iter().map(SearchPiece::from).collect();
        Self {
            conversation_id: hit.conversation,
            title: pieces(hit.title),
            message_id: hit.message,
            role: hit.role,
            model: hit.model,
            at_ms: hit.at_ms,
            snippet: pieces(hit.snippet),
        }
    }
}

impl From<Piece> for SearchPiece {
    fn from(piece: Piece) -> Self {
        let text = render::spelled_out(&piece.text).unwrap_or(piece.text);
        Self { text, marked: piece.is_marked }
    }
}
