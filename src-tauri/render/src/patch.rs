//! What changed since the receiver was last told.

use serde::{Deserialize, Serialize};

use crate::growing::{Block, Growing};

/// A change of a list of blocks. `blocks[0..keep)` stay. With `grow`, the block at `keep` stays too, and grows.
/// Everything after is replaced by `blocks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Patch {
    /// How many blocks stay as they are.
    pub keep: usize,
    /// How the block after those grows.
    pub grow: Option<Grow>,
    /// The HTML of the blocks after that.
    pub blocks: Vec<String>,
}

/// How a block grows: in it is one element with the attribute `data-line`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grow {
    /// HTML to insert before that element.
    pub done: String,
    /// What becomes its content.
    pub line: String,
}

/// What the receiver holds.
#[derive(Debug, Default)]
pub(crate) struct Receiver {
    /// So many blocks at the start are final and held as they are.
    settled: usize,
    /// The ones after.
    held: Vec<Held>,
}

#[derive(Debug, PartialEq, Eq)]
enum Held {
    Whole(String),
    Growing { id: u64, done: usize, line: String },
}

impl Held {
    fn of(block: &Block) -> Self {
        match block {
            Block::Whole(html) => Self::Whole(html.clone()),
            Block::Growing(Growing { id, done, line, .. }) => {
                Self::Growing { id: *id, done: done.len(), line: line.clone() }
            }
        }
    }

    fn is(&self, block: &Block) -> bool {
        match (self, block) {
            (Self::Whole(held), Block::Whole(html)) => held == html,
            (Self::Growing { id, done, line }, Block::Growing(growing)) => {
                (id, *done, line) == (&growing.id, growing.done.len(), &growing.line)
            }
            _ => false,
        }
    }

    /// How a held block becomes `block` by growing.
    fn grow(&self, block: &Block) -> Option<Grow> {
        match (self, block) {
            (Self::Growing { id, done, .. }, Block::Growing(growing)) if *id == growing.id => {
                Some(Grow { done: growing.done.get(*done..)?.into(), line: growing.line.clone() })
            }
            _ => None,
        }
    }
}

impl Receiver {
    /// What to send so that the receiver holds `finals` and then `tail`. Finals are not looked at again, until
    /// `unsettle`.
    pub(crate) fn take<'b>(
        &mut self,
        finals: &'b [Block],
        tail: impl Iterator<Item = &'b Block> + Clone,
    ) -> Option<Patch> {
        let now = || finals[self.settled..].iter().chain(tail.clone());
        let same = now().zip(&self.held).take_while(|(block, held)| held.is(block)).count();
        let patch = if same == self.held.len() && now().count() == same {
            None
        } else {
            let mut changed = now().skip(same);
            let grow = self.held.get(same).zip(now().nth(same)).and_then(|(h, b)| h.grow(b));
            if grow.is_some() {
                changed.next();
            }
            let blocks = changed.map(Block::html).collect();
            Some(Patch { keep: self.settled + same, grow, blocks })
        };
        self.settled = finals.len();
        self.held = tail.map(Held::of).collect();
        patch
    }

    /// Final blocks from `index` on have changed after all.
    pub(crate) fn unsettle(&mut self, index: usize) {
        if index < self.settled {
            self.settled = index;
            self.held.clear();
        }
    }
}
