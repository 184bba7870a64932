//! Checks of made-up folders, with made-up keys.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod files;
mod histories;
mod stage;
