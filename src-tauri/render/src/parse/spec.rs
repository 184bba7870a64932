//! The examples of CommonMark and of GitHub's extensions, and what differs from them on purpose.

use std::fmt::Write as _;

use comrak::format_html;
use serde_json::Value;

use super::{dialect, with_tree};
use crate::references::References;

const COMMONMARK: &str = include_str!("../../../../tests/fixtures/spec/commonmark-0.31.2.jsonl");
const GITHUB: &str = include_str!("../../../../tests/fixtures/spec/gfm-0.29-extensions.jsonl");

/// What a text becomes where nothing is done to it but reading it.
fn html(markdown: &str) -> String {
    let mut options = dialect();
    options.render.r#unsafe = true;
    with_tree(markdown, &References::default(), |root, _, _| {
        let mut out = String::new();
        format_html(root, &options, &mut out).unwrap();
        out
    })
}

/// Holds that just these examples of a specification come out in another way.
fn check(examples: &str, differ: &[(u64, &str)]) {
    let mut report = String::new();
    let mut differing = vec![];
    for line in examples.lines() {
        let example: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| example[name].as_str().unwrap();
        let (number, html) = (example["example"].as_u64().unwrap(), html(text("markdown")));
        if html != text("html") {
            differing.push(number);
            writeln!(report, "{line}\n{html}").unwrap();
        }
    }
    let expected: Vec<_> = differ.iter().map(|&(example, _)| example).collect();
    assert_eq!(differing, expected, "{report}");
}

/// What differs from CommonMark, and why.
const FROM_COMMONMARK: [(u64, &str); 5] = [
    (147, "a block without a language holds other blocks, until its end shows that it does not"),
    (602, BARE),
    (608, BARE),
    (611, BARE),
    (612, BARE),
];
const BARE: &str = "a bare address is a link, as on GitHub";

#[test]
fn commonmark() {
    check(COMMONMARK, &FROM_COMMONMARK);
}

/// What differs from GitHub's extensions, and why.
const FROM_GITHUB: [(u64, &str); 6] = [
    (279, BOX),
    (280, BOX),
    (491, "one tilde is a range, an about or a home, and strikes nothing out"),
    (634, MESSENGER),
    (635, MESSENGER),
    (657, "all raw HTML is shown as text, by whoever writes the tree"),
];
const BOX: &str = "only the attributes of the box are written in another order";
const MESSENGER: &str = "the parser reads what follows a messenger's address in its own way; no such link can be opened";

#[test]
fn github() {
    check(GITHUB, &FROM_GITHUB);
}
