//! Random answers, made of what parsers trip over: nothing panics, nothing but the allowed elements gets out, and the pieces
//! do not matter. `cargo xtask fuzz` runs many more, with new seeds; what fails is kept in `fuzz.seeds`,
//! and its text in `splits.rs`.

use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use render::{Document, Patch};

use crate::render;

use crate::hostile::check;
use crate::receiver::Receiver;

/// Marks of markdown, LaTeX, Mermaid and HTML, whole and half.
const PARTS: &[&str] = &[
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "a",
    "word ",
    "**",
    "*",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```",
    "```rust\n",
    "```diff\n+a\n-b\n",
    "~",
    "**（a）**",
    "的",
    "https://a.b/c，",
    "www.a.b",
    "\\begin{align}\n",
    "\\end{align}\n",
    "```md\n",
    "      - ",
    "`a|b`",
    "\u{e200}cite\u{e202}",
    "\u{e201}",
    "```mermaid\ngraph TD\nA-->B\n",
    "- ```mermaid\n  graph TD\n  A-->B\n  ```\n",
    "> ```mermaid\n> pie\n> \"a\" : 1\n> ```\n",
    "\n```\n",
    "~~~",
    "# ",
    "## ",
    "===\n",
    "---\n",
    "- ",
    "* ",
    "1. ",
    "12) ",
    "- [ ] ",
    "- [x] ",
    "> ",
    "> > ",
    "> [!NOTE]\n",
    "> [!WARN",
    "| a | b |\n|---|---|\n",
    "| c ",
    "|\n",
    "|:-:|",
    "[",
    "](",
    "](https://a.b/c)",
    "]: ",
    "[^1]",
    "[^1]: ",
    "[r]: https://x.org\n",
    "![",
    "![x](https://x.org/p.png)",
    "![x](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==)",
    "<",
    ">",
    "<br>",
    "<b onclick=x>",
    "<!--",
    "\n<details>\n<summary>",
    "</summary>\n",
    "\n</details>\n",
    "-->",
    "<script>",
    "</script>",
    "&",
    "&amp;",
    "&#x3c;",
    "&lt",
    "https://a.b",
    "www.a.b",
    "a@b.cc",
    "\\",
    "\\*",
    "$",
    "$$",
    "$x^2$",
    "$5 and $6",
    "$$\n\\frac{a}{b}\n$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\frac{",
    "}",
    "{",
    "^",
    "_{",
    "\\begin{matrix}",
    "\\end{matrix}",
    "\\left(",
    "\\right)",
    "\\text{<b>}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{e0041}",
    "é",
    "漢字",
    "😀",
    "👩\u{200d}💻",
    "\u{0}",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "let x = \"a",
    "/* ",
    " */",
    "'",
    "fn f() {",
    "#!/bin/sh\n",
    "<<EOF\n",
    "EOF\n",
    "`${",
    "}`",
    "\"\"\"",
    "// c",
    "-- c\n",
];

/// Formulas over several lines, among what begins and ends blocks.
const FORMULAS: &[&str] = &[
    "\n",
    "\n\n",
    "    ",
    " ",
    "\t",
    "a",
    "word ",
    "$$",
    "$$\n",
    "\n$$",
    "\n$$\n",
    "$",
    "$x^2$",
    "\\[",
    "\\[\n",
    "\\]",
    "\n\\]\n",
    "\\(",
    "`",
    "```\n",
    "~~~\n",
    "# ",
    "===\n",
    "---\n",
    "-",
    "=",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "> ",
    ">",
    "|",
    "| a ",
    "|---|\n",
    "|---|---|\n",
    "|:-:|",
    "-|-\n",
    ":-\n",
    "| a | b |\n|---|---|\n",
    "[",
    "]",
    "[r]",
    "]: ",
    "[r]: /x\n",
    "[^1]: ",
    "\"",
    "<",
    "<b>",
    "<!--",
    "-->",
    "\\",
    "\r\n",
];

fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => proptest::sample::select(PARTS).prop_map(str::to_owned),
        2 => "[a-z ]{1,12}",
        1 => any::<String>(),
        1 => (proptest::sample::select(PARTS), 2..40usize).prop_map(|(part, times)| part.repeat(times)),
    ]
}

fn answer() -> impl Strategy<Value = String> {
    let formula = proptest::sample::select(FORMULAS).prop_map(str::to_owned);
    let mixed = proptest::collection::vec(part(), 0..60);
    let formulas = proptest::collection::vec(formula, 0..40);
    prop_oneof![mixed, formulas].prop_map(|parts| parts.concat())
}

fn settings() -> ProptestConfig {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fuzz.seeds");
    let persistence = FileFailurePersistence::Direct(seeds);
    let given = ProptestConfig::default();
    // A run without a seed of its own tries the same answers every time, so that what it says is about the change at hand.
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        RngSeed::Fixed(seed) => RngSeed::Fixed(seed),
    };
    ProptestConfig { failure_persistence: Some(Box::new(persistence)), rng_seed, ..given }
}

/// Streams `text` in pieces of these lengths, again and again, with a patch after each.
fn stream(text: &str, lengths: &[usize]) -> Receiver {
    let mut document = Document::new(&crate::blocks::WORDS);
    let mut receiver = Receiver::default();
    let mut told = |patch: Option<Patch>| patch.into_iter().for_each(|patch| receiver.apply(patch));
    let mut rest = text;
    for length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let end = rest.char_indices().nth(*length).map_or(rest.len(), |(at, _)| at);
        document.push(&rest[..end]);
        told(document.take_patch());
        rest = &rest[end..];
        check(&document.blocks().concat(), text);
    }
    document.finish();
    told(document.take_patch());
    receiver
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn whole_and_in_pieces(text in answer(), lengths in proptest::collection::vec(1..30usize, 1..6)) {
        let whole = render(&text);
        check(&whole.concat(), &text);
        prop_assert_eq!(stream(&text, &lengths).blocks, whole);
    }
}
