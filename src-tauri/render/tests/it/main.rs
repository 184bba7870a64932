//! Rendering as its callers see it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod attacks;
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
