//! However the text is cut into pieces, and whenever somebody asks for patches: the same blocks.

use render::Document;

use crate::render;

use crate::receiver::Receiver;
use crate::samples::{CODE, Dice, EVERYTHING, answer, long_blocks};

/// Pushes the pieces, applies a patch after each, and compares both sides every time.
fn stream<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Receiver {
    let mut document = Document::new(&crate::blocks::WORDS);
    let mut receiver = Receiver::default();
    for piece in pieces {
        document.push(piece);
        if let Some(patch) = document.take_patch() {
            receiver.apply(patch);
        }
        assert_eq!(document.blocks(), receiver.blocks);
        assert_eq!(document.take_patch(), None, "nothing changed since");
    }
    document.finish();
    if let Some(patch) = document.take_patch() {
        receiver.apply(patch);
    }
    assert_eq!(document.blocks(), receiver.blocks);
    receiver
}

fn random_pieces<'t>(text: &'t str, dice: &mut Dice, longest: usize) -> Vec<&'t str> {
    let mut pieces = vec![];
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = (1 + dice.below(longest)).min(rest.len());
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        let (piece, after) = rest.split_at(cut);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[test]
fn cut_in_two_anywhere() {
    for text in [EVERYTHING, CODE] {
        let whole = render(text);
        for (at, _) in text.char_indices() {
            let received = stream([&text[..at], &text[at..]]);
            assert_eq!(received.blocks, whole, "cut at {at}");
        }
    }
}

#[test]
fn character_by_character() {
    for text in [EVERYTHING, CODE, &answer(3000)] {
        let characters = text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()]);
        assert_eq!(stream(characters).blocks, render(text));
    }
}

#[test]
fn tables_from_right_to_left_grow() {
    for text in [
        "| עמודה | Column |\n|---|---|\n| א | b |\n| ג | d |\n| ה | f |\n\nEnd.",
        "> | עמודה | Column |\n> |---|---|\n> | א | b |\n\n- | א | b |\n  |---|---|\n  | ג | d |\n",
        "| | |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| א | b |\n",
    ] {
        let characters = text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()]);
        assert_eq!(stream(characters).blocks, render(text), "{text}");
    }
    let mut document = Document::new(&crate::blocks::WORDS);
    document.push("| עמודה | Column |\n|---|---|\n| א | b |\n| ג | d |\n| ה");
    let shown = document.blocks().concat();
    assert!(shown.starts_with("<div class=\"prose-table\" dir=\"rtl\""), "{shown}");
}

#[test]
fn cut_at_random() {
    let long = long_blocks();
    let texts = [EVERYTHING, CODE, &answer(3000), &long];
    let mut dice = Dice(1);
    for round in 0..200 {
        let text = texts[round % 4];
        let longest = if text.len() > 5000 { 3000 } else { [3, 20, 200][round / 4 % 3] };
        let pieces = random_pieces(text, &mut dice, longest);
        assert_eq!(stream(pieces).blocks, render(text), "round {round}");
    }
}

/// What the fuzzer found. Its own seeds stand for other texts as soon as its parts change.
#[test]
fn found_by_the_fuzzer() {
    for text in [
        "\u{85}\u{85}\r| c ",
        "| a \\[\n|---|\n|\n$$\na$$        ",
        "#     ```\n[r]: /x\n-",
        "# \r\n| a |---|---|\n[r]: /x\n\n[r]: /x\n```\n[|---|\n```\n]: ",
        "$```\n    [r]: /x\n]: \n\n[r]: /x\n\n$$",
        "\\begin{matrix}\n- ```md\n  a\n  ```\n```md\n- ```py\n  ```\n",
        "\\begin{matrix}\n- ```\n  A\n  ```\n\n```md\n- ```py\n  A\n  ```\n- ```py\n  A\n  ```\n",
    ] {
        let whole = render(text);
        let characters = text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()]);
        assert_eq!(stream(characters).blocks, whole, "{text:?}");
        for (at, _) in text.char_indices() {
            assert_eq!(stream([&text[..at], &text[at..]]).blocks, whole, "{text:?} cut at {at}");
        }
    }
}

#[test]
fn any_soup_cut_at_random() {
    let mut dice = Dice(2);
    for round in 0..800 {
        let parts = 1 + dice.below(60);
        let text = dice.soup(parts);
        let pieces = random_pieces(&text, &mut dice, [1, 7, 30][round % 3]);
        assert_eq!(stream(pieces).blocks, render(&text), "round {round}: {text:?}");
    }
}

#[test]
fn patches_of_an_answer_are_small() {
    let text = answer(100_000);
    let mut document = Document::new(&crate::blocks::WORDS);
    let mut receiver = Receiver::default();
    for piece in random_pieces(&text, &mut Dice(3), 400) {
        document.push(piece);
        document.take_patch().into_iter().for_each(|patch| receiver.apply(patch));
    }
    document.finish();
    document.take_patch().into_iter().for_each(|patch| receiver.apply(patch));
    assert_eq!(receiver.blocks, render(&text));
    let html: usize = receiver.blocks.iter().map(String::len).sum();
    assert!(receiver.bytes < 3 * html, "{} bytes sent for {html}", receiver.bytes);
}

#[test]
fn long_quotes_and_items_grow_in_place() {
    let words = "some **words** and `code`, ".repeat(8);
    let inner = format!("{words}\n\n- one\n- two\n\n```rust\nlet x = 1;\n\n```\n\n").repeat(60);
    let with = |margin: &str| inner.lines().map(|line| format!("{margin}{line}\n")).collect();
    let quote: String = with("> ");
    let item: String = with("   ");
    for (name, text) in [
        ("quote", quote.clone()),
        ("callout", format!("> [!NOTE]\n{quote}")),
        ("item", format!("- first\n- last\n{item}")),
        ("only item", format!("1. first\n{item}\nAfter.\n")),
        ("paragraph in a quote", format!("> {words}\n").repeat(80)),
    ] {
        let mut document = Document::new(&crate::blocks::WORDS);
        let mut receiver = Receiver::default();
        for piece in random_pieces(&text, &mut Dice(4), 300) {
            document.push(piece);
            document.take_patch().into_iter().for_each(|patch| receiver.apply(patch));
            assert_eq!(document.blocks(), receiver.blocks, "{name}");
        }
        document.finish();
        document.take_patch().into_iter().for_each(|patch| receiver.apply(patch));
        assert_eq!(receiver.blocks, render(&text), "{name}");
        let html: usize = receiver.blocks.iter().map(String::len).sum();
        assert!(receiver.bytes < 12 * html, "{name}: {} bytes sent for {html}", receiver.bytes);
    }
}

#[test]
fn code_is_only_ever_added_to() {
    let text = format!("```rust\n{}```\n", "let x = f(y) && \"z\";\n".repeat(5000));
    let mut document = Document::new(&crate::blocks::WORDS);
    let mut longest = 0;
    for (count, piece) in text.as_bytes().chunks(100).enumerate() {
        document.push(std::str::from_utf8(piece).unwrap());
        let Some(patch) = document.take_patch() else { continue };
        assert!(count == 0 || patch.blocks.is_empty(), "piece {count}");
        longest = longest.max(patch.grow.map_or(0, |grow| grow.done.len() + grow.line.len()));
    }
    assert!(longest < 2000, "{longest}");
}

#[test]
fn nothing_is_sent_twice_after_the_end() {
    let mut document = Document::new(&crate::blocks::WORDS);
    document.push("a");
    document.finish();
    assert!(document.take_patch().is_some());
    document.push("b");
    document.finish();
    assert_eq!(document.take_patch(), None);
    assert_eq!(document.blocks(), ["<p dir=\"auto\">a</p>"]);
    assert!(render("").is_empty());
}

/// Prints what streaming costs: `cargo test --release -p render stream -- --ignored --nocapture`.
#[test]
#[ignore = "prints times"]
fn cost_of_a_stream() {
    for size in [10_000, 50_000, 200_000, 1_000_000] {
        cost("answer", &answer(size));
    }
    let lines = |line: &str| line.repeat(200_000 / line.len());
    cost("one paragraph", &lines("Some words, **bold** ones and `code` between them. "));
    cost("one list", &lines("- an item with **bold** and `code`\n"));
    cost("one loose list", &lines("- an item\n\n  with a paragraph\n\n"));
    cost("one table", &("| a | b |\n|---|---|\n".to_owned() + &lines("| some | `cell` |\n")));
    cost("one code block", &("```rust\n".to_owned() + &lines("let x = f(y) && z;\n") + "```\n"));
    cost("one quote", &lines("> quoted **words**\n"));
    cost("one item", &("- first\n".to_owned() + &lines("  more lines of it\n\n")));
}

fn cost(name: &str, text: &str) {
    let start = std::time::Instant::now();
    let whole = render(text);
    let once = start.elapsed();
    let start = std::time::Instant::now();
    let mut document = Document::new(&crate::blocks::WORDS);
    let mut patches = vec![];
    let mut longest = std::time::Duration::ZERO;
    for (count, piece) in text.as_bytes().chunks(4).enumerate() {
        document.push(std::str::from_utf8(piece).unwrap());
        if count % 50 == 49 {
            let before = std::time::Instant::now();
            patches.extend(document.take_patch());
            longest = longest.max(before.elapsed());
        }
    }
    document.finish();
    patches.extend(document.take_patch());
    let streamed = start.elapsed();
    let mut receiver = Receiver::default();
    patches.into_iter().for_each(|patch| receiver.apply(patch));
    assert_eq!(receiver.blocks, whole);
    let html: usize = whole.iter().map(String::len).sum();
    println!(
        "{name}, {} bytes: whole {once:.1?}, streamed {streamed:.1?} ({:.2} x), \
         longest patch {longest:.1?}, {:.2} x bytes sent",
        text.len(),
        streamed.as_secs_f64() / once.as_secs_f64(),
        receiver.bytes as f64 / html as f64
    );
}

#[test]
fn word_without_an_end_is_sent_in_pieces() {
    for part in ["a", "é", "aB3+/"] {
        let text = part.repeat(40_000 / part.len());
        let mut document = Document::new(&crate::blocks::WORDS);
        let mut sent = 0;
        for piece in text.as_bytes().chunks(200) {
            document.push(std::str::from_utf8(piece).unwrap());
            let patch = document.take_patch().unwrap();
            sent += patch.grow.map_or(0, |grow| grow.done.len() + grow.line.len());
            sent += patch.blocks.iter().map(String::len).sum::<usize>();
            assert!(!document.blocks().concat().contains(&format!("{part} ")), "a space came in");
        }
        document.finish();
        assert_eq!(document.blocks(), render(&text));
        assert!(sent < 6 * text.len(), "{sent} bytes for {}", text.len());
    }
}
