//! Sequence diagrams: every message, and every note on its side of a frame's border.

use mermaid_rs_renderer::Graph;

/// A note's place.
struct Note {
    /// How many messages come before it.
    index: usize,
    in_frame: bool,
}

/// From, to and text.
type Message<'s> = (&'s str, &'s str, Option<&'s str>);

pub(super) fn is_read(source: &str, graph: &Graph) -> bool {
    let mut messages = vec![];
    let mut notes = vec![];
    // Whether what is open is a frame; a box around participants is none.
    let mut open = vec![];
    // Whether the last message goes back to its sender: that one is drawn over whatever is below it but a message.
    let mut turns_back = false;
    for line in source.lines().map(str::trim).filter(|line| !line.is_empty()).skip(1) {
        let first = line.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        match first.as_str() {
            "else" | "and" | "option" | "end" | "note" if turns_back => return false,
            "participant" | "actor" | "autonumber" | "activate" | "deactivate" | "else" | "and"
            | "option" => {}
            "loop" | "alt" | "opt" | "par" | "critical" | "break" => open.push(true),
            "box" => open.push(false),
            "end" => _ = open.pop(),
            "note" => notes.push(Note { index: messages.len(), in_frame: open.contains(&true) }),
            _ => match message(line) {
                Some(message) => {
                    turns_back = message.0 == message.1;
                    messages.push(message);
                }
                None => return false,
            },
        }
    }
    let read = graph.edges.iter().map(|edge| (&*edge.from, &*edge.to, edge.label.as_deref()));
    !turns_back
        && notes.len() == graph.sequence_notes.len()
        && messages.into_iter().eq(read)
        && has_places(&notes, graph)
}

/// A message with one of the arrows that the library knows.
fn message(line: &str) -> Option<Message<'_>> {
    const ARROWS: [&str; 4] = ["-->>", "->>", "-->", "->"];
    let at = ARROWS.iter().filter_map(|arrow| line.find(arrow)).min()?;
    let arrow = ARROWS.iter().find(|arrow| line[at..].starts_with(**arrow))?;
    let (from, rest) = (line[..at].trim(), &line[at + arrow.len()..]);
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let (to, text) = rest.split_once(':').map_or((rest, ""), |(to, text)| (to, text.trim()));
    let is_name =
        |name: &str| !name.is_empty() && !name.contains(['<', '>', ':', ';', '+', '(', ')']);
    let to = to.trim();
    (is_name(from) && is_name(to)).then_some((from, to, (!text.is_empty()).then_some(text)))
}

/// The library tells places apart by the message that follows: next to a frame's border, both sides are one to it.
fn has_places(notes: &[Note], graph: &Graph) -> bool {
    graph.sequence_frames.iter().all(|frame| {
        let parts = frame.sections.iter().skip(1);
        let borders: Vec<usize> = parts.map(|part| part.start_idx).collect();
        let is_clear = |note: &Note| {
            let at_edge = note.index == frame.start_idx || note.index == frame.end_idx;
            !borders.contains(&note.index) && (note.in_frame || !at_edge)
        };
        frame.start_idx < frame.end_idx && notes.iter().all(is_clear)
    })
}
