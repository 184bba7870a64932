//! `latchkey keys`.

use super::say::{self, Said};
use super::{Call, Exit, misused, reach};
use crate::door::{Errand, KeyLine, read};

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
            let last = key
                .last_four
                .as_ref()
                .map_or_else(|| "no key".to_owned(), |four| format!("…{four}"));
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
        true => "No key yet. Open Latchkey and add one.".to_owned(),
        false => say::table(&["Name", "Provider", "Kind", "Ends in", "Kept in"], &rows),
    };
    Said { json: answer, text }.say(call);
    Exit::Fine
}
