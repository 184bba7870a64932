//! `cargo xtask bench`: the figures of docs/BENCHMARKS.md.

use crate::command::{cargo, command, target, wait};
use crate::{Outcome, run, setup};

pub fn bench(arguments: &[&str]) -> Outcome {
    if arguments.contains(&"--short") {
        return short();
    }
    setup::build()?;
    setup::stage()?;
    setup::peers()?;
    wait(&mut cargo(&format!("{} --release", run::APP)))?;
    wait(&mut cargo("build --package bench --release"))?;
    measure("release", arguments)
}

/// One quick round, so that the benches themselves keep working. Nothing is judged by time.
pub fn short() -> Outcome {
    setup::peers()?;
    wait(&mut cargo(run::APP))?;
    wait(&mut cargo("build --package bench"))?;
    measure("debug", &["--short"])
}

fn measure(profile: &str, arguments: &[&str]) -> Outcome {
    let folder = target().join(profile);
    let mut bench = command(&folder.join("bench").to_string_lossy());
    wait(bench.arg(folder.join("latchkey")).args(arguments))
}
