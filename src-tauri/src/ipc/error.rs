//! The only error the page ever sees: a code from a closed list, and facts. The words live in the page's catalogue.

use serde::{Deserialize, Serialize};
use turn::{Cap, Failure, Trouble};
use vault::{AddressError, DotenvError, KeyRefusal};
use wire::Parameter;

use crate::native::NativeError;

/// What the page acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name is its meaning")]
pub enum ErrorCode {
    KeyRejected,
    KeyRevoked,
    NoCredit,
    NotAllowed,
    ModelNotFound,
    AddressNotFound,
    RequestRefused,
    NotServed,
    NoTakers,
    Moderated,
    TimedOut,
    Busy,
    ProviderDown,
    BrokenStream,
    IdleStream,
    Offline,
    Unreachable,
    TlsFailed,
    ProxyFailed,
    Redirected,
    Nonsense,
    AnswerTooLong,
    ContextTooLong,
    PaceTooSmall,
    KeychainLocked,
    KeychainAbsent,
    KeychainSilent,
    KeychainDismissed,
    KeychainFailed,
    KeyMissing,
    KeyLeaked,
    CommandFailed,
    ModelNotAllowed,
    KeyDamaged,
    AdminKey,
    OauthKey,
    NotAModelKey,
    NotAKey,
    MaskedKey,
    PlaceholderKey,
    KeyInAddress,
    SeveralKeys,
    OtherProvidersKey,
    ClipboardEmpty,
    EnvironmentEmpty,
    FileUnreadable,
    NoKeyInFile,
    FileEncoding,
    BadLineInFile,
    BadTeamFile,
    TeamLimit,
    OriginMismatch,
    Cancelled,
    TooManyRefusals,
    TooOften,
    WindowOpen,
    NativeUnavailable,
    HistoryDamaged,
    HistoryWrongKey,
    HistoryNewer,
    HistoryKeyMissing,
    HistoryKeyDamaged,
    HistoryInUse,
    DiskFull,
    HistoryFailed,
    TooLong,
    Empty,
    BadAddress,
    BadLink,
    PictureMissing,
    PictureTooLarge,
    NotAPicture,
    NoPictures,
    TooManyPictures,
    NoAudio,
    AudioKind,
    FilesTooLarge,
    NoWords,
    FileNotWritten,
    NotALibrary,
    LibraryNewer,
    SecretsFound,
    NotFound,
    AlreadyAnswering,
    AlreadyRunning,
    CapReached,
    PriceUnknown,
    PaceReached,
    Overcharged,
    PortTaken,
    NoSoundProgram,
    NoSoundDevice,
    SoundNotAllowed,
    SoundInUse,
    SoundBroke,
    NothingSaid,
    NoSystemVoice,
    Internal,
}

/// An error as the page gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct AppError {
    /// What happened.
    pub code: ErrorCode,
    /// The provider's own words, where it had some; else empty.
    pub message: String,
    /// How long the provider asks to wait.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub retry_after_ms: Option<u64>,
    /// Small print.
    pub detail: Option<String>,
    /// The provider concerned.
    pub provider: Option<String>,
    /// The parameter that was refused: without it, the request may be accepted.
    #[cfg_attr(test, ts(as = "Option<super::parameters::ParameterName>"))]
    pub refused: Option<Parameter>,
    /// The limit that it would have passed.
    #[cfg_attr(test, ts(as = "Option<super::spending::CapView>"))]
    pub cap: Option<Box<Cap>>,
}

impl AppError {
    /// An error with nothing to add.
    pub fn of(code: ErrorCode) -> Self {
        Self {
            code,
            message: String::new(),
            retry_after_ms: None,
            detail: None,
            provider: None,
            refused: None,
            cap: None,
        }
    }

    /// An error with small print.
    pub fn with_detail(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..Self::of(code) }
    }
}

impl From<Failure> for AppError {
    fn from(failure: Failure) -> Self {
        Self {
            code: failure.trouble.into(),
            // Somebody else's words may hold characters that nobody can see.
            message: readable(failure.said),
            retry_after_ms: failure.retry_after_ms,
            detail: failure.detail.map(readable),
            provider: failure.provider,
            refused: failure.refused,
            cap: failure.cap,
        }
    }
}

fn readable(text: String) -> String {
    render::spelled_out(&text).unwrap_or(text)
}

impl From<Trouble> for ErrorCode {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::KeyRejected => Self::KeyRejected,
            Trouble::KeyRevoked => Self::KeyRevoked,
            Trouble::NoCredit => Self::NoCredit,
            Trouble::NotAllowed => Self::NotAllowed,
            Trouble::ModelNotFound => Self::ModelNotFound,
            Trouble::AddressNotFound => Self::AddressNotFound,
            Trouble::RequestRefused => Self::RequestRefused,
            Trouble::NotServed => Self::NotServed,
            Trouble::NoTakers => Self::NoTakers,
            Trouble::Moderated => Self::Moderated,
            Trouble::ContextTooLong => Self::ContextTooLong,
            Trouble::PaceTooSmall => Self::PaceTooSmall,
            Trouble::Busy => Self::Busy,
            Trouble::ProviderDown => Self::ProviderDown,
            Trouble::Nonsense => Self::Nonsense,
            Trouble::Offline => Self::Offline,
            Trouble::Unreachable => Self::Unreachable,
            Trouble::TlsFailed => Self::TlsFailed,
            Trouble::ProxyFailed => Self::ProxyFailed,
            Trouble::Redirected => Self::Redirected,
            Trouble::TimedOut => Self::TimedOut,
            Trouble::BrokenStream => Self::BrokenStream,
            Trouble::IdleStream => Self::IdleStream,
            Trouble::AnswerTooLong => Self::AnswerTooLong,
            Trouble::KeychainLocked => Self::KeychainLocked,
            Trouble::KeychainAbsent => Self::KeychainAbsent,
            Trouble::KeychainSilent => Self::KeychainSilent,
            Trouble::KeychainDismissed => Self::KeychainDismissed,
            Trouble::KeychainFailed => Self::KeychainFailed,
            Trouble::KeyMissing => Self::KeyMissing,
            Trouble::KeyLeaked => Self::KeyLeaked,
            Trouble::CommandFailed => Self::CommandFailed,
            Trouble::ModelNotAllowed => Self::ModelNotAllowed,
            Trouble::KeyDamaged => Self::KeyDamaged,
            Trouble::OriginMismatch => Self::OriginMismatch,
            Trouble::TooLong => Self::TooLong,
            Trouble::Empty => Self::Empty,
            Trouble::NoPictures => Self::NoPictures,
            Trouble::TooManyPictures => Self::TooManyPictures,
            Trouble::NoAudio => Self::NoAudio,
            Trouble::AudioKind => Self::AudioKind,
            Trouble::FilesTooLarge => Self::FilesTooLarge,
            Trouble::NoWords => Self::NoWords,
            Trouble::NotFound => Self::NotFound,
            Trouble::AlreadyAnswering => Self::AlreadyAnswering,
            Trouble::SecretsFound => Self::SecretsFound,
            Trouble::CapReached => Self::CapReached,
            Trouble::PriceUnknown => Self::PriceUnknown,
            Trouble::PaceReached => Self::PaceReached,
            Trouble::Overcharged => Self::Overcharged,
            Trouble::DiskFull => Self::DiskFull,
            Trouble::HistoryFailed | Trouble::HistoryMoved => Self::HistoryFailed,
            Trouble::Internal => Self::Internal,
        }
    }
}

impl From<history::Error> for AppError {
    fn from(error: history::Error) -> Self {
        let code = match error {
            history::Error::WrongKey => ErrorCode::HistoryWrongKey,
            history::Error::Damaged => ErrorCode::HistoryDamaged,
            history::Error::Newer { .. } => ErrorCode::HistoryNewer,
            history::Error::InUse => ErrorCode::HistoryInUse,
            history::Error::Full => ErrorCode::DiskFull,
            history::Error::NotFound => ErrorCode::NotFound,
            history::Error::Growing => ErrorCode::AlreadyAnswering,
            history::Error::Stopped => ErrorCode::Cancelled,
            history::Error::Closed
            | history::Error::Index
            | history::Error::Io(_)
            | history::Error::Failed(_) => ErrorCode::HistoryFailed,
        };
        Self::with_detail(code, error.to_string())
    }
}

impl From<vault::VaultError> for AppError {
    fn from(error: vault::VaultError) -> Self {
        Failure::from(error).into()
    }
}

impl From<NativeError> for AppError {
    fn from(error: NativeError) -> Self {
        Self::of(match error {
            NativeError::Cancelled => ErrorCode::Cancelled,
            NativeError::TooManyRefusals => ErrorCode::TooManyRefusals,
            NativeError::WindowOpen => ErrorCode::WindowOpen,
            NativeError::Unavailable => ErrorCode::NativeUnavailable,
        })
    }
}

impl From<KeyRefusal> for AppError {
    fn from(refusal: KeyRefusal) -> Self {
        let code = match refusal {
            KeyRefusal::Empty | KeyRefusal::NotAKey { .. } => ErrorCode::NotAKey,
            KeyRefusal::Admin { .. } => ErrorCode::AdminKey,
            KeyRefusal::OAuth { .. } => ErrorCode::OauthKey,
            KeyRefusal::NotAModelKey { service } => {
                let provider = Some(service.to_owned());
                return Self { provider, ..Self::of(ErrorCode::NotAModelKey) };
            }
            KeyRefusal::Masked => ErrorCode::MaskedKey,
            KeyRefusal::Placeholder => ErrorCode::PlaceholderKey,
            KeyRefusal::InAddress => ErrorCode::KeyInAddress,
            KeyRefusal::Several => ErrorCode::SeveralKeys,
        };
        // What exactly is wrong with it would tell a page about a clipboard that it must not read.
        Self::of(code)
    }
}

impl From<DotenvError> for AppError {
    fn from(error: DotenvError) -> Self {
        match error {
            DotenvError::Refused(refusal) => refusal.into(),
            DotenvError::NotFound => Self::of(ErrorCode::NoKeyInFile),
            DotenvError::Encoding => Self::of(ErrorCode::FileEncoding),
            DotenvError::Unclosed { .. } | DotenvError::Reference { .. } => {
                Self::with_detail(ErrorCode::BadLineInFile, error.to_string())
            }
        }
    }
}

impl From<voice::Trouble> for AppError {
    fn from(trouble: voice::Trouble) -> Self {
        Self::of(match trouble {
            voice::Trouble::NoProgram => ErrorCode::NoSoundProgram,
            voice::Trouble::NoDevice => ErrorCode::NoSoundDevice,
            voice::Trouble::NotAllowed => ErrorCode::SoundNotAllowed,
            voice::Trouble::InUse => ErrorCode::SoundInUse,
            voice::Trouble::BrokeOff | voice::Trouble::Mute => ErrorCode::SoundBroke,
            voice::Trouble::Silence => ErrorCode::NothingSaid,
            voice::Trouble::NoVoice => ErrorCode::NoSystemVoice,
            voice::Trouble::Stopped => ErrorCode::Cancelled,
        })
    }
}

impl From<turn::TeamError> for AppError {
    fn from(error: turn::TeamError) -> Self {
        Self::with_detail(ErrorCode::BadTeamFile, error.to_string())
    }
}

impl From<AddressError> for AppError {
    fn from(error: AddressError) -> Self {
        Self::with_detail(ErrorCode::BadAddress, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_does_not_fit_is_not_called_a_damaged_file() {
        let code = |error: history::Error| AppError::from(error).code;
        assert_eq!(code(history::Error::WrongKey), ErrorCode::HistoryWrongKey);
        assert_eq!(code(history::Error::Damaged), ErrorCode::HistoryDamaged);
    }

    #[test]
    fn what_a_server_says_hides_nothing() {
        let failure = Failure {
            said: "pay \u{202e}moc.elgoog\nnow\u{200b}".to_owned(),
            detail: Some("400 \u{202e}x".to_owned()),
            ..Failure::of(Trouble::RequestRefused)
        };
        let error = AppError::from(failure);
        assert_eq!(error.message, "pay ⟦U+202E⟧moc.elgoog\nnow⟦U+200B⟧");
        assert_eq!(error.detail.as_deref(), Some("400 ⟦U+202E⟧x"));
    }
}
