//! `cargo xtask fuzz`: many random answers, with a new seed each time. The test run has a short form with one seed.

use std::time::SystemTime;

use crate::Outcome;
use crate::command::{cargo, wait};

pub fn fuzz(cases: &str) -> Outcome {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seed = since.map_or(0, |since| since.as_secs()).to_string();
    println!("PROPTEST_RNG_SEED={seed} tries the same answers again");
    let mut tests = cargo("test --package render --test it -- fuzz --nocapture");
    wait(tests.env("PROPTEST_CASES", cases).env("PROPTEST_RNG_SEED", &seed))
}
