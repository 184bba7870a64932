//! A key as a person hands it over: with whatever was copied along, which is taken off and said.
//!
//! Nothing here keeps or formats the text. What is not a key is refused with a reason that does not quote it.

mod hidden;
mod labelled;
mod peel;
mod stand_in;
mod url;

pub(crate) use hidden::is_hidden;

use zeroize::Zeroizing;

use crate::address::BaseUrl;
use crate::key::{ApiKey, Flaw, KeyRefusal};
use crate::shape::{Home, KeyFamily, home_of, service_of};

/// A key, and what a person should hear about it before it is used.
#[derive(Debug)]
pub struct HandedOver {
    /// The key.
    pub key: ApiKey,
    /// What was copied along and is not part of it, each kind once.
    pub removed: Vec<Extra>,
    /// It is short, as keys of servers on one's own computer are.
    pub is_short: bool,
    /// The provider it looks like, where that is not who lives at the address.
    pub stranger: Option<KeyFamily>,
}

/// What people copy along with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extra {
    /// A character that nobody can see.
    HiddenCharacters,
    /// The line of code, of a file or of a sentence that it stood in.
    Surroundings,
    /// Quotation marks of any script.
    Quotes,
    /// Brackets of any kind.
    Brackets,
    /// A comma, a semicolon, a bullet.
    Punctuation,
    /// A line end or a quote as a program writes it: `\n`, `%0A`, `&quot;`.
    Escapes,
}

/// Fewer characters are a slip where keys are known to be long.
const LEAST_HOSTED: usize = 20;

/// Fewer characters are short for a key, wherever it goes.
const SHORT: usize = 16;

impl ApiKey {
    /// Takes a key out of what a person copied or typed for the server at `base`.
    pub fn hand_over(text: Zeroizing<String>, base: &BaseUrl) -> Result<HandedOver, KeyRefusal> {
        let mut removed = Vec::new();
        let seen = hidden::without_hidden(&text, &mut removed);
        if stand_in::is_template(seen.trim()) {
            return Err(KeyRefusal::Placeholder);
        }
        let candidate = candidate(seen.trim(), &mut removed)?;
        let key = admitted(candidate, base, removed.contains(&Extra::Brackets))?;
        removed.sort_unstable();
        let is_short = key.len() < SHORT;
        let stranger = key.shape().family.filter(|family| match home_of(base) {
            Home::Hosted(own) => own != Some(*family),
            Home::Own => true,
        });
        Ok(HandedOver { key, removed, is_short, stranger })
    }
}

/// The part of a text that may be a key.
fn candidate<'a>(text: &'a str, removed: &mut Vec<Extra>) -> Result<&'a str, KeyRefusal> {
    if text.is_empty() {
        return Err(KeyRefusal::Empty);
    }
    url::refuse_keys_in(text)?;
    let peeled = match labelled::find(text)? {
        Some(labelled) => {
            note(removed, Extra::Surroundings);
            peel::peel(labelled, removed)
        }
        None => bare(text, removed),
    };
    match peeled {
        "" => Err(KeyRefusal::Empty),
        address if address.contains("://") => Err(KeyRefusal::NotAKey { flaw: Flaw::Address }),
        peeled => Ok(peeled),
    }
}

/// What is left of a text without its marks, or its only word of a known shape.
fn bare<'a>(text: &'a str, removed: &mut Vec<Extra>) -> &'a str {
    let peeled = peel::peel(text, removed);
    // Who copies twice has the same key twice.
    if let Some((first, rest)) = peeled.split_once(char::is_whitespace)
        && rest.split_whitespace().all(|word| word == first)
    {
        note(removed, Extra::Surroundings);
        return first;
    }
    let in_prose = peeled.contains(char::is_whitespace).then(|| labelled::in_prose(peeled));
    match in_prose.flatten() {
        Some(word) => {
            note(removed, Extra::Surroundings);
            peel::peel(word, removed)
        }
        None => peeled,
    }
}

/// Whether a text only stands where a key would: the example of a manual, or a copy with its middle crossed out.
pub(crate) fn is_stand_in(text: &str) -> bool {
    stand_in::is_masked(text) || stand_in::is_placeholder(text, false)
}

/// The rules that depend on who lives at the address.
fn admitted(text: &str, base: &BaseUrl, in_brackets: bool) -> Result<ApiKey, KeyRefusal> {
    let home = home_of(base);
    // A word in brackets, such as `<api-key>`, asks for a key wherever it goes.
    if stand_in::is_placeholder(text, home == Home::Own && !in_brackets) {
        return Err(KeyRefusal::Placeholder);
    }
    if stand_in::is_masked(text) {
        return Err(KeyRefusal::Masked);
    }
    let service = service_of(text);
    match service {
        Some(service) if !service.is_at_home(base) => {
            return Err(KeyRefusal::NotAModelKey { service: service.name });
        }
        Some(_) | None => {}
    }
    let key = ApiKey::parse(Zeroizing::new(text.to_owned()))?;
    match home {
        Home::Hosted(_) if key.len() < LEAST_HOSTED => {
            Err(KeyRefusal::NotAKey { flaw: Flaw::TooShort })
        }
        Home::Hosted(Some(_)) if is_login(text) => Err(KeyRefusal::OAuth { family: None }),
        Home::Hosted(_) | Home::Own => Ok(key),
    }
}

/// The token of a login: three parts in base64, the first of which begins with `{"`. Gateways use them as keys; the
/// large providers do not.
fn is_login(text: &str) -> bool {
    text.starts_with("eyJ") && text.split('.').count() == 3
}

fn note(removed: &mut Vec<Extra>, extra: Extra) {
    if !removed.contains(&extra) {
        removed.push(extra);
    }
}
