//! The answer so far.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;
use wire::{ChatEvent, Source, Usage};

use crate::{Failure, Trouble};

/// More than this is not an answer any more.
pub(crate) const ANSWER_CAP: usize = 64 * 1024 * 1024;

/// Each is looked for in the whole answer.
const CITED_CAP: usize = 500;

/// So many bytes are gone through for them, which takes less than a moment.
const LOOKED_CAP: usize = 256 * 1024 * 1024;

/// What a stream's events add up to.
#[derive(Debug)]
pub(crate) struct Fold {
    pub(crate) text: String,
    pub(crate) reasoning: String,
    pub(crate) usage: Usage,
    /// What the answer rests on, in the order it was named.
    pub(crate) sources: Vec<Source>,
    /// Words that are to be marked, and with what.
    cited: Vec<(String, String)>,
    /// Its reasoning as its provider wants it back.
    pub(crate) thoughts: Vec<Value>,
    /// The bytes of what belongs to the answer and is not written in it.
    beside: usize,
    sent: Instant,
    first: Option<Instant>,
    spoken: Option<Instant>,
    /// When what was written was counted last.
    counted: Option<Instant>,
    reasoning_from: Option<Instant>,
    reasoning_took: Option<Duration>,
}

impl Fold {
    /// An empty answer to a request sent now.
    pub(crate) fn new() -> Self {
        Self::sent_at(Instant::now())
    }

    /// An empty answer to a request that was sent then.
    pub(crate) fn sent_at(sent: Instant) -> Self {
        Self {
            text: String::new(),
            reasoning: String::new(),
            usage: Usage::default(),
            sources: Vec::new(),
            cited: Vec::new(),
            thoughts: Vec::new(),
            beside: 0,
            sent,
            first: None,
            spoken: None,
            counted: None,
            reasoning_from: None,
            reasoning_took: None,
        }
    }

    /// The same, as if the request had been sent so long ago.
    #[cfg(test)]
    pub(crate) fn sent_before(past: Duration) -> Self {
        let now = Instant::now();
        Self::sent_at(now.checked_sub(past).unwrap_or(now))
    }

    /// Whether anything of the answer is there: from now on nothing may be sent again.
    pub(crate) fn has_begun(&self) -> bool {
        self.first.is_some()
    }

    /// Adds one event.
    pub(crate) fn add(&mut self, event: &ChatEvent) -> Result<(), Failure> {
        match event {
            ChatEvent::Text(text) => {
                self.end_reasoning();
                self.spoken.get_or_insert_with(Instant::now);
                self.text.push_str(text);
            }
            ChatEvent::Reasoning(text) => {
                self.reasoning_from.get_or_insert_with(Instant::now);
                self.reasoning.push_str(text);
            }
            ChatEvent::Usage(usage) => {
                self.usage = self.usage.updated_by(*usage);
                if usage.written().is_some() {
                    self.counted = Some(Instant::now());
                }
                return Ok(());
            }
            ChatEvent::Source(source) => {
                self.beside += size(source);
                self.sources.push(source.clone());
                return self.fits();
            }
            ChatEvent::Cited { words, marks } => {
                if self.cited.len() < CITED_CAP {
                    self.beside += words.len() + marks.len();
                    self.cited.push((words.clone(), marks.clone()));
                }
                return self.fits();
            }
            ChatEvent::Thought(state) => {
                self.beside += size(state);
                self.thoughts.push(state.clone());
                return self.fits();
            }
            ChatEvent::Started { .. } | ChatEvent::ToolCall { .. } => return Ok(()),
        }
        self.first.get_or_insert_with(Instant::now);
        self.fits()
    }

    fn fits(&self) -> Result<(), Failure> {
        match self.text.len() + self.reasoning.len() + self.beside > ANSWER_CAP {
            true => Err(Failure::of(Trouble::AnswerTooLong)),
            false => Ok(()),
        }
    }

    /// Nothing more will come.
    pub(crate) fn end(&mut self) {
        self.end_reasoning();
    }

    /// Puts the marks of pages behind the words that rest on them. Words that were never said are marked nowhere. Returns whether
    /// anything is another than it was.
    pub(crate) fn mark(&mut self) -> bool {
        let mut from = 0;
        let before = self.text.len();
        // To its end, and once more from the beginning.
        let most = LOOKED_CAP / (2 * before).max(1);
        for (words, marks) in std::mem::take(&mut self.cited).into_iter().take(most) {
            // They are told in their order; one that says nothing of it is looked for from the beginning.
            let place = |from: usize| Some(from + self.text.get(from..)?.find(&words)?);
            let Some(at) = place(from).or_else(|| place(0)).filter(|_| !words.is_empty()) else {
                continue;
            };
            let end = at + words.len();
            self.text.insert_str(end, &marks);
            from = end + marks.len();
        }
        self.text.len() != before
    }

    /// Milliseconds since the request went out.
    pub(crate) fn took_ms(&self) -> i64 {
        millis(self.sent.elapsed())
    }

    pub(crate) fn first_token_ms(&self) -> Option<i64> {
        self.first.map(|first| millis(first - self.sent))
    }

    /// How long something may have been written that nobody saw and nobody counted: until the first word of the answer itself, or
    /// until now where there is none. `None` where all of it was counted.
    pub(crate) fn unseen(&self) -> Option<Duration> {
        let from = self.counted.unwrap_or(self.sent);
        match self.spoken {
            Some(spoken) => spoken.checked_duration_since(from),
            None => Some(from.elapsed()),
        }
    }

    pub(crate) fn reasoning_ms(&self) -> Option<i64> {
        self.reasoning_took.map(millis)
    }

    fn end_reasoning(&mut self) {
        if let (Some(from), None) = (self.reasoning_from, self.reasoning_took) {
            self.reasoning_took = Some(from.elapsed());
        }
    }
}

/// As it will be written down.
fn size(kept: &impl Serialize) -> usize {
    serde_json::to_vec(kept).map_or(0, |json| json.len())
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_on_the_way_ends_no_later_than_its_count() {
        let (minute, second) = (Duration::from_secs(60), Duration::from_secs(1));
        let mut fold = Fold::sent_before(minute);
        assert!(fold.unseen().is_some_and(|unseen| unseen >= minute), "nothing was counted yet");
        let usage = Usage { output: Some(1), ..Usage::default() };
        fold.add(&ChatEvent::Usage(Usage { input: Some(1), ..Usage::default() })).unwrap();
        assert!(fold.unseen().is_some_and(|unseen| unseen >= minute), "that was what it read");
        fold.add(&ChatEvent::Usage(usage)).unwrap();
        assert!(fold.unseen().is_some_and(|unseen| unseen < minute), "until now all is counted");
        fold.counted = fold.sent.checked_add(second);
        assert!(fold.unseen().is_some_and(|unseen| unseen >= minute - second), "it went on since");
        fold.add(&ChatEvent::Text("Hi".into())).unwrap();
        assert!(fold.unseen().is_some_and(|unseen| unseen >= minute - second));
        fold.add(&ChatEvent::Usage(usage)).unwrap();
        assert_eq!(fold.unseen(), None, "all of it was counted after it was seen");
    }

    #[test]
    fn marks_stand_behind_the_words_that_they_are_of() {
        let mut fold = Fold::new();
        fold.add(&ChatEvent::Text("It is hot. It is dry. It is hot.".into())).unwrap();
        let cited = [
            ("It is hot.", "[1]"),
            ("It is hot.", "[2]"),
            ("It is dry.", "[3]"),
            ("Never said", "[4]"),
        ];
        for (words, marks) in cited {
            let (words, marks) = (words.to_owned(), marks.to_owned());
            fold.add(&ChatEvent::Cited { words, marks }).unwrap();
        }
        assert!(fold.mark());
        assert_eq!(fold.text, "It is hot.[1] It is dry.[3] It is hot.[2]");
        assert!(!fold.mark(), "once");
    }

    #[test]
    fn what_is_not_written_in_an_answer_is_capped_with_it() {
        let long = || "x".repeat(ANSWER_CAP / 4);
        let source = Source { url: long(), title: String::new() };
        let events = [
            ChatEvent::Thought(Value::String(long())),
            ChatEvent::Cited { words: long(), marks: String::new() },
            ChatEvent::Source(source),
        ];
        for event in events {
            let mut fold = Fold::new();
            let kept = (0..9).take_while(|_| fold.add(&event).is_ok()).count();
            assert!(kept < 5, "{kept}");
        }
    }

    #[test]
    fn marks_of_an_answer_that_is_too_long_to_be_gone_through_for_each_are_left_out() {
        let mut fold = Fold::new();
        fold.add(&ChatEvent::Text("ab".repeat(4 << 20))).unwrap();
        for _ in 0..CITED_CAP {
            fold.add(&ChatEvent::Cited { words: "ab".into(), marks: "!".into() }).unwrap();
        }
        fold.mark();
        assert_eq!(fold.text.matches('!').count(), 16);
    }
}
