//! An answer as other programs take it from the clipboard: plain elements without classes, scripts or anything to load.

use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use comrak::format_html;
use comrak::nodes::{Node, NodeValue};

use crate::citations::without_citations;
use crate::parse;

const ELEMENTS: [&str; 29] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "div",
];

/// One HTML fragment for `text`. Formulas and diagrams stay as they were written; a picture from elsewhere becomes a link,
/// because the program it is pasted into would load it.
#[must_use]
pub fn rich_text(text: &str) -> String {
    let (text, _) = without_citations(text);
    let html = parse::with_whole_tree(&text, |root, mut options| {
        options.render.escape = true;
        for node in root.descendants() {
            link_instead_of_picture(node);
            formula_as_it_was_written(node);
        }
        let mut html = String::new();
        // Writing to a string cannot fail.
        let _ = format_html(root, &options, &mut html);
        html
    });
    policy().clean(&html).to_string()
}

fn formula_as_it_was_written(node: Node<'_>) {
    let mut data = node.data_mut();
    if let NodeValue::Math(formula) = &mut data.value {
        let source = std::mem::take(&mut formula.literal);
        data.value = NodeValue::Text(source.into());
    }
}

fn link_instead_of_picture(node: Node<'_>) {
    let mut data = node.data_mut();
    if let NodeValue::Image(target) = &mut data.value {
        let target = std::mem::take(target);
        data.value = NodeValue::Link(target);
    }
}

fn policy() -> Builder<'static> {
    let mut policy = Builder::empty();
    policy
        .tags(HashSet::from(ELEMENTS))
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("td", ["align"])
        .add_tag_attributes("th", ["align"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None);
    policy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_plain_elements() {
        for (text, html) in [
            ("**a** `b` $x^2$", "<p><strong>a</strong> <code>b</code> $x^2$</p>\n"),
            (
                "# T\n\n- [x] a",
                "<h1>T</h1>\n<ul>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\"> a</li>\n</ul>\n",
            ),
            ("```rust\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
            (
                "> ```mermaid\n> graph LR\n> A --> B\n> ```",
                "<blockquote>\n<pre><code>graph LR\nA --&gt; B\n</code></pre>\n</blockquote>\n",
            ),
            ("[x](https://a.b)", "<p><a href=\"https://a.b\">x</a></p>\n"),
            ("![x](https://a.b/c.png)", "<p><a href=\"https://a.b/c.png\">x</a></p>\n"),
            (
                "**（a）**的 1~2 \u{e200}cite\u{e202}x\u{e201}",
                "<p><strong>（a）</strong>的 1~2</p>\n",
            ),
            (
                "见 https://a.b，好 $a_1 * b$",
                "<p>见 <a href=\"https://a.b\">https://a.b</a>，好 $a_1 * b$</p>\n",
            ),
        ] {
            assert_eq!(rich_text(text), html);
        }
    }

    #[test]
    fn nothing_in_it_loads_or_runs() {
        for text in [
            "<script>x</script>",
            "<img src=x onerror=y>",
            "[x](javascript:y)",
            "![x](data:image/svg+xml,<svg>)",
            "```\"onclick=x\ny\n```",
            "<div style=x>",
        ] {
            let html = rich_text(text);
            for bad in ["<script", "<img", "javascript:", "data:", "=x\"", "style="] {
                let tagged = html.split('<').skip(1).any(|tag| {
                    let tag = format!("<{}", tag.split('>').next().unwrap_or_default());
                    tag.contains(bad)
                });
                assert!(!tagged, "{bad} in {html}");
            }
        }
    }
}
