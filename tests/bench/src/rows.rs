//! The rows of the table, one module each.

pub mod answer;
pub mod first;
pub mod memory;
pub mod start;
pub mod turn;
