//! What the page's own fake shows is what this crate makes of its texts: a page that is tried without the native process must
//! not be tried with elements that no answer has.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::render;

const HEAD: &str = "// Made of tests/fixtures/fake-*.md by the test `fake` of the crate render. Do not edit by hand.\n";

/// A block as a string of the page's language, in lines that can be compared.
fn literal(block: &str) -> String {
    let escaped = block.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
    format!("  `{escaped}`,\n")
}

fn list(name: &str, text: &str) -> String {
    let mut out = format!("\nexport const {name}: readonly string[] = [\n");
    for block in render(text) {
        let _ = write!(out, "{}", literal(&block));
    }
    out + "];\n"
}

#[test]
fn the_fakes_answer_is_made_of_its_source() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = |name: &str| fs::read_to_string(top.join("tests/fixtures").join(name)).unwrap();
    let made = [
        HEAD,
        &list("ANSWER_REASONING", &source("fake-reasoning.md")),
        &list("ANSWER", &source("fake-answer.md")),
    ]
    .concat();
    let file = top.join("ui/src/ipc/bindings/fake-answer.ts");
    if fs::read_to_string(&file).unwrap_or_default() != made {
        fs::write(&file, made).unwrap();
        panic!("{} was out of date and is made anew: look at it and commit it", file.display());
    }
}
