//! The guard over what a person types, where the shell keeps it; and the question before a stored key is sent.

use std::sync::Arc;

use history::{ConversationId, History, Part};
use turn::{Guard, SecretKind, server_name};
use vault::{BaseUrl, Vault};
use wire::Provider;

use crate::ipc::AppError;
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{guard, keys, labels};

/// A text without the keys that are kept here: what is typed is kept as a draft, and a key is not.
pub async fn without_keys(
    state: &AppState,
    history: &Arc<History>,
    text: String,
) -> Result<String, AppError> {
    let guard = Guard::of(&state.vault, history).await?;
    let work = move || guard.without_keys(&text).into_owned();
    Ok(tokio::task::spawn_blocking(work).await.unwrap_or_default())
}

/// Whether a text of other programs holds a secret. Looked for also where the guard over messages is off: a text that was copied
/// may be on its way to the vault.
pub async fn holds_secret(
    vault: &Vault,
    history: &Arc<History>,
    text: String,
) -> Result<bool, AppError> {
    let guard = Guard::of(vault, history).await?;
    blocking(move || Ok(guard.redacted(&text) != text)).await
}

/// What a question shows of a text of other programs, and what it warns of: the beginning of a word that may be a key would be part
/// of that key.
pub fn beginning(text: &str) -> (String, Option<String>) {
    const SHOWN: usize = 300;
    match Guard::may_be_key(text) {
        true => (guard::NOT_SHOWN.to_owned(), Some(guard::MAY_BE_KEY.to_owned())),
        false => (text.chars().take(SHOWN).collect(), None),
    }
}

/// What is attached, without the keys that are kept here.
pub fn part_without_keys(guard: &Guard, part: Part) -> Part {
    match part {
        Part::File(file) => Part::File(guard.file_without_keys(file)),
        other => other,
    }
}

/// Asks natively before a stored key is sent as it is. Other secrets are a person's to send.
pub async fn confirm(
    state: &AppState,
    conversation: Option<ConversationId>,
    connection: &str,
    text: String,
    files: Vec<i64>,
) -> Result<(), AppError> {
    let history = state.store.history().await?;
    let found = turn::find_secrets(&state.vault, &history, conversation, text, files).await?;
    let stored = found.into_iter().filter_map(|secret| match secret.kind {
        SecretKind::Stored(name) => Some((name, secret.last_four.unwrap_or_default())),
        _ => None,
    });
    let mut stored: Vec<_> = stored.collect();
    stored.dedup();
    if stored.is_empty() {
        return Ok(());
    }
    let connection = crate::commands::connection(state, connection).await?;
    let to = match BaseUrl::parse(&connection.address) {
        Ok(base) => server_name(Provider::stored(&connection.provider), &base),
        Err(_) => connection.origin.clone(),
    };
    Ok(state.desktop.confirm.ask(question(&stored, to)).await?)
}

fn question(stored: &[(String, String)], to: String) -> Question {
    let ends = keys::endings(stored.iter().map(|(_, last_four)| last_four.as_str()));
    let names: Vec<_> = stored.iter().map(|(name, _)| name.clone()).collect();
    let facts = vec![(labels::KEY, ends), (guard::SENT_TO, to)];
    Question::of(guard::SEND_KEY, facts, vec![(labels::CALLED, names.join(", "))])
        .warning_of(Some(guard::KEY_IS_MONEY))
}

#[cfg(test)]
pub(crate) mod tests {
    use history::{Connection, KeptIn, KeyFacts, Setting, Upkeep};
    use vault::{ApiKey, Binding, KeyId};
    use zeroize::Zeroizing;

    use super::*;

    pub(crate) const KEY: &str = "sk-proj-Zq3vB7nM1xK9pL2wR8tY4uA6sD0fG5hJ";

    /// A guard of a store in which that key is kept.
    pub(crate) async fn guard() -> Guard {
        let (vault, history) = (Vault::in_memory(), Arc::new(History::in_memory().unwrap()));
        let base = BaseUrl::parse("https://api.openai.com/v1").unwrap();
        let id = KeyId::random().unwrap();
        let key = ApiKey::parse(Zeroizing::new(KEY.into())).unwrap();
        let binding = Binding { base: base.clone(), provider: "openAi".into() };
        vault.keep_for_session(&id, key, &binding);
        let facts = KeyFacts {
            item: id.as_str().into(),
            kind: "key".into(),
            last_four: "G5hJ".into(),
            kept_in: KeptIn::Session,
            worked: true,
            restricted: false,
            made_ms: 0,
            retired_ms: None,
            command: None,
            behind: None,
        };
        let connection = Connection {
            id: "c".into(),
            provider: "openAi".into(),
            name: "OpenAI".into(),
            address: base.as_str().into(),
            origin: base.origin().to_string(),
            key: Some(facts),
            refuses_stream_options: false,
            format: None,
            upkeep: Upkeep::default(),
            created_ms: 0,
            last_used_ms: None,
        };
        history.put_connection(&connection).unwrap();
        Guard::of(&vault, &history).await.unwrap()
    }

    #[tokio::test]
    async fn a_copied_key_is_found_where_the_guard_over_messages_is_off() {
        let (vault, history) = (Vault::in_memory(), Arc::new(History::in_memory().unwrap()));
        history.set_setting(Setting::Guard, turn::ONLY_STORED_KEYS).unwrap();
        let holds =
            async |text: &str| holds_secret(&vault, &history, text.to_owned()).await.unwrap();
        assert!(
            holds("use sk-ant-api03-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4 here").await
        );
        assert!(!holds("use a key of your own here").await);
    }
}
