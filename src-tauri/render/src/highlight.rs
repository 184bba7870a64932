//! Colours for code: a scanner of our own, driven by a table for each language.
//!
//! A line is read once, from left to right, without going back, and what is open at its end is a small state. So
//! colours come while an answer is written, finished lines are never touched again, and no text makes it slow. Parsers
//! made of regular expressions promise none of that.

mod diff;
mod languages;
mod markup;
mod paint;
mod program;
mod prose;
mod settings;
mod style;
mod tasks;
mod yaml;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use crate::hidden::write_text;
pub(crate) use diff::Change;
use paint::Painter;

/// A longer line is not code that anybody reads: it is written plain.
const LONGEST_LINE: usize = 4 << 10;

/// A language that code may be in.
#[derive(Debug)]
pub(crate) struct Language {
    /// As people write it.
    pub(crate) name: &'static str,
    /// What a fence may call it: names and file extensions, separated by spaces.
    words: &'static str,
    syntax: Syntax,
    ready: OnceLock<program::Words>,
}

/// How it is read.
#[derive(Debug)]
enum Syntax {
    Plain,
    Diff,
    Http,
    Log,
    Makefile,
    Markdown,
    Markup(&'static markup::Markup),
    Program(&'static program::Program),
    Session,
    Settings,
    Style,
    Yaml,
}

/// The language that a word stands for.
pub(crate) fn language(word: &str) -> Option<&'static Language> {
    static BY_WORD: LazyLock<HashMap<&str, &Language>> = LazyLock::new(|| {
        let words = |language: &'static Language| {
            language.words.split(' ').map(move |word| (word, language))
        };
        languages::all().flat_map(words).collect()
    });
    let mut lower = [0; 24];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    BY_WORD.get(std::str::from_utf8(lower).ok()?).copied()
}

/// Reads the lines of a piece of code in their order.
#[derive(Debug, Clone)]
pub(crate) struct Highlighter {
    language: &'static Language,
    state: State,
}

/// What a line leaves open for the next one.
#[derive(Debug, Clone)]
enum State {
    Nothing,
    Http(prose::Message),
    Makefile(bool),
    Markdown(prose::Markdown),
    Markup(markup::State),
    Program(program::State),
    Style(style::State),
    Session(tasks::Session),
    Yaml(yaml::State),
}

impl Language {
    const fn new(name: &'static str, words: &'static str, syntax: Syntax) -> Self {
        Self { name, words, syntax, ready: OnceLock::new() }
    }

    fn is_markdown(&self) -> bool {
        matches!(self.syntax, Syntax::Markdown)
    }

    /// A language made of words, strings and comments.
    const fn program(
        name: &'static str,
        words: &'static str,
        rules: &'static program::Program,
    ) -> Self {
        Self::new(name, words, Syntax::Program(rules))
    }
}

impl Highlighter {
    pub(crate) fn new(language: &'static Language) -> Self {
        let state = match &language.syntax {
            Syntax::Plain | Syntax::Diff | Syntax::Log | Syntax::Settings => State::Nothing,
            Syntax::Http => State::Http(prose::Message::default()),
            Syntax::Makefile => State::Makefile(false),
            Syntax::Session => State::Session(tasks::Session::default()),
            Syntax::Markdown => State::Markdown(prose::Markdown::default()),
            Syntax::Markup(_) => State::Markup(markup::State::default()),
            Syntax::Program(_) => State::Program(program::State::default()),
            Syntax::Style => State::Style(style::State::default()),
            Syntax::Yaml => State::Yaml(yaml::State::default()),
        };
        Self { language, state }
    }

    /// What a line changes, if the code is a difference between files.
    pub(crate) fn change(&self, line: &str) -> Change {
        if matches!(self.language.syntax, Syntax::Diff) { diff::change(line) } else { Change::Same }
    }

    /// Writes a line, without its end.
    pub(crate) fn line(&mut self, line: &str, out: &mut String) {
        if line.len() > LONGEST_LINE {
            return write_text(out, line);
        }
        let mut paint = Painter::new(line, out);
        self.part(&mut paint, 0, line.len());
        paint.finish();
    }

    /// Marks a part of a line.
    fn part(&mut self, paint: &mut Painter<'_, '_>, start: usize, end: usize) {
        match (&self.language.syntax, &mut self.state) {
            (Syntax::Program(rules), State::Program(state)) => {
                let words = self.language.ready.get_or_init(|| program::Words::of(rules));
                program::line(rules, words, state, paint, start, end);
            }
            (Syntax::Markup(markup), State::Markup(state)) => {
                markup::line(markup, state, paint, start, end);
            }
            (Syntax::Style, State::Style(state)) => style::line(state, paint, start, end),
            (Syntax::Yaml, State::Yaml(state)) => yaml::line(state, paint, start, end),
            (Syntax::Markdown, State::Markdown(state)) => prose::markdown(state, paint, start, end),
            (Syntax::Http, State::Http(state)) => prose::http(state, paint, start, end),
            (Syntax::Makefile, State::Makefile(state)) => tasks::makefile(state, paint, start, end),
            (Syntax::Session, State::Session(state)) => tasks::session(state, paint, start, end),
            (Syntax::Diff, _) => diff::line(paint, start, end),
            (Syntax::Log, _) => prose::log(paint, start, end),
            (Syntax::Settings, _) => settings::line(paint, start, end),
            // A state is only ever made for its syntax.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
