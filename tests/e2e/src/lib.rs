//! Journeys through the real window: a world with its own display, session bus, keychain and home; a person who looks,
//! types and clicks; and a search of every process and file for the key.

pub mod app;
pub mod artifacts;
pub mod canary;
pub mod chat;
pub mod desktop;
pub mod far_away;
pub mod journey;
pub mod page;
pub mod process;
pub mod scan;
mod trouble;
mod wait;
pub mod wizard;
pub mod world;

pub use trouble::{Result, Trouble};
pub use wait::{PATIENCE, holds, until};
