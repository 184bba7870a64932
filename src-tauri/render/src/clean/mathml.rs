//! What of MathML gets out: Core without anything that links, scripts, styles or embeds.

pub(super) const ELEMENTS: [&str; 23] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Classes of tables and their cells: alignment, padding, lines.
pub(super) const CELLS: [&str; 8] =
    ["m-l", "m-r", "m-pl0", "m-pl1", "m-pr0", "m-py0", "m-br", "m-bt"];

/// The attributes of each element.
pub(super) fn attributes() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    [
        ("math", &["display"][..]),
        ("mfrac", &["displaystyle", "linethickness"]),
        ("mi", &["mathvariant"]),
        (
            "mo",
            &[
                "form",
                "largeop",
                "lspace",
                "maxsize",
                "minsize",
                "movablelimits",
                "rspace",
                "stretchy",
                "symmetric",
            ],
        ),
        ("mover", &["accent"]),
        ("munder", &["accentunder"]),
        ("munderover", &["accent", "accentunder"]),
        ("mpadded", &["depth", "height", "lspace", "voffset", "width"]),
        ("mrow", &["displaystyle", "scriptlevel"]),
        ("mspace", &["depth", "height", "width"]),
        ("mtable", &["displaystyle", "scriptlevel"]),
        ("mtd", &["columnspan"]),
    ]
    .into_iter()
}

/// Words and short lengths. No attribute of these elements takes anything else.
pub(super) fn is_value(attribute: &str, value: &str) -> bool {
    let is_length = value.len() <= 16
        && value.bytes().all(|byte| byte.is_ascii_digit() || b"-.emrpxt%".contains(&byte));
    match attribute {
        "accent" | "accentunder" | "displaystyle" | "largeop" | "movablelimits" | "stretchy"
        | "symmetric" => matches!(value, "true" | "false"),
        "display" => value == "block",
        "form" => matches!(value, "infix" | "postfix" | "prefix"),
        "mathvariant" => value == "normal",
        "columnspan" | "scriptlevel" => {
            value.len() <= 2 && value.bytes().all(|b| b.is_ascii_digit())
        }
        "depth" | "height" | "linethickness" | "lspace" | "maxsize" | "minsize" | "rspace"
        | "voffset" | "width" => is_length,
        _ => false,
    }
}
