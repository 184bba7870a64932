//! Tags that are shown as what they are, and everything else that looks like one.

use render::Document;

use crate::render;

use crate::hostile::check;

fn inside(text: &str) -> String {
    let html = render(text).concat();
    html.replace("<p dir=\"auto\">", "").replace("</p>", "")
}

#[test]
fn keys_and_raised_text_are_what_they_are() {
    for (text, expected) in [
        ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.", "Press <kbd>Ctrl</kbd>+<kbd>C</kbd>."),
        ("H<sub>2</sub>O, x<sup>2</sup>", "H<sub>2</sub>O, x<sup>2</sup>"),
        ("a <mark>b *c*</mark>", "a <mark>b <em>c</em></mark>"),
        ("**<kbd>Esc</kbd>**", "<strong><kbd>Esc</kbd></strong>"),
        ("a <KBD >b</Kbd>", "a <kbd>b</kbd>"),
        ("a <kbd><kbd>Ctrl</kbd></kbd>", "a &lt;kbd&gt;<kbd>Ctrl</kbd>&lt;/kbd&gt;"),
        ("a <kbd>x<sub>1</sub></kbd>", "a <kbd>x<sub>1</sub></kbd>"),
    ] {
        assert_eq!(inside(text), expected);
    }
}

#[test]
fn a_tag_without_its_end_is_text() {
    for text in [
        "a <kbd>b",
        "a b</kbd>",
        "a <kbd>b</sub>",
        "a <kbd class=\"x\">b</kbd>",
        "a <kbd onclick=alert(1)>b</kbd>",
        "a <b>b</b> <i>c</i> <u>d</u>",
        "a <kbd/>b",
    ] {
        let html = inside(text);
        assert!(
            html.starts_with("a ") && !html.contains('<') || html.contains("<kbd></"),
            "{html}"
        );
        assert_eq!(html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\""), text);
    }
    assert_eq!(inside("a **<kbd>b** c</kbd>"), "a <strong>&lt;kbd&gt;b</strong> c&lt;/kbd&gt;");
    assert_eq!(inside("a <kbd>b<sub>c</kbd>d</sub>"), "a <kbd>b&lt;sub&gt;c</kbd>d&lt;/sub&gt;");
}

#[test]
fn they_are_the_same_letter_by_letter() {
    let long = format!("{}<kbd>Ctrl</kbd> {}", "some words and more ".repeat(40), "x ".repeat(300));
    for text in [
        "Press <kbd>Ctrl</kbd>+**<kbd>C</kbd>** or x<sup>2</sup>, <mark>so *it</mark> is*.\n\n| <kbd>a</kbd> |\n|---|\n| <sub>b</sub> |",
        "- a <kbd>b\n- c</kbd>",
        "# <kbd>x</kbd>\n\n> <mark>y</mark>",
        &long,
    ] {
        let mut document = Document::new(&crate::blocks::WORDS);
        for letter in text.chars() {
            document.push(letter.encode_utf8(&mut [0; 4]));
            let shown = document.blocks().concat();
            check(&shown, text);
            assert!(!shown.contains("<kbd></kbd>"), "{shown}");
        }
        document.finish();
        assert_eq!(document.blocks(), render(text));
    }
}

#[test]
fn many_of_them_are_no_more_than_a_paragraph_bears() {
    for unit in ["<kbd>a</kbd>", "<kbd>a", "<kbd><sub><sup><mark>", "<kbd>*a</kbd>*", "</kbd>"] {
        let text = format!("a {}", unit.repeat(20_000));
        let html = render(&text).concat();
        check(&html, unit);
        assert!(html.matches('<').count() < 2_100, "{unit}");
    }
}

#[test]
fn a_fold_is_blocks_between_its_tags() {
    let fold = |what: &str, words: &str| format!("<div data-fold=\"{what}\">{words}</div>");
    for (text, blocks) in [
        (
            "<details>\n<summary>The <b>whole</b> `log`</summary>\n\na\n\n- b\n\n</details>\nc",
            vec![
                fold("shut", ""),
                fold("summary", "The whole <code>log</code>"),
                "<p dir=\"auto\">a</p>".to_owned(),
                "<ul dir=\"auto\"><li>b</li></ul>".to_owned(),
                fold("end", ""),
                "<p dir=\"auto\">c</p>".to_owned(),
            ],
        ),
        // Without the empty lines that markdown asks for.
        (
            "a\n<details open><summary>C#</summary>\nb\n</details>",
            vec![
                "<p dir=\"auto\">a</p>".to_owned(),
                fold("open", "C#"),
                "<p dir=\"auto\">b</p>".to_owned(),
                fold("end", ""),
            ],
        ),
        ("```\n<details>\n```", render("```\n<details>\n```")),
    ] {
        assert_eq!(render(text), blocks, "{text}");
    }
    let code = render("```\n<details>\n```").concat();
    assert!(code.contains("&lt;details&gt;"), "in code it is code: {code}");
    for text in ["- <details>\n  a", "> <details>", "<details class=\"x\">", "<div>\n<details>"] {
        assert!(!render(text).concat().contains("data-fold"), "{text}");
    }
}
