//! Changing a key, and a key that leaked. Nothing is let go without a native yes.

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use history::{Connection, History, KeyFacts, KeyUses, MessageId, Upkeep};
use tauri::State;
use turn::{Beside, OldKey, check_beside};
use vault::KeyId;

use super::usage::stamp;
use super::{Answer, connection};
use crate::ipc::{
    AppError, Check, ConnectionView, ErrorCode, KeyStanding, KeyUse, OldKeyCheck, RemovedKey,
    UpkeepInput,
};
use crate::native::{Line, Question};
use crate::now_ms;
use crate::saving::{not_written, save};
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{ending, labels, rotation as words};

/// Says what a key is for, how old it may become and what it may ask; more than before only after a native yes.
#[tauri::command]
pub async fn set_upkeep(
    state: State<'_, AppState>,
    connection_id: String,
    upkeep: UpkeepInput,
) -> Answer<ConnectionView> {
    let upkeep = upkeep.parse()?;
    let before = connection(&state, &connection_id).await?;
    let (history, id) = (state.store.history().await?, connection_id.clone());
    let ceiling = blocking(move || turn::ceiling_of(&history, &id)).await?;
    let passes = |ceiling: &turn::Ceiling| {
        !ceiling.lets_ask(&upkeep.allowed_models) || !ceiling.lets_wait(upkeep.rotate_after_days)
    };
    if let Some(ceiling) = ceiling.filter(passes) {
        return Err(AppError::with_detail(ErrorCode::TeamLimit, ceiling.team));
    }
    if upkeep.allows_more_than(&before.upkeep.allowed_models) {
        state.desktop.confirm.ask(widening(&before, &upkeep)).await?;
    }
    if upkeep.may_be_kept && !before.upkeep.may_be_kept {
        state.desktop.confirm.ask(letting_keep(&before)).await?;
    }
    let history = state.store.history().await?;
    let changed = blocking(move || {
        history.change_connection(&connection_id, |connection| {
            let UpkeepInput {
                label,
                rotate_after_days,
                allowed_models,
                default_model,
                may_be_kept,
            } = upkeep;
            let before = connection.upkeep.clone();
            connection.upkeep = Upkeep {
                label,
                rotate_after_days,
                allowed_models,
                default_model,
                may_be_kept,
                ..before
            };
        })
    });
    Ok(changed.await?.into())
}

/// Tries the key that waits to be used.
#[tauri::command]
pub async fn check_next_key(state: State<'_, AppState>, connection_id: String) -> Answer<Check> {
    let connection = connection(&state, &connection_id).await?;
    let checked = check_beside(&state.vault, &connection, Beside::Next).await?;
    if checked.proven {
        let history = state.store.history().await?;
        let item = connection.upkeep.next.map(|key| key.item);
        let noted = move |connection: &mut Connection| {
            let next = connection.upkeep.next.as_mut();
            if let Some(next) = next.filter(|next| Some(&next.item) == item.as_ref()) {
                next.worked = true;
            }
        };
        blocking(move || history.change_connection(&connection_id, noted)).await?;
    }
    Ok(checked.into())
}

/// Uses the next key from now on. It had its native yes when it was handed over; one that was not seen to work needs another.
#[tauri::command]
pub async fn switch_key(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<ConnectionView> {
    let before = connection(&state, &connection_id).await?;
    if let Some(next) = before.upkeep.next.as_ref().filter(|next| !next.worked) {
        state.desktop.confirm.ask(unproven(&before, next)).await?;
    }
    let history = state.store.history().await?;
    Ok(turn::switch_key(&state.vault, &history, &connection_id).await?.into())
}

/// Sees whether the old key fails, as it should once it is revoked.
#[tauri::command]
pub async fn check_old_key(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<OldKeyCheck> {
    let connection = connection(&state, &connection_id).await?;
    let checked = check_beside(&state.vault, &connection, Beside::Old).await?;
    Ok(OldKey::from(checked).into())
}

/// Lets the old key go, after a native yes.
#[tauri::command]
pub async fn forget_old_key(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<ConnectionView> {
    let connection = connection(&state, &connection_id).await?;
    let old = connection.upkeep.old.as_ref().ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    state.desktop.confirm.ask(letting_go(&connection, old)).await?;
    let history = state.store.history().await?;
    Ok(turn::forget_old_key(&state.vault, &history, &connection_id).await?.into())
}

/// Takes a key that leaked out of use and out of the keychain, after a native yes, and stops what runs with it.
#[tauri::command]
pub async fn remove_leaked_key(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<RemovedKey> {
    let connection = connection(&state, &connection_id).await?;
    let key = connection.key.as_ref().ok_or_else(|| AppError::of(ErrorCode::KeyMissing))?;
    let running = state.turns.answers_over(&connection_id);
    state.desktop.confirm.ask(leak(&connection, key, running.len())).await?;
    let said = Instant::now();
    let history = state.store.history().await?;
    // First what uses it. Where that cannot be written down, the key goes all the same, and what uses it fails.
    let first = stop_all(&state, &history, &connection).await;
    let removed = turn::remove_leaked_key(&state.vault, &history, &connection).await?;
    let took_ms = u64::try_from(said.elapsed().as_millis()).unwrap_or(u64::MAX);
    // Also those that began meanwhile. The key is gone: nothing that goes wrong from here on may say that it is not.
    let then = stop_all(&state, &history, &connection).await.unwrap_or_default();
    // One that is being ended is still among those that run.
    let stopped = first.unwrap_or(running).into_iter().chain(then).collect::<HashSet<_>>().len();
    let turn::Removed { connection, is_in_keychain } = removed;
    Ok(RemovedKey { connection: connection.into(), stopped, took_ms, is_in_keychain })
}

/// How every connection stands: who uses it, and what holds it up.
#[tauri::command]
pub async fn list_key_standings(state: State<'_, AppState>) -> Answer<Vec<KeyStanding>> {
    let history = state.store.history().await?;
    let standings = blocking(move || history.standings(now_ms())).await?;
    Ok(standings.into_iter().map(KeyStanding::from).collect())
}

/// Who has used the key of a connection that is looked at: the one that leaked, or else the one in use.
#[tauri::command]
pub async fn list_key_uses(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<Vec<KeyUse>> {
    let history = state.store.history().await?;
    let item = looked_at(&connection(&state, &connection_id).await?);
    let uses = blocking(move || history.key_uses(&connection_id, &item)).await?;
    Ok(uses.into_iter().map(KeyUse::from).collect())
}

/// Writes what is known of a key that leaked into a file that the person names natively.
#[tauri::command]
pub async fn save_key_report(state: State<'_, AppState>, connection_id: String) -> Answer<()> {
    let connection = connection(&state, &connection_id).await?;
    let history = state.store.history().await?;
    save(&state, words::SAVE_REPORT, "latchkey-leaked-key.txt".to_owned(), move |out| {
        let uses = history.key_uses(&connection_id, &looked_at(&connection))?;
        out.write_all(report(&connection, &uses).as_bytes()).map_err(not_written)
    })
    .await
}

/// The name of the item that a key lies in, by which the ledger knows it.
fn looked_at(connection: &Connection) -> String {
    let key = connection.upkeep.leaked.as_ref().or(connection.key.as_ref());
    key.map(|key| key.item.clone()).unwrap_or_default()
}

/// Times are UTC's.
fn report(connection: &Connection, uses: &[KeyUses]) -> String {
    let leaked = connection.upkeep.leaked.as_ref();
    let ends_in = leaked.map(|key| key.last_four.as_str()).unwrap_or_default();
    let removed = leaked.and_then(|key| key.retired_ms).map(stamp).unwrap_or_default();
    let mut lines =
        vec![words::report_head(&connection.name, ends_in, &connection.origin, &removed)];
    lines.extend(uses.iter().map(|uses| {
        let by = uses.application.as_deref().unwrap_or(words::LATCHKEY);
        words::report_line(by, uses.requests, &uses.models, uses.nano, &stamp(uses.last_ms))
    }));
    lines.join("\n") + "\n"
}

/// Ends a connection's running answers, of which it returns how many there were, what is heard, said and titled over it, and what
/// other programs do with it.
async fn stop_all(
    state: &AppState,
    history: &Arc<History>,
    connection: &Connection,
) -> Answer<Vec<MessageId>> {
    let id = connection.id.as_str();
    if let Some(key) = connection.key.as_ref().and_then(|key| KeyId::parse(&key.item)) {
        state.vault.end_uses(&key);
    }
    let running = state.turns.answers_over(id);
    running.iter().for_each(|&answer| state.turns.stop(answer));
    let (history, of) = (Arc::clone(history), id.to_owned());
    let lent = blocking(move || history.end_applications_of(&of)).await?;
    lent.into_iter().for_each(|application| state.lending.broker.end(application));
    Ok(running)
}

fn about(connection: &Connection) -> Line {
    (labels::SENT_ONLY_TO, connection.origin.clone())
}

fn called(connection: &Connection) -> Vec<Line> {
    vec![(labels::CALLED, connection.name.clone())]
}

fn in_use(connection: &Connection) -> Option<Line> {
    connection.key.as_ref().map(|key| (labels::IN_USE, ending(&key.last_four)))
}

fn widening(connection: &Connection, after: &UpkeepInput) -> Question {
    let before = &connection.upkeep.allowed_models;
    let more: Vec<_> =
        after.allowed_models.iter().filter(|model| !before.contains(model)).cloned().collect();
    let what = words::more_models((!after.allowed_models.is_empty()).then_some(more.len()));
    let mut claims = called(connection);
    claims.extend(more.into_iter().take(5).map(|model| (labels::MODEL, model)));
    Question::of(words::ASK_MORE_MODELS, vec![(labels::MODELS, what), about(connection)], claims)
}

fn letting_keep(connection: &Connection) -> Question {
    Question::of(words::LET_KEEP, vec![about(connection)], called(connection))
}

fn unproven(connection: &Connection, next: &KeyFacts) -> Question {
    let mut facts = vec![(labels::NEW_KEY, ending(&next.last_four))];
    facts.extend(in_use(connection));
    facts.push(about(connection));
    Question::of(words::USE_UNPROVEN, facts, called(connection))
}

fn letting_go(connection: &Connection, old: &KeyFacts) -> Question {
    let mut facts = vec![(labels::OLD_KEY, ending(&old.last_four))];
    facts.extend(in_use(connection));
    facts.push(about(connection));
    Question::of(words::LET_OLD_GO, facts, called(connection))
}

fn leak(connection: &Connection, key: &KeyFacts, running: usize) -> Question {
    let facts = vec![
        (labels::ENDS_IN, ending(&key.last_four)),
        (words::ANSWERS_THAT_STOP, running.to_string()),
        about(connection),
    ];
    Question::of(words::LEAKED, facts, called(connection))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_who_used_a_key_and_no_more_of_it_than_its_end() {
        let leaked = KeyFacts {
            item: "item".to_owned(),
            kind: "project".to_owned(),
            last_four: "w7Qk".to_owned(),
            kept_in: history::KeptIn::Keychain,
            worked: true,
            restricted: false,
            made_ms: 0,
            retired_ms: Some(1_795_000_001_000),
            command: None,
            behind: None,
        };
        let connection = Connection {
            id: "c".to_owned(),
            provider: "openAi".to_owned(),
            name: "Personal".to_owned(),
            address: "https://api.openai.com/v1".to_owned(),
            origin: "https://api.openai.com".to_owned(),
            key: None,
            refuses_stream_options: false,
            format: None,
            upkeep: Upkeep { leaked: Some(leaked), ..Upkeep::default() },
            created_ms: 0,
            last_used_ms: None,
        };
        let uses = KeyUses {
            application: Some("Editor".to_owned()),
            chats: 0,
            models: vec!["a".to_owned(), "b".to_owned()],
            last_ms: 1_795_000_000_000,
            requests: 2,
            nano: 2_510_000_000,
        };
        let report = report(&connection, &[uses]);
        assert!(
            report.contains("ends in w7Qk") && report.contains("2026-11-18 11:06:41 UTC"),
            "{report}"
        );
        assert!(
            report.ends_with(
                "- Editor: 2 requests to a, b, $2.51, last at 2026-11-18 11:06:40 UTC\n"
            ),
            "{report}"
        );
    }
}
