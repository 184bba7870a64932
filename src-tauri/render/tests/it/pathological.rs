//! Texts that make parsers slow or large. Bounds are generous: they tell linear from quadratic, not fast from slow,
//! and count what this thread had of the processor, not what others had meanwhile.

use std::time::Duration;

use render::Document;

use crate::render;

use crate::hostile::check;
use crate::spent::spent;

const SIZE: usize = 50_000;
/// For what has to be this long before its square shows.
const MEGABYTE: usize = 1_000_000;

fn texts() -> Vec<(&'static str, String)> {
    let many = |part: &str| part.repeat(SIZE);
    vec![
        ("brackets", "[".repeat(50_000)),
        ("closed brackets", many("[]")),
        ("nested links", "[".repeat(SIZE) + "a" + &"](b)".repeat(SIZE)),
        ("link starts", many("[a](")),
        ("pictures", many("![")),
        ("quotes", many(">")),
        ("quotes on lines", format!("{}a\n", ">".repeat(500)).repeat(100)),
        ("items", many("- ")),
        (
            "deep items",
            (0..SIZE / 100).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect(),
        ),
        ("emphasis", many("*a ")),
        ("mixed emphasis", many("*a **b ")),
        ("nested emphasis", "*a _b ".repeat(SIZE / 2) + &"c_ d*".repeat(SIZE / 2)),
        ("backticks", (1..600).map(|n| "`".repeat(n) + " ").collect()),
        ("strikes", many("~~a ~b ")),
        ("angles", many("<a ")),
        ("comments", many("<!-- ")),
        ("entities", many("&#x0;")),
        ("escapes", many("\\")),
        ("addresses", many("www.a.b.c ")),
        ("mail", many("a@b.c")),
        ("references", (0..20_000).map(|n| format!("[{n}]: /u\n")).collect()),
        ("long reference", format!("[a]: https://x.y/{}\n\n{}", "z".repeat(4000), many("[a] "))),
        ("longer reference", format!("[a]: /{}\n\n{}", "z".repeat(90_000), many("[a] "))),
        ("notes", (0..5000).map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n")).collect()),
        ("one note often", format!("[^a]: b\n\n{}", many("[^a] "))),
        (
            "wide table",
            format!("{}\n{}\n{}", "|a".repeat(20_000), "|-".repeat(20_000), "|b\n".repeat(1000)),
        ),
        (
            "empty cells",
            format!("{}\n{}\n{}", "|a".repeat(150), "|-".repeat(150), "|\n".repeat(20_000)),
        ),
        ("long table", format!("|a|b|\n|-|-|\n{}", many("|c|d|\n"))),
        ("one word", many("word")),
        ("one line", many("word ")),
        ("empty lines", many("\n")),
        ("hidden", many("\u{e0041}")),
        ("joiners", many("a\u{200d}")),
        ("headings", many("# a\n")),
        ("setext", many("a\n=\n")),
        ("fences", many("```\n")),
        ("lazy lines", "> a\n".to_owned() + &many("b\n")),
        ("loose items", many("- a\n\n")),
        ("paragraph of marks", many("*b\n")),
        ("round formulas", "\\(a ".repeat(MEGABYTE / 4)),
        ("round formulas with one end", "\\(a ".repeat(MEGABYTE / 4) + "` \\)"),
        ("square formulas", "a \\[b ".repeat(MEGABYTE / 6)),
        ("square formulas with one end", "a \\[b ".repeat(MEGABYTE / 6) + "` \\]"),
        (
            "square formulas after much space",
            " ".repeat(MEGABYTE / 2) + &"\\[a ".repeat(MEGABYTE / 8),
        ),
        ("dollars", "$x ".repeat(MEGABYTE / 3)),
        ("dollars around bars", "$a | b$ ".repeat(MEGABYTE / 8)),
        ("dollars in quotes", "> $$x$$ ".repeat(MEGABYTE / 8)),
        ("dollars in braces", "${x ".repeat(MEGABYTE / 4)),
        ("braces around dollars", "$a{ ".repeat(MEGABYTE / 8) + &"}$x".repeat(MEGABYTE / 6)),
        ("dollars in an item", format!("- {}", "$$x ".repeat(MEGABYTE / 4))),
        ("escapes in code", format!("```\n{}\n```", "\\\"a\\\" ".repeat(MEGABYTE / 6))),
        ("ends of labels", "]:".repeat(MEGABYTE / 2)),
        ("beginnings of notes", format!("[^a]: b\n\n{}]", "[^".repeat(MEGABYTE / 2))),
    ]
}

#[test]
fn whole_texts_take_bounded_time_and_space() {
    for (name, text) in texts() {
        let html = bounded(name, &text, (Duration::from_secs(10), 3), render).concat();
        check(&html, name);
        assert!(
            html.len() < 80 * text.len() + 1_000_000,
            "{name}: {} of {}",
            html.len(),
            text.len()
        );
    }
}

#[test]
fn streamed_texts_take_bounded_time() {
    for (name, text) in texts() {
        // Every patch shows the unfinished block anew, so this is long enough.
        let text: String = text.chars().take(200_000).collect();
        // That may make it four times as much for twice as long a text, and not eight times.
        let mut document = bounded(name, &text, (Duration::from_secs(30), 6), streamed);
        assert_eq!(document.blocks(), render(&text), "{name}");
    }
}

fn streamed(text: &str) -> Document {
    let characters: Vec<char> = text.chars().collect();
    let mut document = Document::new(&crate::blocks::WORDS);
    for piece in characters.chunks(1000) {
        document.push(&piece.iter().collect::<String>());
        document.take_patch();
    }
    document.finish();
    document
}

/// Does it, in no more time of a processor than this. One that is slower is no fault: there it must take so many times as long as
/// its half at most.
fn bounded<T>(
    name: &str,
    text: &str,
    (most, times): (Duration, u32),
    work: impl Fn(&str) -> T,
) -> T {
    let timed = |text: &str| {
        let start = spent();
        let made = work(text);
        (made, spent() - start)
    };
    let (made, taken) = timed(text);
    if taken > most {
        let half = text.floor_char_boundary(text.len() / 2);
        let (_, of_half) = timed(&text[..half]);
        assert!(taken < times * of_half, "{name}: {taken:?}, and {of_half:?} for its half");
    }
    made
}

#[test]
fn what_is_too_long_is_shown_as_text() {
    let line = "*a* ".repeat(1_000_000);
    let html = render(&format!("before\n\n{line}\n\n*after*"));
    assert_eq!(html.len(), 3);
    assert!(html[1].starts_with("<p dir=\"auto\">*a* *a* "));
    assert_eq!(html[2], "<p dir=\"auto\"><em>after</em></p>");

    let item = format!("- one\n- {}\n- three\n\nafter\n", "x".repeat(4_000_000));
    let mut document = Document::new(&crate::blocks::WORDS);
    for piece in item.as_bytes().chunks(100_000) {
        document.push(std::str::from_utf8(piece).unwrap());
        document.take_patch();
    }
    document.finish();
    assert_eq!(document.blocks(), render(&item));
}

#[test]
fn too_many_lines_are_shown_as_text() {
    let lines = "*a* b\n".repeat(700_000);
    let html = render(&format!("# before\n{lines}\n*after*"));
    assert_eq!(html.len(), 3);
    assert!(html[1].starts_with("<p dir=\"auto\">*a* b<br>"));
}

#[test]
fn ten_megabytes_in_one_line() {
    let start = spent();
    let mut document = Document::new(&crate::blocks::WORDS);
    for _ in 0..1000 {
        document.push(&"aaaa ".repeat(2000));
        document.take_patch();
    }
    document.finish();
    assert_eq!(document.blocks().len(), 1);
    let taken = spent() - start;
    assert!(taken < Duration::from_secs(60), "{taken:?}");
}

#[test]
fn elements_of_one_paragraph_are_bounded() {
    const MANY: usize = 12_000;
    let hidden = "a\u{200b}".repeat(MANY);
    for (name, bound, text) in [
        ("notes", 260, format!("[^1]: b\n\n{}", "[^1] ".repeat(MANY))),
        ("breaks", 1_100, "a<br>".repeat(MANY)),
        ("lines", 1_100, "a\\\n".repeat(MANY)),
        ("emphasis", 1_100, "*a* ".repeat(MANY)),
        ("code", 1_100, "`a` ".repeat(MANY)),
        ("links", 1_100, "[a](https://b.c) ".repeat(MANY)),
        ("pictures", 1_100, "![a](https://b.c) ".repeat(MANY)),
        ("formulas", 2_010, "$x$ ".repeat(MANY)),
        ("raw lines", 10_100, "<div>\n".repeat(MANY)),
        ("hidden", 1_100, hidden.clone()),
        ("hidden in code", 1_100, format!("`{hidden}`")),
        ("hidden in a line of code", 1_100, format!("```\n{hidden}\n```\n")),
    ] {
        let elements = |html: &str| html.matches("</").count() + html.matches("<br").count();
        let blocks = render(&text);
        check(&blocks.concat(), name);
        let found = elements(&blocks.concat());
        assert!((bound / 5..bound).contains(&found), "{name}: {found} elements");
        let mut document = Document::new(&crate::blocks::WORDS);
        for piece in text.as_bytes().chunks(10_000) {
            document.push(&String::from_utf8_lossy(piece));
        }
        let shown = elements(&document.blocks().concat());
        assert!(shown < 3 * bound.max(10_100), "{name}: {shown} elements while it is written");
    }
}

#[test]
fn a_paragraph_says_that_it_lost_its_markup() {
    const NOTE: &str = "<p class=\"plain-note\">";
    for (name, text, is_cut) in [
        ("words", "*a* ".repeat(990), false),
        ("more words", "*a* ".repeat(1_100), true),
        ("code", "`a` ".repeat(1_100), true),
        ("item", format!("- a\n- {}\n", "*a* ".repeat(1_100)), true),
        ("cell", format!("| a |\n|---|\n| {} |\n", "`a` ".repeat(1_100)), true),
        ("quote", format!("> {}\n", "`a` ".repeat(1_100)), true),
        ("diagram", format!("- {}\n\n  ```mermaid\n  nope\n  ```\n", "*a* ".repeat(1_100)), true),
        ("notes", format!("{}\n\n[^1]: x\n", "a[^1] ".repeat(300)), true),
        ("paragraphs", "*a* `b`\n\n".repeat(1_000), false),
        ("plain words", "a ".repeat(9_000), false),
    ] {
        let whole = render(&text);
        let notes = whole.concat().matches(NOTE).count();
        assert_eq!(notes, usize::from(is_cut), "{name}");
        let mut document = Document::new(&crate::blocks::WORDS);
        for piece in text.as_bytes().chunks(997) {
            document.push(std::str::from_utf8(piece).unwrap());
            document.take_patch();
        }
        document.finish();
        assert!(document.blocks() == whole, "{name} in pieces");
    }
}

#[test]
fn marks_alone_are_text_after_a_while() {
    for mark in ["*", "**", "_", "~", "`", "*_", "* ", "#", ">", "- ", "=", "|", "**\n", "+", "\\"]
    {
        let text = mark.repeat(2_000 / mark.len());
        for start in ["", "a ", "a\n", "- ", "> "] {
            let mut document = Document::new(&crate::blocks::WORDS);
            document.push(&[start, &text].concat());
            let html = document.blocks().concat();
            let is_seen = html.contains(&mark[..1])
                || ["<hr", "<ul", "<blockquote", "<table", "<code"]
                    .iter()
                    .any(|element| html.contains(element));
            assert!(is_seen, "{start:?} {mark:?}: {html:.200}");
        }
    }
}
