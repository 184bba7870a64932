//! The words of a source, and those of a drawing.

use std::collections::HashSet;

use mermaid_rs_renderer::{DiagramKind, Graph};

/// Names of what has a label, which is shown instead.
pub(in crate::diagram) struct Names(HashSet<String>);

impl Names {
    pub(in crate::diagram) fn of(graph: &Graph) -> Self {
        let nodes = graph.nodes.keys();
        let groups = graph.subgraphs.iter().filter_map(|group| group.id.as_ref());
        Self(nodes.chain(groups).flat_map(|name| split(name)).map(str::to_owned).collect())
    }
}

/// The text of a drawing.
pub(super) struct Shown {
    words: HashSet<String>,
    /// Without what is between the words, for those that do not fit into a line.
    letters: String,
}

impl Shown {
    pub(super) fn new(svg: &str) -> Self {
        let mut text = String::new();
        for part in svg.split("<text").skip(1) {
            let part = part.split("</text>").next().unwrap_or_default();
            for piece in part.split('<') {
                text.push_str(piece.split_once('>').map_or("", |(_, inside)| inside));
                text.push(' ');
            }
        }
        for entity in ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#39;"] {
            text = text.replace(entity, " ");
        }
        let words: HashSet<String> = split(&text).map(str::to_owned).collect();
        Self { words, letters: split(&text).collect() }
    }

    pub(super) fn has(&self, word: &str, names: &Names) -> bool {
        /// One of so many letters may go over two lines, and so may any in a script without spaces.
        const LONG: usize = 12;
        let may_be_cut = word.len() >= LONG || !word.is_ascii();
        self.words.contains(word)
            || names.0.contains(word)
            || (may_be_cut && self.letters.contains(word))
    }
}

/// The words of a line that are to be shown.
pub(super) fn of(line: &str, kind: DiagramKind) -> impl Iterator<Item = &str> {
    let is_header = line.split_whitespace().next().is_some_and(|first| {
        matches!(kind, DiagramKind::Flowchart) && matches!(first, "graph" | "flowchart")
    });
    let line = match kind {
        _ if is_header => "",
        // A share is shown in hundredths.
        DiagramKind::Pie => line.rsplit_once(':').map_or(line, |(label, _)| label),
        DiagramKind::State => line.split("<<").next().unwrap_or_default(),
        _ => line.split(":::").next().unwrap_or_default(),
    };
    // `\n` breaks a line.
    let mut rest = line.split("\\n").flat_map(split).peekable();
    while rest.next_if(|word| is_keyword(word, kind)).is_some() {}
    rest.filter(move |word| !is_mark(word, kind))
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// At the beginning of a line.
fn is_keyword(word: &str, kind: DiagramKind) -> bool {
    let known: &[&str] = match kind {
        DiagramKind::Flowchart => &["subgraph", "end"],
        DiagramKind::Sequence => &[
            "sequenceDiagram",
            "participant",
            "actor",
            "autonumber",
            "loop",
            "alt",
            "else",
            "opt",
            "par",
            "and",
            "critical",
            "option",
            "break",
            "end",
            "note",
            "left",
            "right",
            "of",
            "over",
            "activate",
            "deactivate",
            "box",
        ],
        DiagramKind::Class => &["classDiagram", "class", "v2"],
        DiagramKind::State => &["stateDiagram", "v2", "state", "note", "left", "right", "of"],
        DiagramKind::Pie => &["pie", "showData", "title"],
        _ => &[],
    };
    known.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Anywhere: the ends of arrows, and what stands between a name and its label.
fn is_mark(word: &str, kind: DiagramKind) -> bool {
    match kind {
        DiagramKind::Flowchart | DiagramKind::Class => word == "o" || word == "x" || word == "br",
        DiagramKind::Sequence | DiagramKind::State => word == "as" || word == "br",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use mermaid_rs_renderer::{DiagramKind, Graph};

    use super::{Names, Shown, of};

    #[test]
    fn every_word_has_to_be_there() {
        let names = Names::of(&Graph::new());
        let shown = Shown::new(
            "<svg><text x=\"hidden\"><tspan>a &lt;b&gt;</tspan><tspan>averyvery</tspan>\
             <tspan>longword</tspan></text><title>unseen</title></svg>",
        );
        for (word, expected) in [
            ("a", true),
            ("b", true),
            ("averyverylongword", true),
            ("long", false),
            ("hidden", false),
            ("unseen", false),
            ("lt", false),
        ] {
            assert_eq!(shown.has(word, &names), expected, "{word}");
        }
    }

    #[test]
    fn keywords_are_no_words() {
        let words = |line, kind| of(line, kind).collect::<Vec<_>>().join(" ");
        assert_eq!(words("Note over A,B: end of it", DiagramKind::Sequence), "A B end of it");
        assert_eq!(words("participant A as The user", DiagramKind::Sequence), "A The user");
        assert_eq!(words("\"Dogs\" : 3.5", DiagramKind::Pie), "Dogs");
        assert_eq!(words("state C <<choice>>", DiagramKind::State), "C");
        assert_eq!(words("A[one\\ntwo<br/>three]:::x", DiagramKind::Flowchart), "A one two three");
    }
}
