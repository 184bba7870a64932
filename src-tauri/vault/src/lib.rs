//! Keeps, recognises and uses API keys; nothing else can read their bytes.
//!
//! The crate offers *uses* of a key (send this request to your own origin), never the key. See
//! README.md for what goes in and what comes out.

mod address;
mod client;
mod command;
mod dotenv;
mod environment;
mod error;
mod find;
mod id;
mod key;
mod keychain;
mod load;
mod masker;
mod outbound;
mod paste;
mod prints;
mod reply;
mod send;
mod session;
mod shape;
mod vault;

pub use address::{AddressError, BaseUrl, Origin};
pub use client::Proxies;
pub use command::{CommandError, KeyCommand, TOOLS, Tool};
pub use dotenv::{DotenvError, InDotenv, find as find_in_dotenv};
pub use environment::EnvironmentKeys;
pub use error::VaultError;
pub use find::{Finder, Found, What};
pub use id::KeyId;
pub use key::{ApiKey, Flaw, KeyRefusal, LastFour};
pub use load::LoadError;
pub use masker::{Masker, RawMasker};
pub use outbound::{Accept, Body, HeaderStyle, Method, Outbound};
pub use paste::{Extra, HandedOver};
pub use reply::Reply;
pub use send::{Credential, SendError};
pub use shape::{KeyFamily, KeyKind, KeyShape, classify};
pub use vault::{Binding, Deadlines, Patience, Vault, Watch};
