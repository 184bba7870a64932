//! The project's commands. `cargo xtask` lists them.

mod against;
mod arguments;
mod bench;
mod bindings;
mod catalogue;
mod checks;
mod command;
mod fuzz;
mod package;
mod run;
mod setup;

use std::process::ExitCode;

use arguments::{Call, Command, Stop, Words};

type Outcome = Result<(), String>;

/// What can be called. The names of checks and rows are those that `checks` and the benches know.
const COMMANDS: &[Command] = &[
    Command {
        name: "run",
        about: "set up what is missing, build, open the app",
        options: &[("--release", "the optimised build")],
        words: Words::None,
    },
    Command {
        name: "test",
        about: "set up what is missing, run every check, or only those that are named",
        options: &[],
        words: Words::Some("CHECK", checks::NAMES),
    },
    Command {
        name: "bench",
        about: "measure (docs/BENCHMARKS.md), all rows or only those that are named",
        options: &[
            ("--short", "one quick round; nothing is judged by it"),
            ("--alike", "the floors drawn as the app is"),
        ],
        words: Words::Some("ROW", bench::ROWS),
    },
    Command {
        name: "fuzz",
        about: "random answers against the renderer",
        options: &[],
        words: Words::Number("CASES"),
    },
    Command {
        name: "against",
        about: "turns with LiteLLM's proxy on loopback; needs python3 with venv, and pip once",
        options: &[],
        words: Words::None,
    },
    Command {
        name: "catalogue",
        about: "say which models are known from before their source was read last, or have no source; asks nobody",
        options: &[],
        words: Words::None,
    },
    Command {
        name: "package",
        about: "build the .deb and try it: install, start, remove",
        options: &[("--try", "try it although one is not root")],
        words: Words::None,
    },
    Command {
        name: "setup",
        about: "only set up what is missing",
        options: &[],
        words: Words::None,
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let call = match arguments::read(&words, COMMANDS) {
        Ok(call) => call,
        Err(Stop::Help(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(Stop::Wrong(text)) => {
            eprintln!("{text}");
            return ExitCode::from(2);
        }
    };
    match perform(&call) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}

fn perform(call: &Call) -> Outcome {
    match call.name {
        "run" => run::run(call.has("--release")),
        "test" if call.rest.is_empty() => checks::all(),
        "test" => checks::some(&call.words()),
        "bench" => bench::bench(call),
        "fuzz" => fuzz::fuzz(call.words().first().unwrap_or(&"100000")),
        "against" => against::against(),
        "catalogue" => catalogue::catalogue(),
        "package" => package::package(call.has("--try")),
        "setup" => setup::everything(),
        other => Err(format!("nothing is done for {other}")),
    }
}
