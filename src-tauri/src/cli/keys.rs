//! `latchkey keys`.

use super::say::{self, Said};
use super::{Call, Exit, misused, reach};
use crate::door::{Errand, KeyLine, read};
use crate::words::cli::keys as words;
use crate::words::ending;

pub fn run(call: &Call) -> Exit {
    if let Some(words) = call.beyond(&["json"]) {
        return misused(&words);
    }
    let answer = match reach::ask(&Errand::Keys) {
        Ok(answer) => answer,
        Err(words) => return say::failed(call, &words),
    };
    let keys: Vec<KeyLine> = read(&answer);
    let rows: Vec<_> = keys
        .iter()
        .map(|key| {
            let none = || words::NO_KEY.to_owned();
            let last = key.last_four.as_deref().map_or_else(none, ending);
            vec![
                key.name.clone(),
                key.provider.clone(),
                key.kind.clone(),
                last,
                key.kept_in.clone(),
            ]
        })
        .collect();
    let text = match rows.is_empty() {
        true => words::NONE_YET.to_owned(),
        false => say::table(&words::COLUMNS, &rows),
    };
    Said { json: answer, text }.say(call);
    Exit::Fine
}
