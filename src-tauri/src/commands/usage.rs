//! What was spent, and a table of it for other programs.

use std::io::Write;

use history::{History, RequestLine};
use tauri::State;
use wire::Day;

use super::Answer;
use crate::ipc::{AppError, ErrorCode, UsageView};
use crate::now_ms;
use crate::saving::{not_written, save};
use crate::state::AppState;
use crate::store::blocking;
use crate::words::spending as words;

/// What was spent in a month; without one, in this.
#[tauri::command]
pub async fn get_usage(state: State<'_, AppState>, month: Option<String>) -> Answer<UsageView> {
    let now = now_ms();
    let this_month = month_of(now);
    let month = parse(month, &this_month)?;
    let history = state.store.history().await?;
    let asked = month.clone();
    let usage = blocking(move || history.usage(&asked)).await?;
    Ok(UsageView::of(usage, month, this_month, now))
}

/// Writes a month's requests into a file that the person chooses, a line each. Returns how many.
#[tauri::command]
pub async fn export_usage(state: State<'_, AppState>, month: Option<String>) -> Answer<usize> {
    let month = parse(month, &month_of(now_ms()))?;
    let name = format!("latchkey-usage-{month}.csv");
    let history = state.store.history().await?;
    save(&state, words::SAVE_TABLE, name, move |out| write(&history, &month, out)).await
}

fn month_of(ms: i64) -> String {
    Day::of_ms(ms).as_str().chars().take(7).collect()
}

fn parse(month: Option<String>, this_month: &str) -> Answer<String> {
    let Some(month) = month else { return Ok(this_month.to_owned()) };
    let is_one = month.len() == 7
        && month.bytes().enumerate().all(|(at, byte)| match at {
            4 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_one.then_some(month).ok_or_else(|| AppError::of(ErrorCode::NotFound))
}

fn write(history: &History, month: &str, out: &mut impl Write) -> Answer<usize> {
    let mut count = 0;
    let mut broken = None;
    out.write_all(words::TABLE_HEAD.as_bytes()).map_err(not_written)?;
    history
        .each_request(month, |line| {
            count += 1;
            out.write_all(row(&line).as_bytes()).map_err(|error| {
                broken = Some(not_written(error));
                history::Error::Stopped
            })
        })
        .map_err(|error| broken.take().unwrap_or_else(|| error.into()))?;
    Ok(count)
}

fn row(line: &RequestLine) -> String {
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let cells = [
        stamp(line.sent_ms),
        quoted(&line.key),
        quoted(&line.application),
        number(line.conversation),
        quoted(&line.model),
        number(line.read_tokens),
        number(line.written_tokens),
        line.nano.map(dollars).unwrap_or_default(),
        number(line.first_token_ms),
        number(line.whole_ms),
    ];
    cells.join(",") + "\r\n"
}

/// `2026-11-29 14:02:11`, by UTC.
pub(super) fn stamp(ms: i64) -> String {
    let of_day = ms.div_euclid(1_000).rem_euclid(86_400);
    let (hours, minutes, seconds) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{} {hours:02}:{minutes:02}:{seconds:02}", Day::of_ms(ms).as_str())
}

/// Exact: a table is added up.
fn dollars(nano: i64) -> String {
    let sign = if nano < 0 { "-" } else { "" };
    let nano = nano.unsigned_abs();
    format!("{sign}{}.{:09}", nano / 1_000_000_000, nano % 1_000_000_000)
}

/// Always in quotes. What a table program would take for a formula begins with an apostrophe.
fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let apostrophe = if is_formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_says_it_exactly_and_runs_nothing() {
        let line = RequestLine {
            sent_ms: 1_795_000_001_999,
            key: "=HYPERLINK(\"x\")".to_owned(),
            application: String::new(),
            conversation: Some(7),
            model: "gpt, 5".to_owned(),
            read_tokens: Some(10),
            written_tokens: None,
            nano: Some(1_234),
            first_token_ms: None,
            whole_ms: Some(5),
        };
        assert_eq!(
            row(&line),
            "2026-11-18 11:06:41,\"'=HYPERLINK(\"\"x\"\")\",\"\",7,\"gpt, 5\",10,,0.000001234,,5\r\n"
        );
        assert_eq!([-5, 2_000_000_001].map(dollars), ["-0.000000005", "2.000000001"]);
    }

    #[test]
    fn a_month_without_requests_is_a_table_without_lines() {
        let history = History::in_memory().unwrap();
        let mut out = Vec::new();
        assert_eq!(write(&history, "2026-11", &mut out).unwrap(), 0);
        assert_eq!(out, words::TABLE_HEAD.as_bytes());
    }

    #[test]
    fn a_month_is_a_month() {
        assert_eq!(parse(None, "2026-11").unwrap(), "2026-11");
        assert_eq!(parse(Some("2025-01".into()), "2026-11").unwrap(), "2025-01");
        for odd in ["", "2026", "2026-1", "2026-11-29", "%", "20é6-1"] {
            assert!(parse(Some(odd.into()), "2026-11").is_err(), "{odd}");
        }
    }
}
