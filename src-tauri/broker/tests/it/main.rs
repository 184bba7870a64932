//! The broker over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on panics")]

mod attacks;
mod clients;
mod lent;
mod stage;
