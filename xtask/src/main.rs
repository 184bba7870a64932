//! The project's commands. `cargo xtask` lists them.

mod bench;
mod bindings;
mod checks;
mod command;
mod fuzz;
mod package;
mod run;
mod setup;

use std::process::ExitCode;

type Outcome = Result<(), String>;

const USAGE: &str = "\
cargo xtask run              set up what is missing, build, open the app
cargo xtask test             set up what is missing, run every check
cargo xtask test NAME        one of them: fmt ui clippy deny rust bindings e2e bench
cargo xtask bench            measure (docs/BENCHMARKS.md); --short for one quick round
cargo xtask fuzz             random answers against the renderer; a number of cases may follow
cargo xtask package          build the .deb and try it: install, start, remove
cargo xtask setup            only set up what is missing";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run", rest @ ..] => run::run(rest),
        ["test"] => checks::all(),
        ["test", names @ ..] => checks::some(names),
        ["bench", rest @ ..] => bench::bench(rest),
        ["fuzz"] => fuzz::fuzz("100000"),
        ["fuzz", cases] => fuzz::fuzz(cases),
        ["package", rest @ ..] => package::package(rest),
        ["setup"] => setup::everything(),
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}
