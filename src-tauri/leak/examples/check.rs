//! How long a check of a folder takes: `cargo run --release -p leak --example check -- PATH [--git]`.

#![allow(clippy::print_stdout, reason = "for whoever measures")]

use leak::{Check, Planted, Wish};
use vault::{Patience, Vault};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folders = arguments.iter().filter(|argument| !argument.starts_with("--"));
    let wish = Wish {
        folders: folders.map(Into::into).collect(),
        git: arguments.iter().any(|argument| argument == "--git"),
        ..Wish::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let vault = Vault::in_memory();
    let check = Check::new(wish, runtime.block_on(Planted::watch(&vault, &[], Patience::Brief))?);
    let outcome = check.run();
    let (far, took) = (check.progress(), outcome.took.as_secs_f64());
    println!(
        "{} files, {} objects of git, {:.1} MB in {took:.2} s ({:.0} MB/s), {} places, proof: {}",
        far.files,
        far.objects,
        far.bytes as f64 / 1e6,
        far.bytes as f64 / 1e6 / took,
        far.places,
        outcome.is_proof
    );
    Ok(())
}
