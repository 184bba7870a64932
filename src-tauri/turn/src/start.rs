//! Beginning a turn: the guard, and the save that comes before anything is sent.

use std::sync::Arc;

use history::{
    Attachment, Begun, ConversationId, History, Message, MessageId, NewTurn, PresetId, Role, Said,
};
use serde_json::Value;
use tokio::sync::oneshot;
use vault::{KeyId, Vault};
use wire::{Abilities, Day, Format, Parameters, Part, Prompt, Takes, Thought, facts};

use crate::attachments::{self, check, takes};
use crate::cost::UNASKED;
use crate::store::{now_ms, on_disk};
use crate::turns::Place;
use crate::{Endpoint, Failure, Trouble, Turns};

/// The longest message, in bytes.
pub const MESSAGE_CAP: usize = 8 * 1024 * 1024;

/// No model and no connection has a longer name.
const NAME_CAP: usize = 1_000;

/// A first line of megabytes is no title; any other is kept whole, and the page shortens it where there is no room.
const TITLE_CHARS: usize = 1_000;

/// What the person asks for.
#[derive(Debug, Clone)]
pub enum Ask {
    /// A new message at the end of a conversation, or the first of a new one.
    Message {
        /// Where; `None` begins a conversation.
        conversation: Option<ConversationId>,
        /// Over which connection.
        connection: String,
        /// To which model.
        model: String,
        /// What a new conversation begins with.
        system_prompt: String,
        /// How answers of a new conversation are asked for: `Parameters` as JSON.
        parameters: String,
        /// The message.
        text: String,
        /// What goes with it: files of the draft, by their numbers.
        files: Vec<i64>,
        /// The preset that a new conversation goes by.
        preset: Option<PresetId>,
    },
    /// Another version of a message of the person's.
    Edit {
        /// The version there is.
        message: MessageId,
        /// The new text.
        text: String,
    },
    /// Another version of an answer.
    Again {
        /// The version there is.
        answer: MessageId,
    },
}

/// A turn that is saved and waits to be sent.
#[derive(Debug)]
pub struct Prepared {
    /// What was saved.
    pub begun: Begun,
    /// Whether the person's message is new.
    pub is_new_message: bool,
    pub(crate) history: Arc<History>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) endpoint: Endpoint,
    pub(crate) prompt: Prompt,
    pub(crate) place: Place,
    pub(crate) stopped: oneshot::Receiver<()>,
}

impl Turns {
    /// Checks what is asked, saves it, and takes the conversation's place. When this returns, the person's words are on
    /// disk and nothing has been sent.
    pub async fn prepare(
        &self,
        vault: Arc<Vault>,
        history: Arc<History>,
        ask: Ask,
    ) -> Result<Prepared, Failure> {
        check_text(&ask)?;
        let turns = self.clone();
        let saved = on_disk(&history, move |history| Ok(save(&turns, history, ask))).await??;
        let Saved { begun, is_new_message, place, stopped, endpoint } = saved;
        let (endpoint, prompt) = prompt(endpoint, &begun);
        Ok(Prepared { begun, is_new_message, history, vault, endpoint, prompt, place, stopped })
    }
}

/// Over which connection it goes, as far as that is known before it begins.
pub fn connection_of(history: &History, ask: &Ask) -> Option<String> {
    let of_message = |id| {
        let message = history.message(id).ok()?;
        history.conversation(message.conversation).ok()?.connection
    };
    match ask {
        Ask::Message { connection, .. } => Some(connection.clone()),
        Ask::Edit { message, .. } => of_message(*message),
        Ask::Again { answer } => of_message(*answer),
    }
}

/// The title of a conversation that begins with this text.
pub fn title_of(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(TITLE_CHARS) {
        words.truncate(end);
        words.push('…');
    }
    words
}

fn check_text(ask: &Ask) -> Result<(), Failure> {
    let (Ask::Message { text, .. } | Ask::Edit { text, .. }) = ask else { return Ok(()) };
    if let Ask::Message { connection, model, system_prompt, .. } = ask {
        let names = connection.len().max(model.len());
        if names > NAME_CAP || system_prompt.len() > MESSAGE_CAP {
            return Err(Failure::of(Trouble::TooLong));
        }
    }
    if text.len() > MESSAGE_CAP {
        return Err(Failure::of(Trouble::TooLong));
    }
    // What is shown needs no words; what is edited has the files it had.
    let is_shown = match ask {
        Ask::Message { files, .. } => !files.is_empty(),
        Ask::Edit { .. } | Ask::Again { .. } => false,
    };
    match text.trim().is_empty() && !is_shown {
        true => Err(Failure::of(Trouble::Empty)),
        false => Ok(()),
    }
}

struct Saved {
    begun: Begun,
    is_new_message: bool,
    place: Place,
    stopped: oneshot::Receiver<()>,
    endpoint: Endpoint,
}

fn save(turns: &Turns, history: &History, ask: Ask) -> Result<Saved, Failure> {
    let is_new_message = !matches!(ask, Ask::Again { .. });
    // A conversation that exists takes its place before anything is saved in it; a new one cannot be taken yet.
    let (begun, entered, endpoint) = match ask {
        Ask::Message {
            conversation,
            connection,
            model,
            system_prompt,
            parameters,
            text,
            files,
            preset,
        } => {
            let endpoint = endpoint(history, &connection)?;
            let entered = conversation.map(|id| turns.enter(id)).transpose()?;
            let attached = attached(history, conversation, &files)?;
            let before = before(history, conversation)?;
            check(&endpoint, &model, &before, &attached)?;
            let named = attached.first().map(|file| file.name.as_str()).unwrap_or_default();
            let title = title_of(if text.trim().is_empty() { named } else { &text });
            let parent = None;
            let turn = NewTurn {
                conversation,
                title,
                system_prompt,
                parameters,
                parent,
                files,
                preset,
                ..NewTurn::of(&connection, &model, text)
            };
            (history.begin_turn(&turn)?, entered, endpoint)
        }
        Ask::Edit { message, text } => {
            let (id, connection, model) = place_of(history, &history.message(message)?)?;
            let endpoint = endpoint(history, &connection)?;
            check(&endpoint, &model, &history.files_up_to(message)?, &[])?;
            let entered = turns.enter(id)?;
            let begun = history.begin_sibling_user(message, &text, &connection, &model)?;
            (begun, Some(entered), endpoint)
        }
        Ask::Again { answer } => {
            let old = history.message(answer)?;
            let (Role::Assistant, Some(asked)) = (old.role, old.parent) else {
                return Err(Failure::of(Trouble::NotFound));
            };
            let (id, connection, model) = place_of(history, &old)?;
            let endpoint = endpoint(history, &connection)?;
            check(&endpoint, &model, &history.files_up_to(asked)?, &[])?;
            let entered = turns.enter(id)?;
            (history.begin_answer(asked, &connection, &model)?, Some(entered), endpoint)
        }
    };
    let (place, stopped) = match entered {
        Some(entered) => entered,
        None => turns.enter(begun.conversation.id)?,
    };
    Ok(Saved { begun, is_new_message, place, stopped, endpoint })
}

/// The files of a draft that are to be sent, in their order.
fn attached(
    history: &History,
    conversation: Option<ConversationId>,
    files: &[i64],
) -> Result<Vec<Attachment>, Failure> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let held = history.draft_files(conversation)?;
    let find = |id: &i64| held.iter().find(|file| file.place == *id).cloned();
    let found: Option<Vec<_>> = files.iter().map(find).collect();
    found.ok_or_else(|| Failure::of(Trouble::NotFound))
}

/// The files of what was said before in a conversation, which go along again.
fn before(
    history: &History,
    conversation: Option<ConversationId>,
) -> Result<Vec<Attachment>, Failure> {
    let leaf = conversation.map(|id| history.conversation(id)).transpose()?;
    let leaf = leaf.and_then(|conversation| conversation.leaf);
    Ok(leaf.map(|leaf| history.files_up_to(leaf)).transpose()?.unwrap_or_default())
}

/// A message's conversation, and what is chosen there to answer.
fn place_of(
    history: &History,
    message: &Message,
) -> Result<(ConversationId, String, String), Failure> {
    let conversation = history.conversation(message.conversation)?;
    match (conversation.connection, conversation.model) {
        (Some(connection), Some(model)) => Ok((conversation.id, connection, model)),
        _ => Err(Failure::of(Trouble::KeyMissing)),
    }
}

fn endpoint(history: &History, connection: &str) -> Result<Endpoint, Failure> {
    let connections = history.connections()?;
    let known = connections.iter().find(|known| known.id == connection);
    Endpoint::of(known.ok_or_else(|| Failure::of(Trouble::KeyMissing))?)
}

/// The conversation as the model is told it: the system prompt, then the branch up to the message that is answered. What
/// searches may be spoken to in another format than else.
fn prompt(endpoint: Endpoint, begun: &Begun) -> (Endpoint, Prompt) {
    let model = begun.answer.model.clone().unwrap_or_default();
    let abilities = Abilities::of(endpoint.provider, &model);
    // What cannot be read was written by another version: the model's own ways are better than no answer.
    let wished: Parameters =
        serde_json::from_str(&begun.conversation.parameters).unwrap_or_default();
    let endpoint = endpoint.searching(abilities.search.filter(|_| wished.search));
    let mut parameters = abilities.allow(endpoint.format, &wished);
    if endpoint.format == Format::Messages && parameters.max_tokens.is_none() {
        let facts = facts(endpoint.provider, &model, Day::of_ms(now_ms()));
        let most = facts.and_then(|facts| facts.output_tokens).unwrap_or(UNASKED);
        parameters.max_tokens = u32::try_from(most.min(UNASKED)).ok();
    }
    let takes = takes(&endpoint, &model);
    let sealed = Sealed { endpoint: &endpoint, model: &model, takes };
    let messages = well_formed(&begun.said, &sealed);
    let system = begun.conversation.system_prompt.trim().to_owned();
    (endpoint, Prompt { model, system, messages, parameters, abilities })
}

/// Whose thoughts may go back.
struct Sealed<'a> {
    endpoint: &'a Endpoint,
    model: &'a str,
    takes: Takes,
}

impl Sealed<'_> {
    /// What goes with a message's words; `files` counts those of the whole request. A thought goes back only over the
    /// connection, to the model and with the key that it came from.
    fn parts(&self, said: &Said, files: &mut usize) -> Vec<Part> {
        said.parts.iter().filter_map(|part| self.part(said, part, files)).collect()
    }

    fn part(&self, said: &Said, part: &history::Part, files: &mut usize) -> Option<Part> {
        Some(match part {
            history::Part::Image(_) | history::Part::File(_) => {
                *files += 1;
                attachments::part(&self.takes, part, *files)?
            }
            history::Part::Thought(json) => {
                let is_same = said.connection.as_deref() == Some(&self.endpoint.connection)
                    && said.model.as_deref() == Some(self.model);
                let sealed: Value = serde_json::from_str(json).ok()?;
                let key = self.endpoint.key.as_ref().map(KeyId::as_str);
                if !is_same || sealed.get("key").and_then(Value::as_str) != key {
                    return None;
                }
                Part::Thought(Thought {
                    provider: self.endpoint.provider.id().to_owned(),
                    model: self.model.to_owned(),
                    state: sealed.get("state")?.clone(),
                })
            }
        })
    }
}

/// What was said, in turns: no empty message, and no two of one side in a row, since many servers refuse both. A question
/// whose answer never came is left out, and so is that answer; the page says so.
fn well_formed(said: &[Said], sealed: &Sealed<'_>) -> Vec<wire::Message> {
    let mut messages: Vec<wire::Message> = Vec::with_capacity(said.len());
    let mut files = 0;
    for said in said {
        let role = match said.role {
            Role::User => wire::Role::User,
            Role::Assistant => wire::Role::Assistant,
        };
        let mut parts = sealed.parts(said, &mut files);
        let is_thought = |part: &Part| matches!(part, Part::Thought(_));
        if said.text.trim().is_empty() && parts.iter().all(is_thought) {
            continue;
        }
        if messages.last().is_some_and(|last| last.role == role) {
            messages.pop();
            // What was thought of one conversation is refused in another.
            parts.retain(|part| !is_thought(part));
        }
        if !said.text.trim().is_empty() {
            parts.push(Part::Text(said.text.clone()));
        }
        messages.push(wire::Message { role, parts });
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let table = [
            ("Hello", "Hello"),
            ("\n\n  two   words \nmore", "two words"),
            ("   ", ""),
            (&"é".repeat(1_000), &"é".repeat(1_000)),
            (&"é".repeat(1_001), &format!("{}…", "é".repeat(1_000))),
        ];
        for (text, title) in table {
            assert_eq!(title_of(text), title);
        }
    }
}
