//! The store as its callers see it.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod crash;
mod disk_full;
mod encrypted;
mod lists;
mod narrowed;
mod organise;
mod refused;
mod sample;
mod search;
mod speed;
mod tree;
