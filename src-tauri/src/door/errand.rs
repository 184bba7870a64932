//! What a terminal can ask for, and the answers.

use history::{Connection, History, KeptIn};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wire::{Day, Provider};

use crate::now_ms;
use crate::words::cli::reach;

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "do")]
pub enum Errand {
    /// The keys.
    Keys,
    /// Which keys the keychain keeps, by their names in it: to look for them, and for nothing else.
    StoredKeys,
    /// What was spent.
    Usage,
    /// Lines of the audit log from this one on.
    Audit {
        /// The first.
        from: i64,
    },
    /// Whether the audit log is whole.
    VerifyAudit {
        /// A hash that should be in it.
        expected: Option<String>,
    },
    /// The small window for a question.
    Ask,
    /// A token for a program; the answer holds until the line is closed.
    Run(RunWish),
}

/// A program that is to be started.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunWish {
    /// What the application is called.
    pub app: String,
    /// The key that a new one uses.
    pub key: Option<String>,
    /// The models that a new one may ask.
    pub models: Vec<String>,
    /// What a new one may spend in a month, in billionths of a dollar; `None` is what the key may.
    pub month_nano: Option<i64>,
    /// What is started.
    pub program: String,
    /// What that runs, where it runs what others wrote.
    pub runs: Option<String>,
}

/// A key, as far as it may be shown.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyLine {
    pub name: String,
    pub provider: String,
    pub address: String,
    pub kind: String,
    pub last_four: Option<String>,
    pub kept_in: String,
}

/// A key that is kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredLine {
    /// Its name in the keychain, which says nothing about it.
    pub id: vault::KeyId,
    pub name: String,
    pub last_four: String,
}

/// What a key or an application has spent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SpentLine {
    pub kind: String,
    pub name: String,
    pub day_nano: i64,
    pub month_nano: i64,
    pub day_limit_nano: Option<i64>,
    pub month_limit_nano: Option<i64>,
}

/// A line of the audit log.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    pub number: i64,
    pub at: String,
    pub at_ms: i64,
    pub application: String,
    pub key_name: String,
    pub model: String,
    pub read_tokens: Option<i64>,
    pub written_tokens: Option<i64>,
    pub nano: Option<i64>,
    pub outcome: String,
    pub hash: String,
}

const PAGE: usize = 500;

/// Reads an answer; one that another version gave may lack something, and then it is empty.
pub fn read<T: DeserializeOwned>(answer: &Value) -> Vec<T> {
    let items = answer.as_array().into_iter().flatten();
    items.filter_map(|item| serde_json::from_value(item.clone()).ok()).collect()
}

/// Answers what needs nobody at a window.
pub fn answer(history: &History, errand: &Errand) -> Result<Value, String> {
    let failed = |error: history::Error| reach::cannot_read(error);
    let value = match errand {
        Errand::Keys => keys(history).map_err(failed)?,
        Errand::StoredKeys => stored(history).map_err(failed)?,
        Errand::Usage => usage(history).map_err(failed)?,
        Errand::Audit { from } => audit(history, *from).map_err(failed)?,
        Errand::VerifyAudit { expected } => verify(history, expected.as_deref()).map_err(failed)?,
        Errand::Ask | Errand::Run(_) => return Err(reach::NEEDS_APP.to_owned()),
    };
    Ok(value)
}

fn keys(history: &History) -> Result<Value, history::Error> {
    let line = |connection: Connection| {
        let provider = Provider::stored(&connection.provider).name().to_owned();
        let (kind, last_four, kept_in) = match connection.key {
            None => ("none".to_owned(), None, "nowhere"),
            Some(key) => {
                let kept_in = match key.kept_in {
                    KeptIn::Keychain => "keychain",
                    KeptIn::Session => "session",
                    KeptIn::Command => "command",
                };
                (key.kind, Some(key.last_four), kept_in)
            }
        };
        KeyLine {
            name: connection.name,
            provider,
            address: connection.address,
            kind,
            last_four,
            kept_in: kept_in.to_owned(),
        }
    };
    Ok(json!(history.connections()?.into_iter().map(line).collect::<Vec<_>>()))
}

fn stored(history: &History) -> Result<Value, history::Error> {
    let line =
        |key: turn::StoredKey| StoredLine { id: key.id, name: key.name, last_four: key.last_four };
    Ok(json!(turn::stored_keys(history)?.into_iter().map(line).collect::<Vec<_>>()))
}

fn usage(history: &History) -> Result<Value, history::Error> {
    let mut lines = Vec::new();
    for connection in history.connections()? {
        let (spent, limits) =
            (history.spent(&connection.id, now_ms())?, history.limits(&connection.id)?);
        lines.push(SpentLine {
            kind: "key".to_owned(),
            name: connection.name,
            day_nano: spent.day_nano,
            month_nano: spent.month_nano,
            day_limit_nano: limits.day_nano,
            month_limit_nano: limits.month_nano,
        });
    }
    for application in history.applications()? {
        let (spent, _) = history.spent_by(application.id, now_ms())?;
        lines.push(SpentLine {
            kind: "application".to_owned(),
            name: application.name,
            day_nano: spent.day_nano,
            month_nano: spent.month_nano,
            day_limit_nano: application.limits.day_nano,
            month_limit_nano: application.limits.month_nano,
        });
    }
    Ok(json!(lines))
}

fn audit(history: &History, from: i64) -> Result<Value, history::Error> {
    let lines = history.audit(from, PAGE)?.into_iter().map(|line| AuditEntry {
        number: line.number,
        at: time(line.at_ms),
        at_ms: line.at_ms,
        application: line.application,
        key_name: line.key_name,
        model: line.model,
        read_tokens: line.read_tokens,
        written_tokens: line.written_tokens,
        nano: line.nano,
        outcome: line.outcome,
        hash: hex(&line.hash),
    });
    Ok(json!(lines.collect::<Vec<_>>()))
}

fn verify(history: &History, expected: Option<&str>) -> Result<Value, history::Error> {
    let chain = history.verify_audit()?;
    let mut found = json!({
        "lines": chain.lines, "head": chain.head.map(|head| hex(&head)), "brokenAt": chain.broken_at,
    });
    if let Some(expected) = expected {
        found["isExpectedThere"] = json!(has(history, expected)?);
    }
    Ok(found)
}

fn has(history: &History, expected: &str) -> Result<bool, history::Error> {
    let mut from = 1;
    loop {
        let page = history.audit(from, PAGE)?;
        let Some(last) = page.last() else { return Ok(false) };
        from = last.number + 1;
        if page.iter().any(|line| hex(&line.hash).eq_ignore_ascii_case(expected)) {
            return Ok(true);
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A day and a time of UTC.
fn time(ms: i64) -> String {
    let seconds = ms.div_euclid(1_000).rem_euclid(86_400);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{} {hours:02}:{minutes:02}:{seconds:02}", Day::of_ms(ms).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use history::{Request, Settled};

    #[test]
    fn what_is_told_holds_names_and_never_a_secret() {
        let history = History::in_memory().unwrap();
        let request = Request {
            connection: "c",
            model: "m",
            conversation: None,
            message: None,
            key: None,
            at_most_nano: Some(9),
            tokens_at_most: 1,
            now_ms: 1_796_083_199_000,
        };
        let entry = history.reserve(&request).unwrap().unwrap();
        history.settle(entry, &Settled { nano: Some(7), ..Settled::default() }).unwrap();
        let lines: Vec<AuditEntry> = read(&answer(&history, &Errand::Audit { from: 1 }).unwrap());
        assert_eq!((lines[0].at.as_str(), lines[0].nano), ("2026-11-30 23:59:59", Some(7)));
        let verify = |expected: Option<&str>| {
            let expected = expected.map(str::to_owned);
            answer(&history, &Errand::VerifyAudit { expected }).unwrap()
        };
        assert_eq!(verify(None)["head"], lines[0].hash.as_str());
        assert_eq!(verify(Some(&lines[0].hash))["isExpectedThere"], true);
        assert_eq!(verify(Some("00"))["isExpectedThere"], false);
        assert!(answer(&history, &Errand::Keys).unwrap().as_array().unwrap().is_empty());
    }
}
