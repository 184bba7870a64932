//! What several tests need: a key, turns, and numbers that look random but are the same in every run.

use std::path::Path;

use history::{Begun, ConversationId, Finished, History, NewTurn};
use zeroize::Zeroizing;

pub(crate) fn key(byte: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([byte; 32])
}

pub(crate) fn open(path: &Path) -> History {
    History::open(path, key(1)).unwrap()
}

pub(crate) fn turn(conversation: Option<ConversationId>, text: &str) -> NewTurn {
    NewTurn {
        conversation,
        title: "Title".into(),
        system_prompt: "Prompt".into(),
        ..NewTurn::of("c1", "m1", text)
    }
}

pub(crate) fn finished(text: &str) -> Finished {
    Finished {
        finish: Some("stop".into()),
        prompt_tokens: Some(3),
        answer_tokens: Some(5),
        first_token_ms: Some(70),
        skipped: 2,
        ..Finished::of(text)
    }
}

/// A whole turn: asked and answered.
pub(crate) fn exchange(
    history: &History,
    at: Option<ConversationId>,
    ask: &str,
    answer: &str,
) -> Begun {
    let begun = history.begin_turn(&turn(at, ask)).unwrap();
    history.finish_answer(begun.answer.id, &finished(answer)).unwrap();
    begun
}

/// SplitMix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }
}
