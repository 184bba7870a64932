//! A check as a text that can be kept or handed on: places, and ends of keys.

use super::{Run, view};
use crate::ipc::{LeakPlaceView, LeakedKeyView};

/// The report of what was found and is not ignored.
pub fn report(run: &Run, ignored: &[String]) -> String {
    let far = run.check.progress();
    let outcome = run.ended().map(|(outcome, _)| outcome);
    let proof = match outcome.as_ref().map(|outcome| (outcome.is_proof, outcome.is_whole)) {
        Some((true, true)) => "A planted test key was found, so the search works.",
        Some((true, false)) => "It was stopped: the rest was not looked at.",
        Some((false, _)) => "The planted test key was not found: finding nothing proves nothing.",
        None => "It has not ended.",
    };
    let mut text = format!(
        "Latchkey leak check\n\n{} files, {} commits, {} bytes. {} files could not be read.\n{proof}\n",
        far.files, far.commits, far.bytes, far.unreadable
    );
    for key in view::keys(run, ignored) {
        text.push_str(&format!("\n{}\n", title(&key)));
        for place in &key.places {
            text.push_str(&format!("  {}\n", line(place)));
        }
    }
    text
}

fn title(key: &LeakedKeyView) -> String {
    let name = key.name.as_deref().unwrap_or("A key");
    let maker = key.maker.as_deref().unwrap_or("nobody known");
    let end = key.last_four.as_ref().map(|end| format!(", ends in {end}")).unwrap_or_default();
    format!("{name}, of {maker}{end}")
}

fn line(place: &LeakPlaceView) -> String {
    let at = place.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let commit = match (&place.commit, &place.date) {
        (Some(commit), Some(date)) => format!(", commit {commit}, {date}"),
        _ => String::new(),
    };
    format!("{}{at}{commit} ({:?})", place.shown, place.kind)
}
