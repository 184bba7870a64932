//! The guard at the door of a turn.

use std::borrow::Cow;
use std::sync::Arc;

use history::{ConversationId, File, History, MessageId, Part, Redaction};
use vault::Vault;

use super::placeholder::Names;
use super::{Guard, Hit, Secret};
use crate::store::on_disk;
use crate::{Ask, Failure, Trouble};

/// What to do about secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Secrets {
    /// Where there are some, nothing is saved or sent.
    #[default]
    Ask,
    /// Placeholders go in their places.
    Redact,
    /// It is sent as it is. Whoever says so has asked the person.
    Keep,
}

/// What an ask became.
pub(crate) struct Cleared {
    pub(crate) ask: Ask,
    pub(crate) redactions: Vec<Redaction>,
    /// Files of the draft that became others.
    pub(crate) replaced: Vec<(i64, File)>,
}

/// A file's words and what is in them.
struct Looked {
    number: i64,
    file: File,
    words: String,
    hits: Vec<Hit>,
}

/// The secrets of a message and of the files of a draft that go with it.
pub async fn find_secrets(
    vault: &Vault,
    history: &Arc<History>,
    conversation: Option<ConversationId>,
    text: String,
    files: Vec<i64>,
) -> Result<Vec<Secret>, Failure> {
    let guard = Guard::for_sending(vault, history).await?;
    on_disk(history, move |history| {
        let mut secrets: Vec<Secret> = Vec::new();
        for looked in look(&guard, history, conversation, &files)? {
            let of = |hit| guard.secret(&looked.words, hit, Some(&looked.file.name));
            secrets.extend(looked.hits.iter().map(of));
        }
        secrets.extend(guard.find(&text).iter().map(|hit| guard.secret(&text, hit, None)));
        Ok(secrets)
    })
    .await
}

/// Lets an ask through, as it is or redacted, or says that there are secrets in it.
pub(crate) async fn clear(
    guard: &Arc<Guard>,
    history: &Arc<History>,
    ask: Ask,
) -> Result<Cleared, Failure> {
    let secrets = match &ask {
        Ask::Message { secrets, .. } | Ask::Edit { secrets, .. } => *secrets,
        // What is answered again was let through before.
        Ask::Again { .. } => Secrets::Keep,
    };
    let as_it_is = |ask| Cleared { ask, redactions: Vec::new(), replaced: Vec::new() };
    if secrets == Secrets::Keep && !matches!(ask, Ask::Message { .. }) {
        return Ok(as_it_is(ask));
    }
    if secrets == Secrets::Keep {
        let mut ask = ask;
        // The yes was for the message, not for what every answer is told first.
        if let Ask::Message { system_prompt, .. } = &mut ask {
            *system_prompt = guard.without_keys(system_prompt).into_owned();
        }
        return Ok(as_it_is(ask));
    }
    let guard = Arc::clone(guard);
    let cleared = on_disk(history, move |history| {
        let mut ask = ask;
        // What a model is told first is no place for a key either; nobody is asked, since no answer needs it.
        if let Ask::Message { system_prompt, .. } = &mut ask {
            *system_prompt = guard.without_keys(system_prompt).into_owned();
        }
        let looked = match &ask {
            Ask::Message { conversation, files, .. } => {
                look(&guard, history, *conversation, files)?
            }
            Ask::Edit { .. } | Ask::Again { .. } => Vec::new(),
        };
        let hits = guard.find(text_of(&ask).unwrap_or_default());
        if hits.is_empty() && looked.is_empty() {
            return Ok(Some(as_it_is(ask)));
        }
        match secrets {
            Secrets::Redact => redact(&guard, history, ask, &hits, looked).map(Some),
            Secrets::Ask | Secrets::Keep => Ok(None),
        }
    });
    cleared.await?.ok_or_else(|| Failure::of(Trouble::SecretsFound))
}

fn redact(
    guard: &Guard,
    history: &History,
    mut ask: Ask,
    hits: &[Hit],
    looked: Vec<Looked>,
) -> Result<Cleared, history::Error> {
    let before = match last_of(history, &ask)? {
        Some(message) => history.redactions_up_to(message)?,
        None => Vec::new(),
    };
    let mut names = Names::following(before);
    if let Ask::Message { text, .. } | Ask::Edit { text, .. } = &mut ask {
        *text = guard.redact(text, hits, &mut names);
    }
    let replaced = looked.into_iter().map(|looked| {
        let words = guard.redact(&looked.words, &looked.hits, &mut names);
        (looked.number, said_only(looked.file, words))
    });
    let replaced = replaced.collect();
    Ok(Cleared { ask, redactions: names.new, replaced })
}

/// What a file says: its words, or all of it where it is nothing else.
pub(super) fn said_by(file: &File) -> Cow<'_, str> {
    match &file.words {
        Some(words) => Cow::Borrowed(words),
        None if file.media_type == "text/plain" => String::from_utf8_lossy(&file.bytes),
        None => Cow::Borrowed(""),
    }
}

/// A file of which only the words are left: what else its bytes say nobody has looked at.
pub(super) fn said_only(file: File, words: String) -> File {
    let is_text =
        file.media_type.starts_with("text/") || file.bytes[..].starts_with(words_of(&file));
    let media_type = if is_text { file.media_type } else { "text/plain".to_owned() };
    File {
        bytes: Arc::from(words.as_bytes()),
        words: Some(words),
        media_type,
        preview: None,
        ..file
    }
}

fn words_of(file: &File) -> &[u8] {
    file.words.as_deref().unwrap_or("\u{0}").as_bytes()
}

/// The files of the draft that have secrets among their words.
fn look(
    guard: &Guard,
    history: &History,
    conversation: Option<ConversationId>,
    files: &[i64],
) -> Result<Vec<Looked>, history::Error> {
    let mut found = Vec::new();
    for number in files {
        let Part::File(file) = history.draft_file(conversation, *number)? else { continue };
        let words = said_by(&file).into_owned();
        let hits = guard.find_in_file(&words);
        if !hits.is_empty() {
            found.push(Looked { number: *number, file, words, hits });
        }
    }
    Ok(found)
}

fn text_of(ask: &Ask) -> Option<&str> {
    match ask {
        Ask::Message { text, .. } | Ask::Edit { text, .. } => Some(text),
        Ask::Again { .. } => None,
    }
}

/// The message whose placeholders go on in this one.
fn last_of(history: &History, ask: &Ask) -> Result<Option<MessageId>, history::Error> {
    let leaf = |id: ConversationId| Ok(history.conversation(id)?.leaf);
    match ask {
        Ask::Message { conversation, .. } => {
            conversation.map(leaf).transpose().map(Option::flatten)
        }
        Ask::Edit { message, .. } => Ok(Some(*message)),
        Ask::Again { .. } => Ok(None),
    }
}
