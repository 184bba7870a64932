//! The words on an edge stand between the boxes and not at them. The library has one distance between boxes for all of a diagram,
//! and puts words where its first guess was.

use mermaid_rs_renderer::{DiagramKind, Direction, EdgeLayout, Graph, Layout, LayoutConfig};

/// What is between words and a box, if there is room for it.
const AIR: f32 = 14.0;

/// What is between words and the border around them.
const BORDER: f32 = 5.0;

/// Places on an edge that are looked at.
const PLACES: usize = 40;

/// The usual width of a letter and height of a line, and the letters of the longest line that is not broken.
const LETTER: f32 = 8.5;
const LINE: f32 = 21.0;
const LONGEST: usize = 34;

/// Boxes far enough apart for the longest words between them.
pub(super) fn make_room(graph: &Graph, config: &mut LayoutConfig) {
    if !is_placed(graph.kind) {
        return;
    }
    let is_across = matches!(graph.direction, Direction::LeftRight | Direction::RightLeft);
    let labels = graph.edges.iter().filter_map(|edge| edge.label.as_deref());
    let needed = labels.map(|label| {
        let lines = || label.split("<br").flat_map(|part| part.split('\n'));
        let longest = lines().map(|line| line.chars().count()).max().unwrap_or_default();
        let width = longest.min(LONGEST);
        let wrapped = |line: &str| 1 + line.chars().count() / (width + 1);
        let height = lines().map(wrapped).sum::<usize>();
        if is_across { width as f32 * LETTER } else { height as f32 * LINE }
    });
    let Some(needed) = needed.reduce(f32::max) else { return };
    // It would make the distance smaller again.
    config.flowchart.auto_spacing.enabled = false;
    config.rank_spacing = config.rank_spacing.max(needed + 2.0 * AIR);
}

/// Moves words along their edges to where nothing else is. Gives back the part of the plane that they need.
pub(super) fn move_apart(layout: &mut Layout) -> Option<Area> {
    if !is_placed(layout.kind) {
        return None;
    }
    let mut needed: Option<Area> = None;
    let boxes: Vec<Area> =
        layout.nodes.values().filter(|node| !node.hidden).map(Area::of).collect();
    let titles = layout.subgraphs.iter().map(|group| {
        let (width, height) = (group.label_block.width, group.label_block.height);
        Area::around(group.x + group.width / 2.0, group.y + BORDER + height / 2.0, width, height)
    });
    let mut taken: Vec<Area> = boxes.into_iter().chain(titles).collect();
    // The shortest edges have the least choice.
    let mut edges: Vec<&mut EdgeLayout> = layout.edges.iter_mut().collect();
    edges.sort_by(|a, b| length(a).total_cmp(&length(b)));
    for edge in edges {
        let (Some(label), Some(first)) = (&edge.label, edge.label_anchor) else { continue };
        let (width, height) = (label.width + 2.0 * BORDER, label.height + 2.0 * BORDER);
        let area = |(x, y)| Area::around(x, y, width, height);
        let room = |place| {
            let area = area(place);
            taken.iter().map(|other| area.gap(other)).fold(AIR, f32::min)
        };
        let mut best = (first, room(first));
        // From the middle outwards, and only for more room than there is.
        for place in places(edge) {
            let found = room(place);
            if found > best.1 + 1.0 {
                best = (place, found);
            }
        }
        edge.label_anchor = Some(best.0);
        let area = area(best.0);
        taken.push(area);
        needed = Some(needed.map_or(area, |before| before.with(&area)));
    }
    needed
}

const fn is_placed(kind: DiagramKind) -> bool {
    matches!(kind, DiagramKind::Flowchart | DiagramKind::State)
}

/// The straight parts of an edge.
fn parts(edge: &EdgeLayout) -> impl Iterator<Item = ((f32, f32), (f32, f32), f32)> {
    let ends = edge.points.iter().zip(edge.points.iter().skip(1));
    ends.map(|(&a, &b)| (a, b, (b.0 - a.0).hypot(b.1 - a.1)))
}

fn length(edge: &EdgeLayout) -> f32 {
    parts(edge).map(|(_, _, length)| length).sum()
}

/// Places on an edge, from its middle outwards.
fn places(edge: &EdgeLayout) -> Vec<(f32, f32)> {
    let whole = length(edge);
    let at = |mut distance: f32| {
        for (a, b, step) in parts(edge) {
            if distance <= step && step > 0.0 {
                let part = distance / step;
                return Some((a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part));
            }
            distance -= step;
        }
        None
    };
    let mut places = Vec::with_capacity(PLACES);
    for step in 0..PLACES / 2 {
        let away = step as f32 / PLACES as f32;
        places.extend(at(whole * (0.5 + away)));
        places.extend(at(whole * (0.5 - away)));
    }
    places
}

/// A part of the plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    fn of(node: &mermaid_rs_renderer::NodeLayout) -> Self {
        Self { left: node.x, top: node.y, right: node.x + node.width, bottom: node.y + node.height }
    }

    fn around(x: f32, y: f32, width: f32, height: f32) -> Self {
        let (half, high) = (width / 2.0, height / 2.0);
        Self { left: x - half, top: y - high, right: x + half, bottom: y + high }
    }

    pub(super) const fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// How far two are from each other; less than nothing where they lie on each other.
    fn gap(&self, other: &Self) -> f32 {
        let across = (other.left - self.right).max(self.left - other.right);
        let down = (other.top - self.bottom).max(self.top - other.bottom);
        across.max(down)
    }
}

/// The least distance between words, with their border, and a box.
#[cfg(test)]
pub(super) fn closest(layout: &Layout) -> f32 {
    let gaps = layout.edges.iter().filter_map(|edge| {
        let (label, (x, y)) = (edge.label.as_ref()?, edge.label_anchor?);
        let area = Area::around(x, y, label.width + 2.0 * BORDER, label.height + 2.0 * BORDER);
        let boxes = layout.nodes.values().filter(|node| !node.hidden).map(Area::of);
        boxes.map(|other| area.gap(&other)).reduce(f32::min)
    });
    gaps.fold(f32::INFINITY, f32::min)
}
