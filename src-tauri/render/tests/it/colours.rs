//! Code in many languages, and the classes of its words.

use crate::render;

/// For each language, code with its tokens marked as `‹class:token›`.
const MARKED: &str = include_str!("colours.txt");

/// The code of a fence with its tokens marked.
fn marked(language: &str, code: &str) -> String {
    let html = render(&format!("````{language}\n{code}````")).remove(0);
    let (_, rest) = html.split_once("<code>").unwrap();
    let (lines, _) = rest.rsplit_once("<span data-line").unwrap();
    let plain = lines.replace("<span class=\"line\">", "").replace("\n</span>", "\n");
    let marked = plain.replace("<span class=\"", "‹").replace("\">", ":").replace("</span>", "›");
    marked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The code without its marks.
fn code(marked: &str) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('‹') {
        out += before;
        rest = &after[2..];
    }
    (out + rest).replace('›', "")
}

#[test]
fn words_have_their_classes() {
    let mut count = 0;
    for part in MARKED.split("== ").filter(|part| !part.is_empty()) {
        let (language, expected) = part.split_once('\n').unwrap();
        // A quote ends a tag in the marks, too.
        let found = marked(language, &code(expected));
        assert_eq!(found, expected.replace("\">", ":"), "{language}: {found}");
        count += 1;
    }
    assert!(count > 70, "{count} languages");
}
