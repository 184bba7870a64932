//! The answer so far.

use std::time::{Duration, Instant};

use wire::{ChatEvent, Usage};

use crate::{Failure, Trouble};

/// More than this is not an answer any more.
pub(crate) const ANSWER_CAP: usize = 64 * 1024 * 1024;

/// What a stream's events add up to.
#[derive(Debug)]
pub(crate) struct Fold {
    pub(crate) text: String,
    pub(crate) reasoning: String,
    pub(crate) usage: Usage,
    sent: Instant,
    first: Option<Instant>,
    reasoning_from: Option<Instant>,
    reasoning_took: Option<Duration>,
}

impl Fold {
    /// An empty answer to a request sent now.
    pub(crate) fn new() -> Self {
        Self {
            text: String::new(),
            reasoning: String::new(),
            usage: Usage::default(),
            sent: Instant::now(),
            first: None,
            reasoning_from: None,
            reasoning_took: None,
        }
    }

    /// The request is sent once more; the clock starts anew.
    pub(crate) fn sent_again(&mut self) {
        self.sent = Instant::now();
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
                self.text.push_str(text);
            }
            ChatEvent::Reasoning(text) => {
                self.reasoning_from.get_or_insert_with(Instant::now);
                self.reasoning.push_str(text);
            }
            ChatEvent::Usage(usage) => {
                self.usage = self.usage.updated_by(*usage);
                return Ok(());
            }
            ChatEvent::Started { .. } | ChatEvent::ToolCall { .. } => return Ok(()),
        }
        self.first.get_or_insert_with(Instant::now);
        match self.text.len() + self.reasoning.len() > ANSWER_CAP {
            true => Err(Failure::of(Trouble::AnswerTooLong)),
            false => Ok(()),
        }
    }

    /// Nothing more will come.
    pub(crate) fn end(&mut self) {
        self.end_reasoning();
    }

    pub(crate) fn first_token_ms(&self) -> Option<i64> {
        self.first.map(|first| millis(first - self.sent))
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

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
