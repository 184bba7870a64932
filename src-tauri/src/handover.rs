//! Gets a key from a person to the vault, around the page.

mod env_file;
mod found;
mod question;

use history::{Connection, KeptIn};
use turn::{Admitted, Aim, Candidate, Place};
use vault::{ApiKey, BaseUrl, HandedOver, KeyCommand, VaultError};
use wire::Provider;
use zeroize::Zeroizing;

use crate::ipc::{
    AppError, Check, ClipboardFate, ErrorCode, HandOver, HandOverInput, KeepPlace, KeySource,
};
use crate::native::{KeyQuestion, Question};
use crate::state::{AppState, Held};
use crate::words::{keys, labels};

use env_file::EnvFile;

pub use env_file::read_small;

pub use found::{can_be_kept, keep_found, provider_of};

/// Whose key it is, where it may go, and which key it takes the place of.
struct Target {
    provider: Provider,
    base: BaseUrl,
    /// What was cut from the end of the address that the person gave.
    cut: Option<String>,
    aim: Aim,
}

/// What the page hears of a hand-over beside its outcome.
pub struct How {
    replaced: bool,
    cut: Option<String>,
}

/// Where a key came from, and is until it is kept.
pub enum KeyOrigin {
    /// The clipboard, which held this text.
    Clipboard(Zeroizing<String>),
    /// A variable of the environment.
    Variable(&'static str),
    /// A window or a file, which are not ours to change.
    Other,
}

impl KeyOrigin {
    /// What became of the clipboard, where nothing was done to it.
    fn left(&self) -> ClipboardFate {
        match self {
            Self::Clipboard(_) => ClipboardFate::Left,
            Self::Variable(_) | Self::Other => ClipboardFate::NotUsed,
        }
    }
}

/// Takes a key the way that was chosen, asks for a native yes, tries it, and keeps it.
pub async fn hand_over(state: &AppState, input: HandOverInput) -> Result<HandOver, AppError> {
    state.hold(None);
    let source = input.source;
    let target = target(state, input).await?;
    let taken = take(state, source, &target).await?;
    question::confirm(state, &taken, &target).await?;
    let Taken { found, copied, command, .. } = taken;
    let history = state.store.history().await?;
    let how = How { replaced: target.aim.connection().is_some(), cut: target.cut };
    // Where it came from keeps it until it is safe elsewhere.
    let origin = match (copied, state.variable_of(target.provider)) {
        (Some(copied), _) => KeyOrigin::Clipboard(copied),
        (None, Some(variable)) if source == KeySource::Environment => KeyOrigin::Variable(variable),
        (None, _) => KeyOrigin::Other,
    };
    let candidate = Candidate::new(found.key, target.provider, target.base, target.aim);
    let candidate = match command {
        Some(command) => candidate.printed_by(command),
        None => candidate,
    };
    let (admitted, checked) = candidate.admit(&state.vault, &history).await;
    Ok(settle(state, admitted, checked.into(), origin, how).await)
}

/// Tries an address that wants no key, which the person has said yes to, and keeps it.
pub async fn connect(
    state: &AppState,
    provider: Provider,
    base: BaseUrl,
    cut: Option<String>,
) -> Result<HandOver, AppError> {
    state.hold(None);
    let history = state.store.history().await?;
    let candidate = Candidate::without_key(provider, base);
    let (admitted, checked) = candidate.admit(&state.vault, &history).await;
    let how = How { replaced: false, cut };
    Ok(settle(state, admitted, checked.into(), KeyOrigin::Other, how).await)
}

/// Keeps what is still waiting, in this place.
pub async fn keep(state: &AppState, place: KeepPlace) -> Result<HandOver, AppError> {
    let history = state.store.history().await?;
    let held = state.take_held().ok_or_else(|| AppError::of(ErrorCode::KeyMissing))?;
    let Held { candidate, origin, how } = held;
    let place = match place {
        KeepPlace::Keychain => Place::Keychain,
        KeepPlace::Session => Place::Session,
    };
    let admitted = candidate.keep(&state.vault, &history, place).await;
    let check = match &admitted {
        // It is kept: a check that cannot be made must not hide that.
        Admitted::Kept(connection) => match turn::check(&state.vault, &history, connection).await {
            Ok(checked) => checked.into(),
            Err(failure) => Check { problem: Some(failure.into()), ..Check::not_made() },
        },
        Admitted::Refused | Admitted::Unlisted(_) | Admitted::NotKept(..) => Check::not_made(),
    };
    Ok(settle(state, admitted, check, origin, how).await)
}

/// Asks for a native yes to an address that wants no key.
pub async fn confirm_address(
    state: &AppState,
    base: &BaseUrl,
    cut: Option<&str>,
) -> Result<(), AppError> {
    let facts = vec![(labels::HOST, base.origin().host().to_owned())];
    let mut claims = vec![(labels::ADDRESS, base.as_str().to_owned())];
    claims.extend(cut.map(|cut| (keys::CUT_OFF, cut.to_owned())));
    let question = Question::of(keys::CHAT_WITHOUT_KEY, facts, claims);
    Ok(state.desktop.confirm.ask(question).await?)
}

async fn settle(
    state: &AppState,
    admitted: Admitted,
    check: Check,
    origin: KeyOrigin,
    how: How,
) -> HandOver {
    let outcome = |connection, clipboard, how: How| HandOver {
        connection,
        pending: false,
        clipboard,
        check,
        replaced: how.replaced,
        cut: how.cut,
    };
    match admitted {
        Admitted::Kept(connection) => {
            state.home.begin();
            let clipboard = let_go(state, origin, &connection).await;
            outcome(Some((*connection).into()), clipboard, how)
        }
        // It may be right for another address, and is still where it came from.
        Admitted::Refused => outcome(None, origin.left(), How { replaced: false, ..how }),
        // The person may know the name of a model, and keep it for that.
        Admitted::Unlisted(candidate) => {
            let cut = how.cut.clone();
            let told = outcome(None, origin.left(), How { replaced: false, cut });
            state.hold(Some(Held { candidate: *candidate, origin, how }));
            HandOver { pending: true, ..told }
        }
        Admitted::NotKept(candidate, failure) => {
            let refused = outcome(None, origin.left(), How { replaced: false, cut: None });
            state.hold(Some(Held { candidate: *candidate, origin, how }));
            let check = Check { problem: Some(failure.into()), ..refused.check };
            HandOver { pending: true, check, ..refused }
        }
    }
}

/// Wipes where the key came from, now that it is safe. Memory is not: it ends with the app, and the copy may be the only
/// one.
async fn let_go(state: &AppState, origin: KeyOrigin, connection: &Connection) -> ClipboardFate {
    // The one that was handed over now, whichever part it has.
    let newest = connection.keys().max_by_key(|key| key.made_ms);
    let is_safe = newest.is_some_and(|key| key.kept_in == KeptIn::Keychain);
    match origin {
        KeyOrigin::Clipboard(copied) if is_safe => clear_clipboard(state, &copied).await,
        KeyOrigin::Variable(variable) if is_safe => {
            state.forget_environment_key(variable);
            ClipboardFate::NotUsed
        }
        origin => origin.left(),
    }
}

async fn target(state: &AppState, input: HandOverInput) -> Result<Target, AppError> {
    if let Some(id) = input.replaces {
        let connection = crate::commands::connection(state, &id).await?;
        let provider = Provider::stored(&connection.provider);
        let base = BaseUrl::parse(&connection.address)?;
        let connection = Box::new(connection);
        let aim = if input.next { Aim::Next(connection) } else { Aim::Replace(connection) };
        return Ok(Target { provider, base, cut: None, aim });
    }
    let address = match input.provider.address() {
        Some(address) => address.to_owned(),
        None => input.address.unwrap_or_default(),
    };
    let (base, cut) = BaseUrl::parse_pasted(&address)?;
    // The question would name a provider that the address is not.
    if !input.provider.has_address(base.as_str()) {
        return Err(AppError::of(ErrorCode::BadAddress));
    }
    Ok(Target { provider: input.provider, base, cut, aim: Aim::Own })
}

/// A key, and where it came from.
struct Taken {
    found: HandedOver,
    /// What was on the clipboard.
    copied: Option<Zeroizing<String>>,
    /// What printed it.
    command: Option<KeyCommand>,
    /// The file that it stands in.
    file: Option<EnvFile>,
}

impl From<HandedOver> for Taken {
    fn from(found: HandedOver) -> Self {
        Self { found, copied: None, command: None, file: None }
    }
}

async fn take(state: &AppState, source: KeySource, target: &Target) -> Result<Taken, AppError> {
    let provider = question::known_name(target).to_owned();
    let question = KeyQuestion { provider, address: target.base.clone() };
    match source {
        KeySource::Clipboard => from_clipboard(state, target).await,
        KeySource::Command => from_command(state, question).await,
        KeySource::Window => {
            let typed = state.desktop.password.ask(question).await?;
            Ok(ApiKey::hand_over(typed, &target.base)?.into())
        }
        KeySource::Environment => {
            let variable = state.variable_of(target.provider).unwrap_or_default();
            match state.environment_key(variable, &target.base) {
                Some(found) => Ok(found?.into()),
                None => Err(AppError::of(ErrorCode::EnvironmentEmpty)),
            }
        }
        KeySource::EnvFile => {
            let (found, file) = env_file::take(state, target).await?;
            Ok(Taken { file: Some(file), ..found.into() })
        }
    }
}

async fn from_clipboard(state: &AppState, target: &Target) -> Result<Taken, AppError> {
    let text = state.desktop.clipboard.read().await?.unwrap_or_default();
    let found = ApiKey::hand_over(text.clone(), &target.base);
    let found = found.map_err(|refusal| match AppError::from(refusal) {
        // Anything may lie on a clipboard; only what looks like a key is worth more than "no key there".
        error if error.code == ErrorCode::NotAKey => AppError::of(ErrorCode::ClipboardEmpty),
        error => error,
    })?;
    Ok(Taken { copied: Some(text), ..found.into() })
}

/// Asks which program prints it, in a window that shows exactly what is run, and runs it.
async fn from_command(state: &AppState, question: KeyQuestion) -> Result<Taken, AppError> {
    let base = question.address.clone();
    let command = state.desktop.command.ask(question).await?;
    let asked = command.clone();
    let found = tokio::task::spawn_blocking(move || asked.fetch(&base, true)).await;
    let found = found.map_err(|_| AppError::of(ErrorCode::Internal))?;
    let found = found.map_err(VaultError::Command)?;
    Ok(Taken { command: Some(command), ..found.into() })
}

async fn clear_clipboard(state: &AppState, copied: &Zeroizing<String>) -> ClipboardFate {
    // The person may have copied something else in the meantime; that is not ours to clear.
    let holds = state.desktop.clipboard.read().await.ok().flatten();
    if holds.as_ref() != Some(copied) {
        return ClipboardFate::Left;
    }
    match state.desktop.clipboard.write(String::new()).await {
        Ok(()) => ClipboardFate::Cleared,
        Err(_) => ClipboardFate::Left,
    }
}
