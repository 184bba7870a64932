//! The whole corpus of attacks, each by itself: nothing but the allowed elements and attributes gets out. The same corpus
//! goes through the real web view in `tests/e2e`.

#[path = "../../../../tests/fixtures/attacks.rs"]
mod corpus;

use render::Document;

use crate::render;

use crate::hostile::check;

#[test]
fn attacks_become_text() {
    let attacks = corpus::attacks("https://evil.example");
    assert!(attacks.len() >= 500, "{}", attacks.len());
    for attack in &attacks {
        check(&render(attack).concat(), attack);
    }
}

#[test]
fn attacks_inside_other_markdown_become_text() {
    for attack in corpus::attacks("https://evil.example") {
        for (before, after) in [
            ("- ", "\n- x"),
            ("> ", ""),
            ("| ", " |\n|-|\n"),
            ("**", "**"),
            ("[", "](https://a.b)"),
        ] {
            let text = [before, &attack, after].concat();
            check(&render(&text).concat(), &text);
        }
    }
}

#[test]
fn half_attacks_become_text() {
    for attack in corpus::attacks("https://evil.example") {
        let mut document = Document::new(&crate::blocks::WORDS);
        for (at, character) in attack.char_indices() {
            document.push(&attack[at..at + character.len_utf8()]);
            check(&document.blocks().concat(), &attack);
        }
    }
}
