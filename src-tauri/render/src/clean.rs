//! The second net: whatever the first one wrote, only these elements, attributes and classes get out.

mod mathml;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

const ELEMENTS: [&str; 34] = [
    "a",
    "blockquote",
    "br",
    "button",
    "code",
    "del",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
];

/// Elements whose lines depend on the language of their text.
const WITH_DIRECTION: [&str; 12] =
    ["blockquote", "div", "h2", "h3", "h4", "h5", "h6", "ol", "p", "td", "th", "ul"];

/// What the window does when a button is pressed.
const ACTS: [&str; 6] =
    ["copy-code", "copy-tex", "fold-code", "load-picture", "number-lines", "wrap-lines"];

const SPAN_CLASSES: [&str; 19] = [
    "a",
    "add",
    "blocked",
    "c",
    "clip",
    "del",
    "f",
    "hidden-char",
    "hunk",
    "k",
    "line",
    "m",
    "math",
    "math-block",
    "mono",
    "n",
    "push",
    "s",
    "t",
];

const DIV_CLASSES: [&str; 8] = [
    "callout",
    "callout-caution",
    "callout-important",
    "callout-note",
    "callout-tip",
    "callout-warning",
    "footnote",
    "prose-table",
];

const CELL_CLASSES: [&str; 4] = ["mid", "r", "rtl", "wide"];

static POLICY: LazyLock<Builder<'static>> = LazyLock::new(policy);

/// What is allowed of `html`.
pub(crate) fn clean(html: &str) -> String {
    POLICY.clean(html).to_string()
}

fn policy() -> Builder<'static> {
    let mut elements = HashSet::from(ELEMENTS);
    elements.insert("ul");
    elements.extend(mathml::ELEMENTS);
    let mut policy = Builder::empty();
    policy
        .tags(elements)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes())
        .tag_attribute_values(HashMap::from([
            (
                "button",
                HashMap::from([
                    ("type", HashSet::from(["button"])),
                    ("data-act", HashSet::from(ACTS)),
                ]),
            ),
            (
                "div",
                HashMap::from([
                    ("role", HashSet::from(["region"])),
                    ("tabindex", HashSet::from(["0"])),
                    ("data-fold", HashSet::from(["shut", "open", "summary", "end"])),
                ]),
            ),
            ("input", HashMap::from([("type", HashSet::from(["checkbox"]))])),
            ("pre", HashMap::from([("tabindex", HashSet::from(["0"]))])),
        ]))
        .allowed_classes(classes())
        .url_schemes(HashSet::from(["http", "https", "mailto", "data"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .attribute_filter(value);
    policy
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let mut attributes: HashMap<_, HashSet<_>> =
        WITH_DIRECTION.into_iter().map(|element| (element, HashSet::from(["dir"]))).collect();
    for (element, own) in [
        ("a", &["href", "data-link"][..]),
        ("button", &["data-picture"]),
        ("img", &["src", "alt"]),
        ("input", &["disabled", "checked", "aria-label"]),
        ("div", &["aria-label"]),
        ("ol", &["start"]),
        ("figure", &["aria-label"]),
        ("li", &["data-line"]),
        ("span", &["data-line", "data-tex"]),
        ("tbody", &["data-line"]),
    ] {
        attributes.entry(element).or_default().extend(own);
    }
    for (element, own) in mathml::attributes() {
        attributes.entry(element).or_default().extend(own);
    }
    attributes
}

fn classes() -> HashMap<&'static str, HashSet<&'static str>> {
    HashMap::from([
        ("button", HashSet::from(["btn", "btn-quiet"])),
        ("code", HashSet::from(["math-source", "math-block"])),
        ("div", HashSet::from(DIV_CLASSES)),
        ("figcaption", HashSet::from(["code-head"])),
        ("figure", HashSet::from(["code"])),
        ("p", HashSet::from(["callout-title", "code-note"])),
        ("span", HashSet::from(SPAN_CLASSES)),
        ("table", HashSet::from(["table"])),
        ("mrow", HashSet::from(["m-box", "m-strike"])),
        ("mspace", HashSet::from(["m-back"])),
        ("mtable", HashSet::from(mathml::CELLS)),
        ("mtd", HashSet::from(mathml::CELLS)),
        ("td", HashSet::from(CELL_CLASSES)),
        ("th", HashSet::from(CELL_CLASSES)),
    ])
}

/// Values that a list of words cannot describe.
fn value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let allowed = match (element, attribute) {
        ("a", "href") => ["http://", "https://", "mailto:"].iter().any(|s| value.starts_with(s)),
        ("img", "src") => crate::html::is_picture(value),
        ("ol", "start") => value.bytes().all(|byte| byte.is_ascii_digit()),
        ("button", "data-picture") => {
            value.len() == 16 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        ("div", "dir") => value == "auto" || value == "rtl",
        (_, "dir") => value == "auto",
        (_, "data-tex") => true,
        _ if mathml::ELEMENTS.contains(&element) && attribute != "class" => {
            mathml::is_value(attribute, value)
        }
        (_, "data-link" | "data-line" | "disabled" | "checked") => value.is_empty(),
        _ => true,
    };
    allowed.then_some(Cow::Borrowed(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_else_gets_out() {
        for (dirty, clean_) in [
            ("<script>alert(1)</script>", ""),
            ("<h2 onclick=\"x\" style=\"y\" id=\"z\" class=\"w\">a</h2>", "<h2>a</h2>"),
            ("<a href=\"javascript:x\" data-link=\"\">a</a>", "<a data-link=\"\">a</a>"),
            ("<a href=\"data:text/html,x\">a</a>", "<a>a</a>"),
            ("<img src=\"https://x.org/a.png\" alt=\"a\">", "<img alt=\"a\">"),
            ("<img src=\"data:image/svg+xml;base64,AAAA\">", "<img>"),
            ("<button data-act=\"delete\" type=\"submit\">a</button>", "<button>a</button>"),
            ("<span class=\"line add k x\">a</span>", "<span class=\"line add k\">a</span>"),
            (
                "<div class=\"line callout\"><p class=\"callout-title s\">a</p></div>",
                "<div class=\"callout\"><p class=\"callout-title\">a</p></div>",
            ),
            ("<iframe src=\"https://x.org\"></iframe>", ""),
            ("<svg><use href=\"#x\"/></svg><b>x</b>", "x"),
        ] {
            assert_eq!(clean(dirty), clean_);
        }
    }
}
