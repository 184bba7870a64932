//! Thinking that stands in the content, between marks. Only a mark at the very beginning of the answer opens it: later ones
//! are what the answer is about.

use crate::ChatEvent;

/// The marks of the models that are known to write them.
const MARKS: [(&str, &str); 9] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<seed:think>", "</seed:think>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|thinking|>", "<|/thinking|>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
];

/// Splits content into thinking and answer, though the marks may be cut anywhere.
#[derive(Debug, Default)]
pub(super) struct Thinking {
    place: Place,
    /// What cannot be told yet: the beginning of a mark, or white space before one.
    held: String,
    /// A mark was opened and nothing but white space came behind it.
    fresh: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing but white space came.
    #[default]
    Beginning,
    /// Behind a mark, which this one closes.
    Within(&'static str),
    /// Behind a closing mark, before the first word of the answer.
    Behind,
    Answer,
}

impl Thinking {
    /// Whether any content came.
    pub(super) fn has_begun(&self) -> bool {
        self.place != Place::Beginning || !self.held.is_empty()
    }

    /// Adds more content.
    pub(super) fn push(&mut self, text: &str, events: &mut Vec<ChatEvent>) {
        if self.place == Place::Answer {
            events.push(ChatEvent::Text(text.to_owned()));
            return;
        }
        self.held.push_str(text);
        while self.step(events) {}
    }

    /// Nothing more comes: what was held is what it looks like.
    pub(super) fn end(self) -> Vec<ChatEvent> {
        match self.place {
            // The white space before a mark that never closed, or closed and was followed by nothing, says nothing.
            Place::Within(_) => thought(self.held.trim_end()).into_iter().collect(),
            Place::Behind => answer(self.held.trim_start()).into_iter().collect(),
            Place::Beginning | Place::Answer => answer(&self.held).into_iter().collect(),
        }
    }

    /// Takes one step; false when more content is needed.
    fn step(&mut self, events: &mut Vec<ChatEvent>) -> bool {
        match self.place {
            Place::Beginning | Place::Behind => self.open(),
            Place::Within(close) => self.close(close, events),
            Place::Answer => {
                events.extend(answer(&std::mem::take(&mut self.held)));
                false
            }
        }
    }

    /// Looks for an opening mark.
    fn open(&mut self) -> bool {
        let begun = trimmed(&self.held);
        let opened = MARKS.iter().find_map(|(open, close)| Some((without(begun, open)?, *close)));
        if let Some((rest, close)) = opened {
            self.held = rest.to_owned();
            self.fresh = true;
            self.place = Place::Within(close);
            return true;
        }
        // A mark that closes once more what is closed is no word of the answer.
        if self.place == Place::Behind
            && let Some(rest) = MARKS.iter().find_map(|(_, close)| without(begun, close))
        {
            self.held = rest.to_owned();
            return true;
        }
        let marks = MARKS.iter().flat_map(|(open, close)| match self.place {
            Place::Behind => [*open, *close],
            _ => [*open, *open],
        });
        if marks.into_iter().any(|mark| without(mark, begun).is_some()) {
            return false;
        }
        if self.place == Place::Behind {
            self.held = begun.to_owned();
        }
        self.place = Place::Answer;
        true
    }

    /// Gives out the thinking up to the closing mark, as far as it can be told.
    fn close(&mut self, close: &str, events: &mut Vec<ChatEvent>) -> bool {
        if self.fresh {
            self.held = self.held.trim_start().to_owned();
            self.fresh = self.held.is_empty();
        }
        if let Some(at) = find(&self.held, close) {
            events.extend(thought(self.held[..at].trim_end()));
            self.held.drain(..at + close.len());
            self.place = Place::Behind;
            return true;
        }
        // A mark may be cut, and white space before it is not part of the thinking.
        let cut = (1..close.len())
            .rev()
            .filter(|length| close.is_char_boundary(*length))
            .find(|length| ends_like(&self.held, &close[..*length]))
            .unwrap_or(0);
        let sure = self.held[..self.held.len() - cut].trim_end().len();
        let rest = self.held.split_off(sure);
        events.extend(thought(&std::mem::replace(&mut self.held, rest)));
        false
    }
}

/// Without white space and marks that nobody sees.
fn trimmed(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// What follows the mark, if the text begins with it; models do not agree on capitals.
fn without<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(mark.len())?;
    head.eq_ignore_ascii_case(mark).then_some(rest)
}

fn ends_like(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// Where the mark stands, whatever its capitals.
fn find(text: &str, mark: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(&mark.to_ascii_lowercase())
}

fn thought(text: &str) -> Option<ChatEvent> {
    (!text.is_empty()).then(|| ChatEvent::Reasoning(text.to_owned()))
}

fn answer(text: &str) -> Option<ChatEvent> {
    (!text.is_empty()).then(|| ChatEvent::Text(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(pieces: &[&str]) -> (String, String) {
        let mut thinking = Thinking::default();
        let mut events = Vec::new();
        for piece in pieces {
            thinking.push(piece, &mut events);
        }
        events.extend(thinking.end());
        let (mut thought, mut said) = (String::new(), String::new());
        for event in events {
            match event {
                ChatEvent::Reasoning(text) => thought.push_str(&text),
                ChatEvent::Text(text) => said.push_str(&text),
                _ => unreachable!("nothing else is made"),
            }
        }
        (thought, said)
    }

    #[test]
    fn marks_cut_anywhere() {
        let table = [
            ("<think>First look.</think>\n\nWarm.", "First look.", "Warm."),
            ("\n<think>\nFirst\n\nlook.\n</think>\nWarm.", "First\n\nlook.", "Warm."),
            ("<think>\n\n</think>\n\nWarm.", "", "Warm."),
            ("<think>never closed", "never closed", ""),
            ("<think>cut </thi", "cut </thi", ""),
            ("<thinking>a < b</thinking>Warm.", "a < b", "Warm."),
            ("[THINK]a[/THINK]Warm.", "a", "Warm."),
            ("◁think▷a◁/think▷Warm.", "a", "Warm."),
            ("<think>a</think><think>b</think> Warm.", "ab", "Warm."),
            ("<think>a</think>Warm <think>b</think>", "a", "Warm <think>b</think>"),
            ("Close `<think>` with `</think>`.", "", "Close `<think>` with `</think>`."),
            ("<thin ice", "", "<thin ice"),
            ("  indented", "", "  indented"),
            ("<Think>a</THINK>Warm.", "a", "Warm."),
            ("\u{feff}<think>a</think>Warm.", "a", "Warm."),
            ("<reasoning>a</reasoning>Warm.", "a", "Warm."),
            ("<|begin_of_thought|>a<|end_of_thought|>Warm.", "a", "Warm."),
            ("<think>a</think></think>Warm.", "a", "Warm."),
            ("<think>a</think></thin ice", "a", "</thin ice"),
            ("<thi", "", "<thi"),
            ("a</think>b", "", "a</think>b"),
            ("", "", ""),
        ];
        for (text, thought, said) in table {
            assert_eq!(split(&[text]), (thought.to_owned(), said.to_owned()), "{text:?}");
            for at in text.char_indices().map(|(at, _)| at) {
                let got = split(&[&text[..at], &text[at..]]);
                assert_eq!(got, (thought.to_owned(), said.to_owned()), "{text:?} at {at}");
            }
            let letters: Vec<String> = text.chars().map(String::from).collect();
            let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
            assert_eq!(
                split(&letters),
                (thought.to_owned(), said.to_owned()),
                "{text:?} by letters"
            );
        }
    }
}
