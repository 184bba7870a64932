use std::collections::HashSet;

use super::*;

fn html(language: &'static Language, code: &str) -> String {
    let mut lines = Highlighter::new(language);
    let mut out = String::new();
    for line in code.lines() {
        lines.line(line, &mut out);
        out.push('\n');
    }
    out
}

/// What is left without the elements.
fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out += before;
        rest = after.split_once('>').unwrap().1;
    }
    out + rest
}

fn escaped(code: &str) -> String {
    let mut out = String::new();
    for line in code.lines() {
        write_text(&mut out, line);
        out.push('\n');
    }
    out
}

#[test]
fn every_word_means_one_language() {
    let mut words = HashSet::new();
    let mut names = HashSet::new();
    for found in languages::all() {
        names.insert(found.name);
        for word in found.words.split(' ') {
            assert!(words.insert(word), "{word} twice");
            assert!(language(&word.to_ascii_uppercase()).is_some_and(|by| by.name == found.name));
            assert!(word.len() <= 24 && word.to_lowercase() == word, "{word}");
        }
    }
    assert!(names.len() >= 100, "{} languages", names.len());
    assert!(language("").is_none());
    assert!(language("no-such-language").is_none());
}

/// Pieces that begin, end and cut everything there is.
const PIECES: [&str; 84] = [
    "\"",
    "'",
    "`",
    "\"\"\"",
    "'''",
    "\\",
    "\\\\",
    "/*",
    "*/",
    "//",
    "#",
    "#[",
    "]",
    "[",
    "[[",
    "]]",
    "{",
    "}",
    "${",
    "#{",
    "$(",
    "(",
    ")",
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<?php",
    "?>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<<EOF",
    "EOF",
    "<<-'X'",
    "X",
    "=begin",
    "=end",
    "--",
    "--[[",
    "{-",
    "-}",
    "(*",
    "*)",
    "r#\"",
    "\"#",
    "R\"x(",
    ")x\"",
    "$$",
    "$x$",
    "{|",
    "|}",
    "%{",
    "%}",
    "@",
    "$x",
    "${y}",
    ":",
    ": ",
    "::",
    "=",
    "==",
    ",",
    ";",
    "|",
    "&",
    "&amp;",
    "-",
    "- ",
    "```",
    "```rust",
    "fn ",
    "class ",
    "name",
    "Name",
    "NAME",
    "0x1F",
    "1.5e-3",
    "é漢",
    "😀",
    "\u{200b}",
];

#[test]
fn any_text_stays_what_it_is() {
    let mut dice: u64 = 5;
    let mut roll = |limit: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % limit
    };
    for found in languages::all() {
        for _ in 0..60 {
            let mut code = String::new();
            for _ in 0..80 {
                code += PIECES[roll(PIECES.len())];
                code += ["", "", "", " ", "\n", "\n  ", "\t"][roll(7)];
            }
            let html = html(found, &code);
            // A hidden character next to a token is spelled out whatever it follows, so only the letters are compared.
            let letters = |text: &str| text.replace("⟦U+200B⟧", "");
            assert_eq!(letters(&text(&html)), letters(&text(&escaped(&code))), "{}", found.name);
            for line in html.lines() {
                let opened = line.matches("<span").count();
                assert_eq!(opened, line.matches("</span>").count(), "{}: {line}", found.name);
            }
        }
    }
}

#[test]
fn nothing_is_quadratic() {
    let line = |piece: &str| piece.repeat(LONGEST_LINE / piece.len());
    for found in languages::all() {
        for piece in PIECES {
            html(found, &line(piece));
        }
        assert!(!html(found, &"\"x ".repeat(100_000)).contains("class"), "{}", found.name);
    }
}

#[test]
fn preview_leaves_no_trace() {
    let rust = language("rust").unwrap();
    let mut lines = Highlighter::new(rust);
    let mut out = String::new();
    lines.clone().line("/* open", &mut out);
    out.clear();
    lines.line("fn", &mut out);
    assert_eq!(out, "<span class=\"k\">fn</span>");
}

/// Prints how fast it is, and how much the tables take:
/// `CODE=folder cargo test --release -p render speed -- --ignored --nocapture`.
#[test]
#[ignore = "prints times"]
#[allow(clippy::print_stdout)]
fn speed_of_colours() {
    let folder = std::env::var("CODE").expect("a folder of code");
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let name = file.file_name().into_string().unwrap();
        let Some(found) = name.rsplit_once('.').and_then(|(_, end)| language(end)) else {
            continue;
        };
        let code = std::fs::read_to_string(file.path()).unwrap();
        let mut best = f64::INFINITY;
        let mut length = 0;
        for _ in 0..10 {
            let start = std::time::Instant::now();
            length = html(found, &code).len();
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!(
            "{}: {:.0} MB/s, {:.2} x its text",
            found.name,
            code.len() as f64 / 1e6 / best,
            length as f64 / code.len() as f64
        );
    }
}
