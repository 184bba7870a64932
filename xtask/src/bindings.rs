//! The TypeScript that is made from Rust must be the TypeScript that is committed.

use crate::Outcome;
use crate::command::{cargo, top, wait};

pub fn check() -> Outcome {
    let file = top().join("ui/src/ipc/bindings/types.ts");
    let read = || std::fs::read_to_string(&file).unwrap_or_default();
    let committed = read();
    // ts-rs adds to a file that is there; a type that is gone would stay in it.
    let _ = std::fs::remove_file(&file);
    wait(&mut cargo("test --quiet --package latchkey --lib export_bindings"))?;
    match read() == committed {
        true => Ok(()),
        false => Err(format!(
            "{} was out of date and is made anew: look at it and commit it",
            file.display()
        )),
    }
}
