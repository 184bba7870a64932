//! What a person asks for.

use history::{ConversationId, FolderId, History, MessageId, PresetId, Queued, RouteId, Step};
use wire::Parameter;

use crate::{Failure, Secrets, Trouble};

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
        /// The route to go by from here on; the connection and the model are the first of it then.
        route: Option<RouteId>,
        /// The folder of a new conversation.
        folder: Option<FolderId>,
        /// It waited to be sent, and this waits behind it. `None` was typed just now.
        waiting: Option<Vec<Queued>>,
        /// What to do about secrets in it.
        secrets: Secrets,
    },
    /// Another version of a message of the person's.
    Edit {
        /// The version there is.
        message: MessageId,
        /// The new text.
        text: String,
        /// What to do about secrets in it.
        secrets: Secrets,
        /// The connection that a person has let a stored key go over, and no other.
        over: Option<String>,
    },
    /// Another version of an answer.
    Again {
        /// The version there is.
        answer: MessageId,
        /// By whom.
        by: By,
    },
}

/// Who is asked for another version of an answer.
#[derive(Debug, Clone)]
pub enum By {
    /// Whoever is chosen in its conversation.
    Chosen,
    /// The same model as before, from now on without a parameter that it refused.
    Without(Parameter),
    /// This one, whoever is chosen.
    Model(Step),
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
        Ask::Again { by: By::Model(step), .. } => Some(step.connection.clone()),
        Ask::Again { answer, .. } => of_message(*answer),
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

pub(crate) fn check(ask: &Ask) -> Result<(), Failure> {
    let text = match ask {
        Ask::Message { text, .. } | Ask::Edit { text, .. } => text,
        Ask::Again { by: By::Model(step), .. }
            if step.connection.len().max(step.model.len()) > NAME_CAP =>
        {
            return Err(Failure::of(Trouble::TooLong));
        }
        Ask::Again { .. } => return Ok(()),
    };
    if let Ask::Message { connection, model, system_prompt, .. } = ask {
        let names = connection.len().max(model.len());
        if names > NAME_CAP || system_prompt.len() > MESSAGE_CAP {
            return Err(Failure::of(Trouble::TooLong));
        }
    }
    if text.len() > MESSAGE_CAP {
        return Err(Failure::of(Trouble::TooLong));
    }
    // What is shown needs no words. What is edited has the files it had: whether there are any, the store says.
    let is_shown = match ask {
        Ask::Message { files, .. } => !files.is_empty(),
        Ask::Edit { .. } => true,
        Ask::Again { .. } => false,
    };
    match text.trim().is_empty() && !is_shown {
        true => Err(Failure::of(Trouble::Empty)),
        false => Ok(()),
    }
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
