//! What somebody typed to look for: words, "phrases", the beginning of the last word, and filters such as `role:user`.
//!
//! Nothing in it is an error. What is no filter is a word, a sign that no word is made of is nothing, and what is too much is
//! left out.

use super::day::Day;
use super::words::words;
use crate::Role;

/// Letters that are read. More than anybody types; what is pasted is known by its beginning.
const LONGEST: usize = 4_000;
/// Words that are looked for at once.
const MOST: usize = 32;

/// What is looked for: all of it in one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) terms: Vec<Term>,
    pub(super) filters: Vec<Filter>,
    /// Filters that nobody understands, as they were typed. They are left out.
    pub(super) misread: Vec<String>,
}

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) words: Vec<String>,
    /// Whether the last of them may go on.
    pub(super) goes_on: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    Model(Term),
    Provider(String),
    Role(Role),
    Has(&'static str),
    Before(Day),
    After(Day),
    /// As `plain` tells it.
    Tag(String),
    /// As `plain_path` tells it: a path, or a name.
    Folder(String),
}

impl Filter {
    /// Whether it is about one message and not about its chat.
    pub(super) fn is_of_messages(&self) -> bool {
        matches!(self, Self::Role(_) | Self::Has(_))
    }
}

/// A part of what was typed, up to the next space outside of quotes.
struct Part<'a> {
    key: Option<&'a str>,
    text: &'a str,
    is_quoted: bool,
    is_last: bool,
}

impl Query {
    pub(super) fn parse(typed: &str, today: Day) -> Self {
        let end = typed.char_indices().nth(LONGEST).map_or(typed.len(), |(at, _)| at);
        let mut query = Self::default();
        for part in parts(&typed[..end]) {
            let Some(key) = part.key else {
                query.add(&part);
                continue;
            };
            match filter(key, part.text, today) {
                // A filter that is being typed says nothing yet.
                _ if part.text.trim().is_empty() => {}
                Some(filter) => query.filters.push(filter),
                None => query.misread.push(format!("{key}:{}", part.text)),
            }
        }
        query
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    fn add(&mut self, part: &Part<'_>) {
        let is_open = part.text.ends_with('*') || (part.is_last && !part.is_quoted);
        let left = MOST.saturating_sub(self.terms.iter().map(|term| term.words.len()).sum());
        self.terms.extend(Term::of(part.text, is_open).and_then(|term| term.first(left)));
    }
}

impl Term {
    /// Its words as the index knows them; `None` if there are none.
    pub(super) fn of(text: &str, is_open: bool) -> Option<Self> {
        let mut found = words(text);
        let last = found.last()?.clone();
        // The last letter of a run stands alone in the index as well, but what is looked for may go on there.
        let ends_a_run = found.iter().rev().nth(1).is_some_and(|word| word.at.end == last.at.end);
        let is_pair = ends_a_run && !last.text.contains(['+', '#']);
        if is_pair {
            found.pop();
        }
        let letters = last.text.chars().count();
        let is_one_of_a_run = letters == 1 && !last.text.is_ascii() && !is_pair;
        let goes_on = is_one_of_a_run || (is_open && letters >= 2 && !is_pair);
        Some(Self { words: found.into_iter().map(|word| word.text).collect(), goes_on })
    }

    /// The first words of it; `None` if that is none.
    fn first(mut self, words: usize) -> Option<Self> {
        if self.words.len() > words {
            self.words.truncate(words);
            self.goes_on = false;
        }
        (!self.words.is_empty()).then_some(self)
    }

    /// Whether its end is one letter of a script without spaces, which any word may begin with.
    pub(super) fn is_one_letter(&self) -> bool {
        let is_one = |word: &String| word.chars().count() == 1;
        self.goes_on && self.words.last().is_some_and(is_one)
    }

    /// As the index is asked for it. Its words hold no quotes.
    pub(super) fn expression(&self) -> String {
        format!("\"{}\"{}", self.words.join(" "), if self.goes_on { " *" } else { "" })
    }
}

/// A name without what it does not depend on: size and accents of letters, and signs, unless there is nothing else.
pub(super) fn plain(name: &str) -> String {
    let words = super::words::line(name);
    if words.is_empty() { name.trim().to_lowercase() } else { words }
}

/// The same of each part between slashes.
pub(super) fn plain_path(path: &str) -> String {
    let parts: Vec<_> = path.split('/').map(plain).collect();
    parts.join("/")
}

fn filter(key: &str, value: &str, today: Day) -> Option<Filter> {
    let lower = value.to_lowercase();
    match key {
        "model" => Term::of(value, true).and_then(|term| term.first(MOST)).map(Filter::Model),
        "provider" => Some(Filter::Provider(super::words::line(value).replace(' ', ""))),
        "role" => match lower.as_str() {
            "user" | "me" | "you" => Some(Filter::Role(Role::User)),
            "assistant" | "answer" | "model" => Some(Filter::Role(Role::Assistant)),
            _ => None,
        },
        "has" => match lower.as_str() {
            "code" => Some(Filter::Has("_has_code")),
            "image" | "picture" => Some(Filter::Has("_has_image")),
            "audio" => Some(Filter::Has("_has_audio")),
            "link" => Some(Filter::Has("_has_link")),
            "file" => Some(Filter::Has("_has_file")),
            _ => None,
        },
        "tag" => Some(Filter::Tag(plain(value))),
        "folder" => Some(Filter::Folder(plain_path(value))),
        "before" => Day::parse(value, today).map(Filter::Before),
        "after" => Day::parse(value, today).map(Filter::After),
        _ => None,
    }
}

const KEYS: [&str; 8] = ["model", "provider", "tag", "folder", "role", "has", "before", "after"];

fn key_of(text: &str) -> Option<(&'static str, &str)> {
    let (before, after) = text.split_once(':')?;
    let key = KEYS.into_iter().find(|key| key.eq_ignore_ascii_case(before))?;
    Some((key, after))
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»')
}

fn parts(typed: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (key, value) = key_of(rest).map_or((None, rest), |(key, after)| (Some(key), after));
        let quoted = value.strip_prefix(is_quote);
        let (text, is_closed, after) = match quoted {
            Some(inside) => inside
                .split_once(is_quote)
                .map_or((inside, false, ""), |(text, after)| (text, true, after)),
            None => {
                let end =
                    value.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(value.len());
                (&value[..end], false, &value[end..])
            }
        };
        rest = after.trim_start();
        // After a star of its own the phrase goes on: `"38.101"*`.
        let star = if is_closed { after.strip_prefix('*') } else { None };
        parts.push(Part {
            key,
            text,
            is_quoted: is_closed && star.is_none(),
            is_last: star.is_some(),
        });
        if let Some(after) = star {
            rest = after.trim_start();
        }
    }
    if let Some(last) = parts.last_mut() {
        last.is_last |= !typed.ends_with(char::is_whitespace);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str) -> String {
        let query = Query::parse(typed, Day::of(0));
        query.terms.iter().map(Term::expression).collect::<Vec<_>>().join(" & ")
    }

    #[test]
    fn what_people_type_becomes_words_phrases_and_beginnings() {
        let cases = [
            ("full jit", "\"full\" & \"jit\" *"),
            ("full jit ", "\"full\" & \"jit\""),
            ("\"full jitter\"", "\"full jitter\""),
            ("\"full jit", "\"full jit\" *"),
            ("\"38.101\"*", "\"38 101\" *"),
            ("retr* wait ", "\"retr\" * & \"wait\""),
            ("a", "\"a\""),
            ("don’t", "\"don t\""),
            ("C++", "\"c c++\" *"),
            ("TODO: fix", "\"todo\" & \"fix\" *"),
            ("http://x.org/a", "\"http x org a\""),
            ("NEAR( OR hello AND -band", "\"near\" & \"or\" & \"hello\" & \"and\" & \"band\" *"),
            ("字", "\"字\" *"),
            ("\"字\"", "\"字\" *"),
            ("東京", "\"東京\""),
            ("東京都 x ", "\"東京 京都\" & \"x\""),
            ("重跑gen", "\"重跑 跑 gen\" *"),
            ("“full jitter” 👍", "\"full jitter\" & \"👍\" *"),
            ("\" * - ( ) ^ : {} \\", ""),
            ("\u{0}a\u{0}bc", "\"a bc\" *"),
            ("", ""),
        ];
        for (typed, expected) in cases {
            assert_eq!(said(typed), expected, "{typed}");
        }
    }

    #[test]
    fn filters_are_told_from_words() {
        let query = |typed: &str| Query::parse(typed, Day::of(0));
        let found =
            query("jitter Role:user has:code before:2026-11 provider:\"Open AI\" foo:bar model:");
        let day = Day { year: 2026, month: 11, day: 1 };
        assert_eq!(
            found.filters,
            [
                Filter::Role(Role::User),
                Filter::Has("_has_code"),
                Filter::Before(day),
                Filter::Provider("openai".to_owned()),
            ]
        );
        assert_eq!(said("jitter foo:bar "), "\"jitter\" & \"foo bar\"");
        assert_eq!(query("role:nobody before:soon x").misread, ["role:nobody", "before:soon"]);
        assert!(query("role:nobody").is_empty());
    }

    #[test]
    fn much_too_much_is_left_out() {
        let query = Query::parse(&"word \"x ".repeat(200_000), Day::of(0));
        assert!(query.terms.iter().map(|term| term.words.len()).sum::<usize>() <= MOST);
        assert!(Query::parse(&"字".repeat(1_000_000), Day::of(0)).terms[0].words.len() <= MOST);
    }
}
