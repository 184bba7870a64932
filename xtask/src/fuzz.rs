//! `cargo xtask fuzz`: many random answers, with new seeds. The test run has a short form of the same.

use crate::Outcome;
use crate::command::{cargo, wait};

pub fn fuzz(cases: &str) -> Outcome {
    wait(cargo("test --package render --test it -- fuzz --nocapture").env("PROPTEST_CASES", cases))
}
