//! What a person is asked natively before a key is used.

use turn::Aim;
use vault::{Extra, KeyFamily};
use wire::Provider;

use super::{EnvFile, Taken, Target};
use crate::ipc::{AppError, ErrorCode, kind_words};
use crate::native::{NativeError, Question};
use crate::state::AppState;

/// Asks for a yes to this key at this address.
pub(super) async fn confirm(
    state: &AppState,
    taken: &Taken,
    target: &Target,
) -> Result<(), AppError> {
    let answer = state.desktop.confirm.ask(question(taken, target)).await;
    match (answer, taken.found.stranger) {
        // The person saw the warning and thought better of it: the page can offer the right provider. Who gave an address
        // of their own has chosen it, and only says no.
        (Err(NativeError::Cancelled), Some(family)) if target.provider != Provider::other() => {
            let provider = Some(family_id(family).to_owned());
            Err(AppError { provider, ..AppError::of(ErrorCode::OtherProvidersKey) })
        }
        (answer, _) => Ok(answer?),
    }
}

/// What to call the other side. An address that the page chose has no name of its own in a title.
pub(super) fn known_name(target: &Target) -> &'static str {
    match target.provider == Provider::other() {
        true => "this address",
        false => target.provider.name(),
    }
}

fn question(taken: &Taken, target: &Target) -> Question {
    let Taken { found, command, file, .. } = taken;
    let key = &found.key;
    let kind = kind_words(key.shape().kind);
    let mut facts = vec![("Sent only to".to_owned(), target.base.origin().to_string())];
    let mut claims = Vec::new();
    if target.provider != Provider::other() {
        facts.insert(0, ("Provider".to_owned(), target.provider.name().to_owned()));
    }
    let old = target.aim.connection();
    let (title, yes) = match &target.aim {
        Aim::Replace(_) => ("Replace this key?".to_owned(), "Replace"),
        Aim::Next(_) => ("Keep this as the next key?".to_owned(), "Keep it"),
        Aim::Own => (format!("Use this key with {}?", known_name(target)), "Use this key"),
    };
    match old {
        Some(old) => {
            if let Some(used) = &old.key {
                facts.push(("Old key".to_owned(), format!("…{}", used.last_four)));
            }
            facts.push(("New key".to_owned(), format!("{kind} …{}", key.last_four())));
            claims.push(("Called".to_owned(), old.name.clone()));
        }
        None => {
            facts.push(("Kind".to_owned(), kind.to_owned()));
            facts.push(("Ends in".to_owned(), format!("…{}", key.last_four())));
        }
    }
    if let Some(cut) = &target.cut {
        claims.push(("Cut from the address".to_owned(), cut.clone()));
    }
    if !found.removed.is_empty() {
        let taken_off: Vec<_> = found.removed.iter().map(|extra| extra_words(*extra)).collect();
        facts.push(("Taken off".to_owned(), taken_off.join(", ")));
    }
    if let Some(EnvFile { shown, line, times, .. }) = file {
        claims.push(("From the file".to_owned(), shown.clone()));
        let again =
            if *times > 1 { format!(", the last of {times} that set it") } else { String::new() };
        facts.push(("Line".to_owned(), format!("{line}{again}")));
    }
    let note = match command {
        None => {
            "It is tried once and then kept in the keychain. If you didn’t ask for this, press Cancel."
        }
        Some(command) => {
            facts.push(("Printed by".to_owned(), command.program().display().to_string()));
            "It is tried once and kept nowhere: the program is asked again after each start. If you didn’t ask for this, press Cancel."
        }
    };
    Question {
        title,
        facts,
        claims,
        note: note.to_owned(),
        warning: warning(taken, target),
        yes: yes.to_owned(),
    }
}

fn warning(taken: &Taken, target: &Target) -> Option<String> {
    let found = &taken.found;
    let stranger = found.stranger.map(|family| {
        format!(
            "This looks like a key from {}. It would be sent to {}.",
            family_name(family),
            turn::server_name(target.provider, &target.base)
        )
    });
    let short = || {
        let words = "This is short for a key. Servers of your own may take any word.";
        found.is_short.then(|| words.to_owned())
    };
    let git = taken.file.as_ref().and_then(|file| file.warning.clone());
    let all: Vec<_> = stranger.or_else(short).into_iter().chain(git).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

/// What was copied along, in words that give none of it away.
fn extra_words(extra: Extra) -> &'static str {
    match extra {
        Extra::HiddenCharacters => "hidden characters",
        Extra::Surroundings => "the words around it",
        Extra::Quotes => "quotation marks",
        Extra::Brackets => "brackets",
        Extra::Punctuation => "punctuation",
        Extra::Escapes => "an escaped line end or mark",
    }
}

/// The provider's id in the page's vocabulary, where Latchkey offers that provider.
fn family_id(family: KeyFamily) -> &'static str {
    super::provider_of(family).map_or(family_name(family), Provider::id)
}

/// What people call whoever issues such keys.
pub fn family_name(family: KeyFamily) -> &'static str {
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
        KeyFamily::Together => "Together AI",
        KeyFamily::Fireworks => "Fireworks AI",
        KeyFamily::Cerebras => "Cerebras",
        KeyFamily::Vercel => "Vercel",
        KeyFamily::Langfuse => "Langfuse",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::{ApiKey, BaseUrl};
    use zeroize::Zeroizing;

    const KEY: &str = "sk-proj-0123456789abcdefghijW7qK";

    fn asked(text: &str, provider: Provider, address: &str) -> Question {
        let base = BaseUrl::parse(address).unwrap();
        let found = ApiKey::hand_over(Zeroizing::new(text.to_owned()), &base).unwrap();
        question(&found.into(), &Target { provider, base, cut: None, aim: Aim::Own })
    }

    #[test]
    fn it_shows_origin_kind_and_last_four_and_no_more_of_the_key() {
        let shown =
            format!("{:?}", asked(KEY, Provider::stored("openAi"), "https://api.openai.com/v1"));
        for part in ["OpenAI", "https://api.openai.com", "Project key", "…W7qK"] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
        assert!(!shown.contains("0123456789") && !shown.contains("Taken off"), "{shown}");
    }

    #[test]
    fn what_the_page_chose_is_a_claim_and_stands_in_no_title() {
        let base = BaseUrl::parse("https://gateway.example.com/v1").unwrap();
        let found = ApiKey::hand_over(Zeroizing::new(KEY.to_owned()), &base).unwrap();
        let old = history::Connection {
            id: String::new(),
            provider: "other".to_owned(),
            name: "OpenAI, sent only to api.openai.com\u{202e}".to_owned(),
            address: base.as_str().to_owned(),
            origin: base.origin().to_string(),
            key: None,
            refuses_stream_options: false,
            format: None,
            upkeep: history::Upkeep::default(),
            created_ms: 0,
            last_used_ms: None,
        };
        let aim = Aim::Replace(Box::new(old));
        let target = Target { provider: Provider::other(), base, cut: None, aim };
        let question = question(&found.into(), &target);
        assert_eq!(question.title, "Replace this key?");
        assert!(!format!("{:?}", question.facts).contains("OpenAI"), "{question:?}");
        assert!(question.claims[0].1.starts_with("OpenAI"));
        let new = asked(KEY, Provider::other(), "https://gateway.example.com/v1");
        assert_eq!(new.title, "Use this key with this address?");
    }

    #[test]
    fn a_file_is_named_and_what_git_would_do_with_it_is_warned_of() {
        let base = BaseUrl::parse("https://gateway.example.com/v1").unwrap();
        let found = ApiKey::hand_over(Zeroizing::new(KEY.to_owned()), &base).unwrap();
        let file = EnvFile {
            shown: "shop/.env".to_owned(),
            line: 3,
            times: 2,
            warning: Some("Git would take this file.".to_owned()),
        };
        let taken = Taken { file: Some(file), ..found.into() };
        let target = Target { provider: Provider::other(), base, cut: None, aim: Aim::Own };
        let question = question(&taken, &target);
        assert!(question.claims.contains(&("From the file".to_owned(), "shop/.env".to_owned())));
        let line = ("Line".to_owned(), "3, the last of 2 that set it".to_owned());
        assert!(question.facts.contains(&line), "{question:?}");
        let warning = question.warning.unwrap();
        assert!(warning.starts_with("This looks like a key from OpenAI."), "{warning}");
        assert!(warning.ends_with("\n\nGit would take this file."), "both are said: {warning}");
    }

    #[test]
    fn it_says_what_was_taken_off_and_never_the_key() {
        let text = format!("\u{feff}export OPENAI_API_KEY=\"{KEY}\"");
        let question = asked(&text, Provider::stored("openAi"), "https://api.openai.com/v1");
        let fact = ("Taken off".to_owned(), "hidden characters, the words around it".to_owned());
        assert!(question.facts.contains(&fact), "{question:?}");
        assert!(!format!("{question:?}").contains("0123456789"));
    }

    #[test]
    fn a_key_of_another_provider_and_a_short_one_are_warned_of() {
        let elsewhere = asked(KEY, Provider::other(), "https://gateway.example.com/v1");
        let words = "This looks like a key from OpenAI. It would be sent to gateway.example.com.";
        assert_eq!(elsewhere.warning.as_deref(), Some(words));
        assert_eq!(
            asked(KEY, Provider::stored("openAi"), "https://api.openai.com/v1").warning,
            None
        );
        let short = asked("sk-1234", Provider::other(), "http://localhost:4000/v1");
        assert!(short.warning.unwrap().contains("short"));
        assert!(!format!("{:?}", short.facts).contains("1234"), "{:?}", short.facts);
    }
}
