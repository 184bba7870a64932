//! Colours of diagrams: drawn once with stand-ins, painted twice with the page's own.

use mermaid_rs_renderer::Theme;

/// What a diagram has colours for, and what stands for it until it is painted: names, which the library cannot read as
/// colours, so it derives no shades of its own from them.
const STAND_INS: [&str; 16] = [
    "paint-of-00",
    "paint-of-01",
    "paint-of-02",
    "paint-of-03",
    "paint-of-04",
    "paint-of-05",
    "paint-of-06",
    "paint-of-07",
    "paint-of-08",
    "paint-of-09",
    "paint-of-10",
    "paint-of-11",
    "paint-of-12",
    "paint-of-13",
    "paint-of-14",
    "paint-of-15",
];

/// In the order of the stand-ins: text, lines, nodes, their outlines, their heads, groups, their outlines, what is behind
/// labels, notes, their outlines, and six for charts. The values are those of the page's tokens.
pub(super) const LIGHT: [&str; 16] = [
    "#1d1b18", "#69635a", "#ffffff", "#8b8478", "#f6f4f0", "#f4f2ee", "#d6d0c5", "#fcfbf9",
    "#e9eefb", "#b9c8f0", "#3a66cf", "#6d7a22", "#1d8579", "#98478c", "#c8543a", "#717987",
];
pub(super) const DARK: [&str; 16] = [
    "#e8e9ec", "#979da8", "#1c1f24", "#737a86", "#23272e", "#101216", "#383d45", "#15171b",
    "#1c2539", "#35476f", "#7ea0f5", "#aebb62", "#4fb8ab", "#cb8abf", "#ec8a6e", "#989fab",
];

/// No font has this name, so the library finds none to measure.
const FONT: &str = "Diagram Sans";

/// Behind groups of states.
pub(super) const GROUP: &str = STAND_INS[5];

/// The same drawing in the colours of a theme. None if it has colours that no theme has.
pub(super) fn paint(svg: &str, colours: [&str; 16]) -> Option<String> {
    let mut svg = svg.replace(FONT, "system-ui, sans-serif");
    for (stand_in, colour) in STAND_INS.iter().zip(colours) {
        svg = svg.replace(stand_in, colour);
    }
    let is_foreign = ["=\"hsl(", "=\"rgb(", "=\"paint-"].iter().any(|sign| svg.contains(sign));
    (!is_foreign).then_some(svg)
}

/// A theme of stand-ins.
pub(super) fn theme() -> Theme {
    let [text, line, node, outline, head, group, group_outline, behind, note, note_outline, ..] =
        STAND_INS.map(str::to_owned);
    let mut theme = Theme::modern();
    theme.font_family = FONT.into();
    theme.font_size = 14.0;
    theme.background = "none".into();
    theme.primary_color = node.clone();
    theme.primary_text_color = text.clone();
    theme.primary_border_color = outline.clone();
    theme.line_color = line.clone();
    theme.secondary_color = head.clone();
    theme.tertiary_color = group.clone();
    theme.edge_label_background = behind.clone();
    theme.cluster_background = group;
    theme.cluster_border = group_outline.clone();
    theme.sequence_actor_fill = node;
    theme.sequence_actor_border = outline.clone();
    theme.sequence_actor_line = group_outline.clone();
    theme.sequence_note_fill = note;
    theme.sequence_note_border = note_outline;
    theme.sequence_activation_fill = head;
    theme.sequence_activation_border = outline;
    theme.text_color = text.clone();
    theme.pie_colors = std::array::from_fn(|at| STAND_INS[10 + at % 6].to_owned());
    theme.pie_title_text_size = 16.0;
    theme.pie_title_text_color = text.clone();
    theme.pie_section_text_size = 13.0;
    theme.pie_section_text_color = behind.clone();
    theme.pie_legend_text_size = 13.0;
    theme.pie_legend_text_color = text;
    theme.pie_stroke_color = behind.clone();
    theme.pie_outer_stroke_color = behind;
    theme.pie_opacity = 1.0;
    theme
}
