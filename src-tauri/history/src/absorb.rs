//! Moving what a session gathered in memory onto the disk, once the keychain has given the key.

use std::collections::HashMap;

use rusqlite::Transaction;

use crate::setting::{Renumbered, Setting};
use crate::{
    Application, AuditLine, Connection, ConversationId, Error, Folder, FolderId, History, Marks,
    Message, MessageId, Part, Preset, PresetId, Prompt, Queued, Redaction, Refused, Route, RouteId,
    TokenHash, application, audit, branch, connection, draft_file, folder, folder_file, ledger,
    leftover, limit, listed, message, model, part, preset, prompt, queue, redaction, refused,
    route, tag,
};

/// A message with its parts.
type Whole = (Message, Vec<Part>, Vec<Redaction>);

struct Gathered {
    connections: Vec<Connection>,
    settings: Vec<(String, String)>,
    conversations: Vec<(ConversationRecord, Vec<Whole>, Vec<Part>)>,
    leftovers: Vec<String>,
    marks: Vec<Marks>,
    presets: Vec<Preset>,
    prompts: Vec<Prompt>,
    folders: Vec<(Folder, Vec<Part>)>,
    routes: Vec<Route>,
    limits: Vec<(String, limit::Kept)>,
    ledger: Vec<ledger::Row>,
    audit: Vec<AuditLine>,
    applications: Vec<(Application, Option<TokenHash>)>,
    refused: Vec<Refused>,
    /// What is attached to the new chat's draft.
    files: Vec<Part>,
}

struct ConversationRecord {
    id: ConversationId,
    leaf: Option<MessageId>,
    preset: Option<PresetId>,
    route: Option<RouteId>,
    folder: Option<FolderId>,
    /// When it was put on top, and out of sight.
    put_ms: (Option<i64>, Option<i64>),
    tags: Vec<String>,
    queue: Vec<Queued>,
    columns: (String, String, String, Option<String>, Option<String>, i64, i64, String),
}

impl History {
    /// Takes over every conversation, connection and setting of another store, whole or not at all, and closes that one.
    /// Conversations and messages get new ids. While an answer is growing there, it cannot be moved.
    pub fn absorb(&self, session: &History) -> Result<(), Error> {
        session.hand_on(|read| {
            let gathered = gather(read)?;
            self.write(|write| take_over(write, &gathered))
        })
    }
}

fn take_over(write: &Transaction<'_>, gathered: &Gathered) -> Result<(), Error> {
    for connection in &gathered.connections {
        connection::put(write, connection)?;
    }
    let mut here = Renumbered::default();
    for kept in &gathered.routes {
        here.routes.insert(kept.id, route::add(write, kept)?);
    }
    for kept in &gathered.presets {
        let route = kept.route.and_then(|route| here.routes.get(&route).copied());
        let moved = Preset { route, ..kept.clone() };
        here.presets.insert(kept.id, preset::add(write, &moved)?);
    }
    for kept in &gathered.prompts {
        prompt::add(write, kept)?;
    }
    move_folders(write, gathered, &mut here)?;
    for refused in &gathered.refused {
        refused::note(write, refused)?;
    }
    for (key, value) in &gathered.settings {
        if listed::take_over(write, key, value)? {
            continue;
        }
        // Its index is filled here anew.
        if key == Setting::IndexFilling.key() {
            continue;
        }
        let value = here.value(key, value);
        write.execute("INSERT OR REPLACE INTO setting VALUES (?1, ?2)", (key, value))?;
    }
    let mut conversations = HashMap::new();
    for (record, messages, files) in &gathered.conversations {
        let id = add(write, record, &here, messages)?;
        conversations.insert(record.id, id);
        draft_file::add_all(write, Some(id), files)?;
    }
    draft_file::add_all(write, None, &gathered.files)?;
    for marks in &gathered.marks {
        model::put(write, marks)?;
    }
    for item in &gathered.leftovers {
        leftover::note(write, item)?;
    }
    let mut applications = HashMap::new();
    for (kept, token) in &gathered.applications {
        applications.insert(kept.id, application::add(write, kept, token.as_ref())?);
    }
    for row in &gathered.ledger {
        let conversation = row.conversation.and_then(|id| conversations.get(&id).copied());
        let application = row.application.and_then(|id| applications.get(&id).copied());
        ledger::take_over(write, row, conversation, application)?;
    }
    for line in &gathered.audit {
        audit::append(write, line.clone())?;
    }
    // After what was settled, which would count an excess once more that a person may have seen by now.
    for (connection, kept) in &gathered.limits {
        limit::put(write, connection, kept)?;
    }
    Ok(())
}

fn gather(read: &Transaction<'_>) -> Result<Gathered, Error> {
    if read.prepare("SELECT 1 FROM message WHERE status = 'streaming'")?.exists([])? {
        return Err(Error::Growing);
    }
    let mut settings = read.prepare("SELECT key, value FROM setting")?;
    let settings = settings.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let settings = settings.collect::<Result<_, _>>()?;
    let mut conversations = read.prepare(
        "SELECT id, leaf, title, system_prompt, draft, connection, model, created_ms, updated_ms,
                parameters, preset, route, folder, pinned_ms, archived_ms
         FROM conversation WHERE deleted_ms IS NULL ORDER BY id",
    )?;
    let records = conversations.query_map([], |row| {
        let columns = (
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
            row.get(6)?,
            row.get(7)?,
            row.get(8)?,
            row.get(9)?,
        );
        Ok(ConversationRecord {
            id: row.get(0)?,
            leaf: row.get(1)?,
            preset: row.get(10)?,
            route: row.get(11)?,
            folder: row.get(12)?,
            put_ms: (row.get(13)?, row.get(14)?),
            tags: Vec::new(),
            queue: Vec::new(),
            columns,
        })
    })?;
    let conversations = records
        .map(|record| {
            let mut record = record?;
            let id = record.id;
            record.tags = tag::names(read, id)?;
            record.queue = queue::load(read, id)?;
            Ok((record, all_messages(read, id)?, draft_file::all(read, Some(id))?))
        })
        .collect::<Result<_, Error>>()?;
    Ok(Gathered {
        connections: connection::all(read)?,
        settings,
        conversations,
        leftovers: leftover::all(read)?,
        marks: model::all(read)?,
        presets: preset::all(read)?,
        prompts: prompt::all(read)?,
        folders: folders(read)?,
        routes: route::all(read)?,
        refused: refused::all(read)?,
        limits: limit::all(read)?,
        ledger: ledger::all(read)?,
        audit: audit::lines(read, 1, usize::MAX)?,
        applications: application::all(read)?,
        files: draft_file::all(read, None)?,
    })
}

/// Each with the bytes of its files.
fn folders(read: &Transaction<'_>) -> Result<Vec<(Folder, Vec<Part>)>, Error> {
    let with_files = |folder: Folder| {
        let files = folder_file::all(read, folder.id)?;
        Ok((folder, files))
    };
    folder::all(read)?.into_iter().map(with_files).collect()
}

fn all_messages(read: &Transaction<'_>, id: ConversationId) -> Result<Vec<Whole>, Error> {
    let columns = message::COLUMNS;
    let mut find = read.prepare_cached(&format!(
        "SELECT {columns} FROM message m WHERE m.conversation = ?1 ORDER BY m.id"
    ))?;
    let messages = find.query_map([id], message::from_row)?;
    messages
        .map(|message| {
            let message = message?;
            let parts = part::all(read, message.id)?;
            let redactions = redaction::all(read, message.id)?;
            Ok((message, parts, redactions))
        })
        .collect()
}

fn add(
    write: &Transaction<'_>,
    record: &ConversationRecord,
    renumbered: &Renumbered,
    messages: &[Whole],
) -> Result<ConversationId, Error> {
    let (title, system_prompt, draft, connection, model, created_ms, updated_ms, parameters) =
        &record.columns;
    let preset = record.preset.and_then(|preset| renumbered.presets.get(&preset));
    let route = record.route.and_then(|route| renumbered.routes.get(&route));
    write.execute(
        "INSERT INTO conversation
             (title, system_prompt, draft, connection, model, created_ms, updated_ms, parameters,
              preset, route)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (
            title,
            system_prompt,
            draft,
            connection,
            model,
            created_ms,
            updated_ms,
            parameters,
            preset,
            route,
        ),
    )?;
    let conversation = ConversationId(write.last_insert_rowid());
    put(write, conversation, record, renumbered)?;
    // Its files have other numbers here: they are with the draft.
    let waiting = |kept: &Queued| Queued { files: Vec::new(), ..kept.clone() };
    let waiting: Vec<Queued> = record.queue.iter().map(waiting).collect();
    queue::store(write, conversation, &waiting)?;
    // A parent always has a smaller id than its children, so it is here before them.
    let mut here: HashMap<MessageId, MessageId> = HashMap::new();
    for (message, parts, redactions) in messages {
        let parent = message.parent.and_then(|parent| here.get(&parent).copied());
        let id = add_message(write, conversation, parent, message)?;
        part::add(write, id, parts)?;
        redaction::add(write, id, redactions)?;
        here.insert(message.id, id);
    }
    if let Some(leaf) = record.leaf.and_then(|leaf| here.get(&leaf)) {
        branch::show(write, conversation, *leaf)?;
    }
    Ok(conversation)
}

/// Puts it where it was kept.
fn put(
    write: &Transaction<'_>,
    conversation: ConversationId,
    record: &ConversationRecord,
    renumbered: &Renumbered,
) -> Result<(), Error> {
    let folder = record.folder.and_then(|folder| renumbered.folders.get(&folder));
    let (pinned_ms, archived_ms) = record.put_ms;
    write.execute(
        "UPDATE conversation SET folder = ?2, pinned_ms = ?3, archived_ms = ?4 WHERE id = ?1",
        (conversation, folder, pinned_ms, archived_ms),
    )?;
    record.tags.iter().try_for_each(|name| tag::give(write, conversation, name))
}

/// Each under a new number, and then in those that they were in.
fn move_folders(
    write: &Transaction<'_>,
    gathered: &Gathered,
    here: &mut Renumbered,
) -> Result<(), Error> {
    for (kept, files) in &gathered.folders {
        let route = kept.route.and_then(|route| here.routes.get(&route).copied());
        let alone = Folder { parent: None, route, ..kept.clone() };
        let id = folder::add(write, &alone)?;
        here.folders.insert(kept.id, id);
        files.iter().try_for_each(|file| folder_file::add(write, id, file).map(drop))?;
    }
    for (kept, _) in &gathered.folders {
        let parent = kept.parent.and_then(|parent| here.folders.get(&parent));
        let moved = here.folders.get(&kept.id);
        write.execute("UPDATE folder SET parent = ?2 WHERE id = ?1", (moved, parent))?;
    }
    Ok(())
}

fn add_message(
    write: &Transaction<'_>,
    conversation: ConversationId,
    parent: Option<MessageId>,
    message: &Message,
) -> Result<MessageId, Error> {
    write
        .prepare_cached(
            "INSERT INTO message (conversation, parent, role, status, finish, model, connection,
                 prompt_tokens, answer_tokens, first_token_ms, reasoning_ms, created_ms, failure,
                 text, reasoning, skipped, usage, cost_nano, cost_from, sources, route)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                 ?17, ?18, ?19, ?20, ?21)",
        )?
        .execute(rusqlite::params![
            conversation,
            parent,
            message.role,
            message.status,
            message.finish,
            message.model,
            message.connection,
            message.prompt_tokens,
            message.answer_tokens,
            message.first_token_ms,
            message.reasoning_ms,
            message.created_ms,
            message.failure,
            message.text,
            message.reasoning,
            message.skipped,
            message.cost.usage,
            message.cost.nano,
            message.cost.from,
            message.sources,
            message.route,
        ])?;
    Ok(MessageId(write.last_insert_rowid()))
}

#[cfg(test)]
mod tests;
