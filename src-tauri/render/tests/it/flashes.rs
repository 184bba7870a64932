//! What is shown of a half-written text is the beginning of what it becomes.

use render::Document;

use crate::render;

/// The text of blocks as a reader sees it, without spaces.
fn text(blocks: &[String]) -> String {
    let html = blocks
        .concat()
        .replace("<input type=\"checkbox\" aria-label=\"Done\" disabled=\"\" checked=\"\">", "☑");
    let html = html
        .replace("<input type=\"checkbox\" aria-label=\"Not done\" disabled=\"\">", "☐")
        .replace("<hr>", "―");
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        out += before;
        rest = after.split_once('>').unwrap().1;
    }
    (out + rest).replace([' ', '\n'], "")
}

const CONSTRUCTS: [&str; 61] = [
    "a\n\n<details>\n<summary>b **c**</summary>\n\nd\n\n- e\n\n</details>\n\nf",
    "a **b** c",
    "a *b* c",
    "a ~~b~~ c",
    "a __b__ _c_ d",
    "a ***b*** c",
    "**a *b* c** d",
    "**`a`** b",
    "a `b` c ``d ` e`` f",
    "# a\n\n## b `c`\n\n###### d",
    "a\n===\n\nb\n---\n\nc",
    "a\n\n---\n\nb",
    "a\n\n***\n\nb",
    "- a\n- b\n  - c\n    1. d\n    2. e\n- f",
    "1. a\n   - b\n   - c\n2. d\n\n   e\n3. f",
    "* a\n* b\n\n+ c",
    "- **a**: b\n- `c`: d",
    "- [ ] a\n- [x] b\n  - [ ] c\n  - [X] d",
    "1. [ ] a\n2. [x] b",
    "10. a\n11. b",
    "1) a\n2) b",
    "| a | b |\n|---|--:|\n| 1 | `x \\| y` |\n| **3** | 4 |\n\nc",
    "| a | b |\n| :-: | - |\n| 1 | 2 |",
    "| **a** | [b](https://c.d) | `e` |\n|---|---|---|\n| 1 | 2 | [f](https://g.h) |",
    "text\n\n| a |\n|---|\n| 1 |",
    "text\n| a |\n|---|\n| 1 |",
    "| $|x|$ | `a` |\n|---|---|\n| 1 | 2 |",
    "> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> c",
    "> a\n>\n> | b |\n> |:-:|\n> | 1 |\n> | 2 |",
    "> [!NOTE]\n> | a | b |\n> |---|---|\n> | 1 | 2 |",
    "- | a | b |\n  |---|---|\n  | 1 | 2 |\n- c",
    "1. a\n   | b | c |\n   |---|---|\n   | 1 | 2 |\n2. d",
    "1. a\n\n   - b\n\n     | c | d |\n     |---|---|\n     | 1 | 2 |\n\n   e",
    "- > | a |\n  > |---|\n  > | 1 |",
    "> - a\n>\n>   | b |\n>   |---|\n>   | 1 |",
    "> a\n> b\n>\n> c",
    "> > a\n> b",
    "> - a\n> - b\n>\n> 1. c",
    "> [!NOTE]\n> a\n\nb",
    "> [!CAUTION]\n> **a**\n> - b",
    "- > a\n  > b",
    "```rust\nlet x;\n```\n\na",
    "```rust src/a.rs\nlet x;\n```",
    "~~~\na\n~~~\nb",
    "````md\n```\na\n```\n````",
    "- a\n\n  ```c\n  x;\n  ```\n- b",
    "1. ```c\n   x;\n   ```\n2. b",
    "see [the docs](https://a.b/c) now",
    "see [the *docs*](https://a.b/c \"t\") now",
    "see [`code`](https://a.b/c_(d)) now",
    "see <https://a.b/c> now",
    "see https://a.b/c now",
    "mail <me@a.b> now",
    "a &amp; b &lt;c&gt; &#8364; d",
    "a  \nb\\\nc",
    "a<br>b",
    "a \\* b \\_ c",
    "2 * 3 * 4 and snake_case_name and 5 < 6 > 4",
    "**a**\n\n**b:** c",
    "![alt](https://a.b/c.png) d",
    "a -- b --- c ... d",
];

#[test]
fn shown_text_only_grows() {
    let mut flashes = vec![];
    for construct in CONSTRUCTS {
        let whole = text(&render(construct));
        for (at, character) in construct.char_indices() {
            let mut document = Document::new(&crate::blocks::WORDS);
            document.push(&construct[..at + character.len_utf8()]);
            let shown = text(document.blocks());
            if !whole.starts_with(&shown) {
                flashes.push(format!("{:?} shows {shown:?}", &construct[..=at]));
            }
        }
    }
    assert!(flashes.is_empty(), "{}", flashes.join("\n"));
}
