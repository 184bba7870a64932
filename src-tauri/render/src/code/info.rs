//! What a fence says about its code: the language, and maybe a file's name.

use crate::highlight::{Language, language};
use crate::words::Words;

const DIFFERENCE: &str = "diff";

/// Where a longer name is cut by the window anyway.
const LONGEST_FILE: usize = 120;

/// An info string, read.
#[derive(Debug)]
pub(super) struct Info<'i> {
    pub(super) language: Option<&'static Language>,
    /// The word for it in the text, and its name. None of plain text.
    named: Option<(&'i str, &'i str)>,
    pub(super) file: Option<&'i str>,
}

impl<'i> Info<'i> {
    /// The first word of the info string is the language; anything that does not look like the name of one is left out.
    pub(super) fn of(info: &'i str) -> Self {
        let info = without_brace(info.trim());
        let (word, rest) = first_word(info);
        let file = file(rest);
        if is_difference(word, rest) {
            let difference = if word.contains('-') { word } else { DIFFERENCE };
            return Self {
                language: language(DIFFERENCE),
                file,
                ..Self::named(difference, "Diff")
            };
        }
        if let Some(language) = language(word) {
            return Self { language: Some(language), file, ..Self::named(word, language.name) };
        }
        // Some write nothing but the file's name.
        let of_file = word.rsplit_once('.').and_then(|(_, extension)| language(extension));
        if let (Some(language), true) = (of_file, is_file(word)) {
            let (_, extension) = word.rsplit_once('.').unwrap_or_default();
            let file = Some(word);
            return Self {
                language: Some(language),
                file,
                ..Self::named(extension, language.name)
            };
        }
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte);
        let is_name = !word.is_empty() && word.len() <= 24 && word.bytes().all(fits);
        Self { file, ..Self::named(word, if is_name { word } else { "" }) }
    }

    fn named(word: &'i str, name: &'i str) -> Self {
        Self { language: None, named: (!name.is_empty()).then_some((word, name)), file: None }
    }

    /// In the head.
    pub(super) fn label(&self, words: &Words) -> String {
        self.named.map_or_else(|| words.plain_text.into(), |(word, _)| word.to_ascii_lowercase())
    }

    /// The accessible name.
    pub(super) fn name(&self, words: &Words) -> String {
        self.named.map_or_else(|| words.plain_text.into(), |(_, name)| (words.code_in)(name))
    }
}

fn first_word(info: &str) -> (&str, &str) {
    info.split_at(info.find([' ', '\t', ',', '{', '}', ':']).unwrap_or(info.len()))
}

/// Some write `{.python}` or `{python}`: what else is in braces says which lines matter.
fn without_brace(info: &str) -> &str {
    let Some(inside) = info.strip_prefix('{') else { return info };
    let inside = inside.trim_start();
    let inside = inside.strip_prefix('.').unwrap_or(inside);
    if language(first_word(inside).0).is_some() { inside } else { info }
}

/// Whether the code is a difference between files in the language that is named as well: `diff-rust`, `rust diff`.
fn is_difference(word: &str, rest: &str) -> bool {
    let is_diff = |word: &str| word.eq_ignore_ascii_case(DIFFERENCE);
    let after = rest.strip_prefix([' ', '\t', ',']).unwrap_or_default().trim_start();
    word.split_once('-').is_some_and(|(first, _)| is_diff(first))
        || (language(word).is_some() && is_diff(first_word(after).0))
}

/// The file that the rest of an info string names: `:path`, `title="path"`, or the path itself.
fn file(rest: &str) -> Option<&str> {
    let path = rest.strip_prefix(':').unwrap_or(rest).trim_start();
    let first = path.split([' ', '\t', ',', '}']).next().unwrap_or_default();
    if is_file(first) {
        return Some(first);
    }
    let after = ["title=", "filename=", "file=", "name="]
        .iter()
        .find_map(|key| rest.find(key).map(|at| &rest[at + key.len()..]))?;
    let value = match after.as_bytes().first() {
        Some(b'"') => after[1..].split('"').next(),
        Some(b'\'') => after[1..].split('\'').next(),
        _ => after.split([' ', '\t', ',', '}']).next(),
    };
    value.map(str::trim).filter(|value| !value.is_empty() && value.len() <= LONGEST_FILE)
}

fn is_file(word: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "._-/\\@+[]()~".contains(c);
    let has_sign = word.contains('/') || word.trim_start_matches('.').contains('.');
    has_sign
        && word.len() <= LONGEST_FILE
        && word.chars().all(fits)
        && word.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::WORDS;

    #[test]
    fn languages_have_names() {
        for (info, label, name) in [
            ("rust", "rust", "Rust code"),
            ("Rust,ignore", "rust", "Rust code"),
            ("c++", "c++", "C++ code"),
            ("C#", "c#", "C# code"),
            ("{.python}", "python", "Python code"),
            ("{ .python .numberLines }", "python", "Python code"),
            ("{python}", "python", "Python code"),
            ("{1,3}", "Plain text", "Plain text"),
            ("diff rust", "diff", "Diff code"),
            ("rust diff", "diff", "Diff code"),
            ("rust,diff", "diff", "Diff code"),
            ("Diff-Rust", "diff-rust", "Diff code"),
            ("rust different", "rust", "Rust code"),
            ("brainfog", "brainfog", "brainfog code"),
            ("", "Plain text", "Plain text"),
            ("text", "Plain text", "Plain text"),
            ("\"><script>", "Plain text", "Plain text"),
        ] {
            let info = Info::of(info);
            let (shown, said) = (info.label(&WORDS), info.name(&WORDS));
            assert_eq!((shown.as_str(), said.as_str()), (label, name));
        }
    }

    #[test]
    fn files_are_named_in_many_ways() {
        for (info, label, file) in [
            ("rust retry.rs", "rust", Some("retry.rs")),
            ("rust:src/retry.rs", "rust", Some("src/retry.rs")),
            ("rust title=\"the retry.rs\"", "rust", Some("the retry.rs")),
            ("ts {1,3} filename='a.ts'", "ts", Some("a.ts")),
            ("rust title=x.rs", "rust", Some("x.rs")),
            ("rust diff title=x.rs", "diff", Some("x.rs")),
            ("src/main.rs", "rs", Some("src/main.rs")),
            ("rust ignore", "rust", None),
            ("js {1,4-5}", "js", None),
            ("python 3.11", "python", None),
            ("js \"a.b\"", "js", None),
        ] {
            let info = Info::of(info);
            assert_eq!((info.label(&WORDS).as_str(), info.file), (label, file));
        }
    }
}
