//! Making a connection: try the key, then keep it, then write down what is not secret.

mod keep;
mod rotate;

use std::sync::Arc;

use history::{Connection, History, KeyFacts, Upkeep};
use vault::{ApiKey, BaseUrl, Credential, KeyCommand, KeyId, KeyKind, Patience, Vault};
use wire::Provider;

pub use keep::{remove_leftovers, use_commands};
pub use rotate::{
    Beside, OldKey, Removed, check_beside, forget_old_key, remove_leaked_key, switch_key,
};

use crate::endpoint::name_of;
use crate::models::{self, Checked};
use crate::store::{now_ms, on_disk};
use crate::{Endpoint, Failure, Trouble};

/// An address that was confirmed, mostly with a key that was handed over for it; neither is kept yet. The key lives in
/// native memory only.
#[derive(Debug)]
pub struct Candidate {
    /// None where the address wants none.
    key: Option<ApiKey>,
    provider: Provider,
    base: BaseUrl,
    /// What it is to be.
    aim: Aim,
    /// The keychain's item that it gets: the same at every try.
    item: Option<KeyId>,
    /// What printed it, where it is kept nowhere.
    command: Option<KeyCommand>,
    /// Whether the key was seen to be accepted.
    proven: bool,
    /// Whether its provider said that it may not do everything.
    restricted: bool,
}

/// What a candidate is to be.
#[derive(Debug, Clone)]
pub enum Aim {
    /// A connection of its own.
    Own,
    /// The key of this connection, in the place of the one that it has.
    Replace(Box<Connection>),
    /// The next key of this connection, beside the one that it goes on using.
    Next(Box<Connection>),
}

impl Aim {
    /// The connection whose key it is about.
    pub fn connection(&self) -> Option<&Connection> {
        match self {
            Self::Own => None,
            Self::Replace(connection) | Self::Next(connection) => Some(connection),
        }
    }
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
    Kept(Box<Connection>),
    /// The provider does not accept it, or the address is wrong. Nothing was kept.
    Refused,
    /// A server answered, but not with a list of models, so nobody knows whether it can chat. The candidate comes back: who
    /// knows the name of a model may keep it all the same.
    Unlisted(Box<Candidate>),
    /// The keychain would not take it. The candidate comes back, to be kept elsewhere or dropped.
    NotKept(Box<Candidate>, Failure),
}

impl Candidate {
    /// A key for this address. One for a connection that is there goes to that one's address and nowhere else.
    pub fn new(key: ApiKey, provider: Provider, base: BaseUrl, aim: Aim) -> Self {
        let item = KeyId::random().ok();
        Self {
            key: Some(key),
            provider,
            base,
            aim,
            item,
            command: None,
            proven: false,
            restricted: false,
        }
    }

    /// The same key, kept nowhere: the command that printed it does so again in every session.
    #[must_use]
    pub fn printed_by(self, command: KeyCommand) -> Self {
        Self { command: Some(command), ..self }
    }

    /// An address that wants no key.
    pub fn without_key(provider: Provider, base: BaseUrl) -> Self {
        let item = KeyId::random().ok();
        Self {
            key: None,
            provider,
            base,
            aim: Aim::Own,
            item,
            command: None,
            proven: false,
            restricted: false,
        }
    }

    /// Tries it, and keeps it unless the trouble is the key's or the address's own.
    pub async fn admit(mut self, vault: &Vault, history: &Arc<History>) -> (Admitted, Checked) {
        let credential = self.key.as_ref().map_or(Credential::None, Credential::Candidate);
        let checked = models::check(vault, self.provider, &self.base, credential).await;
        self.proven = checked.proven;
        self.restricted = checked.restricted.unwrap_or(false);
        let admitted = match &checked.models {
            Err(failure) if is_final(failure.trouble) => Admitted::Refused,
            Err(failure) if self.key.is_none() || is_unlisted(failure.trouble) => {
                Admitted::Unlisted(Box::new(self))
            }
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
}

/// Tries a stored connection, and notes if that shows that its key is accepted.
pub async fn check(
    vault: &Vault,
    history: &Arc<History>,
    connection: &Connection,
) -> Result<Checked, Failure> {
    let endpoint = Endpoint::of(connection)?;
    let checked =
        models::check(vault, endpoint.provider, &endpoint.base, endpoint.credential()).await;
    if checked.proven {
        let id = connection.id.clone();
        // It is only a note: what was found holds without it.
        let _ = on_disk(history, move |history| history.note_key_worked(&id)).await;
    }
    if let Some(restricted) = checked.restricted {
        let id = connection.id.clone();
        let _ = on_disk(history, move |history| history.note_key_restricted(&id, restricted)).await;
    }
    let models = checked.models.map_err(|failure| endpoint.knowing(failure));
    Ok(Checked { models, ..checked })
}

/// Whether a trouble found by the check is the key's or the address's own, so that keeping the key would help nobody.
fn is_final(trouble: Trouble) -> bool {
    matches!(
        trouble,
        Trouble::KeyRejected
            | Trouble::Unreachable
            | Trouble::TlsFailed
            | Trouble::Redirected
            | Trouble::OriginMismatch
    )
}

/// Whether a server is there that has no list of models, at least not here. It may chat all the same.
fn is_unlisted(trouble: Trouble) -> bool {
    matches!(
        trouble,
        Trouble::AddressNotFound
            | Trouble::ModelNotFound
            | Trouble::Nonsense
            | Trouble::RequestRefused
            | Trouble::NotServed
            | Trouble::Moderated
    )
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
        format: None,
        upkeep: Upkeep::default(),
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
            format: None,
            upkeep: Upkeep::default(),
        };
        assert_eq!(free_name("OpenAI", &[]), "OpenAI");
        assert_eq!(free_name("OpenAI", &[connection("OpenAI")]), "OpenAI 2");
        let both = [connection("OpenAI"), connection("OpenAI 2")];
        assert_eq!(free_name("OpenAI", &both), "OpenAI 3");
    }
}
