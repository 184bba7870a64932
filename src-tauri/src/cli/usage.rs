//! `latchkey usage`.

use super::say::{self, Said};
use super::{Call, Exit, misused, reach};
use crate::door::{Errand, SpentLine, read};
use crate::words::cli::{NONE, usage as words};
use crate::words::dollars;

pub fn run(call: &Call) -> Exit {
    if let Some(words) = call.beyond(&["json"]) {
        return misused(&words);
    }
    let answer = match reach::ask(&Errand::Usage) {
        Ok(answer) => answer,
        Err(words) => return say::failed(call, &words),
    };
    let lines: Vec<SpentLine> = read(&answer);
    let limit = |limit: Option<i64>| limit.map_or_else(|| NONE.to_owned(), dollars);
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            vec![
                line.kind.clone(),
                line.name.clone(),
                dollars(line.day_nano),
                dollars(line.month_nano),
                limit(line.day_limit_nano),
                limit(line.month_limit_nano),
            ]
        })
        .collect();
    let text = match rows.is_empty() {
        true => words::NOTHING.to_owned(),
        false => say::table(&words::COLUMNS, &rows),
    };
    Said { json: answer, text }.say(call);
    Exit::Fine
}
