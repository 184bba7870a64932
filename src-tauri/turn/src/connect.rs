//! Making a connection: try the key, then keep it, then write down what is not secret.

use std::sync::Arc;

use history::{Connection, History, KeptIn, KeyFacts};
use vault::{ApiKey, BaseUrl, Binding, Credential, KeyId, KeyKind, Patience, Vault, VaultError};
use wire::Provider;

use crate::endpoint::name_of;
use crate::models::{self, Checked};
use crate::store::{now_ms, on_disk};
use crate::{Endpoint, Failure, Trouble, list_models};

/// A key that was handed over and confirmed, but is not kept yet. It lives in native memory only.
#[derive(Debug)]
pub struct Candidate {
    key: ApiKey,
    provider: Provider,
    base: BaseUrl,
    /// The connection whose key it takes the place of.
    replaces: Option<Connection>,
}

/// Where to keep a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The system's keychain.
    Keychain,
    /// Memory, until the app ends.
    Session,
}

/// What became of a candidate.
#[derive(Debug)]
pub enum Admitted {
    /// It is kept; the check may still have found a trouble that is not the key's fault.
    Kept(Connection),
    /// The provider does not accept it, or the address is wrong. Nothing was kept; the key comes back.
    Refused(ApiKey),
    /// The keychain would not take it. The candidate comes back, to be kept elsewhere or dropped.
    NotKept(Box<Candidate>, Failure),
}

impl Candidate {
    /// A key for this address, in the place of another connection's if one is given. A key that replaces another goes to
    /// the other's address and nowhere else.
    pub fn new(
        key: ApiKey,
        provider: Provider,
        base: BaseUrl,
        replaces: Option<Connection>,
    ) -> Self {
        Self { key, provider, base, replaces }
    }

    /// Tries the key, and keeps it unless the trouble is the key's or the address's own.
    pub async fn admit(self, vault: &Vault, history: &Arc<History>) -> (Admitted, Checked) {
        let credential = Credential::Candidate(&self.key);
        let checked = models::ask(vault, self.provider, &self.base, credential).await;
        let admitted = match &checked.models {
            Err(failure) if is_final(failure.trouble) => Admitted::Refused(self.key),
            // Nobody has been asked to wait for a password yet: a keychain that needs one says so at once.
            Ok(_) | Err(_) => {
                self.keep_with(vault, history, Place::Keychain, Patience::Brief).await
            }
        };
        (admitted, checked)
    }

    /// Keeps the key without trying it. The person has pressed a button for this and may be typing a password.
    pub async fn keep(self, vault: &Vault, history: &Arc<History>, place: Place) -> Admitted {
        self.keep_with(vault, history, place, Patience::Person).await
    }

    async fn keep_with(
        self,
        vault: &Vault,
        history: &Arc<History>,
        place: Place,
        patience: Patience,
    ) -> Admitted {
        let id = match self.id() {
            Ok(id) => id,
            Err(error) => return Admitted::NotKept(Box::new(self), error.into()),
        };
        let binding = Binding { base: self.base.clone(), provider: self.provider.id().to_owned() };
        if place == Place::Keychain {
            let stored = vault.store(&id, &self.key, &binding, patience).await;
            if let Err(error) = stored {
                return Admitted::NotKept(Box::new(self), error.into());
            }
        }
        let facts = facts(&self.key, place);
        match self.write_down(history, &id, facts).await {
            Ok(connection) => {
                if place == Place::Session {
                    // A new name has nothing in the keychain, and a keychain that is silent should not be asked for it.
                    if self.replaces.is_some() {
                        // Without a keychain the replaced key stays there, where nothing uses it.
                        let _ = vault.remove(&id, Patience::Brief).await;
                    }
                    vault.keep_for_session(&id, self.key, &binding);
                }
                Admitted::Kept(connection)
            }
            Err(failure) => {
                self.take_back(vault, &id).await;
                Admitted::NotKept(Box::new(self), failure)
            }
        }
    }

    fn id(&self) -> Result<KeyId, VaultError> {
        match &self.replaces {
            Some(connection) => KeyId::parse(&connection.id).ok_or(VaultError::Damaged),
            None => KeyId::random(),
        }
    }

    async fn write_down(
        &self,
        history: &Arc<History>,
        id: &KeyId,
        facts: KeyFacts,
    ) -> Result<Connection, Failure> {
        let connection = match &self.replaces {
            Some(old) => Connection { key: Some(facts), created_ms: now_ms(), ..old.clone() },
            None => new_connection(history, id, self.provider, &self.base, Some(facts)).await?,
        };
        put(history, connection).await
    }

    /// A key in the keychain that no connection names would never be used or removed again.
    async fn take_back(&self, vault: &Vault, id: &KeyId) {
        if self.replaces.is_none() {
            // Nothing more can be done if this fails too, and what is left behind is safe where it is.
            let _ = vault.remove(id, Patience::Brief).await;
        }
    }
}

/// Makes a connection to an address that wants no key, if a model list answers there.
pub async fn connect_without_key(
    vault: &Vault,
    history: &Arc<History>,
    provider: Provider,
    base: BaseUrl,
) -> Result<(Option<Connection>, Checked), Failure> {
    let checked = models::ask(vault, provider, &base, Credential::None).await;
    if checked.models.is_err() {
        return Ok((None, checked));
    }
    let id = KeyId::random()?;
    let connection = new_connection(history, &id, provider, &base, None).await?;
    Ok((Some(put(history, connection).await?), checked))
}

/// Tries a stored connection.
pub async fn check(vault: &Vault, connection: &Connection) -> Result<Checked, Failure> {
    Ok(list_models(vault, &Endpoint::of(connection)?).await)
}

/// Whether a trouble found by the check is the key's or the address's own, so that keeping the key would help nobody.
fn is_final(trouble: Trouble) -> bool {
    matches!(
        trouble,
        Trouble::KeyRejected
            | Trouble::AddressNotFound
            | Trouble::Nonsense
            | Trouble::Unreachable
            | Trouble::TlsFailed
            | Trouble::Redirected
            | Trouble::RequestRefused
            | Trouble::OriginMismatch
    )
}

fn facts(key: &ApiKey, place: Place) -> KeyFacts {
    KeyFacts {
        kind: kind_word(key.shape().kind).to_owned(),
        last_four: key.last_four().to_string(),
        kept_in: match place {
            Place::Keychain => KeptIn::Keychain,
            Place::Session => KeptIn::Session,
        },
        worked: false,
    }
}

/// The word stored for a kind; the refused kinds never get here.
fn kind_word(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Project => "project",
        KeyKind::ServiceAccount => "serviceAccount",
        KeyKind::User => "user",
        KeyKind::Api => "api",
        KeyKind::Ambiguous => "ambiguous",
        KeyKind::Unknown | KeyKind::Admin | KeyKind::OAuth | KeyKind::Foreign => "unknown",
    }
}

async fn new_connection(
    history: &Arc<History>,
    id: &KeyId,
    provider: Provider,
    base: &BaseUrl,
    key: Option<KeyFacts>,
) -> Result<Connection, Failure> {
    let taken = on_disk(history, |history| history.connections()).await?;
    Ok(Connection {
        id: id.as_str().to_owned(),
        provider: provider.id().to_owned(),
        name: free_name(&name_of(provider, base), &taken),
        address: base.as_str().to_owned(),
        origin: base.origin().to_string(),
        key,
        created_ms: now_ms(),
        last_used_ms: None,
        refuses_stream_options: false,
    })
}

/// The wanted name, or with a number behind it where another connection has it already.
fn free_name(wanted: &str, taken: &[Connection]) -> String {
    let is_free = |name: &String| taken.iter().all(|connection| connection.name != *name);
    std::iter::once(wanted.to_owned())
        .chain((2..).map(|number| format!("{wanted} {number}")))
        .find(is_free)
        .unwrap_or_default()
}

async fn put(history: &Arc<History>, connection: Connection) -> Result<Connection, Failure> {
    on_disk(history, move |history| {
        history.put_connection(&connection)?;
        Ok(connection)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_apart() {
        let connection = |name: &str| Connection {
            id: String::new(),
            provider: String::new(),
            name: name.to_owned(),
            address: String::new(),
            origin: String::new(),
            key: None,
            created_ms: 0,
            last_used_ms: None,
            refuses_stream_options: false,
        };
        assert_eq!(free_name("OpenAI", &[]), "OpenAI");
        assert_eq!(free_name("OpenAI", &[connection("OpenAI")]), "OpenAI 2");
        let both = [connection("OpenAI"), connection("OpenAI 2")];
        assert_eq!(free_name("OpenAI", &both), "OpenAI 3");
    }
}
