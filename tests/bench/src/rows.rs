//! The rows of the table, one module each.

pub mod answer;
pub mod broker;
pub mod first;
pub mod leak;
pub mod long;
pub mod memory;
pub mod open;
pub mod picker;
pub mod render;
pub mod request;
pub mod search;
pub mod start;
pub mod streams;
pub mod turn;
pub mod usage;
