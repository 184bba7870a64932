//! Whether a drawing shows the whole of its source. The library leaves out what it doesn't know, and says nothing.

pub(super) mod edges;
mod sequence;
mod words;

use mermaid_rs_renderer::{DiagramKind, Graph};

pub(super) use words::Names;

/// Lines that say how something looks or what it does when it is pressed, and nothing that is to be read.
const SILENT: [&str; 11] = [
    "accDescr",
    "accTitle",
    "callback",
    "class",
    "classDef",
    "click",
    "cssClass",
    "direction",
    "link",
    "linkStyle",
    "style",
];

/// What people write into labels, but for `br`. Others may be types: `List<User>`.
const TAGS: [&str; 24] = [
    "a", "b", "big", "center", "code", "del", "div", "em", "font", "hr", "i", "img", "li", "mark",
    "p", "pre", "s", "small", "span", "strong", "sub", "sup", "u", "ul",
];

/// Whether every line of `source` is one that the library reads, and there is as much in `graph` as they say.
pub(super) fn is_read(source: &str, graph: &Graph) -> bool {
    if lines(source, graph.kind).any(has_markup) {
        return false;
    }
    match graph.kind {
        DiagramKind::Flowchart => has_plain_names(graph),
        DiagramKind::Sequence => sequence::is_read(source, graph),
        DiagramKind::Class => has_plain_names(graph) && is_class_read(source, graph),
        DiagramKind::State => is_state_read(source, graph),
        _ => true,
    }
}

/// Whether every word that is to be read is in the drawing.
pub(super) fn is_shown(source: &str, kind: DiagramKind, names: &Names, svg: &str) -> bool {
    let shown = words::Shown::new(svg);
    lines(source, kind).all(|line| words::of(line, kind).all(|word| shown.has(word, names)))
}

/// The lines with something to be read.
fn lines(source: &str, kind: DiagramKind) -> impl Iterator<Item = &str> {
    source.lines().map(str::trim).filter(move |line| {
        let first = line.split([' ', '\t', ':']).next().unwrap_or_default();
        let declares = kind == DiagramKind::Class && first == "class";
        !line.is_empty() && (declares || !SILENT.contains(&first))
    })
}

/// Entities, tags and markdown in labels. The library draws them as they are.
fn has_markup(line: &str) -> bool {
    has_entity(line, '#', 1) || has_entity(line, '&', 2) || has_tag(line) || line.contains("\"`")
}

/// `#quot;` and `&quot;` stand for a quotation mark. A single letter between `&` and `;` is a node.
fn has_entity(line: &str, mark: char, shortest: usize) -> bool {
    line.split(mark).skip(1).any(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        end >= shortest && rest[end..].starts_with(';')
    })
}

fn has_tag(line: &str) -> bool {
    line.split('<').skip(1).any(|rest| {
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        TAGS.iter().any(|known| known.eq_ignore_ascii_case(&tag[..end]))
            && tag[end..].starts_with(['>', ' ', '/'])
    })
}

/// What the library cannot take apart becomes a name.
fn has_plain_names(graph: &Graph) -> bool {
    let is_mark = |c: char| "[](){}\"`|<>:;".contains(c);
    !graph.nodes.keys().any(|name| name.contains(is_mark))
}

fn is_class_read(source: &str, graph: &Graph) -> bool {
    let mut relations = 0;
    let mut is_inside = false;
    for line in lines(source, graph.kind).skip(1) {
        if is_inside {
            is_inside = !line.contains('}');
            continue;
        }
        // A class with the type that it is of, and without it, would be two.
        let name = line.split([':', '{']).next().unwrap_or_default();
        if name.matches('~').count() > 1 {
            return false;
        }
        if ["namespace", "note", "<<"].iter().any(|unknown| line.starts_with(unknown)) {
            return false;
        }
        if let Some((_, members)) = line.split_once('{') {
            is_inside = !members.contains('}');
            if is_inside && !members.trim().is_empty() {
                return false;
            }
        }
        let ends = line.split(':').next().unwrap_or_default();
        relations += usize::from(ends.contains("--") || ends.contains(".."));
    }
    relations == graph.edges.len()
}

fn is_state_read(source: &str, graph: &Graph) -> bool {
    let is_long_note = |line: &str| line.starts_with("note ") && !line.contains(':');
    let statements = || lines(source, graph.kind).flat_map(|line| line.split(';'));
    let transitions = statements().filter(|statement| statement.contains("-->")).count();
    !statements().any(is_long_note) && transitions == graph.edges.len()
}
