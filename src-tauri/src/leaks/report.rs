//! A check as a text that can be kept or handed on: places, and ends of keys.

use super::{Run, view};
use crate::ipc::{LeakPlaceView, LeakedKeyView};
use crate::words::leaks::{self, Looked};

/// The report of what was found and is not ignored.
pub fn report(run: &Run, ignored: &[String]) -> String {
    let far = run.check.progress();
    let outcome = run.ended().map(|(outcome, _)| outcome);
    let proof = match outcome.as_ref().map(|outcome| (outcome.is_proof, outcome.is_whole)) {
        Some((true, true)) => leaks::FOUND_PLANTED,
        Some((true, false)) => leaks::STOPPED,
        Some((false, _)) => leaks::NO_PROOF,
        None => leaks::NOT_ENDED,
    };
    let looked = Looked {
        files: far.files,
        commits: far.commits,
        bytes: far.bytes,
        unreadable: far.unreadable,
    };
    let mut text = leaks::report_head(looked, proof);
    for key in view::keys(run, ignored) {
        text.push_str(&format!("\n{}\n", title(&key)));
        for place in &key.places {
            text.push_str(&format!("  {}\n", line(place)));
        }
    }
    text
}

fn title(key: &LeakedKeyView) -> String {
    leaks::key(key.name.as_deref(), key.maker.as_deref(), key.last_four.as_deref())
}

fn line(place: &LeakPlaceView) -> String {
    let commit = place.commit.as_deref().zip(place.date.as_deref());
    leaks::place(&place.shown, place.line, commit, &format!("{:?}", place.kind))
}
