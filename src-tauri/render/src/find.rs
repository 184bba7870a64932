//! Finding words in what is shown of a text: across its marks, not in them.
//!
//! The window marks the same words in its own document by the same rules (`ui/src/ui/find-text.ts`), so that the two
//! count alike: white space is one space, letters are folded one by one, blocks are apart, and the heads of code blocks,
//! buttons and formulas are no text.

use crate::{Words, html, render};

/// What does not end a run of text.
const INLINE: [&str; 11] =
    ["a", "code", "del", "em", "kbd", "mark", "span", "strong", "sub", "sup", "input"];

/// What is not searched.
const SKIPPED: [&str; 3] = ["figcaption", "button", "math"];

/// Words to be found.
#[derive(Debug, Clone)]
pub struct Query {
    folded: String,
    /// Each run of letters and digits: a text without one of them need not be rendered.
    runs: Vec<String>,
}

impl Query {
    /// `None` when there is nothing to look for.
    #[must_use]
    pub fn new(words: &str) -> Option<Self> {
        let mut folded = String::new();
        words.chars().for_each(|character| push_folded(&mut folded, character));
        let folded = folded.trim().to_owned();
        let runs = folded.split(|c: char| !c.is_alphanumeric());
        let runs = runs.filter(|run| !run.is_empty()).map(str::to_owned).collect();
        (!folded.is_empty()).then_some(Self { folded, runs })
    }

    /// How often it occurs in a text that is shown as it is.
    #[must_use]
    pub fn count_in_plain(&self, text: &str) -> usize {
        let mut flow = String::with_capacity(text.len());
        text.chars().for_each(|character| push_folded(&mut flow, character));
        flow.matches(&self.folded).count()
    }

    /// How often it occurs in what is shown of markdown.
    #[must_use]
    pub fn count_in_markdown(&self, text: &str, words: &'static Words) -> usize {
        match self.may_be_in(text) {
            true => render(text, words).iter().map(|html| self.count_in_html(html)).sum(),
            false => 0,
        }
    }

    fn count_in_html(&self, html: &str) -> usize {
        flow_of(html).matches(&self.folded).count()
    }

    /// Marks can stand inside of a word, also those that are taken out of it and tags, and an entity can stand for any letter.
    fn may_be_in(&self, text: &str) -> bool {
        if text.contains(['&', '\u{e200}']) || html::has_tags(text) {
            return true;
        }
        let mut bare = String::with_capacity(text.len());
        for character in text.chars().filter(|c| !matches!(c, '*' | '_' | '~' | '`' | '\\')) {
            push_folded(&mut bare, character);
        }
        self.runs.iter().all(|run| bare.contains(run.as_str()))
    }
}

/// The text of a block of ours, folded, with a line feed wherever one run of text ends and the next begins.
fn flow_of(html: &str) -> String {
    let mut flow = String::with_capacity(html.len());
    let mut skipped: Option<&str> = None;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        if skipped.is_none() {
            push_unescaped(&mut flow, &rest[..start]);
        }
        // Our own HTML writes `>` as an entity everywhere but at the end of a tag.
        let Some(end) = rest[start..].find('>') else { break };
        let (tag, closes) = name_of(&rest[start + 1..start + end]);
        rest = &rest[start + end + 1..];
        match skipped {
            Some(outer) if closes && outer == tag => skipped = None,
            Some(_) => {}
            None if !closes && SKIPPED.contains(&tag) => {
                skipped = Some(tag);
                flow.push('\n');
            }
            None if tag == "br" => push_folded(&mut flow, ' '),
            None if !INLINE.contains(&tag) => flow.push('\n'),
            None => {}
        }
    }
    push_unescaped(&mut flow, rest);
    flow
}

/// A tag's name, and whether it closes.
fn name_of(tag: &str) -> (&str, bool) {
    let (tag, closes) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    (&tag[..end], closes)
}

fn push_unescaped(flow: &mut String, text: &str) {
    const ENTITIES: [(&str, char); 6] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&nbsp;", ' '),
        ("&quot;", '"'),
        ("&#39;", '\''),
    ];
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let known = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (length, meant) = known
            .map_or((character.len_utf8(), character), |(entity, meant)| (entity.len(), *meant));
        push_folded(flow, meant);
        rest = &rest[length..];
    }
}

/// Small letters, straight quotes, and one space for any white space.
fn push_folded(flow: &mut String, character: char) {
    match character {
        _ if character.is_whitespace() => {
            if !flow.ends_with(' ') {
                flow.push(' ');
            }
        }
        '\u{2018}' | '\u{2019}' => flow.push('\''),
        '\u{201c}' | '\u{201d}' => flow.push('"'),
        _ => {
            let mut small = character.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) => flow.push(one),
                _ => flow.push(character),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_shown() {
        for (words, text, times) in [
            ("jitter", "Full **jit**ter, JITTER and `jit`ter.", 3),
            ("full jitter", "Full\njitter and full *jitter*", 2),
            ("strong", "**bold**", 0),
            ("example", "[a](https://example.com)", 0),
            ("a  b", "a\n\nb", 0),
            ("one two", "- one\n- two", 0),
            ("let x", "```rust\nlet x = 1;\n```", 1),
            ("rust", "```rust\nlet x = 1;\n```", 0),
            ("copy code", "```rust\nlet x = 1;\n```", 0),
            ("a < b && c", "`a < b && c`", 1),
            ("é", "&eacute;", 1),
            ("don't", "Don’t", 1),
            ("aa", "aaaa", 2),
            ("h2o", "H<sub>2</sub>O and <kbd>H</kbd>2<mark>O</mark>", 2),
            ("graph", "- a\n\n  ```mermaid\n  graph LR\n  A --> B\n  ```", 1),
            ("cell", "| a | b |\n|---|---|\n| cell | Cell |", 2),
            ("ΣΑΣ", "σασ", 1),
        ] {
            let query = Query::new(words).expect("words");
            assert_eq!(
                query.count_in_markdown(text, &crate::blocks::WORDS),
                times,
                "{words} in {text}"
            );
        }
    }

    #[test]
    fn plain_text_is_taken_as_it_is() {
        let query = Query::new("**x").expect("words");
        assert_eq!(query.count_in_plain("a **X** b"), 1);
    }

    #[test]
    fn formulas_are_no_text() {
        let query = Query::new("x").expect("words");
        let html = "<p>a <span class=\"math\" data-tex=\"x\"><math><mi>x</mi></math></span> x</p>";
        assert_eq!(query.count_in_html(html), 1);
    }

    #[test]
    fn nothing_is_not_looked_for() {
        for words in ["", " ", "\n\t"] {
            assert!(Query::new(words).is_none());
        }
    }
}
