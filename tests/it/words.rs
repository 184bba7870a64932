//! What a person reads of native code stands in `src-tauri/src/words/`, and nowhere else in the shell.

mod source;

use super::tidy::{files, shown, text};

/// Literals that look like words for a person and are none: where, what, and why. An empty text is every single word of that file.
const NOT_SAID: &[(&str, &str, &str)] = &[
    ("native/hotkey.rs", "", "names of keys, as the page and the desktop write them"),
    ("native/running.rs", "", "methods of the session's bus"),
    ("native/hardening.rs", "Max core file size", "a line of /proc/self/limits"),
];

#[test]
fn whatever_a_person_reads_stands_in_the_words() {
    let mut seen = 0;
    let mut said = Vec::new();
    for path in files("src-tauri/src", &[".rs"]) {
        let name = shown(&path);
        let file = name.trim_start_matches("src-tauri/src/");
        if file == "words.rs" || file.starts_with("words/") || file.ends_with("tests.rs") {
            continue;
        }
        for (line, literal) in source::literals(&text(&path)) {
            seen += 1;
            let is_known = NOT_SAID.iter().any(|(known, words, _)| {
                *known == file && (*words == literal || words.is_empty() && !literal.contains(' '))
            });
            if !is_known && is_said(&literal) {
                said.push(format!("{name}:{line}: “{literal}”"));
            }
        }
    }
    assert!(said.is_empty(), "words outside of src-tauri/src/words:\n{}", said.join("\n"));
    assert!(seen > 500, "only {seen} literals were read");
}

#[test]
fn the_words_know_no_room_of_the_app() {
    for path in files("src-tauri/src/words", &[".rs"]) {
        let known = text(&path);
        for room in known.split("crate::").skip(1) {
            assert!(room.starts_with("words"), "{}: crate::{room:.40}", shown(&path));
        }
    }
}

#[test]
fn what_is_said_is_told_from_what_is_not() {
    for said in [
        "Cancel",
        "Attach files",
        "{} is near its {what} cap.",
        ", the last of {times} that set it",
        "Remove this key?",
        "● Dictation – Latchkey",
        "…and so on",
    ] {
        assert!(is_said(said), "{said}");
    }
    for wire in [
        "",
        "openAi",
        "x-api-key",
        "image/png, image/jpeg",
        "Library/Application Support",
        "HTTP/1.1 200 OK",
        "OPENAI_API_KEY",
        "GET",
        "{} {hours:02}:{minutes:02}:{seconds:02}",
        "[Desktop Entry]\\nName=Latchkey\\nTerminal=false",
        "<span {look} insert_hyphens=\\\"false\\\">{text}</span>",
    ] {
        assert!(!is_said(wire), "{wire}");
    }
}

/// Three words in a row of any kind, two that begin with a capital letter, or one that has no other: `Cancel`, and not `GET`.
fn is_said(literal: &str) -> bool {
    let bare = without_parts(literal);
    let begins_large = bare.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let mut row = 0;
    let mut longest = 0;
    for token in bare.split_whitespace() {
        // A mark that stands alone parts no words.
        if token.chars().any(char::is_alphanumeric) {
            row = if is_word(token) { row + 1 } else { 0 };
            longest = longest.max(row);
        }
    }
    let is_alone = !bare.trim().contains(char::is_whitespace);
    match longest {
        0 => false,
        1 => begins_large && is_alone && is_name(bare.trim()),
        2 => begins_large,
        _ => true,
    }
}

/// The literal without what is put into it, and without escapes.
fn without_parts(literal: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_u32;
    let mut letters = literal.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
                bare.push(' ');
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    bare
}

/// Letters, with marks around them.
fn is_word(token: &str) -> bool {
    let word = token.trim_matches(|c: char| ".,:;?!…“”()".contains(c));
    !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '’')
}

/// One capital letter, and small ones.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() > 1
        && letters.all(char::is_lowercase)
}
