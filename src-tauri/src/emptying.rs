//! Emptying the trash of what is old: after the start, and then every hour, since some never close the window.

use std::sync::Arc;
use std::time::Duration;

use history::{History, Setting};

use crate::ipc::Preferences;
use crate::now_ms;

/// A start has better things to do.
const AFTER_THE_START: Duration = Duration::from_secs(2);

/// Often enough for what is counted in days.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Works as long as this history is there.
pub fn keep(history: &Arc<History>) {
    let history = Arc::downgrade(history);
    let work = move || {
        std::thread::sleep(AFTER_THE_START);
        while let Some(open) = history.upgrade() {
            // What is left now goes the next time.
            let _ = empty(&open, now_ms());
            drop(open);
            std::thread::sleep(EVERY);
        }
    };
    // Without it the trash is full, and nothing else.
    drop(std::thread::Builder::new().name("trash".to_owned()).spawn(work));
}

/// Removes what has been in the trash for longer than the person wishes.
fn empty(history: &History, now: i64) -> Result<usize, history::Error> {
    let wished = Preferences::of_stored(history.setting(Setting::Preferences)?.as_deref());
    match wished.keep_trash.days() {
        Some(days) => history.purge_deleted(now - days * 24 * 60 * 60 * 1_000),
        None => Ok(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use history::NewTurn;

    const DAY: i64 = 24 * 60 * 60 * 1_000;

    #[test]
    fn what_is_in_the_trash_goes_when_the_person_wishes() {
        let history = History::in_memory().unwrap();
        let wish = |keep: &str| {
            let wishes = format!("{{\"keepTrash\":\"{keep}\"}}");
            history.set_setting(Setting::Preferences, &wishes).unwrap();
        };
        let trash = || {
            let begun = history.begin_turn(&NewTurn::of("c", "m", "Hello")).unwrap();
            history.delete(begun.conversation.id).unwrap();
        };
        let later = |days: i64| empty(&history, now_ms() + days * DAY).unwrap();
        trash();
        assert_eq!([later(29), later(31)], [0, 1], "a month, where nothing is wished");
        wish("week");
        trash();
        assert_eq!([later(6), later(8)], [0, 1]);
        wish("forever");
        trash();
        assert_eq!(later(10_000), 0);
    }
}
