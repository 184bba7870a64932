//! Programs that use a key without holding it. Adding one, and letting one have more, asks natively; a token never passes here.

use broker::Token;
use history::{Application, ApplicationId, ApplicationKind, Connection, History, Setting};
use tauri::State;
use url::{Origin, Url};

use super::{Answer, capped, connection};
use crate::ipc::{AppError, ApplicationInput, ApplicationView, ErrorCode, LendingView};
use crate::lending;
use crate::native::{Line, Question};
use crate::now_ms;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{labels, lending as words};

const NAME_CAP: usize = 200;
const ORIGIN_CAP: usize = 300;
const MODEL_CAP: usize = 1_000;
const MODELS_CAP: usize = 200;

/// Whether keys are lent, and to whom.
#[tauri::command]
pub async fn get_lending(state: State<'_, AppState>) -> Answer<LendingView> {
    view(&state).await
}

/// Begins or ends lending. Beginning asks natively.
#[tauri::command]
pub async fn set_lending(state: State<'_, AppState>, on: bool) -> Answer<LendingView> {
    let history = state.store.history().await?;
    if on {
        state.desktop.confirm.ask(beginning()).await?;
        lending::listen(&state).await?;
    } else {
        state.lending.stop();
    }
    let word = if on { "on" } else { "off" };
    blocking(move || history.set_setting(Setting::Lending, word)).await?;
    view(&state).await
}

/// Adds an application after a native yes, and shows its token natively, once.
#[tauri::command]
pub async fn add_application(
    state: State<'_, AppState>,
    input: ApplicationInput,
) -> Answer<ApplicationView> {
    let application = parse(input)?;
    let connection = connection(&state, &application.connection).await?;
    state.desktop.confirm.ask(adding(&application, &connection)).await?;
    let token = Token::random().ok_or_else(|| AppError::of(ErrorCode::Internal))?;
    let application = Application { last_four: Some(token.last_four().to_owned()), ..application };
    let (history, hash) = (state.store.history().await?, token.hash());
    let kept = blocking(move || history.add_application(&application, Some(&hash))).await?;
    state.lending.hold(kept.id, &token);
    let text = zeroize::Zeroizing::new(token.text().to_owned());
    // It can still be put on the clipboard where this window could not be shown.
    let _ = state.desktop.token.show(kept.name.clone(), text).await;
    Ok(ApplicationView::of(kept, (0, 0, 0), false))
}

/// Changes which models, how much and until when. Whatever is more than before asks natively.
#[tauri::command]
pub async fn change_application(
    state: State<'_, AppState>,
    id: ApplicationId,
    input: ApplicationInput,
) -> Answer<LendingView> {
    let after = parse(input)?;
    let before = known(&state, id).await?;
    let after = Application { id, ..after };
    let connection = connection(&state, &after.connection).await?;
    if is_more(&before, &after) {
        state.desktop.confirm.ask(raising(&before, &after, &connection)).await?;
    }
    let history = state.store.history().await?;
    blocking(move || history.change_application(&after)).await?;
    view(&state).await
}

/// Ends an application: its token, what is on its way to it, and its runs.
#[tauri::command]
pub async fn revoke_application(
    state: State<'_, AppState>,
    id: ApplicationId,
) -> Answer<LendingView> {
    let history = state.store.history().await?;
    blocking(move || history.end_application(id, now_ms())).await?;
    state.lending.broker.end(id);
    view(&state).await
}

/// Puts a token that was just made on the clipboard, natively, and forgets it.
#[tauri::command]
pub async fn copy_token(state: State<'_, AppState>, id: ApplicationId) -> Answer<()> {
    let token = state.lending.fresh(id).ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    state.desktop.clipboard.write(token.to_string()).await?;
    state.lending.let_go();
    Ok(())
}

async fn view(state: &AppState) -> Answer<LendingView> {
    let history = state.store.history().await?;
    let running = state.lending.broker.running();
    let port = state.lending.broker.port();
    let now = now_ms();
    let applications = blocking(move || list(&history, &running, now)).await?;
    Ok(LendingView {
        address: port.map(|port| format!("http://127.0.0.1:{port}")),
        trouble: state.lending.trouble().filter(|_| port.is_none()),
        applications,
        now_ms: now,
    })
}

fn list(
    history: &History,
    running: &[ApplicationId],
    now_ms: i64,
) -> Result<Vec<ApplicationView>, history::Error> {
    let all = history.applications()?.into_iter();
    all.map(|application| {
        let (spent, requests) = history.spent_by(application.id, now_ms)?;
        let is_running = running.contains(&application.id);
        let spent = (spent.day_nano, spent.month_nano, requests);
        Ok(ApplicationView::of(application, spent, is_running))
    })
    .collect()
}

async fn known(state: &AppState, id: ApplicationId) -> Answer<Application> {
    let history = state.store.history().await?;
    let all = blocking(move || history.applications()).await?;
    let known = all.into_iter().find(|known| known.id == id);
    known.ok_or_else(|| AppError::of(ErrorCode::NotFound))
}

fn parse(input: ApplicationInput) -> Answer<Application> {
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    capped(&name, NAME_CAP)?;
    if input.models.len() > MODELS_CAP {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    input.models.iter().try_for_each(|model| capped(model, MODEL_CAP))?;
    let origin = input.origin.as_deref().map(exact_origin).transpose()?;
    let name = match (&origin, name.is_empty()) {
        (Some(origin), true) => origin.clone(),
        (None, true) => return Err(AppError::of(ErrorCode::Empty)),
        (_, false) => name,
    };
    Ok(Application {
        id: ApplicationId(0),
        name,
        kind: if origin.is_some() { ApplicationKind::Page } else { ApplicationKind::Program },
        origin,
        connection: input.connection_id,
        models: input.models,
        limits: input.limits.parse()?,
        single_use: input.single_use,
        last_four: None,
        created_ms: now_ms(),
        expires_ms: input.expires_ms,
        last_used_ms: None,
    })
}

/// One exact origin, as a browser says it. A page that anybody on the way could change has none.
fn exact_origin(text: &str) -> Answer<String> {
    capped(text, ORIGIN_CAP)?;
    let bad = || AppError::with_detail(ErrorCode::BadAddress, words::EXACT_ORIGIN);
    let url = Url::parse(text.trim()).map_err(|_| bad())?;
    let host = url.host_str().unwrap_or_default();
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let is_safe = match url.scheme() {
        "https" | "app" | "tauri" | "vscode-webview" => true,
        "http" => is_here,
        _ => false,
    };
    let is_bare = url.path().trim_matches('/').is_empty()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if !is_safe || !is_bare || host.is_empty() {
        return Err(bad());
    }
    match url.origin() {
        origin @ Origin::Tuple(..) => Ok(origin.ascii_serialization()),
        // Programs that are web pages inside have schemes of their own.
        Origin::Opaque(_) => Ok(format!("{}://{host}", url.scheme())),
    }
}

/// Whether an application could do something that it could not do before.
fn is_more(before: &Application, after: &Application) -> bool {
    let later = match (before.expires_ms, after.expires_ms) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => after > before,
    };
    let more_models = !before.models.is_empty()
        && (after.models.is_empty()
            || after.models.iter().any(|model| !before.models.contains(model)));
    before.connection != after.connection
        || later
        || more_models
        || before.limits.are_raised_by(&after.limits)
}

fn beginning() -> Question {
    let facts = vec![(words::LISTENS_ON, words::THIS_COMPUTER.to_owned())];
    Question::of(words::BEGIN, facts, Vec::new())
}

fn facts(application: &Application, connection: &Connection) -> Vec<Line> {
    let mut facts = vec![
        (labels::KEY, words::key(connection.key.as_ref().map(|key| key.last_four.as_str()))),
        (labels::AT_MOST, words::at_most(&application.limits)),
        (words::MAY_ASK, words::models(application.models.len())),
    ];
    if let Some(expires) = application.expires_ms {
        facts.push((words::UNTIL, wire::Day::of_ms(expires).as_str().to_owned()));
    }
    if let Some(origin) = &application.origin {
        facts.push((words::ONLY_FROM, origin.clone()));
    }
    facts.push((labels::SENT_ONLY_TO, connection.origin.clone()));
    facts
}

fn claims(application: &Application, connection: &Connection) -> Vec<Line> {
    let mut claims = vec![
        (labels::APPLICATION, application.name.clone()),
        (words::KEY_CALLED, connection.name.clone()),
    ];
    if !application.models.is_empty() {
        claims.push((labels::MODELS, application.models.join(", ")));
    }
    claims
}

fn adding(application: &Application, connection: &Connection) -> Question {
    Question::of(words::ADD, facts(application, connection), claims(application, connection))
}

fn raising(before: &Application, after: &Application, connection: &Connection) -> Question {
    let mut facts = facts(after, connection);
    facts.push((words::UNTIL_NOW, words::at_most(&before.limits)));
    Question::of(words::RAISE, facts, claims(before, connection))
}

#[cfg(test)]
mod tests {
    use super::*;
    use history::Limits;

    #[test]
    fn an_origin_is_exact_or_none() {
        for (text, origin) in [
            ("https://notes.example.org", "https://notes.example.org"),
            (" https://notes.example.org/ ", "https://notes.example.org"),
            ("https://Notes.Example.org:8443", "https://notes.example.org:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("app://obsidian.md", "app://obsidian.md"),
        ] {
            assert_eq!(exact_origin(text).unwrap(), origin, "{text}");
        }
        for text in [
            "",
            "*",
            "null",
            "notes.example.org",
            "http://notes.example.org",
            "https://notes.example.org/page",
            "https://notes.example.org?x",
            "https://user@notes.example.org",
            "https://",
            "file:///home",
            "javascript:alert(1)",
        ] {
            assert!(exact_origin(text).is_err(), "{text}");
        }
    }

    #[test]
    fn more_is_told_from_less() {
        let before = Application {
            id: ApplicationId(1),
            name: "Aider".into(),
            kind: ApplicationKind::Program,
            origin: None,
            connection: "c".into(),
            models: vec!["a".into(), "b".into()],
            limits: Limits { month_nano: Some(5), ..Limits::default() },
            single_use: false,
            last_four: None,
            created_ms: 0,
            expires_ms: Some(9),
            last_used_ms: None,
        };
        let changed = |change: fn(&mut Application)| {
            let mut after = before.clone();
            change(&mut after);
            is_more(&before, &after)
        };
        assert!(!changed(|_| {}));
        assert!(!changed(|after| after.models = vec!["a".into()]));
        assert!(!changed(|after| after.limits.month_nano = Some(4)));
        assert!(!changed(|after| after.expires_ms = Some(8)));
        assert!(changed(|after| after.models = vec![]));
        assert!(changed(|after| after.models.push("c".into())));
        assert!(changed(|after| after.limits.month_nano = None));
        assert!(changed(|after| after.expires_ms = None));
        assert!(changed(|after| after.connection = "d".into()));
    }
}
