//! From a diagram's source to a drawing, within bounds.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mermaid_rs_renderer::{
    DiagramKind, Graph, Layout, LayoutConfig, Theme, compute_layout, parse_mermaid, render_svg,
};

use super::labels::{self, Area};
use super::palette;
use super::whole::{self, Names};
use crate::hidden::spelled_out;
use crate::limits;

/// A diagram in the colours of no theme yet.
pub(super) struct Drawing {
    pub(super) svg: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Why a diagram is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    TooLarge,
    /// Of a kind that is not drawn well here, or not a diagram.
    Unsupported,
}

/// Draws a diagram.
pub(super) fn draw(source: &str) -> Result<Drawing, Refusal> {
    let plain = plain(source).ok_or(Refusal::Unsupported)?;
    if is_too_long(source) {
        return Err(Refusal::TooLarge);
    }
    // A picture would hide them, and show the words in another order; the source names them.
    if spelled_out(source).is_some() {
        return Err(Refusal::Unsupported);
    }
    // The library is young and takes any text; a panic in it must cost the diagram and not the answer.
    catch_unwind(AssertUnwindSafe(|| {
        let mut graph = read(&plain)?;
        take_styles_away(&mut graph);
        // The library gives the end of one to the wrong participant.
        graph.sequence_activations.clear();
        let theme = palette::theme();
        let (kind, names) = (graph.kind, Names::of(&graph));
        let config = config(&graph);
        let (layout, labels) = laid_out(graph, &theme, &config);
        let svg = render_svg(&layout, &theme, &config);
        if !whole::is_shown(&plain, kind, &names, &svg) {
            return Err(Refusal::Unsupported);
        }
        framed(&svg, labels)
    }))
    .unwrap_or(Err(Refusal::Unsupported))
}

/// What the source says, if all of it was understood.
fn read(plain: &str) -> Result<Graph, Refusal> {
    let is_flowchart = plain.starts_with("flowchart") || plain.starts_with("graph");
    let statements = match is_flowchart {
        true => Some(whole::edges::one_by_one(plain).ok_or(Refusal::Unsupported)?),
        false => None,
    };
    let source = statements.as_ref().map_or(plain, |statements| &statements.source);
    let mut graph = parse_mermaid(source).map_err(|_| Refusal::Unsupported)?.graph;
    if graph.sequence_frames.len() > 1 {
        return Err(Refusal::Unsupported);
    }
    if !fits(&graph) {
        return Err(Refusal::TooLarge);
    }
    let has_edges = statements.is_none_or(|statements| statements.edges == graph.edges.len());
    if !has_edges || !whole::is_read(plain, &graph) {
        return Err(Refusal::Unsupported);
    }
    for label in graph.edges.iter_mut().filter_map(|edge| edge.label.as_mut()) {
        if let Some(text) = label.strip_prefix('"').and_then(|label| label.strip_suffix('"')) {
            *label = text.to_owned();
        }
    }
    Ok(graph)
}

fn config(graph: &Graph) -> LayoutConfig {
    // By estimate: measuring would read the system's fonts and keep a copy of one.
    let mut config = LayoutConfig { fast_text_metrics: true, ..LayoutConfig::default() };
    labels::make_room(graph, &mut config);
    if graph.kind == DiagramKind::Flowchart {
        config.node_padding_x = 40.0;
        config.node_padding_y = 20.0;
        // A second way to find a way for an edge; what comes out looks the same.
        config.flowchart.routing.enable_grid_router = false;
    }
    config
}

/// A flowchart is laid out like a state diagram: its own way of choosing where edges begin and end takes twenty times as
/// long, whatever it is told, and shows little for it. The area is what the words on the edges need.
fn laid_out(mut graph: Graph, theme: &Theme, config: &LayoutConfig) -> (Layout, Option<Area>) {
    let kind = graph.kind;
    if kind == DiagramKind::Flowchart {
        graph.kind = DiagramKind::State;
    }
    let mut layout = compute_layout(&graph, theme, config);
    layout.kind = kind;
    let labels = labels::move_apart(&mut layout);
    if kind == DiagramKind::State {
        for group in &mut layout.subgraphs {
            // Some are there to hold their nodes together, and are not to be seen.
            if group.style.fill.is_none() {
                group.style.fill = Some(palette::GROUP.to_owned());
            }
        }
    }
    (layout, labels)
}

fn is_too_long(source: &str) -> bool {
    source.len() > limits::DIAGRAM
        || source.lines().count() > limits::DIAGRAM_LINES
        || source.lines().any(|line| line.len() > limits::DIAGRAM_LINE)
}

/// The source without directives. None if it begins with something else than a diagram that is drawn. An ER diagram is not:
/// the library puts how many there are at the end of a relation under the box, and relations under other boxes.
fn plain(source: &str) -> Option<String> {
    // Nodes can be pictures.
    if source.contains("@{") {
        return None;
    }
    let lines = without_settings(source)?.lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("%%"));
    let plain: String = lines.flat_map(|line| [line, "\n"]).collect();
    // To the library, an apostrophe begins a quotation.
    let plain = plain.trim_start().replace('\'', "’");
    let first = plain.split_whitespace().next()?;
    let is_known = matches!(
        first.trim_end_matches(';'),
        "flowchart"
            | "graph"
            | "sequenceDiagram"
            | "classDiagram"
            | "stateDiagram"
            | "stateDiagram-v2"
            | "pie"
    );
    is_known.then_some(plain)
}

/// The source without front matter that sets how the diagram looks, as directives do. None if there is more in it: a title
/// has no place in a drawing.
fn without_settings(source: &str) -> Option<&str> {
    let Some(front) = source.trim_start().strip_prefix("---\n") else { return Some(source) };
    let (settings, rest) = front.split_once("\n---\n")?;
    let inside = settings.strip_prefix("config:\n")?;
    inside.lines().all(|line| line.starts_with(' ')).then_some(rest)
}

/// Finding a way for every edge takes far longer than anything else here.
fn fits(graph: &Graph) -> bool {
    let (nodes, edges) = match graph.kind {
        DiagramKind::Flowchart => limits::FLOWCHART,
        DiagramKind::Sequence => limits::SEQUENCE,
        _ => limits::GRAPH,
    };
    graph.nodes.len() <= nodes
        && graph.edges.len() <= edges
        && graph.subgraphs.len() <= limits::SUBGRAPHS
        && graph.pie_slices.len() <= 12
}

/// A text's own colours would be unreadable in one of the themes, and its links lead nowhere.
fn take_styles_away(graph: &mut Graph) {
    graph.class_defs.clear();
    graph.node_classes.clear();
    graph.node_styles.clear();
    graph.subgraph_styles.clear();
    graph.subgraph_classes.clear();
    graph.node_links.clear();
    graph.edge_styles.clear();
    graph.edge_style_default = None;
}

/// The drawing with a size that does not depend on where it is shown.
fn framed(drawing: &str, labels: Option<Area>) -> Result<Drawing, Refusal> {
    let (inside, [x, y, width, height]) = parts(drawing).ok_or(Refusal::Unsupported)?;
    let shown = Area { left: x, top: y, right: x + width, bottom: y + height };
    let shown = labels.map_or(shown, |labels| shown.with(&labels));
    let (x, y) = (shown.left, shown.top);
    let (width, height) = (shown.right - x, shown.bottom - y);
    let side = 1.0..=limits::DRAWING_SIDE;
    if !side.contains(&width) || !side.contains(&height) || !x.is_finite() || !y.is_finite() {
        return Err(Refusal::TooLarge);
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{x} {y} {width} {height}\">{inside}"
    );
    let pixels = |side: f32| side.ceil() as u32;
    if !svg.contains("<text") && !svg.contains("<path") {
        return Err(Refusal::Unsupported);
    }
    Ok(Drawing { svg, width: pixels(width), height: pixels(height) })
}

/// What is inside a drawing, and the part of the plane that it shows.
fn parts(drawing: &str) -> Option<(&str, [f32; 4])> {
    let inside = drawing.split_once('>')?.1;
    let view = drawing.split_once("viewBox=\"")?.1.split_once('"')?.0;
    let numbers: Vec<f32> = view.split(' ').filter_map(|number| number.parse().ok()).collect();
    Some((inside, numbers.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_edges_keep_a_distance_to_boxes() {
        for source in [
            "flowchart LR\n  A[Client] -- request with a long label --> B[Server]\n  B -- answer --> A\n  B -->|query| C[(Store)]",
            "flowchart TD\n  A[Request] --> B{Cached?}\n  B -->|Yes| C[Return it]\n  B -->|No| D[Ask the database]\n  D -->|found<br>in table| E[Store]\n  D -->|not found| F[404]\n  E --> C",
            "flowchart TD\n  A[Start here] -->|yes, go on| B{Is it well?}\n  B -->|no| C[Repair]\n  B -->|yes, after some time| D((Done))\n  subgraph Group\n    C --> E[(Database)]\n    E -. dotted label .-> D\n  end",
            "stateDiagram-v2\n  [*] --> Still\n  Still --> Moving: push\n  Moving --> Still: stop\n  Moving --> Crash: too fast",
            "stateDiagram-v2\n  direction LR\n  [*] --> Idle\n  Idle --> Running: start the machine\n  Running --> Idle: stop",
        ] {
            let graph = read(&plain(source).unwrap()).ok().unwrap();
            let config = config(&graph);
            let (layout, shown) = laid_out(graph, &palette::theme(), &config);
            let closest = labels::closest(&layout);
            assert!(closest >= 2.0, "{closest} in {source}");
            let drawn = draw(source).ok().unwrap();
            let shown = shown.unwrap();
            assert!(f64::from(drawn.width) >= f64::from(shown.right - shown.left), "{source}");
        }
    }
}
