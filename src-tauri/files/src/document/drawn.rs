//! Pages that were drawn lately, so that a chat about them is not drawn anew with each message. In memory only.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

/// Pages as pictures, the first page first.
pub type Pages = Arc<[Arc<[u8]>]>;

/// Bytes of pictures that are remembered.
const MOST: usize = 48 << 20;

/// See the module.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Of each run its own, so that nobody can make two files that seem to be one.
    hasher: RandomState,
    /// The latest last, by the hash and the length of their files.
    kept: Mutex<VecDeque<((u64, usize), Pages)>>,
}

impl Drawn {
    /// Those of this file, drawn now if they are not remembered.
    pub(super) fn of(&self, file: &[u8], draw: impl FnOnce() -> Vec<Arc<[u8]>>) -> Pages {
        let key = (self.0.hasher.hash_one(file), file.len());
        if let Some(pages) = self.take(key) {
            self.keep(key, pages.clone());
            return pages;
        }
        let pages = Pages::from(draw());
        // What could not be drawn may be drawn when there is more time.
        if !pages.is_empty() {
            self.keep(key, pages.clone());
        }
        pages
    }

    fn take(&self, key: (u64, usize)) -> Option<Pages> {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(known, _)| *known == key)?;
        kept.remove(at).map(|(_, pages)| pages)
    }

    fn keep(&self, key: (u64, usize), pages: Pages) {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != key);
        kept.push_back((key, pages));
        let size = |pages: &Pages| pages.iter().map(|page| page.len()).sum::<usize>();
        while kept.len() > 1 && kept.iter().map(|(_, pages)| size(pages)).sum::<usize>() > MOST {
            kept.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(size: usize) -> Vec<Arc<[u8]>> {
        vec![Arc::from(vec![7; size])]
    }

    #[test]
    fn what_was_drawn_is_drawn_once_until_there_is_no_room_for_it() {
        let drawn = Drawn::default();
        let again = || -> Vec<Arc<[u8]>> { panic!("it is remembered") };
        drawn.of(b"first", || page(30 << 20));
        assert_eq!(drawn.clone().of(b"first", again).len(), 1);
        drawn.of(b"second", || page(30 << 20));
        assert_eq!(drawn.of(b"second", again)[0].len(), 30 << 20);
        assert_eq!(drawn.of(b"first", || page(1))[0].len(), 1, "it had to go");
        assert!(drawn.of(b"nothing", Vec::new).is_empty());
        assert_eq!(drawn.of(b"nothing", || page(2))[0].len(), 2, "tried once more");
    }
}
