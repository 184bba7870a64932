//! `cargo xtask bench`: measures Latchkey against floors in the same run and prints the table of docs/BENCHMARKS.md.
//!
//! `bench PROGRAM [--short] [--alike] [ROW …]`

mod bench;
#[allow(unreachable_pub, reason = "it is the shell’s")]
#[path = "../../../src-tauri/src/words/blocks.rs"]
mod blocks;
mod documents;
mod figures;
mod fill;
mod languages;
mod process;
mod provider;
mod rows;
mod screen;
mod window;

use std::path::{Path, PathBuf};

use bench::Bench;
use figures::Row;
use fill::Amount;
use provider::Provider;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, address, model, messages, in_newest, data] = arguments.as_slice()
        && first == "--fill"
    {
        let number = |text: &str| text.parse().expect("a number");
        let amount = Amount { messages: number(messages), in_newest: number(in_newest) };
        return fill::fill(Path::new(data), address, model, amount).await;
    }
    if let [first, address, streams, events] = arguments.as_slice()
        && first == "--streams"
    {
        let number = |text: &str| text.parse().expect("a number");
        return rows::streams::ask(address, number(streams), number(events)).await;
    }
    let short = arguments.iter().any(|word| word == "--short");
    let mut words = arguments.iter().filter(|word| !word.starts_with("--"));
    let program = PathBuf::from(words.next().expect("usage: bench PROGRAM [--short] [ROW …]"));
    let chosen: Vec<&String> = words.collect();
    let floor = std::env::current_exe().expect("ourselves").with_file_name("floor");
    let pictures = program.parent().and_then(Path::parent).unwrap_or(Path::new(".")).join("bench");
    let alike = arguments.iter().any(|word| word == "--alike");
    let bench = Bench { program, floor, alike, rounds: if short { 1 } else { 3 }, pictures };
    let wanted = |number: &str| chosen.is_empty() || chosen.iter().any(|row| *row == number);
    figures::print(&measure(&bench, short, wanted).await);
}

async fn measure(bench: &Bench, short: bool, wanted: impl Fn(&str) -> bool) -> Vec<Row> {
    let provider = Provider::start().await;
    let mut table = Vec::new();
    if wanted("1") {
        table.push(
            rows::turn::measure(&provider, bench.rounds, if short { 500 } else { 5_000 }).await,
        );
    }
    if wanted("2") {
        table.push(rows::answer::row_2(bench, &provider).await);
    }
    if wanted("3") {
        table.push(rows::first::measure(bench, &provider).await);
    }
    if (wanted("4") || wanted("5")) && !short {
        table.extend(rows::long::measure(bench, &provider).await);
    }
    if wanted("paced") && !short {
        table.push(rows::long::paced(bench, &provider).await);
    }
    if wanted("6") && !short {
        table.push(rows::answer::row_6(bench, &provider).await);
    }
    if wanted("7") {
        table.push(
            rows::start::measure(bench, &provider, if short { 1_000 } else { 100_000 }).await,
        );
    }
    if wanted("8") {
        table.push(rows::memory::measure(bench, &provider, if short { 100 } else { 1_000 }).await);
    }
    if wanted("9") {
        table.push(rows::open::measure(bench, &provider, if short { 200 } else { 10_000 }).await);
    }
    if wanted("10") || wanted("search") {
        let (messages, searches) = if short { (2_000, 50) } else { (1_000_000, 1_000) };
        table.extend(rows::search::measure(messages, searches));
    }
    if wanted("picker") {
        table.push(rows::picker::measure(bench, &provider).await);
    }
    if wanted("15") {
        table.push(
            rows::streams::measure(&provider, bench.rounds, if short { 1 } else { 10 }).await,
        );
    }
    if wanted("16") || wanted("broker") {
        let requests = if short { 20 } else { 300 };
        table.push(rows::broker::measure(bench.rounds, requests).await);
    }
    if wanted("request") {
        table.push(rows::request::measure(bench.rounds, if short { 200 } else { 1_000 }));
    }
    if wanted("usage") {
        let requests = if short { 10_000 } else { 1_000_000 };
        table.push(rows::usage::measure(bench.rounds, requests));
    }
    if wanted("leak") {
        let (bytes, commits) = if short { (20_000_000, 500) } else { (1_000_000_000, 100_000) };
        table.extend(rows::leak::measure(bench.rounds, bytes, commits).await);
    }
    if wanted("render") {
        table.push(rows::render::against_peers(bench.rounds, if short { 50 } else { 1_000 }));
    }
    if wanted("pieces") {
        let bytes = if short { 50_000 } else { 1_000_000 };
        table.push(rows::render::in_pieces(bench.rounds, bytes));
    }
    if wanted("size") && !short {
        table.push(rows::render::with_size(bench.rounds));
    }
    if wanted("code") && !short {
        table.push(rows::long::code(bench, &provider, 5_000).await);
    }
    table
}
