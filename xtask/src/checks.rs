//! `cargo xtask test`: every check, the quick ones first.

use std::time::Instant;

use crate::command::{cargo, command, says_yes, target, top, wait};
use crate::{Outcome, bench, bindings, run, setup};

type Check = (&'static str, fn() -> Outcome);

const CHECKS: &[Check] = &[
    ("fmt", fmt),
    ("ui", ui),
    ("clippy", clippy),
    ("deny", deny),
    ("rust", rust),
    ("bindings", bindings::check),
    ("e2e", e2e),
    ("bench", bench::short),
];

/// Their names, in the order in which they run.
pub const NAMES: &[&str] = &["fmt", "ui", "clippy", "deny", "rust", "bindings", "e2e", "bench"];

pub fn all() -> Outcome {
    some(NAMES)
}

pub fn some(names: &[&str]) -> Outcome {
    let start = Instant::now();
    setup::build()?;
    setup::stage()?;
    let mut times = vec![("setup", start.elapsed())];
    for name in names {
        let Some((name, check)) = CHECKS.iter().find(|(known, _)| known == name) else {
            return Err(format!("there is no check called {name}"));
        };
        println!("\n\x1b[1m== {name}\x1b[0m");
        let start = Instant::now();
        check().map_err(|error| format!("{name} failed: {error}"))?;
        times.push((name, start.elapsed()));
    }
    println!();
    for (name, time) in &times {
        println!("{name:>10}  {:>5.0} s", time.as_secs_f64());
    }
    println!("{} passed, 0 failed", times.len() - 1);
    Ok(())
}

fn fmt() -> Outcome {
    wait(&mut cargo("fmt --all -- --check"))
}

fn ui() -> Outcome {
    let ui = top().join("ui");
    wait(command("npm run --silent check").current_dir(&ui))?;
    wait(command("npm run --silent test").current_dir(&ui))
}

fn clippy() -> Outcome {
    wait(&mut cargo("clippy --workspace --all-targets --locked -- -D warnings"))?;
    wait(&mut cargo("clippy --package latchkey --features automation --locked -- -D warnings"))
}

fn deny() -> Outcome {
    if !says_yes("cargo deny --version") {
        wait(&mut cargo("install cargo-deny --debug --locked --version 0.20.2"))?;
    }
    // Advisories come from a repository that a machine without it cannot reach; everything else is checked everywhere.
    wait(&mut cargo("deny --all-features check bans licenses sources"))
}

fn rust() -> Outcome {
    wait(&mut cargo("test --workspace --exclude e2e --locked"))
}

fn e2e() -> Outcome {
    wait(&mut cargo(run::APP))?;
    let program = target().join("debug/latchkey");
    wait(cargo("test --package e2e --locked -- --test-threads=1").env("LATCHKEY_PROGRAM", program))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_its_name() {
        assert!(CHECKS.iter().map(|(name, _)| *name).eq(NAMES.iter().copied()));
    }
}
