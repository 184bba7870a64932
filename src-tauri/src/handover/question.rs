//! What a person is asked natively before a key is used.

use turn::Aim;
use vault::KeyFamily;
use wire::Provider;

use super::{EnvFile, Taken, Target};
use crate::ipc::{AppError, ErrorCode};
use crate::native::{NativeError, Question};
use crate::state::AppState;
use crate::words::keys::{self, family_name};
use crate::words::{ending, labels};

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
        true => keys::THIS_ADDRESS,
        false => target.provider.name(),
    }
}

fn question(taken: &Taken, target: &Target) -> Question {
    let Taken { found, command, file, .. } = taken;
    let key = &found.key;
    let kind = key.shape().kind;
    let mut facts = vec![(labels::SENT_ONLY_TO, target.base.origin().to_string())];
    let mut claims = Vec::new();
    if target.provider != Provider::other() {
        facts.insert(0, (labels::PROVIDER, target.provider.name().to_owned()));
    }
    let old = target.aim.connection();
    let mut asked = match &target.aim {
        Aim::Replace(_) => keys::REPLACE.into(),
        Aim::Next(_) => keys::KEEP_NEXT.into(),
        Aim::Own => keys::use_key(known_name(target)),
    };
    match old {
        Some(old) => {
            if let Some(used) = &old.key {
                facts.push((labels::OLD_KEY, ending(&used.last_four)));
            }
            facts.push((labels::NEW_KEY, keys::of_kind(kind, key.last_four())));
            claims.push((labels::CALLED, old.name.clone()));
        }
        None => {
            facts.push((keys::KIND, keys::kind_name(kind).to_owned()));
            facts.push((labels::ENDS_IN, ending(key.last_four())));
        }
    }
    if let Some(cut) = &target.cut {
        claims.push((keys::CUT_FROM_ADDRESS, cut.clone()));
    }
    if !found.removed.is_empty() {
        facts.push((keys::TAKEN_OFF, keys::taken_off(&found.removed)));
    }
    if let Some(EnvFile { shown, line, times, .. }) = file {
        claims.push((keys::FROM_FILE, shown.clone()));
        facts.push((labels::LINE, keys::set_in_line(*line, *times)));
    }
    if let Some(command) = command {
        facts.push((keys::PRINTED_BY, command.program().display().to_string()));
        asked = asked.printed();
    }
    Question::of(asked, facts, claims).warning_of(warning(taken, target))
}

fn warning(taken: &Taken, target: &Target) -> Option<String> {
    let found = &taken.found;
    let server = || turn::server_name(target.provider, &target.base);
    let stranger = found.stranger.map(|family| keys::stranger(family, &server()));
    let short = || found.is_short.then(|| keys::MAY_BE_SHORT.to_owned());
    let git = taken.file.as_ref().and_then(|file| file.warning.clone());
    let all: Vec<_> = stranger.or_else(short).into_iter().chain(git).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

/// The provider's id in the page's vocabulary, where Latchkey offers that provider.
fn family_id(family: KeyFamily) -> &'static str {
    super::provider_of(family).map_or(family_name(family), Provider::id)
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
