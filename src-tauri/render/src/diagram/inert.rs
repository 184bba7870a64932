//! Whether a drawing is nothing but shapes and text.

const ELEMENTS: [&str; 14] = [
    "svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polygon",
    "polyline", "text", "tspan", "title",
];

/// Attributes that shape, place and paint. What is not among them can link, load or run something.
const ATTRIBUTES: [&str; 48] = [
    "class",
    "cx",
    "cy",
    "d",
    "data-edge-id",
    "data-label-kind",
    "dominant-baseline",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "id",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "opacity",
    "orient",
    "points",
    "preserveAspectRatio",
    "r",
    "refX",
    "refY",
    "rx",
    "ry",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
];

/// Whether every tag of `svg` is on the list, and nothing in it refers to anything outside.
pub(super) fn is_inert(svg: &str) -> bool {
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else { return false };
        if !is_inert_tag(&rest[start + 1..start + length]) {
            return false;
        }
        rest = &rest[start + length + 1..];
    }
    svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>")
}

fn is_inert_tag(tag: &str) -> bool {
    if let Some(name) = tag.strip_prefix('/') {
        return ELEMENTS.contains(&name);
    }
    let tag = tag.strip_suffix('/').unwrap_or(tag);
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    if !ELEMENTS.contains(&name) {
        return false;
    }
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        let Some((attribute, after)) = rest.split_once("=\"") else { return false };
        let Some((value, after)) = after.split_once('"') else { return false };
        if !is_inert_attribute(attribute, value) {
            return false;
        }
        rest = after;
    }
}

fn is_inert_attribute(name: &str, value: &str) -> bool {
    if name == "xmlns" {
        return value == "http://www.w3.org/2000/svg";
    }
    let is_known = ATTRIBUTES.contains(&name) || name == "y2";
    let is_marker = value.strip_prefix("url(#").is_some_and(|id| !id.contains(['(', ':']));
    let value = value.to_ascii_lowercase();
    is_known
        && (is_marker
            || !["url(", "//", "@import", "data:", "script:"].iter().any(|bad| value.contains(bad)))
}

#[cfg(test)]
mod tests {
    use super::is_inert;

    #[test]
    fn only_shapes_and_text() {
        let inert = |inside: &str| {
            is_inert(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>"))
        };
        for fine in ["<path d=\"M 0 0\" marker-end=\"url(#a)\"/>", "<text x=\"1\">a &lt; b</text>"]
        {
            assert!(inert(fine), "{fine}");
        }
        for bad in [
            "<script>x</script>",
            "<foreignObject></foreignObject>",
            "<image href=\"https://x.y\"/>",
            "<use href=\"#a\"/>",
            "<a href=\"https://x.y\"></a>",
            "<style>@import url(x)</style>",
            "<rect onload=\"x\"/>",
            "<rect style=\"fill:url(https://x.y)\"/>",
            "<rect fill=\"url(https://x.y)\"/>",
            "<rect fill=\"url(#a) url(https://x.y)\"/>",
            "<rect fill='x'/>",
            "<animate attributeName=\"href\"/>",
            "<!ENTITY x>",
            "<?xml-stylesheet href=\"x\"?>",
            "<text",
        ] {
            assert!(!inert(bad), "{bad}");
        }
    }
}
