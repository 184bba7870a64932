//! Text as people and models write it: the committed cases, and more of each kind.

use render::{Document, without_citations};

use crate::render;
use serde_json::Value;

use crate::plain::{attribute, contents, plain, text};

const CASES: &str = include_str!("../../../../tests/fixtures/cases/markdown.jsonl");

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn pairs(value: &Value) -> Vec<(String, String)> {
    let pair = |pair: &Value| {
        let [first, second] = &strings(pair)[..] else { panic!("{pair}") };
        (first.clone(), second.clone())
    };
    value.as_array().unwrap().iter().map(pair).collect()
}

fn tags<'h>(html: &'h str, begin: &str) -> Vec<&'h str> {
    let tags = html.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(tag, _)| tag);
    tags.filter(|tag| tag.starts_with(begin)).collect()
}

fn without_space(html: &str) -> String {
    html.replace(">\n<", "><").trim().to_owned()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Where an address parser may add a slash.
fn bare(target: &str) -> String {
    target.trim_end_matches('/').to_owned()
}

fn formulas(html: &str) -> Vec<String> {
    tags(html, "span").iter().filter_map(|tag| attribute(tag, "data-tex")).map(unescaped).collect()
}

fn links(plain: &str) -> Vec<(String, String)> {
    let targets = tags(plain, "a ").into_iter().filter_map(|tag| attribute(tag, "href")).map(bare);
    targets.zip(contents(plain, "a")).collect()
}

/// The rows of a table's body; code has its name in front.
fn cells(html: &str) -> Vec<Vec<String>> {
    let cell = |cell: &str| match cell.contains("<code>") {
        true => format!("code {}", text(cell)),
        false => text(cell),
    };
    let rows = html.split("<tbody>").nth(1).unwrap().split("</tr>");
    let cells = |row: &str| -> Vec<String> {
        row.split("<td")
            .skip(1)
            .map(|rest| cell(rest.split_once('>').unwrap().1.split("</td>").next().unwrap()))
            .collect()
    };
    rows.map(cells).filter(|row| !row.is_empty()).collect()
}

fn block(html: &str) -> (String, String) {
    if html.starts_with("<figure") {
        let label = contents(html, "figcaption span").remove(0);
        let code = html.split("<code>").nth(1).unwrap();
        return (format!("code {label}"), text(code));
    }
    let name = html[1..].split([' ', '>']).next().unwrap();
    (name.to_owned(), text(html))
}

/// Letter by letter, and as a whole.
fn shown(markdown: &str) -> Vec<String> {
    let whole = render(markdown);
    let mut document = Document::new(&crate::blocks::WORDS);
    for character in markdown.chars() {
        document.push(character.encode_utf8(&mut [0; 4]));
        document.take_patch();
    }
    document.finish();
    assert_eq!(document.blocks(), whole, "{markdown:?} letter by letter");
    whole
}

#[test]
fn cases() {
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (name, expected) = (&case["name"], &case["expected"]);
        let blocks = shown(case["markdown"].as_str().unwrap());
        let (html, plain) = (blocks.concat(), plain(&blocks));
        for (key, value) in expected.as_object().unwrap() {
            match key.as_str() {
                "words" => {}
                "html" => {
                    // A slash that the parser of addresses adds does not count.
                    let ours = plain.replace("/\">", "\">");
                    assert_eq!(
                        without_space(&ours),
                        without_space(value.as_str().unwrap()),
                        "{name}"
                    );
                }
                "elements" => {
                    for (path, content) in pairs(value) {
                        let found = contents(&plain, &path);
                        assert!(found.contains(&content), "{name}: {path} in {plain}");
                    }
                }
                "links" => assert_eq!(links(&plain), pairs(value), "{name}"),
                "formulas" => assert_eq!(formulas(&html), strings(value), "{name}"),
                "blocks" => {
                    let found: Vec<_> = blocks.iter().map(|html| block(html)).collect();
                    assert_eq!(found, pairs(value), "{name}");
                }
                "cells" => {
                    let rows: Vec<_> = value.as_array().unwrap().iter().map(strings).collect();
                    assert_eq!(cells(&html), rows, "{name}");
                }
                "absent" => {
                    for absent in strings(value) {
                        assert!(!text(&plain).contains(&absent), "{name}: {absent} in {plain}");
                    }
                }
                "absent_elements" => {
                    for absent in strings(value) {
                        assert!(contents(&plain, &absent).is_empty(), "{name}: {plain}");
                    }
                }
                key => panic!("{name}: what is {key}?"),
            }
        }
    }
}

fn check(kind: &[(&str, &str)]) {
    for (markdown, expected) in kind {
        let ours = plain(&shown(markdown)).replace("/\">", "\">");
        assert_eq!(&without_space(&ours), expected, "{markdown}");
    }
}

#[test]
fn emphasis_beside_scripts_without_spaces() {
    check(&[
        (
            "이것은 **스크립트(script)**라는 말",
            "<p>이것은 <strong>스크립트(script)</strong>라는 말</p>",
        ),
        (
            "**「引用」**と**『本』**。",
            "<p><strong>「引用」</strong>と<strong>『本』</strong>。</p>",
        ),
        ("他说**“你好”**然后走", "<p>他说<strong>“你好”</strong>然后走</p>"),
        ("成长**100%**的", "<p>成长<strong>100%</strong>的</p>"),
        ("这是**`x`**的", "<p>这是<strong><code>x</code></strong>的</p>"),
        (
            "*（一）*的***（二）***和~~（三）~~的",
            "<p><em>（一）</em>的<em><strong>（二）</strong></em>和<del>（三）</del>的</p>",
        ),
        ("> **注意：**小心", "<blockquote><p><strong>注意：</strong>小心</p></blockquote>"),
        ("1. **步骤一：**打开", "<ol><li><strong>步骤一：</strong>打开</li></ol>"),
        ("**[连接](https://a.b)**的", "<p><strong><a href=\"https://a.b\">连接</a></strong>的</p>"),
        ("2**3 和 4**5", "<p>2<strong>3 和 4</strong>5</p>"),
    ]);
}

#[test]
fn one_tilde_is_a_tilde() {
    check(&[
        ("¥100~200，~5 分钟", "<p>¥100~200，~5 分钟</p>"),
        ("cd ~/a and ~/b, a~b~c", "<p>cd ~/a and ~/b, a~b~c</p>"),
        (
            "| 1~2 | ~~3~~ |\n|---|---|\n| 4~5 | 6~7 |",
            "<table><thead><tr><th>1~2</th><th><del>3</del></th></tr></thead><tbody><tr><td>4~5</td><td>6~7</td></tr></tbody></table>",
        ),
        ("`a~b` \\~c~ ~~d~e~~", "<p><code>a~b</code> ~c~ <del>d~e</del></p>"),
        ("~~~\na ~b~\n~~~", "<pre><code>a ~b~\n</code></pre>"),
        (
            "[a](https://b.c/~d/) https://b.c/~d/e",
            "<p><a href=\"https://b.c/~d\">a</a> <a href=\"https://b.c/~d/e\">https://b.c/~d/e</a></p>",
        ),
    ]);
}

#[test]
fn addresses_end_with_the_word() {
    check(&[
        ("见https://a.b/c（说明）", "<p>见<a href=\"https://a.b/c\">https://a.b/c</a>（说明）</p>"),
        ("[x https://a.b](https://c.d)", "<p><a href=\"https://c.d\">x https://a.b</a></p>"),
        (
            "[https://a.b/c_d_e](https://a.b/c_d_e)",
            "<p><a href=\"https://a.b/c_d_e\">https://a.b/c_d_e</a></p>",
        ),
        (
            "`https://a.b，` me@a.bc。",
            "<p><code>https://a.b，</code> <a href=\"mailto:me@a.bc\">me@a.bc</a>。</p>",
        ),
        (
            "- **地址：**https://a.b/?c=1&d=2；",
            "<ul><li><strong>地址：</strong><a href=\"https://a.b/?c=1&amp;d=2\">https://a.b/?c=1&amp;d=2</a>；</li></ul>",
        ),
        (
            "| https://a.b/c，x | *https://d.e* |\n|---|---|",
            "<table><thead><tr><th><a href=\"https://a.b/c\">https://a.b/c</a>，x</th><th><em><a href=\"https://d.e\">https://d.e</a></em></th></tr></thead></table>",
        ),
        (
            "See https://a.b/c*d*e.",
            "<p>See <a href=\"https://a.b/c*d*e\">https://a.b/c*d*e</a>.</p>",
        ),
    ]);
}

#[test]
fn formulas_stand_beside_any_script() {
    for (markdown, expected) in [
        ("값은$x^2$이다", &["x^2"][..]),
        ("値は$x$です。$y$も", &["x", "y"]),
        ("ค่า$x$คือ", &["x"]),
        ("共$3+5$个", &["3+5"]),
        ("速度$v_{平均}=\\text{路程}/t$。", &["v_{平均}=\\text{路程}/t"]),
        ("苹果$5，梨$6，共$11。", &[]),
        ("从$5到$8", &[]),
        ("美元$符号，和$k$的", &["k"]),
        ("价格$5，数量$n$个", &["n"]),
        ("US$5和HK$6", &[]),
        ("a$x$b", &[]),
    ] {
        assert_eq!(formulas(&shown(markdown).concat()), expected, "{markdown}");
    }
}

#[test]
fn environments_are_formulas() {
    for (markdown, expected) in [
        (
            "\\begin{equation}\nE = mc^2\n\\end{equation}",
            &["\\begin{equation}\nE = mc^2\n\\end{equation}"][..],
        ),
        (
            "- so\n\n  \\begin{align*}\n  a &= b\n  \\end{align*}\n\n- c",
            &["\\begin{align*}\na &= b\n\\end{align*}"],
        ),
        (
            "> \\begin{pmatrix}1 & 2\\\\ 3 & 4\\end{pmatrix}",
            &["\\begin{pmatrix}1 & 2\\\\ 3 & 4\\end{pmatrix}"],
        ),
        (
            "so\n\\begin{cases}\nx\\\\\ny\n\\end{cases}\nthen **b**",
            &["\\begin{cases}\nx\\\\\ny\n\\end{cases}"],
        ),
        ("$$\n\\begin{align}\na &= b\n\\end{align}\n$$", &["\\begin{align}\na &= b\n\\end{align}"]),
        ("\\begin{itemize}\n\\item a\n\\end{itemize}", &[]),
        ("`\\begin{align}`", &[]),
        ("```latex\n\\begin{align}\na\n\\end{align}\n```", &[]),
        ("\\begin{align}\nno end\n\ntext", &[]),
    ] {
        assert_eq!(formulas(&shown(markdown).concat()), expected, "{markdown}");
    }
}

#[test]
fn fences_hold_fences() {
    for (markdown, expected) in [
        ("````md\n```js\na\n```\n````\nb", vec![("code md", "```js\na\n```\n"), ("p", "b")]),
        (
            "```md\n```js\na\n```\nb\n```py\nc\n```\n```\nd",
            vec![("code md", "```js\na\n```\nb\n```py\nc\n```\n"), ("p", "d")],
        ),
        (
            "```\n# A\n```bash\nb\n```\n```\n\nc",
            vec![("code Plain text", "# A\n```bash\nb\n```\n"), ("p", "c")],
        ),
        ("~~~md\n~~~js\na\n~~~\n~~~\nb", vec![("code md", "~~~js\na\n~~~\n"), ("p", "b")]),
        ("```rust\n```text\n```\n\nc", vec![("code rust", "```text\n"), ("p", "c")]),
        // Without an end of its own, the block ends by markdown's rule.
        ("```md\n```js\na\n```\n\nb", vec![("code md", "```js\na\n"), ("p", "b")]),
    ] {
        let blocks: Vec<_> = shown(markdown).iter().map(|html| block(html)).collect();
        let expected: Vec<_> =
            expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(blocks, expected, "{markdown}");
    }
    check(&[(
        "- a\n\n  ```md\n  ```js\n  b\n  ```\n  c\n  ```\n\n- d",
        "<ul><li><p>a</p><pre><code>```js\nb\n```\nc\n</code></pre></li><li><p>d</p></li></ul>",
    )]);
}

#[test]
fn bars_in_code_are_no_borders() {
    let table = |rows: &str| format!("| A | B |\n|---|---|\n{rows}");
    for (rows, expected) in [
        ("| `a||b` | c |", vec![["code a||b", "c"]]),
        ("`a|b` | c", vec![["code a|b", "c"]]),
        ("| c | ``a`|b`` |", vec![["c", "code a`|b"]]),
        ("| ` | ` |", vec![["`", "`"]]),
        ("| `a` | `b` |", vec![["code a", "code b"]]),
    ] {
        assert_eq!(cells(&shown(&table(rows)).concat()), expected, "{rows}");
    }
    check(&[("a `b|c` d | e", "<p>a <code>b|c</code> d | e</p>")]);
}

#[test]
fn items_too_far_inside_are_items() {
    check(&[
        (
            "- a\n      - b\n      - c\n- d",
            "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
        ),
        (
            "1. a\n\n        1. b\n        2. c\n\n2. d",
            "<ol><li><p>a</p><ol><li>b</li><li>c</li></ol></li><li><p>d</p></li></ol>",
        ),
        (
            "- a\n\n      - b\n\n            - c\n",
            "<ul><li><p>a</p><ul><li><p>b</p><ul><li>c</li></ul></li></ul></li></ul>",
        ),
        ("- a\n\n      - b\n        more\n", "<ul><li><p>a</p><ul><li>b\nmore</li></ul></li></ul>"),
        (
            "> - a\n>\n>       - b",
            "<blockquote><ul><li><p>a</p><ul><li>b</li></ul></li></ul></blockquote>",
        ),
        (
            "- a\n\n      code\n      - more\n\n- b",
            "<ul><li><p>a</p><pre><code>code\n- more\n</code></pre></li><li><p>b</p></li></ul>",
        ),
        ("    - code", "<pre><code>- code\n</code></pre>"),
        ("- a\n\n      - - -\n", "<ul><li><p>a</p><pre><code>- - -\n</code></pre></li></ul>"),
    ]);
}

#[test]
fn citation_marks_are_no_text() {
    let text = "Basil \u{e200}cite\u{e202}turn3news2\u{e201} likes **sun**\u{e200}cite\u{e202}turn1\u{e201}.";
    check(&[(text, "<p>Basil likes <strong>sun</strong>.</p>")]);
    assert_eq!(without_citations(text), ("Basil likes **sun**.".to_owned(), 2));
}
