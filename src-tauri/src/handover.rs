//! Gets a key from a person to the vault, around the page.

use std::io::Read;

use history::Connection;
use turn::{Admitted, Candidate, Place};
use vault::{ApiKey, BaseUrl, KeyFamily, find_in_dotenv};
use wire::Provider;
use zeroize::Zeroizing;

use crate::ipc::{
    AppError, Check, ClipboardFate, ErrorCode, HandOver, HandOverInput, KeepPlace, KeySource,
    kind_words,
};
use crate::native::{KeyQuestion, NativeError, Question};
use crate::state::{AppState, Held};

/// Longest `.env` file that is read.
const FILE_CAP: u64 = 256 * 1024;

/// Whose key it is, where it may go, and which key it takes the place of.
struct Target {
    provider: Provider,
    base: BaseUrl,
    replaces: Option<Connection>,
}

/// Takes a key the way that was chosen, asks for a native yes, tries it, and keeps it.
pub async fn hand_over(state: &AppState, input: HandOverInput) -> Result<HandOver, AppError> {
    state.hold(None);
    let source = input.source;
    let target = target(state, input).await?;
    let (key, copied) = take(state, source, &target).await?;
    if let Err(error) = confirm(state, &key, &target).await {
        if let (KeySource::Environment, Some(variable)) = (source, target.provider.env_var()) {
            state.return_environment_key(variable, key);
        }
        return Err(error);
    }
    let history = state.store.history().await?;
    let replaced = target.replaces.is_some();
    let candidate = Candidate::new(key, target.provider, target.base, target.replaces);
    let (admitted, checked) = candidate.admit(&state.vault, &history).await;
    let admitted = match (admitted, target.provider.env_var()) {
        // It may be right for another address.
        (Admitted::Refused(key), Some(variable)) if source == KeySource::Environment => {
            state.return_environment_key(variable, key);
            return Ok(refused(checked.into(), ClipboardFate::NotUsed));
        }
        (admitted, _) => admitted,
    };
    let clipboard = match (&admitted, copied) {
        (_, None) => ClipboardFate::NotUsed,
        (Admitted::Refused(_), Some(_)) => ClipboardFate::Left,
        (Admitted::Kept(_) | Admitted::NotKept(..), Some(copied)) => {
            clear_clipboard(state, &copied).await
        }
    };
    Ok(settle(state, admitted, checked.into(), clipboard, replaced))
}

/// Keeps the key that is still waiting, in this place.
pub async fn keep(state: &AppState, place: KeepPlace) -> Result<HandOver, AppError> {
    let held = state.take_held().ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    let Held { candidate, clipboard } = held;
    let history = state.store.history().await?;
    let place = match place {
        KeepPlace::Keychain => Place::Keychain,
        KeepPlace::Session => Place::Session,
    };
    let replaced = candidate.replaces();
    let admitted = candidate.keep(&state.vault, &history, place).await;
    let check = match &admitted {
        Admitted::Kept(connection) => turn::check(&state.vault, connection).await?.into(),
        Admitted::Refused(_) | Admitted::NotKept(..) => Check::not_made(),
    };
    Ok(settle(state, admitted, check, clipboard, replaced))
}

/// Asks for a native yes to an address that wants no key.
pub async fn confirm_address(state: &AppState, base: &BaseUrl) -> Result<(), AppError> {
    let question = Question {
        title: "Send chats to this address?".to_owned(),
        facts: vec![
            ("Address".to_owned(), base.as_str().to_owned()),
            ("Host".to_owned(), base.origin().host().to_owned()),
        ],
        note: "Your messages will be sent there without a key.".to_owned(),
        warning: None,
        yes: "Use this address".to_owned(),
    };
    Ok(state.desktop.confirm.ask(question).await?)
}

fn settle(
    state: &AppState,
    admitted: Admitted,
    check: Check,
    clipboard: ClipboardFate,
    replaced: bool,
) -> HandOver {
    match admitted {
        Admitted::Kept(connection) => HandOver {
            connection: Some(connection.into()),
            pending: false,
            clipboard,
            check,
            replaced,
        },
        Admitted::Refused(_) => refused(check, clipboard),
        Admitted::NotKept(candidate, failure) => {
            state.hold(Some(Held { candidate: *candidate, clipboard }));
            let check = Check { problem: Some(failure.into()), ..check };
            HandOver { connection: None, pending: true, clipboard, check, replaced: false }
        }
    }
}

fn refused(check: Check, clipboard: ClipboardFate) -> HandOver {
    HandOver { connection: None, pending: false, clipboard, check, replaced: false }
}

async fn target(state: &AppState, input: HandOverInput) -> Result<Target, AppError> {
    if let Some(id) = input.replaces {
        let connection = crate::commands::connection(state, &id).await?;
        let provider = Provider::from_id(&connection.provider).unwrap_or(Provider::Other);
        let base = BaseUrl::parse(&connection.address)?;
        return Ok(Target { provider, base, replaces: Some(connection) });
    }
    let address = match (input.provider.address(), input.provider) {
        (Some(address), _) => address.to_owned(),
        (None, Provider::Other) => input.address.unwrap_or_default(),
        // The question would name a provider that the address is not.
        (None, _) => return Err(AppError::of(ErrorCode::BadAddress)),
    };
    Ok(Target { provider: input.provider, base: BaseUrl::parse(&address)?, replaces: None })
}

/// The key, and what was on the clipboard if it came from there.
async fn take(state: &AppState, source: KeySource, target: &Target) -> Result<Taken, AppError> {
    let key = match source {
        KeySource::Clipboard => return from_clipboard(state).await,
        KeySource::Window => {
            let question = KeyQuestion { provider: name(target), address: target.base.clone() };
            ApiKey::parse(state.desktop.password.ask(question).await?)?
        }
        KeySource::Environment => {
            let variable = target.provider.env_var().unwrap_or_default();
            match state.take_environment_key(variable) {
                Some(key) => key?,
                None => return Err(AppError::of(ErrorCode::EnvironmentEmpty)),
            }
        }
        KeySource::EnvFile => from_file(state, target).await?,
    };
    Ok((key, None))
}

type Taken = (ApiKey, Option<Zeroizing<String>>);

async fn from_clipboard(state: &AppState) -> Result<Taken, AppError> {
    let text = state.desktop.clipboard.read().await?.unwrap_or_default();
    let key = ApiKey::parse(text.clone()).map_err(|refusal| match AppError::from(refusal) {
        // Anything may lie on a clipboard; only what looks like a key is worth more than "no key there".
        error if error.code == ErrorCode::NotAKey => AppError::of(ErrorCode::ClipboardEmpty),
        error => error,
    })?;
    Ok((key, Some(text)))
}

async fn from_file(state: &AppState, target: &Target) -> Result<ApiKey, AppError> {
    let variable = target.provider.env_var().unwrap_or("OPENAI_API_KEY");
    let path = state.desktop.files.pick(format!("Choose a file that sets {variable}")).await?;
    let text = tokio::task::spawn_blocking(move || read(&path))
        .await
        .map_err(|_| AppError::of(ErrorCode::Internal))?
        .map_err(|kind| AppError::with_detail(ErrorCode::FileUnreadable, kind.to_string()))?;
    Ok(find_in_dotenv(&text, &[variable])?)
}

/// Reads a whole small file; not a pipe, a device or a gigabyte.
fn read(path: &std::path::Path) -> Result<Zeroizing<String>, std::io::ErrorKind> {
    if !path.metadata().map_err(|error| error.kind())?.is_file() {
        return Err(std::io::ErrorKind::InvalidInput);
    }
    let file = std::fs::File::open(path).map_err(|error| error.kind())?;
    let mut text = Zeroizing::new(String::new());
    let read = file.take(FILE_CAP + 1).read_to_string(&mut text).map_err(|error| error.kind())?;
    match u64::try_from(read) {
        Ok(read) if read <= FILE_CAP => Ok(text),
        _ => Err(std::io::ErrorKind::FileTooLarge),
    }
}

async fn confirm(state: &AppState, key: &ApiKey, target: &Target) -> Result<(), AppError> {
    let shape = key.shape();
    let stranger = shape.family.filter(|family| is_stranger(*family, target.provider));
    let answer = state.desktop.confirm.ask(question(key, target, stranger)).await;
    match (answer, stranger) {
        // The person saw the warning and thought better of it: the page can offer the right provider.
        (Err(NativeError::Cancelled), Some(family)) => {
            let provider = Some(family_id(family).to_owned());
            Err(AppError { provider, ..AppError::of(ErrorCode::OtherProvidersKey) })
        }
        (answer, _) => Ok(answer?),
    }
}

fn question(key: &ApiKey, target: &Target, stranger: Option<KeyFamily>) -> Question {
    let new = format!("{} …{}", kind_words(key.shape().kind), key.last_four());
    let mut facts = vec![
        ("Provider".to_owned(), name(target)),
        ("Sent only to".to_owned(), target.base.origin().to_string()),
    ];
    let title = match &target.replaces {
        Some(old) => {
            let last_four = old.key.as_ref().map(|key| key.last_four.as_str()).unwrap_or_default();
            facts.push(("Old key".to_owned(), format!("…{last_four}")));
            facts.push(("New key".to_owned(), new));
            format!("Replace “{}”?", old.name)
        }
        None => {
            facts.push(("Kind".to_owned(), kind_words(key.shape().kind).to_owned()));
            facts.push(("Ends in".to_owned(), format!("…{}", key.last_four())));
            format!("Use this key with {}?", name(target))
        }
    };
    let warning = stranger.map(|family| {
        format!(
            "This looks like a key from {}. It would be sent to {}.",
            family_name(family),
            name(target)
        )
    });
    Question {
        title,
        facts,
        note: "It is tried once and then kept in the keychain. If you didn’t ask for this, press Cancel."
            .to_owned(),
        warning,
        yes: if target.replaces.is_some() { "Replace" } else { "Use this key" }.to_owned(),
    }
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

fn name(target: &Target) -> String {
    match target.provider {
        Provider::Other => target.base.origin().host().to_owned(),
        known => known.name().to_owned(),
    }
}

/// Whether a key of this family is surely not this provider's. Another address may be a gateway for anybody's keys.
fn is_stranger(family: KeyFamily, provider: Provider) -> bool {
    let own = match provider {
        Provider::OpenAi => Some(KeyFamily::OpenAi),
        Provider::Anthropic => Some(KeyFamily::Anthropic),
        Provider::Google => Some(KeyFamily::Google),
        Provider::OpenRouter => Some(KeyFamily::OpenRouter),
        Provider::Mistral => None,
        Provider::Ollama | Provider::LmStudio | Provider::LlamaCpp | Provider::Vllm => {
            return false;
        }
        Provider::Other | Provider::Practice => return false,
    };
    own != Some(family)
}

/// The provider's id in the page's vocabulary, where Latchkey offers that provider.
fn family_id(family: KeyFamily) -> &'static str {
    match family {
        KeyFamily::OpenAi => Provider::OpenAi.id(),
        KeyFamily::Anthropic => Provider::Anthropic.id(),
        KeyFamily::Google => Provider::Google.id(),
        KeyFamily::OpenRouter => Provider::OpenRouter.id(),
        other => family_name(other),
    }
}

fn family_name(family: KeyFamily) -> &'static str {
    match family {
        KeyFamily::OpenAi => "OpenAI",
        KeyFamily::Anthropic => "Anthropic",
        KeyFamily::OpenRouter => "OpenRouter",
        KeyFamily::Google => "Google",
        KeyFamily::Groq => "Groq",
        KeyFamily::Xai => "xAI",
        KeyFamily::Perplexity => "Perplexity",
        KeyFamily::Replicate => "Replicate",
        KeyFamily::HuggingFace => "Hugging Face",
        KeyFamily::Nvidia => "NVIDIA",
        KeyFamily::ElevenLabs => "ElevenLabs",
        KeyFamily::Bedrock => "Amazon Bedrock",
        KeyFamily::Langfuse => "Langfuse",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers() {
        assert!(is_stranger(KeyFamily::Anthropic, Provider::OpenAi));
        assert!(is_stranger(KeyFamily::OpenAi, Provider::Mistral));
        assert!(!is_stranger(KeyFamily::OpenAi, Provider::OpenAi));
        assert!(!is_stranger(KeyFamily::Anthropic, Provider::Other), "a gateway takes any key");
    }

    #[test]
    fn the_question_shows_origin_kind_and_last_four_and_no_more_of_the_key() {
        let text = "sk-proj-0123456789abcdefghijW7qK";
        let key = ApiKey::parse(Zeroizing::new(text.to_owned())).unwrap();
        let base = BaseUrl::parse("https://api.openai.com/v1").unwrap();
        let target = Target { provider: Provider::OpenAi, base, replaces: None };
        let shown = format!("{:?}", question(&key, &target, None));
        for part in ["OpenAI", "https://api.openai.com", "Project key", "…W7qK"] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
        assert!(!shown.contains("0123456789"), "{shown}");
    }

    #[test]
    fn files() {
        let folder = tempfile::tempdir().unwrap();
        let small = folder.path().join(".env");
        std::fs::write(&small, "OPENAI_API_KEY=x").unwrap();
        assert_eq!(read(&small).unwrap().as_str(), "OPENAI_API_KEY=x");
        let large = folder.path().join("large");
        std::fs::write(&large, vec![b'x'; 300 * 1024]).unwrap();
        assert_eq!(read(&large).unwrap_err(), std::io::ErrorKind::FileTooLarge);
        assert_eq!(read(folder.path()).unwrap_err(), std::io::ErrorKind::InvalidInput);
        assert_eq!(
            read(std::path::Path::new("/dev/zero")).unwrap_err(),
            std::io::ErrorKind::InvalidInput
        );
        assert_eq!(read(&folder.path().join("none")).unwrap_err(), std::io::ErrorKind::NotFound);
    }
}
