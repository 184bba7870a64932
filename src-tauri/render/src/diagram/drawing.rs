//! From a diagram's source to a drawing, within bounds.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mermaid_rs_renderer::{
    DiagramKind, Graph, Layout, LayoutConfig, Theme, compute_layout, parse_mermaid, render_svg,
};

use super::palette;
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
    // The library is young and takes any text; a panic in it must cost the diagram and not the answer.
    catch_unwind(AssertUnwindSafe(|| {
        let parsed = parse_mermaid(&plain).map_err(|_| Refusal::Unsupported)?;
        let mut graph = parsed.graph;
        if graph.sequence_frames.len() > 1 {
            return Err(Refusal::Unsupported);
        }
        if !fits(&graph) {
            return Err(Refusal::TooLarge);
        }
        take_styles_away(&mut graph);
        let theme = palette::theme();
        let config = config(graph.kind);
        framed(&render_svg(&laid_out(graph, &theme, &config), &theme, &config))
    }))
    .unwrap_or(Err(Refusal::Unsupported))
}

fn config(kind: DiagramKind) -> LayoutConfig {
    // By estimate: measuring would read the system's fonts and keep a copy of one.
    let mut config = LayoutConfig { fast_text_metrics: true, ..LayoutConfig::default() };
    if kind == DiagramKind::Flowchart {
        config.node_padding_x = 40.0;
        config.node_padding_y = 20.0;
        // A second way to find a way for an edge; what comes out looks the same.
        config.flowchart.routing.enable_grid_router = false;
    }
    config
}

/// A flowchart is laid out like a state diagram: its own way of choosing where edges begin and end takes twenty times as
/// long, whatever it is told, and shows little for it.
fn laid_out(mut graph: Graph, theme: &Theme, config: &LayoutConfig) -> Layout {
    let kind = graph.kind;
    if kind == DiagramKind::Flowchart {
        graph.kind = DiagramKind::State;
    }
    let mut layout = compute_layout(&graph, theme, config);
    layout.kind = kind;
    if kind == DiagramKind::State {
        for group in &mut layout.subgraphs {
            // Some are there to hold their nodes together, and are not to be seen.
            if group.style.fill.is_none() {
                group.style.fill = Some(palette::GROUP.to_owned());
            }
        }
    }
    layout
}

fn is_too_long(source: &str) -> bool {
    source.len() > limits::DIAGRAM
        || source.lines().count() > limits::DIAGRAM_LINES
        || source.lines().any(|line| line.len() > limits::DIAGRAM_LINE)
}

/// The source without directives. None if it begins with something else than a diagram.
fn plain(source: &str) -> Option<String> {
    // Nodes can be pictures.
    if source.contains("@{") {
        return None;
    }
    // The types of attributes would be missing: the library finds no place for them without a font.
    let has_attributes = source.lines().any(|line| line.trim_end().ends_with('{'));
    if has_attributes && source.contains("erDiagram") {
        return None;
    }
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("%%"));
    let plain: String = lines.flat_map(|line| [line, "\n"]).collect();
    let first = plain.split_whitespace().next()?;
    let is_known = matches!(
        first.trim_end_matches(';'),
        "flowchart"
            | "graph"
            | "sequenceDiagram"
            | "classDiagram"
            | "stateDiagram"
            | "stateDiagram-v2"
            | "erDiagram"
            | "pie"
    );
    is_known.then_some(plain)
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
fn framed(drawing: &str) -> Result<Drawing, Refusal> {
    let (inside, [x, y, width, height]) = parts(drawing).ok_or(Refusal::Unsupported)?;
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
