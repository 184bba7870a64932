//! Markdown and what becomes of it.

use crate::render;

#[test]
fn blocks() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        ("\n \n", &[]),
        ("a\nb", &["<p dir=\"auto\">a\nb</p>"]),
        ("a  \nb\\\nc", &["<p dir=\"auto\">a<br>b<br>c</p>"]),
        ("a\n\nb", &["<p dir=\"auto\">a</p>", "<p dir=\"auto\">b</p>"]),
        (
            "# a\n## b\n### c\n#### d\n##### e\n###### f",
            &[
                "<h2 dir=\"auto\">a</h2>",
                "<h3 dir=\"auto\">b</h3>",
                "<h4 dir=\"auto\">c</h4>",
                "<h5 dir=\"auto\">d</h5>",
                "<h6 dir=\"auto\">e</h6>",
                "<h6 dir=\"auto\">f</h6>",
            ],
        ),
        ("a\n===", &["<h2 dir=\"auto\">a</h2>"]),
        ("---", &["<hr>"]),
        (
            "- a\n- b\n  - c",
            &["<ul dir=\"auto\"><li>a</li><li>b<ul dir=\"auto\"><li>c</li></ul></li></ul>"],
        ),
        (
            "3. a\n\n4. b",
            &["<ol dir=\"auto\" start=\"3\"><li><p dir=\"auto\">a</p></li>\
               <li><p dir=\"auto\">b</p></li></ol>"],
        ),
        ("- a\n\n1. b", &["<ul dir=\"auto\"><li>a</li></ul>", "<ol dir=\"auto\"><li>b</li></ol>"]),
        (
            "- [ ] a\n- [x] b",
            &[
                "<ul dir=\"auto\"><li><input type=\"checkbox\" aria-label=\"Not done\" disabled=\"\"> a</li>\
               <li><input type=\"checkbox\" aria-label=\"Done\" disabled=\"\" checked=\"\"> b</li></ul>",
            ],
        ),
        (
            "> a\n>\n> b",
            &["<blockquote dir=\"auto\"><p dir=\"auto\">a</p><p dir=\"auto\">b</p></blockquote>"],
        ),
        (
            "> [!WARNING]\n> *a*\n\nb",
            &[
                "<div class=\"callout callout-warning\" dir=\"auto\"><p class=\"callout-title\">Warning</p>\
                 <p dir=\"auto\"><em>a</em></p></div>",
                "<p dir=\"auto\">b</p>",
            ],
        ),
        (
            "> [!tip] Mind <this>\n> - a",
            &["<div class=\"callout callout-tip\" dir=\"auto\"><p class=\"callout-title\">\
               Mind &lt;this&gt;</p><ul dir=\"auto\"><li>a</li></ul></div>"],
        ),
        (
            "> [!NOPE]\n> a",
            &["<blockquote dir=\"auto\"><p dir=\"auto\">[!NOPE]\na</p></blockquote>"],
        ),
        (
            "| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |",
            &[
                "<div class=\"prose-table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table class=\"table\"><thead><tr>\
               <th dir=\"auto\">a</th><th dir=\"auto\" class=\"mid\">b</th><th dir=\"auto\" class=\"r\">c</th>\
               </tr></thead><tbody><tr><td dir=\"auto\">1</td><td dir=\"auto\" class=\"mid\">2</td>\
               <td dir=\"auto\" class=\"r\">3</td></tr></tbody></table></div>",
            ],
        ),
        (
            "text\n| a |\n|---|",
            &[
                "<p dir=\"auto\">text</p>",
                "<div class=\"prose-table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table class=\"table\"><thead><tr><th dir=\"auto\">a</th>\
                 </tr></thead></table></div>",
            ],
        ),
        ("<div>\n*a*\n</div>", &["<p dir=\"auto\">&lt;div&gt;<br>*a*<br>&lt;/div&gt;</p>"]),
    ];
    for (markdown, html) in cases {
        assert_eq!(&render(markdown), html, "{markdown:?}");
    }
}

#[test]
fn tables_read_as_their_first_letter_does() {
    let open = |text: &str| {
        let html = render(text).concat();
        html.split_once('>').map(|(open, _)| open.to_owned()).unwrap_or_default()
    };
    let rtl = "<div class=\"prose-table\" dir=\"rtl\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"";
    for text in [
        "| עמודה | Column |\n|---|---|\n| a | ב |",
        "| **1.** `عمود` | Column |\n|---|---|\n| a | b |",
        "| | |\n|---|---|\n| 1 | ב |",
        "| $x$ | ב |\n|---|---|\n| a | b |",
    ] {
        assert_eq!(open(text), rtl, "{text}");
    }
    for text in ["| Column | עמודה |\n|---|---|\n| א | ב |", "| 1 | 2 |\n|---|---|\n| 3 | 4 |"]
    {
        assert_eq!(open(text), rtl.replace(" dir=\"rtl\"", ""), "{text}");
    }
}

#[test]
fn inside_a_paragraph() {
    for (markdown, html) in [
        ("*a* **b** ***c***", "<em>a</em> <strong>b</strong> <em><strong>c</strong></em>"),
        ("~~a~~ `b & <c>`", "<del>a</del> <code>b &amp; &lt;c&gt;</code>"),
        ("a <b>bold</b> <br> c", "a &lt;b&gt;bold&lt;/b&gt; <br> c"),
        ("&copy; &amp; & \"q\"", "© &amp; &amp; \"q\""),
        (
            "[a](https://example.org/b \"t\")",
            "<a href=\"https://example.org/b\" data-link=\"\">a</a>",
        ),
        (
            "www.example.org",
            "<a href=\"http://www.example.org/\" data-link=\"\">www.example.org</a>",
        ),
        ("me@example.org", "<a href=\"mailto:me@example.org\" data-link=\"\">me@example.org</a>"),
        ("[click](javascript:alert(1))", "click <span class=\"mono\">(javascript:alert(1))</span>"),
        (
            "[github.com](https://evil.example)",
            "<a href=\"https://evil.example/\" data-link=\"\">github.com</a> \
             <span class=\"mono\">(evil.example)</span>",
        ),
        (
            "![A *cat*](https://example.org/c.png)",
            "<span class=\"blocked\">Picture from <span class=\"mono\">example.org</span> not \
             loaded: A cat <button type=\"button\" class=\"btn btn-quiet\" data-act=\"load-picture\" \
             data-picture=\"c102cd23b6d879cb\">Load picture</button></span>",
        ),
        (
            "![dot](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==)",
            "<img src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==\" alt=\"dot\">",
        ),
        ("a\u{202e}b", "a<span class=\"hidden-char\">⟦U+202E⟧</span>b"),
    ] {
        let expected = format!("<p dir=\"auto\">{html}</p>");
        assert_eq!(render(markdown), [expected], "{markdown}");
    }
}

#[test]
fn code() {
    let head = |label: &str, name: &str| {
        format!(
            "<figure class=\"code\" aria-label=\"{name}\"><figcaption class=\"code-head\">\
             <span>{label}</span><span class=\"push\"></span>\
             <button type=\"button\" class=\"btn btn-quiet\" data-act=\"fold-code\">Collapse</button>\
             <button type=\"button\" class=\"btn btn-quiet\" data-act=\"number-lines\">Line numbers</button>\
             <button type=\"button\" class=\"btn btn-quiet\" data-act=\"wrap-lines\">Wrap lines</button>\
             <button type=\"button\" class=\"btn btn-quiet\" data-act=\"copy-code\">Copy code</button>\
             </figcaption><pre tabindex=\"0\"><code>"
        )
    };
    let foot = "<span data-line=\"\"></span></code></pre></figure>";
    for (markdown, label, name, lines) in [
        ("```rust\na < b\n\n*c*\n```", "rust", "Rust code", &["a &lt; b", "", "*c*"][..]),
        ("~~~\na\n```\n~~~", "Plain text", "Plain text", &["a", "```"]),
        ("```js\nunfinished", "js", "JavaScript code", &["unfinished"]),
        ("    a\n\n    b", "Plain text", "Plain text", &["a", "", "b"]),
        ("  ```\n    a\n \tb\n  ```", "Plain text", "Plain text", &["  a", "  b"]),
    ] {
        let line = |line: &&str| format!("<span class=\"line\">{line}\n</span>");
        let code: String = lines.iter().map(line).collect();
        let expected = format!("{}{code}{foot}", head(label, name));
        assert_eq!(render(markdown), [expected], "{markdown:?}");
    }
    let nested = render("- a\n  ```c\n  return x;\n  ```").remove(0);
    let line = "<code><span class=\"line\"><span class=\"k\">return</span> x;\n</span></code>";
    assert!(nested.contains(line), "{nested}");
    let named = render("```rust src/retry.rs\n```").remove(0);
    assert!(named.contains("<span>rust</span><span class=\"mono clip\">src/retry.rs</span>"));
}

#[test]
fn differences_colour_whole_lines() {
    let diff = render("```diff\n@@ -1 +1 @@\n-a < b\n+b\n c\n```").remove(0);
    let lines = "<span class=\"line hunk\">@@ -1 +1 @@\n</span>\
         <span class=\"line del\">-a &lt; b\n</span><span class=\"line add\">+b\n</span>\
         <span class=\"line\"> c\n</span>";
    assert!(diff.contains(lines), "{diff}");
}

#[test]
fn references_reach_from_block_to_block() {
    let blocks = render(
        "See [a] and [B][].\n\nMore[^n].\n\n[a]: https://a.example\n[b]: <https://b.example> 'B'\n\n[^n]: The *note*.\n\nNot [c] nor[^x].",
    );
    assert_eq!(
        blocks,
        [
            "<p dir=\"auto\">See <a href=\"https://a.example/\" data-link=\"\">a</a> and \
             <a href=\"https://b.example/\" data-link=\"\">B</a>.</p>",
            "<p dir=\"auto\">More<sup>n</sup>.</p>",
            "<div class=\"footnote\" dir=\"auto\"><sup>n</sup> The <em>note</em>.</div>",
            "<p dir=\"auto\">Not [c] nor[^x].</p>",
        ]
    );
}

#[test]
fn half_written_marks_do_not_flash() {
    for (half, shown) in [
        ("a **b", "<p dir=\"auto\">a <strong>b</strong></p>"),
        ("a `b", "<p dir=\"auto\">a <code>b</code></p>"),
        ("see [docs](https://exa", "<p dir=\"auto\">see docs</p>"),
        ("- a\n- **b", "<ul dir=\"auto\"><li>a</li><li><strong>b</strong></li></ul>"),
        (
            "| a | b",
            "<div class=\"prose-table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table class=\"table\"><thead><tr><th dir=\"auto\">a</th>\
             <th dir=\"auto\">b</th></tr></thead></table></div>",
        ),
    ] {
        let mut document = render::Document::new(&crate::blocks::WORDS);
        document.push(half);
        assert_eq!(document.blocks(), [shown], "{half}");
    }
    let mut document = render::Document::new(&crate::blocks::WORDS);
    document.push("Title\n-");
    assert_eq!(document.blocks(), ["<p dir=\"auto\">Title</p>"]);
}

#[test]
fn references_reach_back_from_any_piece() {
    let text = format!("{}\n\n[a]: https://x.y/\n", "[a] ".repeat(500));
    let mut document = render::Document::new(&crate::blocks::WORDS);
    for piece in text.as_bytes().chunks(100) {
        document.push(std::str::from_utf8(piece).unwrap());
        document.take_patch();
    }
    document.finish();
    assert_eq!(document.blocks(), render(&text));
    assert_eq!(document.blocks()[0].matches("<a ").count(), 500);
}

#[test]
fn paragraphs_of_a_note_are_apart() {
    assert_eq!(
        render("a[^1]\n\n[^1]: `code`\n\n    and second paragraph.")[1],
        "<div class=\"footnote\" dir=\"auto\"><sup>1</sup> <code>code</code><br>and second paragraph.</div>"
    );
}
