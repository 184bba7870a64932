//! Flowcharts, rewritten with one edge a line. Of several in one statement with words at them, the library reads the first,
//! and words without a space before them it takes for a node.

use std::fmt::Write;
use std::ops::Range;

/// A flowchart with a statement a line.
pub(in crate::diagram) struct Statements {
    pub(in crate::diagram) source: String,
    /// How many edges it has.
    pub(in crate::diagram) edges: usize,
}

const WORDS: [&str; 13] = [
    "graph",
    "flowchart",
    "subgraph",
    "end",
    "direction",
    "classDef",
    "class",
    "style",
    "linkStyle",
    "click",
    "accTitle",
    "accDescr",
    "title",
];

/// None if a statement is not understood.
pub(in crate::diagram) fn one_by_one(source: &str) -> Option<Statements> {
    let mut statements = Statements { source: String::new(), edges: 0 };
    for line in source.lines() {
        let first = line.trim_start().split([' ', '\t', ';', ':']).next().unwrap_or_default();
        let is_worded = WORDS.contains(&first);
        if is_worded && !matches!(first, "graph" | "flowchart" | "end") {
            // Writing to a string cannot fail.
            _ = writeln!(statements.source, "{line}");
            continue;
        }
        let masked = masked(line)?;
        let mut from = 0;
        for part in masked.split(';') {
            statements.add(&line[from..from + part.len()], part)?;
            from += part.len() + 1;
        }
    }
    Some(statements)
}

impl Statements {
    fn add(&mut self, statement: &str, masked: &str) -> Option<()> {
        let arrows = arrows(masked);
        if arrows.is_empty() {
            _ = writeln!(self.source, "{}", statement.trim());
            return Some(());
        }
        let mut left = 0..arrows[0].start;
        let mut rest = arrows.iter().enumerate();
        while let Some((at, arrow)) = rest.next() {
            let mut end = arrow.end;
            let mut drawn = masked[arrow.clone()].to_owned();
            let mut label = "";
            if is_opener(&drawn) {
                let closer = rest.next()?.1;
                label = statement[arrow.end..closer.start].trim();
                drawn = closed(&drawn, &masked[closer.clone()]);
                end = closer.end;
            } else if masked[end..].trim_start().starts_with('|') {
                let open = end + masked[end..].find('|')? + 1;
                let close = open + masked[open..].find('|')?;
                label = statement[open..close].trim();
                end = close + 1;
            }
            let next = arrows.iter().skip(at + 1).find(|next| next.start >= end);
            let right = end..next.map_or(masked.len(), |next| next.start);
            let (from, to) = (nodes(&masked[left.clone()])?, nodes(&masked[right.clone()])?);
            self.edges += from * to;
            let label = label.strip_prefix('"').and_then(|l| l.strip_suffix('"')).unwrap_or(label);
            let (source, target) = (statement[left].trim(), statement[right.clone()].trim());
            if label.contains(['|', '"']) {
                return None;
            }
            _ = match label {
                "" => writeln!(self.source, "{source} {drawn} {target}"),
                _ => writeln!(self.source, "{source} {drawn}|{label}| {target}"),
            };
            left = right;
        }
        Some(())
    }
}

/// A line with an `m` for every byte of its labels. None if one does not end in it.
fn masked(line: &str) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut depth = 0_usize;
    let mut inside: Option<char> = None;
    let mut before = ' ';
    for (at, character) in line.char_indices() {
        let was_inside = inside.is_some() || depth > 0;
        match character {
            _ if inside == Some(character) => inside = None,
            _ if inside.is_some() => {}
            '"' => inside = Some('"'),
            '|' if depth == 0 => inside = Some('|'),
            '[' | '(' | '{' => depth += 1,
            '>' if depth == 0 && before.is_alphanumeric() && line[at..].contains(']') => depth = 1,
            ']' | ')' | '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        let is_inside = inside.is_some() || depth > 0;
        match was_inside && is_inside || character == '"' || !character.is_ascii() {
            true => out.extend(std::iter::repeat_n('m', character.len_utf8())),
            false => out.push(character),
        }
        before = character;
    }
    (depth == 0 && inside.is_none()).then_some(out)
}

/// Where the arrows are, and both halves of those with words in them.
fn arrows(masked: &str) -> Vec<Range<usize>> {
    let bytes = masked.as_bytes();
    let mut found = vec![];
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| b"-=.".contains(byte)).count();
        let (mut start, mut end) = (at, at + length);
        at = end.max(at + 1);
        if !["--", "==", "-.", ".-"].iter().any(|mark| masked[start..end].contains(mark)) {
            continue;
        }
        let begins = |at: usize| at == 0 || bytes[at - 1].is_ascii_whitespace();
        if start > 0
            && (bytes[start - 1] == b'<'
                || (b"xo".contains(&bytes[start - 1]) && begins(start - 1)))
        {
            start -= 1;
        }
        let is_ended = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
        let has_head = match bytes.get(end) {
            Some(b'>') => true,
            Some(b'x' | b'o') => is_ended(end + 1),
            _ => false,
        };
        end += usize::from(has_head);
        at = at.max(end);
        found.push(start..end);
    }
    found
}

/// Whether an arrow goes on after some words.
fn is_opener(arrow: &str) -> bool {
    matches!(arrow.trim_start_matches('<'), "--" | "==" | "-.")
}

fn closed(opener: &str, closer: &str) -> String {
    let start = if opener.starts_with('<') { "<" } else { "" };
    let dash = if opener.ends_with('.') && closer.starts_with('.') { "-" } else { "" };
    [start, dash, closer].concat()
}

/// How many nodes there are on one side of an arrow.
fn nodes(masked: &str) -> Option<usize> {
    let is_node = |node: &str| !node.is_empty() && !node.contains(char::is_whitespace);
    let nodes = masked.split('&').map(str::trim);
    nodes.clone().all(is_node).then(|| nodes.count())
}

#[cfg(test)]
mod tests {
    use super::one_by_one;

    #[test]
    fn one_edge_a_line() {
        for (source, expected, edges) in [
            ("A-->B", "A --> B\n", 1),
            ("graph LR; A --> B --> C;", "graph LR\nA --> B\nB --> C\n\n", 2),
            ("A --text--> B -.-> C", "A -->|text| B\nB -.-> C\n", 2),
            ("A -. a b .-> B -->|c| D", "A -.->|a b| B\nB -->|c| D\n", 2),
            ("A <== x ==> B & C", "A <==>|x| B & C\n", 2),
            ("A[a --> b; c] --- B{\"x] y\"}", "A[a --> b; c] --- B{\"x] y\"}\n", 1),
            ("é[漢 --> 字] -- ü --> ö", "é[漢 --> 字] -->|ü| ö\n", 1),
            ("style A fill:#f9f;", "style A fill:#f9f;\n", 0),
            ("my-node", "my-node\n", 0),
        ] {
            let read = one_by_one(source).map(|statements| (statements.source, statements.edges));
            assert_eq!(read, Some((expected.to_owned(), edges)), "{source}");
        }
        for source in ["A[one", "two] --> B", "A -->", "--> B", "A -- B", "A B --> C", "A -->|x B"]
        {
            assert!(one_by_one(source).is_none(), "{source}");
        }
    }
}
