//! The prompt guard: finds secrets in what a person is about to send, before it is saved and before it leaves.
//!
//! A stored key is found in every form and never kept, not even in a draft. Another secret is a person's to send or not;
//! redacted, its place is taken by a placeholder, and its value stays with the message on this computer.

mod ask;
mod held;
mod phrases;
mod placeholder;
mod views;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use history::{File, History, Setting};
use vault::{Finder, KeyFamily, KeyId, Patience, Vault, What};

use crate::store::on_disk;
use crate::{Failure, StoredKey, stored_keys};

pub(crate) use ask::{Cleared, clear};
pub use ask::{Secrets, find_secrets};
pub(crate) use held::{Held, clean, held, told};
pub use placeholder::{CLOSE, OPEN};

use placeholder::Names;

/// A secret, without itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// What it is.
    pub kind: SecretKind,
    /// Its last four characters, where they tell little of it.
    pub last_four: Option<String>,
    /// The file it is in; none for the message itself.
    pub file: Option<String>,
    /// The line, from one.
    pub line: usize,
}

/// What a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretKind {
    /// A key that the vault keeps: what the person calls it.
    Stored(String),
    /// A key of a provider's, as far as its shape says whose.
    Key(Option<KeyFamily>),
    /// A token of another service.
    Token(&'static str),
    /// The value of something that is called an API key.
    Named,
    /// A password inside of an address.
    Password,
    /// A private key, all of it.
    PrivateKey,
    /// What a request proves itself with.
    Bearer,
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    range: Range<usize>,
    what: Kind,
}

/// The same as [`SecretKind`], with the number of a stored key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Stored(KeyId),
    Other(SecretKind),
}

/// What finds secrets, and knows whose keys are kept.
#[derive(Debug)]
pub struct Guard {
    finder: Arc<Finder>,
    keys: Vec<StoredKey>,
    /// Whether it has every one of them to look for: none lies behind a lock.
    knows_all: bool,
    /// Whether it lets all but those keys pass.
    only_keys: bool,
}

/// The word of [`Setting::Guard`] under which only stored keys stop a message.
pub const ONLY_STORED_KEYS: &str = "keys";

/// Whether secrets other than stored keys stop a message.
pub fn stops_secrets(history: &History) -> Result<bool, history::Error> {
    Ok(history.setting(Setting::Guard)?.as_deref() != Some(ONLY_STORED_KEYS))
}

impl Guard {
    /// One that knows every key that is kept and can be asked for. It never makes a keychain ask for its password.
    pub async fn of(vault: &Vault, history: &Arc<History>) -> Result<Guard, Failure> {
        Self::with(vault, history, Patience::Brief).await
    }

    /// The same for what somebody waits for who can be asked for a password.
    pub async fn asking(vault: &Vault, history: &Arc<History>) -> Result<Guard, Failure> {
        Self::with(vault, history, Patience::Person).await
    }

    async fn with(
        vault: &Vault,
        history: &Arc<History>,
        patience: Patience,
    ) -> Result<Guard, Failure> {
        let keys = on_disk(history, stored_keys).await?;
        let ids: Vec<KeyId> = keys.iter().map(|key| key.id.clone()).collect();
        let watch = vault.watch(&ids, patience).await?;
        let knows_all = watch.unknown.is_empty();
        Ok(Guard { finder: watch.finder, keys, knows_all, only_keys: false })
    }

    /// Whether it can tell every key that is kept from other words.
    pub fn knows_all(&self) -> bool {
        self.knows_all
    }

    /// A text that leaves this computer's keeping: where a key that is kept could not be asked for, nothing that looks like one is
    /// left in it.
    pub fn leaving<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.knows_all {
            true => self.without_keys(text),
            false => Cow::Owned(self.redacted(text)),
        }
    }

    /// The same for what a person sends, who may have wished to be asked about those keys only.
    pub(crate) async fn for_sending(
        vault: &Vault,
        history: &Arc<History>,
    ) -> Result<Guard, Failure> {
        let stops_secrets = on_disk(history, stops_secrets).await?;
        Ok(Guard { only_keys: !stops_secrets, ..Self::of(vault, history).await? })
    }

    /// A text without the keys that are kept here: what a draft may hold.
    pub fn without_keys<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let stored = self.find(text).into_iter().filter(|hit| matches!(hit.what, Kind::Stored(_)));
        let stored: Vec<Hit> = stored.collect();
        match stored.is_empty() {
            true => Cow::Borrowed(text),
            false => Cow::Owned(self.redact(text, &stored, &mut Names::default())),
        }
    }

    /// A text with a placeholder in the place of every secret.
    pub fn redacted(&self, text: &str) -> String {
        self.redact(text, &self.find(text), &mut Names::default())
    }

    /// Whether a text is one word that may be a key of a kind that nobody can tell by its shape, so that showing its beginning
    /// would show part of a key.
    pub fn may_be_key(text: &str) -> bool {
        let word = text.trim();
        (16..=512).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_graphic())
            && !word.contains("://")
            && phrases::is_random(word)
    }

    /// A file without the keys that are kept here: what a draft may hold of it.
    pub fn file_without_keys(&self, file: File) -> File {
        Self::cleaned(file, |words| self.without_keys(words))
    }

    /// The same for a file that leaves this computer's keeping.
    pub fn file_leaving(&self, file: File) -> File {
        Self::cleaned(file, |words| self.leaving(words))
    }

    fn cleaned(file: File, clean: impl FnOnce(&str) -> Cow<'_, str>) -> File {
        let said = ask::said_by(&file);
        let without = match clean(&said) {
            Cow::Owned(words) if words != said => Some(words),
            Cow::Owned(_) | Cow::Borrowed(_) => None,
        };
        match without {
            Some(words) => ask::said_only(file, words),
            None => file,
        }
    }

    /// The same in a file of a draft, where a placeholder stands for a key that was in it when it was attached.
    pub(crate) fn find_in_file(&self, words: &str) -> Vec<Hit> {
        let mut hits = self.find(words);
        for key in &self.keys {
            let placeholder = placeholder::of_key(key);
            hits.extend(words.match_indices(&placeholder).map(|(at, _)| Hit {
                range: at..at + placeholder.len(),
                what: Kind::Stored(key.id.clone()),
            }));
        }
        settle(words, hits)
    }

    /// Everything in a text that is a secret, in its order.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit> {
        let mut hits = views::stored(&self.finder, text);
        for found in self.finder.find(text.as_bytes()) {
            let kind = match found.what {
                What::Stored(id) => Kind::Stored(id),
                What::Shaped(shape) => Kind::Other(SecretKind::Key(shape.family)),
                What::Token(service) => Kind::Other(SecretKind::Token(service)),
                What::Named => Kind::Other(SecretKind::Named),
            };
            hits.push(Hit { range: found.range, what: kind });
        }
        let phrases = phrases::find(text).into_iter();
        hits.extend(phrases.map(|(range, kind)| Hit { range, what: Kind::Other(kind) }));
        if self.only_keys {
            hits.retain(|hit| matches!(hit.what, Kind::Stored(_)));
        }
        settle(text, hits)
    }

    /// The text with a placeholder in the place of each.
    fn redact(&self, text: &str, hits: &[Hit], names: &mut Names) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for hit in hits {
            out.push_str(&text[at..hit.range.start]);
            out.push_str(&names.placeholder(&self.keys, &hit.what, &text[hit.range.clone()]));
            at = hit.range.end;
        }
        out.push_str(&text[at..]);
        out
    }

    fn name(&self, id: &KeyId) -> Option<&StoredKey> {
        self.keys.iter().find(|key| key.id == *id)
    }

    /// What may be said of a hit.
    fn secret(&self, text: &str, hit: &Hit, file: Option<&str>) -> Secret {
        let (kind, last_four) = match &hit.what {
            Kind::Stored(id) => {
                let key = self.name(id);
                let name = key.map(|key| key.name.clone()).unwrap_or_default();
                (SecretKind::Stored(name), key.map(|key| key.last_four.clone()))
            }
            Kind::Other(kind) => (kind.clone(), end_of(kind, &text[hit.range.clone()])),
        };
        let line = 1 + text[..hit.range.start].bytes().filter(|byte| *byte == b'\n').count();
        Secret { kind, last_four, file: file.map(str::to_owned), line }
    }
}

/// The end of a key that is long enough for it. A password has none that could be shown.
fn end_of(kind: &SecretKind, text: &str) -> Option<String> {
    let is_key = matches!(kind, SecretKind::Key(_) | SecretKind::Token(_) | SecretKind::Named);
    let is_long = is_key && text.len() >= 16 && text.is_ascii();
    is_long.then(|| text[text.len() - 4..].to_owned())
}

/// Of what overlaps only one stays: a stored key before its shape, a whole private key before what seems to be in it.
fn settle(text: &str, mut hits: Vec<Hit>) -> Vec<Hit> {
    let whole = |at: usize| text.is_char_boundary(at);
    hits.retain(|hit| whole(hit.range.start) && whole(hit.range.end));
    hits.sort_by_key(|hit| {
        let rank = match hit.what {
            Kind::Stored(_) => 0,
            Kind::Other(SecretKind::PrivateKey) => 1,
            Kind::Other(SecretKind::Key(_) | SecretKind::Token(_)) => 2,
            Kind::Other(_) => 3,
        };
        (rank, hit.range.start, std::cmp::Reverse(hit.range.end))
    });
    let mut settled: std::collections::BTreeMap<usize, Hit> = std::collections::BTreeMap::new();
    for hit in hits {
        let before = settled.range(..hit.range.end).next_back();
        if before.is_none_or(|(_, before)| before.range.end <= hit.range.start) {
            settled.insert(hit.range.start, hit);
        }
    }
    settled.into_values().collect()
}
