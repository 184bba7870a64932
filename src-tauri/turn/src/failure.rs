//! What can go wrong in a turn, or in making a connection, in classes that a person can act on.

use serde::{Deserialize, Serialize};
use vault::{Masker, SendError, VaultError};
use wire::Parameter;

use crate::purse::Cap;

/// The classes. The words for each live in the UI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning; the comments say what is not in it")]
pub enum Trouble {
    // The provider said no.
    KeyRejected,
    /// A key that was accepted before.
    KeyRevoked,
    NoCredit,
    NotAllowed,
    ModelNotFound,
    AddressNotFound,
    RequestRefused,
    /// The provider does not serve the place that is asked from.
    NotServed,
    /// Of those that it passes questions on to, nobody may answer this one, or can.
    NoTakers,
    /// The provider’s rules forbid what was asked.
    Moderated,
    ContextTooLong,
    /// One request has more tokens than the provider lets its key send in a minute.
    PaceTooSmall,
    Busy,
    ProviderDown,
    Nonsense,
    // The way there failed.
    Offline,
    /// Nothing listens at a loopback address.
    Unreachable,
    TlsFailed,
    /// The proxy that the environment names cannot be used, or does not let through.
    ProxyFailed,
    Redirected,
    TimedOut,
    BrokenStream,
    IdleStream,
    AnswerTooLong,
    // The key.
    KeychainLocked,
    KeychainAbsent,
    KeychainSilent,
    KeychainDismissed,
    KeychainFailed,
    KeyMissing,
    /// It leaked and was removed here; another was not handed over yet.
    KeyLeaked,
    /// Something lies in the keychain under our name that is not a key we wrote.
    KeyDamaged,
    /// The program that prints it gave none.
    CommandFailed,
    OriginMismatch,
    // What was asked.
    TooLong,
    Empty,
    /// A picture, for a model that is known to see none.
    NoPictures,
    TooManyPictures,
    /// Audio, for a model that is not known to hear.
    NoAudio,
    /// Audio of a kind that is not taken.
    AudioKind,
    /// More bytes than the provider takes, of one file or of all.
    FilesTooLarge,
    /// A document that says nothing, for a model that reads only words.
    NoWords,
    NotFound,
    AlreadyAnswering,
    /// There are secrets in what is to be sent, and nobody has said what to do about them.
    SecretsFound,
    // What a key may do.
    /// The key may ask other models only.
    ModelNotAllowed,
    /// The most that it could cost would pass a limit.
    CapReached,
    /// There is a limit, and nobody knows what it could cost.
    PriceUnknown,
    /// A minute has had as much as it may.
    PaceReached,
    /// More was charged than could have been, and nobody has looked yet.
    Overcharged,
    // The store.
    DiskFull,
    HistoryFailed,
    /// Something in Latchkey itself.
    Internal,
    /// The session's chats were moved onto the disk meanwhile: once more, with what is there now.
    HistoryMoved,
}

/// A trouble, with the facts that help a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{trouble:?}")]
pub struct Failure {
    /// The class.
    pub trouble: Trouble,
    /// The provider's name, where one is concerned.
    pub provider: Option<String>,
    /// The provider's own words.
    pub said: String,
    /// Small print: status, code, request id, host.
    pub detail: Option<String>,
    /// How long the provider asks us to wait.
    pub retry_after_ms: Option<u64>,
    /// The parameter that is refused: without it, it may be accepted.
    pub refused: Option<Parameter>,
    /// The limit that it would have passed.
    pub cap: Option<Box<Cap>>,
    /// Whether that limit is an application's own, and not the key's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_application: bool,
    /// Whether the provider says that the key was made for less than this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lacks_scope: bool,
}

impl Failure {
    /// A trouble without a provider.
    pub fn of(trouble: Trouble) -> Self {
        Self {
            trouble,
            provider: None,
            said: String::new(),
            detail: None,
            retry_after_ms: None,
            refused: None,
            cap: None,
            of_application: false,
            lacks_scope: false,
        }
    }

    pub(crate) fn at(trouble: Trouble, provider: &str, detail: Option<String>) -> Self {
        Self { provider: Some(provider.to_owned()), detail, ..Self::of(trouble) }
    }

    /// What a provider said, without the key that it may have repeated.
    pub(crate) fn said_by(provider: &str, failure: wire::Failure, masker: &Masker) -> Self {
        let retry_after_ms =
            failure.retry_after.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        Self {
            trouble: failure.kind.into(),
            provider: Some(provider.to_owned()),
            said: masker.whole(&failure.said),
            detail: failure.detail.map(|detail| masker.whole(&detail)),
            retry_after_ms,
            refused: None,
            cap: None,
            of_application: false,
            lacks_scope: failure.lacks_scope,
        }
    }

    pub(crate) fn sending(provider: &str, error: &SendError) -> Self {
        let trouble = match error {
            SendError::Vault(error) => {
                return Self { provider: Some(provider.to_owned()), ..Self::from(*error) };
            }
            SendError::OriginMismatch { .. } => Trouble::OriginMismatch,
            SendError::Redirected { .. } => Trouble::Redirected,
            SendError::Encoded => Trouble::Nonsense,
            SendError::Offline { .. } => Trouble::Offline,
            SendError::Refused { .. } => Trouble::Unreachable,
            SendError::Tls { .. } => Trouble::TlsFailed,
            SendError::Proxy { .. } => Trouble::ProxyFailed,
            SendError::TimedOut { .. } => Trouble::TimedOut,
            SendError::Broken { .. } => Trouble::BrokenStream,
            SendError::InvalidRequest { .. } => Trouble::RequestRefused,
        };
        Self::at(trouble, provider, Some(error.detail()))
    }

    /// The text kept with a failed answer.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A failure kept earlier; `None` if this version cannot read it.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

impl From<wire::FailureKind> for Trouble {
    fn from(kind: wire::FailureKind) -> Self {
        use wire::FailureKind as Kind;
        match kind {
            Kind::KeyRejected => Self::KeyRejected,
            Kind::NoCredit => Self::NoCredit,
            Kind::NotAllowed => Self::NotAllowed,
            Kind::ModelNotFound => Self::ModelNotFound,
            Kind::AddressNotFound => Self::AddressNotFound,
            Kind::RequestRefused => Self::RequestRefused,
            Kind::NotServed => Self::NotServed,
            Kind::NoTakers => Self::NoTakers,
            Kind::Moderated => Self::Moderated,
            Kind::ContextTooLong => Self::ContextTooLong,
            Kind::PaceTooSmall => Self::PaceTooSmall,
            Kind::TimedOut => Self::TimedOut,
            Kind::Busy => Self::Busy,
            Kind::ProviderDown => Self::ProviderDown,
            Kind::Nonsense => Self::Nonsense,
        }
    }
}

impl From<VaultError> for Trouble {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Locked => Self::KeychainLocked,
            VaultError::Absent => Self::KeychainAbsent,
            VaultError::Silent => Self::KeychainSilent,
            VaultError::Dismissed => Self::KeychainDismissed,
            VaultError::Missing => Self::KeyMissing,
            VaultError::Damaged => Self::KeyDamaged,
            VaultError::Command(_) => Self::CommandFailed,
            VaultError::Exists | VaultError::Failed => Self::KeychainFailed,
        }
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        let detail = match error {
            VaultError::Command(reason) => Some(reason.to_string()),
            _ => None,
        };
        Self { detail, ..Self::of(error.into()) }
    }
}

impl From<history::Error> for Failure {
    fn from(error: history::Error) -> Self {
        let trouble = match error {
            history::Error::Full => Trouble::DiskFull,
            history::Error::NotFound => Trouble::NotFound,
            history::Error::Growing => Trouble::AlreadyAnswering,
            history::Error::Closed => Trouble::HistoryMoved,
            history::Error::WrongKey
            | history::Error::Newer { .. }
            | history::Error::Damaged
            | history::Error::InUse
            | history::Error::Stopped
            | history::Error::Index
            | history::Error::Io(_)
            | history::Error::Failed(_) => Trouble::HistoryFailed,
        };
        Self { detail: Some(error.to_string()), ..Self::of(trouble) }
    }
}
