//! `cargo xtask bench`: the figures of docs/BENCHMARKS.md.

use crate::arguments::Call;
use crate::command::{cargo, command, target, wait};
use crate::{Outcome, run, setup};

/// The rows, as the benches know them.
pub const ROWS: &[&str] = &[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "15", "picker", "broker", "request",
    "search", "usage", "leak", "render", "pieces", "size", "code", "paced",
];

pub fn bench(call: &Call) -> Outcome {
    if call.has("--short") {
        return quickly(&call.rest);
    }
    setup::build()?;
    setup::stage()?;
    setup::peers()?;
    wait(&mut cargo(&format!("{} --release", run::APP)))?;
    wait(&mut cargo("build --package bench --release"))?;
    measure("release", &call.rest)
}

/// One quick round, so that the benches themselves keep working. Nothing is judged by time.
pub fn short() -> Outcome {
    quickly(&["--short".to_owned()])
}

fn quickly(words: &[String]) -> Outcome {
    setup::peers()?;
    wait(&mut cargo(run::APP))?;
    wait(&mut cargo("build --package bench"))?;
    measure("debug", words)
}

fn measure(profile: &str, arguments: &[String]) -> Outcome {
    let folder = target().join(profile);
    let mut bench = command(&folder.join("bench").to_string_lossy());
    wait(bench.arg(folder.join("latchkey")).args(arguments))
}
