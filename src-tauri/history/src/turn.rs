//! Beginning a turn: the person's message and the empty answer to it, saved in one durable step before anything is
//! sent to a provider.

use rusqlite::Transaction;

use crate::store::now_ms;
use crate::{
    Conversation, ConversationId, Error, File, FolderId, History, Message, MessageId, Part,
    PresetId, Queued, Redaction, Role, RouteId, Said, Setting, Status, branch, conversation,
    draft_file, folder_file, message, model, part, queue, redaction, setting,
};

/// What the person sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTurn {
    /// Where; None begins a conversation.
    pub conversation: Option<ConversationId>,
    /// The title of a conversation that is begun; else ignored.
    pub title: String,
    /// The system prompt of a conversation that is begun; else ignored.
    pub system_prompt: String,
    /// The connection that the answer will come from.
    pub connection: String,
    /// The model that the answer will come from.
    pub model: String,
    /// What the message follows; None for the current leaf.
    pub parent: Option<MessageId>,
    /// The message.
    pub text: String,
    /// What goes with it.
    pub parts: Vec<Part>,
    /// Files of the draft that go with it, by their numbers: they leave the draft.
    pub files: Vec<i64>,
    /// What some of these files became before they are sent.
    pub replaced: Vec<(i64, File)>,
    /// What the message's placeholders stand for.
    pub redactions: Vec<Redaction>,
    /// The preset that a conversation that is begun goes by; else ignored.
    pub preset: Option<PresetId>,
    /// The route that the conversation goes by from here on; the connection and the model are the first of it then.
    pub route: Option<RouteId>,
    /// How answers of a conversation that is begun are asked for; else ignored.
    pub parameters: String,
    /// The folder of a conversation that is begun; else ignored.
    pub folder: Option<FolderId>,
    /// It waited to be sent, and this waits behind it; what is typed now is another message. `None` was typed just now.
    pub waiting: Option<Vec<Queued>>,
}

impl NewTurn {
    /// The first message of a conversation that has nothing else yet.
    pub fn of(connection: &str, model: &str, text: impl Into<String>) -> Self {
        Self {
            conversation: None,
            title: String::new(),
            system_prompt: String::new(),
            connection: connection.to_owned(),
            model: model.to_owned(),
            parent: None,
            text: text.into(),
            parts: Vec::new(),
            files: Vec::new(),
            replaced: Vec::new(),
            redactions: Vec::new(),
            preset: None,
            route: None,
            parameters: String::new(),
            folder: None,
            waiting: None,
        }
    }
}

/// A turn that is saved and can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The conversation, now showing this turn.
    pub conversation: Conversation,
    /// The message that is answered.
    pub user: Message,
    /// The answer: empty and streaming.
    pub answer: Message,
    /// Everything from the first message up to the one that is answered. Read in the same step, so that nothing can fail
    /// between what is saved and what is sent.
    pub said: Vec<Said>,
}

/// Where an answer comes from.
#[derive(Clone, Copy)]
struct Source<'a> {
    connection: &'a str,
    model: &'a str,
}

impl History {
    /// Adds a message and an empty answer. Clears what it was kept in: the draft, or its place among those that waited.
    pub fn begin_turn(&self, turn: &NewTurn) -> Result<Begun, Error> {
        let source = Source { connection: &turn.connection, model: &turn.model };
        self.write(|write| {
            let (conversation, parent) = match turn.conversation {
                None => (begin_conversation(write, turn)?, None),
                Some(id) => {
                    let known = conversation::load(write, id)?;
                    match &turn.waiting {
                        Some(rest) => queue::store(write, id, rest)?,
                        None => clear_draft(write, id)?,
                    }
                    (id, turn.parent.or(known.leaf))
                }
            };
            if let Some(parent) = parent {
                check_belongs(write, parent, conversation)?;
            }
            let user = add_user(write, conversation, parent, &turn.text)?;
            part::add(write, user, &turn.parts)?;
            draft_file::replace(write, turn.conversation, &turn.replaced)?;
            draft_file::take(write, turn.conversation, &turn.files, user)?;
            redaction::add(write, user, &turn.redactions)?;
            go_by(write, conversation, turn)?;
            begin_answer_to(write, conversation, user, source)
        })
    }

    /// Adds another version of a message that the person sent, and an empty answer to it.
    pub fn begin_sibling_user(
        &self,
        message: MessageId,
        text: &str,
        connection: &str,
        model: &str,
    ) -> Result<Begun, Error> {
        self.begin_edited(message, text, &[], connection, model)
    }

    /// The same, with what new placeholders in it stand for.
    pub fn begin_edited(
        &self,
        message: MessageId,
        text: &str,
        redactions: &[Redaction],
        connection: &str,
        model: &str,
    ) -> Result<Begun, Error> {
        self.write(|write| {
            let edited = load_user(write, message)?;
            let user = add_user(write, edited.conversation, edited.parent, text)?;
            part::copy_files(write, message, user)?;
            redaction::copy(write, message, user)?;
            redaction::add(write, user, redactions)?;
            begin_answer_to(write, edited.conversation, user, Source { connection, model })
        })
    }

    /// Adds another, empty answer to a message that the person sent.
    pub fn begin_answer(
        &self,
        user: MessageId,
        connection: &str,
        model: &str,
    ) -> Result<Begun, Error> {
        self.write(|write| {
            let asked = load_user(write, user)?;
            begin_answer_to(write, asked.conversation, user, Source { connection, model })
        })
    }
}

fn begin_conversation(write: &Transaction<'_>, turn: &NewTurn) -> Result<ConversationId, Error> {
    let now = now_ms();
    write.execute(
        "INSERT INTO conversation
             (title, titled, system_prompt, parameters, preset, created_ms, updated_ms, folder)
         VALUES (?1, 'words', ?2, ?3, ?4, ?5, ?5, (SELECT id FROM folder WHERE id = ?6))",
        (&turn.title, &turn.system_prompt, &turn.parameters, turn.preset, now, turn.folder),
    )?;
    let begun = ConversationId(write.last_insert_rowid());
    if turn.waiting.is_some() {
        return Ok(begun);
    }
    for of_new_chat in [
        Setting::NewChatDraft,
        Setting::NewChatParameters,
        Setting::NewChatInstructions,
        Setting::NewChatPreset,
    ] {
        setting::store(write, of_new_chat, "")?;
    }
    Ok(begun)
}

/// From here on the conversation goes by this route, or by none.
fn go_by(
    write: &Transaction<'_>,
    conversation: ConversationId,
    turn: &NewTurn,
) -> Result<(), Error> {
    write
        .prepare_cached(
            "UPDATE conversation SET route = ?2, connection = ?3, model = ?4 WHERE id = ?1",
        )?
        .execute((conversation, turn.route, &turn.connection, &turn.model))?;
    Ok(())
}

fn clear_draft(write: &Transaction<'_>, conversation: ConversationId) -> Result<(), Error> {
    write
        .prepare_cached("UPDATE conversation SET draft = '' WHERE id = ?1 AND draft <> ''")?
        .execute([conversation])?;
    Ok(())
}

fn check_belongs(
    write: &Transaction<'_>,
    message: MessageId,
    conversation: ConversationId,
) -> Result<(), Error> {
    let mut find =
        write.prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND conversation = ?2")?;
    if find.exists((message, conversation))? { Ok(()) } else { Err(Error::NotFound) }
}

fn load_user(write: &Transaction<'_>, id: MessageId) -> Result<Message, Error> {
    let message = message::load(write, id)?;
    match message.role {
        Role::User => Ok(message),
        Role::Assistant => Err(Error::NotFound),
    }
}

fn add_user(
    write: &Transaction<'_>,
    conversation: ConversationId,
    parent: Option<MessageId>,
    text: &str,
) -> Result<MessageId, Error> {
    write
        .prepare_cached(
            "INSERT INTO message (conversation, parent, role, status, created_ms, text, reasoning)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, '')",
        )?
        .execute((conversation, parent, Role::User, Status::Complete, now_ms(), text))?;
    Ok(MessageId(write.last_insert_rowid()))
}

fn begin_answer_to(
    write: &Transaction<'_>,
    conversation: ConversationId,
    user: MessageId,
    source: Source<'_>,
) -> Result<Begun, Error> {
    let now = now_ms();
    write
        .prepare_cached(
            "INSERT INTO message
                 (conversation, parent, role, status, connection, model, created_ms, text, reasoning)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', '')",
        )?
        .execute((
            conversation,
            user,
            Role::Assistant,
            Status::Streaming,
            source.connection,
            source.model,
            now,
        ))?;
    let answer = MessageId(write.last_insert_rowid());
    write
        .prepare_cached(
            // On a route another may answer; the first of it stays the first.
            "UPDATE conversation SET connection = iif(route IS NULL, ?2, connection),
                 model = iif(route IS NULL, ?3, model), updated_ms = ?4 WHERE id = ?1",
        )?
        .execute((conversation, source.connection, source.model, now))?;
    model::note_use(write, source.connection, source.model, now)?;
    branch::show(write, conversation, answer)?;
    let mut said = branch::said_up_to(write, user)?;
    folder_file::go_along(write, conversation, &mut said)?;
    Ok(Begun {
        conversation: conversation::load(write, conversation)?,
        user: message::load(write, user)?,
        answer: message::load(write, answer)?,
        said,
    })
}
