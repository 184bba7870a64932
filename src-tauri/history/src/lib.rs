//! The encrypted store: conversations, connections, settings.
//!
//! One file, encrypted with SQLCipher, one writer and some readers. Every method that returns `Ok` after a write has
//! written durably: what it acknowledged survives a kill and a power loss.

mod absorb;
mod answer;
mod application;
mod aside;
mod audit;
mod branch;
mod changes;
mod check;
mod claim;
mod connection;
mod conversation;
mod deletion;
mod draft_file;
mod error;
mod folder;
mod key;
mod key_facts;
mod ledger;
mod leftover;
mod limit;
mod message;
mod model;
mod open;
mod organise;
mod outline;
mod pace;
mod part;
mod preset;
mod readers;
mod redaction;
mod refused;
#[cfg(test)]
mod released;
mod route;
mod schema;
mod search;
mod setting;
mod snapshot;
mod stop;
mod store;
mod tag;
mod turn;
mod usage;

pub use answer::{Cost, CostFrom, Finished};
pub use application::{Application, ApplicationId, ApplicationKind, TokenHash};
pub use audit::{AuditLine, Chain};
pub use branch::{Page, Said};
pub use changes::Changes;
pub use claim::Claim;
pub use connection::{Connection, KeptIn};
pub use conversation::{Conversation, ConversationId, ConversationRow};
pub use draft_file::MOST_FILES;
pub use error::Error;
pub use folder::{Folder, FolderId};
pub use key_facts::{KeyFacts, Upkeep};
pub use ledger::{EntryId, Over, Request, Settled, Spent, Whose};
pub use limit::Limits;
pub use message::{Message, MessageId, Role, Status, Version};
pub use model::{Marks, OwnPrice};
pub use organise::{Away, Change, Shelf};
pub use outline::{Line, Words};
pub use part::{Attachment, File, Part};
pub use preset::{Preset, PresetId};
pub use redaction::Redaction;
pub use refused::Refused;
pub use route::{Route, RouteId, Step};
pub use search::{Hit, Indexed, Order, Piece, Results, Search};
pub use setting::Setting;
pub use stop::Stop;
pub use store::History;
pub use tag::{Tag, TagId};
pub use turn::{Begun, NewTurn};
pub use usage::{Chat, DayUse, KeyUses, Line as RequestLine, Month, Share, Speed, Usage};
