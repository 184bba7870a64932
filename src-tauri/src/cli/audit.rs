//! `latchkey audit`.

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};

use serde_json::{Value, json};

use super::say::{self, Said};
use super::{Call, Exit, misused, reach};
use crate::door::{AuditEntry, Errand, read};
use crate::words::cli::{NONE, UNKNOWN, audit as words};
use crate::words::dollars;

pub fn run(call: &Call) -> Exit {
    if let Some(words) = call.beyond(&["json", "verify", "expect", "export"]) {
        return misused(&words);
    }
    let done = match (call.has("verify"), call.value("export")) {
        (true, _) => verify(call),
        (false, Some(path)) => export(call, path),
        (false, None) => list(call),
    };
    done.unwrap_or_else(|words| say::failed(call, &words))
}

fn verify(call: &Call) -> Result<Exit, String> {
    let expected = call.value("expect").map(str::to_owned);
    let found = reach::ask(&Errand::VerifyAudit { expected })?;
    let lines = found["lines"].as_i64().unwrap_or_default();
    let (exit, text) = match (found["brokenAt"].as_i64(), found["isExpectedThere"].as_bool()) {
        (Some(number), _) => (Exit::Found, words::broken(number)),
        (None, Some(false)) => (Exit::Found, words::CUT.to_owned()),
        (None, _) => (Exit::Fine, words::whole(lines, found["head"].as_str().unwrap_or(NONE))),
    };
    Said { json: found, text }.say(call);
    Ok(exit)
}

fn list(call: &Call) -> Result<Exit, String> {
    let mut entries = Vec::new();
    each(|page| {
        entries.extend(page);
        Ok(())
    })?;
    let unknown = || UNKNOWN.to_owned();
    let count = |count: Option<i64>| count.map_or_else(unknown, |count| count.to_string());
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| {
            vec![
                entry.number.to_string(),
                entry.at.clone(),
                entry.application.clone(),
                entry.key_name.clone(),
                entry.model.clone(),
                format!("{}/{}", count(entry.read_tokens), count(entry.written_tokens)),
                entry.nano.map_or_else(unknown, dollars),
                entry.outcome.clone(),
            ]
        })
        .collect();
    let text = match rows.is_empty() {
        true => words::NOTHING.to_owned(),
        false => say::table(&words::COLUMNS, &rows),
    };
    let json = serde_json::to_value(&entries).unwrap_or(Value::Null);
    Said { json, text }.say(call);
    Ok(Exit::Fine)
}

fn export(call: &Call, path: &str) -> Result<Exit, String> {
    let failed = |error: std::io::Error| words::not_written(path, error);
    // What is there already is somebody's.
    let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    let mut file = BufWriter::new(file);
    let mut lines = 0_usize;
    each(|page| {
        for entry in page {
            let line = serde_json::to_string(&entry).unwrap_or_default();
            writeln!(file, "{line}").map_err(failed)?;
            lines += 1;
        }
        Ok(())
    })?;
    file.flush().map_err(failed)?;
    let text = words::written(lines, path);
    Said { json: json!({"lines": lines, "file": path}), text }.say(call);
    Ok(Exit::Fine)
}

/// Every page of the log.
fn each(mut take: impl FnMut(Vec<AuditEntry>) -> Result<(), String>) -> Result<(), String> {
    let mut from = 1;
    loop {
        let page: Vec<AuditEntry> = read(&reach::ask(&Errand::Audit { from })?);
        let Some(last) = page.last() else { return Ok(()) };
        from = last.number + 1;
        take(page)?;
    }
}
