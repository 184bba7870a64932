//! A program that is started from a terminal, with a token of its own that dies with it.

use std::sync::Arc;

use broker::Lease;
use history::{Application, ApplicationId, ApplicationKind, Connection, History, Limits};

use super::ground::{ask, question};
use crate::door::RunWish;
use crate::native::{HowLong, NativeError, Question};
use crate::now_ms;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::cli::reach;
use crate::words::{labels, lending as words};

/// A token, and where it is worth something.
pub struct Started {
    /// The token; it dies when this is dropped.
    pub lease: Lease,
    /// The port.
    pub port: u16,
    /// Whether the application is to be forgotten with the program.
    pub ends: Option<ApplicationId>,
}

const NAME_CAP: usize = 200;
const MODELS_CAP: usize = 100;

/// Lends a key to a program, after a native yes where the application or the program is new. An error is words for a person.
pub async fn lend_to(state: &AppState, wish: RunWish) -> Result<Started, String> {
    let port = state.lending.broker.port();
    let port = port.ok_or(words::IS_OFF)?;
    let name = wish.app.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.len() > NAME_CAP || wish.models.len() > MODELS_CAP {
        return Err(words::NEEDS_NAME.to_owned());
    }
    let closed = |_| reach::STORE_LOCKED.to_owned();
    let history = state.store.history().await.map_err(closed)?;
    let copy = Arc::clone(&history);
    let (applications, connections) =
        blocking(move || Ok((copy.applications()?, copy.connections()?))).await.map_err(closed)?;
    let known = applications.into_iter().find(|known| {
        known.kind == ApplicationKind::Run && known.name.to_lowercase() == name.to_lowercase()
    });
    let (application, ends) = match known {
        Some(known) => {
            let connection = connections.iter().find(|one| one.id == known.connection);
            let connection = connection.ok_or(words::KEY_GONE)?;
            if known.expires_ms.is_some_and(|expires| now_ms() >= expires) {
                return Err(words::EXPIRED.to_owned());
            }
            let_program(state, &history, &known, connection, &wish).await?;
            (known, None)
        }
        None => {
            let connection = chosen(&connections, wish.key.as_deref())?;
            begin(state, &history, new(name, connection, &wish), connection, &wish).await?
        }
    };
    let lease = state.lending.broker.lend(application.id);
    let lease = lease.ok_or(words::NO_RANDOMNESS)?;
    Ok(Started { lease, port, ends })
}

/// Asks about a program that this application was not started as before.
async fn let_program(
    state: &AppState,
    history: &Arc<History>,
    application: &Application,
    connection: &Connection,
    wish: &RunWish,
) -> Result<(), String> {
    let (copy, id, path) = (Arc::clone(history), application.id, identity(wish));
    let known = blocking(move || copy.is_program_known(id, &path)).await;
    if known.unwrap_or(false) {
        return Ok(());
    }
    let asked = ask(state, about(application, connection, wish)).await;
    match asked.map_err(refused)? {
        HowLong::Once => Ok(()),
        HowLong::Always => note(history, id, wish).await,
    }
}

/// Asks about an application that is new.
async fn begin(
    state: &AppState,
    history: &Arc<History>,
    application: Application,
    connection: &Connection,
    wish: &RunWish,
) -> Result<(Application, Option<ApplicationId>), String> {
    let asked = ask(state, about(&application, connection, wish)).await;
    let how_long = asked.map_err(refused)?;
    let copy = Arc::clone(history);
    let added = blocking(move || copy.add_application(&application, None)).await;
    let added = added.map_err(|_| words::NOT_WRITTEN.to_owned())?;
    match how_long {
        HowLong::Once => Ok((added.clone(), Some(added.id))),
        HowLong::Always => {
            note(history, added.id, wish).await?;
            Ok((added, None))
        }
    }
}

async fn note(history: &Arc<History>, id: ApplicationId, wish: &RunWish) -> Result<(), String> {
    let (copy, path) = (Arc::clone(history), identity(wish));
    let noted = blocking(move || copy.let_program(id, &path)).await;
    noted.map_err(|_| words::NOT_WRITTEN.to_owned())
}

/// Who it is: a shell or an interpreter is what it runs.
fn identity(wish: &RunWish) -> String {
    match &wish.runs {
        Some(runs) => format!("{} {runs}", wish.program),
        None => wish.program.clone(),
    }
}

fn about(application: &Application, connection: &Connection, wish: &RunWish) -> Question {
    let mut question = question(application, connection, None, Some(&wish.program));
    question.claims.extend(wish.runs.clone().map(|runs| (labels::RUNS.to_owned(), runs)));
    question
}

/// The key that a new application uses: the one that is named, or else the one that was used last.
fn chosen<'c>(connections: &'c [Connection], key: Option<&str>) -> Result<&'c Connection, String> {
    match key {
        Some(key) => {
            let named =
                connections.iter().find(|one| one.name.to_lowercase() == key.to_lowercase());
            named.ok_or_else(|| words::no_such_key(key))
        }
        None => {
            let with_key = connections.iter().filter(|one| one.key.is_some());
            let last = with_key.max_by_key(|one| (one.last_used_ms, one.created_ms));
            let last = last.or_else(|| connections.iter().max_by_key(|one| one.last_used_ms));
            last.ok_or_else(|| words::NO_KEY_YET.to_owned())
        }
    }
}

fn new(name: String, connection: &Connection, wish: &RunWish) -> Application {
    Application {
        id: ApplicationId(0),
        name,
        kind: ApplicationKind::Run,
        origin: None,
        connection: connection.id.clone(),
        models: wish.models.clone(),
        limits: Limits { month_nano: wish.month_nano.map(|nano| nano.max(0)), ..Limits::default() },
        single_use: false,
        last_four: None,
        created_ms: now_ms(),
        expires_ms: None,
        last_used_ms: None,
    }
}

fn refused(error: NativeError) -> String {
    match error {
        NativeError::Cancelled => words::SAID_NO,
        NativeError::TooManyRefusals => words::SAID_NO_THRICE,
        NativeError::WindowOpen => words::WINDOW_OPEN,
        NativeError::Unavailable => words::CANNOT_ASK,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use history::{KeptIn, KeyFacts};

    fn connection(name: &str, used: Option<i64>, has_key: bool) -> Connection {
        let key = KeyFacts {
            kind: "project".into(),
            last_four: "w7Qk".into(),
            kept_in: KeptIn::Keychain,
            worked: true,
            restricted: false,
            item: name.into(),
            made_ms: 0,
            retired_ms: None,
            command: None,
            behind: None,
        };
        Connection {
            id: name.into(),
            provider: "openAi".into(),
            name: name.into(),
            address: "a".into(),
            origin: "o".into(),
            key: has_key.then_some(key),
            refuses_stream_options: false,
            format: None,
            upkeep: history::Upkeep::default(),
            created_ms: 0,
            last_used_ms: used,
        }
    }

    #[test]
    fn the_key_that_was_used_last_is_lent_unless_one_is_named() {
        let all = [
            connection("Personal", Some(5), true),
            connection("Work", Some(9), true),
            connection("Ollama", Some(20), false),
        ];
        assert_eq!(chosen(&all, None).unwrap().name, "Work");
        assert_eq!(chosen(&all, Some("personal")).unwrap().name, "Personal");
        assert!(chosen(&all, Some("Home")).is_err());
        assert_eq!(chosen(&all[2..], None).unwrap().name, "Ollama");
        assert!(chosen(&[], None).is_err());
    }
}
