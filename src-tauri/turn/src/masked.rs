//! What is heard of an answer, without the key: text and reasoning each go through a masker of their own, since the key may
//! be cut anywhere, and what lies between two pieces of one may be a piece of the other.

use vault::Masker;
use wire::{ChatEvent, Source};

/// The maskers of an answer.
#[derive(Debug)]
pub(crate) struct Masked {
    text: Masker,
    reasoning: Masker,
}

impl Masked {
    /// For an answer to a request with this key.
    pub(crate) fn by(masker: &Masker) -> Self {
        Self { text: masker.another(), reasoning: masker.another() }
    }

    /// For no answer yet.
    pub(crate) fn nothing() -> Self {
        Self::by(&Masker::nothing())
    }

    /// What may be shown and kept of an event; what may be the beginning of the key waits.
    pub(crate) fn event(&mut self, event: ChatEvent) -> Option<ChatEvent> {
        Some(match event {
            ChatEvent::Text(text) => ChatEvent::Text(self.text.piece(&text)),
            ChatEvent::Reasoning(text) => ChatEvent::Reasoning(self.reasoning.piece(&text)),
            ChatEvent::Started { model } => ChatEvent::Started { model: self.text.whole(&model) },
            ChatEvent::ToolCall { name } => {
                ChatEvent::ToolCall { name: name.map(|name| self.text.whole(&name)) }
            }
            ChatEvent::Usage(usage) => ChatEvent::Usage(usage),
            ChatEvent::Source(source) => ChatEvent::Source(Source {
                url: self.text.whole(&source.url),
                title: self.text.whole(&source.title),
            }),
            ChatEvent::Cited { words, marks } => {
                ChatEvent::Cited { words: self.text.whole(&words), marks }
            }
            // A changed one is worth nothing to whom it goes back, so one with the key in it is not kept at all.
            ChatEvent::Thought(state) => {
                let written = state.to_string();
                if self.text.whole(&written) != written {
                    return None;
                }
                ChatEvent::Thought(state)
            }
        })
    }

    /// What was waiting, once nothing more comes.
    pub(crate) fn rest(&mut self) -> [ChatEvent; 2] {
        [ChatEvent::Reasoning(self.reasoning.rest()), ChatEvent::Text(self.text.rest())]
    }
}
