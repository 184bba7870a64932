//! Messages by stretches of some ten thousand, each with words of its own in the index, so that the newest can be looked through
//! without the others. A beginning such as `th` stands for thousands of words, and the index puts all that it knows of them in
//! order before it gives the first.

use crate::MessageId;

/// Messages of an era. With fewer the same words are there more often; with more, beginnings take longer.
const MESSAGES: i64 = 1 << 16;

/// A stretch of messages that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Era(i64);

impl Era {
    /// That of a message.
    pub(super) fn of(id: MessageId) -> Self {
        Self(id.0.div_euclid(MESSAGES))
    }

    /// From this one to the first.
    pub(super) fn and_before(self) -> impl Iterator<Item = Self> {
        (0..=self.0).rev().map(Self)
    }

    /// What its words begin with. No word has such a line in it.
    pub(super) fn mark(self) -> String {
        format!("{:x}_", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_follow_each_other() {
        let last = Era::of(MessageId(2 * MESSAGES));
        assert_eq!(Era::of(MessageId(2 * MESSAGES - 1)), Era(1));
        assert_eq!(last.and_before().map(Era::mark).collect::<Vec<_>>(), ["2_", "1_", "0_"]);
    }
}
