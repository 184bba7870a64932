//! Turns over a real socket against the practice provider, with a store in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod account;
mod audio;
mod cases;
mod connect;
mod faults;
mod formats;
mod guard;
mod hundred;
mod keeping;
mod languages;
mod limits;
mod lists;
mod moody;
mod others;
mod pull;
mod relay;
mod rotation;
mod routes;
mod scans;
mod scripted;
mod search;
mod stage;
mod titles;
mod turns;
mod voice;
mod without;
