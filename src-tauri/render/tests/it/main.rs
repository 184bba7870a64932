//! Rendering as its callers see it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod attacks;
#[allow(unreachable_pub, reason = "it is the shell’s")]
#[path = "../../../src/words/blocks.rs"]
mod blocks;
mod cases;
mod colours;
mod diagrams;
mod fake;
mod flashes;
mod fuzz;
mod hostile;
mod math;
mod meant;
mod pathological;
mod plain;
mod receiver;
mod samples;
mod spent;
mod splits;
mod tables;
mod tags;

/// With the words that the app brings.
fn render(text: &str) -> Vec<String> {
    ::render::render(text, &blocks::WORDS)
}
