//! Keeping the index of words: a thread of its own, with pauses for everybody else.

use std::sync::Arc;
use std::time::{Duration, Instant};

use history::{History, Indexed};

/// A start has better things to do.
const AFTER_THE_START: Duration = Duration::from_secs(1);

/// Between two steps nobody waits for, everybody else has at least this long.
const PAUSE: Duration = Duration::from_millis(2);

/// Works as long as this history is there.
pub fn keep(history: &Arc<History>) {
    let changes = history.changes();
    let history = Arc::downgrade(history);
    let work = move || {
        std::thread::sleep(AFTER_THE_START);
        loop {
            while let Some(open) = history.upgrade() {
                let begun = Instant::now();
                let done = open.index_some();
                drop(open);
                // What failed is tried again after the next write: a full disk has room by then, or nobody can write.
                if done != Ok(Indexed::Some) {
                    break;
                }
                std::thread::sleep(begun.elapsed().max(PAUSE));
            }
            if !changes.wait() {
                return;
            }
        }
    };
    // Without it nothing new is found; all else goes on.
    drop(std::thread::Builder::new().name("index".to_owned()).spawn(work));
}
