//! The whole app without a window: the boundary between page and process, and the rules of the house.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod acl;
mod policy;
mod tidy;
mod words;
