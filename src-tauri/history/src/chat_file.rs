//! Chats as a file: what is shown of them as Markdown, for people, or all there is as JSON, for programs. Neither is encrypted.
//!
//! A chat is read and written message by message, so that neither its length nor its files have to fit into memory at once.
//! What a placeholder stands for is not written, and neither is a key that a message holds because it was let through to a provider.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::{
    Conversation, ConversationId, Error, File, FolderId, History, Message, MessageId, Part, Role,
    Status, Stop, conversation, folder, message, part, tag,
};

/// What a file of chats says that it is, to whoever reads it.
const FORMAT: &str = "latchkey-chats";
const VERSION: u32 = 1;

/// In which form chats are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatForm {
    /// The branch that is shown of each.
    Markdown,
    /// Every message, with its versions and files.
    Json,
}

/// Takes out what may not lie in a file. The store knows no keys; whoever writes does.
#[derive(Clone, Copy)]
pub struct Clean<'c> {
    /// Out of a text.
    pub text: &'c dyn Fn(&str) -> String,
    /// Out of what is in a file.
    pub file: &'c dyn Fn(File) -> File,
}

/// Why chats could not be written.
#[derive(Debug)]
pub enum NotWritten {
    /// They could not be read.
    History(Error),
    /// The file could not be written.
    File(std::io::Error),
}

impl From<Error> for NotWritten {
    fn from(error: Error) -> Self {
        Self::History(error)
    }
}

impl History {
    /// Writes these chats, or every one that is not in the trash, the latest first. Returns how many. What is gone already is passed
    /// over.
    pub fn write_chats(
        &self,
        which: Option<&[ConversationId]>,
        form: ChatForm,
        clean: Clean<'_>,
        out: &mut impl Write,
        stop: &Stop,
    ) -> Result<usize, NotWritten> {
        let all = match which {
            Some(ids) => ids.to_vec(),
            None => self.conversations()?.into_iter().map(|row| row.id).collect(),
        };
        let mut written = 0;
        begin(form, out).map_err(NotWritten::File)?;
        for id in all {
            let mut broken = None;
            let is_first = written == 0;
            // One after the other: who searches meanwhile waits for one chat and not for all.
            let done = self.read_long(stop, |read| {
                let mut chat = match conversation::load(read, id) {
                    Err(Error::NotFound) => return Ok(false),
                    chat => chat?,
                };
                chat.title = (clean.text)(&chat.title);
                chat.system_prompt = (clean.text)(&chat.system_prompt);
                let mut pen = Pen { out, clean, broken: &mut broken };
                if !is_first {
                    pen.put(match form {
                        ChatForm::Markdown => "\n---\n\n",
                        ChatForm::Json => ",\n",
                    })?;
                }
                match form {
                    ChatForm::Markdown => markdown(read, &chat, &mut pen)?,
                    ChatForm::Json => whole(read, &chat, &mut pen)?,
                }
                Ok(true)
            });
            match (done, broken) {
                (_, Some(error)) => return Err(NotWritten::File(error)),
                (done, None) => written += usize::from(done?),
            }
        }
        end(form, out).map_err(NotWritten::File)?;
        Ok(written)
    }
}

fn begin(form: ChatForm, out: &mut impl Write) -> std::io::Result<()> {
    match form {
        ChatForm::Markdown => Ok(()),
        ChatForm::Json => {
            writeln!(out, "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"chats\":[")
        }
    }
}

fn end(form: ChatForm, out: &mut impl Write) -> std::io::Result<()> {
    match form {
        ChatForm::Markdown => Ok(()),
        ChatForm::Json => out.write_all(b"\n]}\n"),
    }
}

/// Writes, and keeps the reason where that fails: whoever reads the store knows only its own.
struct Pen<'p, W> {
    out: &'p mut W,
    clean: Clean<'p>,
    broken: &'p mut Option<std::io::Error>,
}

impl<W: Write> Pen<'_, W> {
    fn put(&mut self, text: &str) -> Result<(), Error> {
        self.out.write_all(text.as_bytes()).map_err(|error| {
            *self.broken = Some(error);
            Error::Stopped
        })
    }

    fn message(&self, read: &Transaction<'_>, id: MessageId) -> Result<Message, Error> {
        let said = message::load(read, id)?;
        let (text, reasoning) = (self.clean(&said.text), self.clean(&said.reasoning));
        Ok(Message { text, reasoning, ..said })
    }

    fn clean(&self, text: &str) -> String {
        (self.clean.text)(text)
    }

    fn all_clean(&self, texts: Vec<String>) -> Vec<String> {
        texts.iter().map(|text| self.clean(text)).collect()
    }

    /// What programs read, whose texts may be anywhere in it.
    fn clean_in(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.clean(&text)),
            Value::Array(values) => values.into_iter().map(|one| self.clean_in(one)).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(name, one)| (name, self.clean_in(one))).collect()
            }
            plain => plain,
        }
    }

    /// A thought in its provider's sealed form is of use to nobody else.
    fn file(&self, part: Part) -> Option<Value> {
        match part {
            Part::Image(file) | Part::File(file) => {
                let File { name, media_type, bytes, .. } = (self.clean.file)(file);
                let name = self.clean(&name);
                let base64 = STANDARD.encode(bytes);
                Some(json!({"name": name, "mediaType": media_type, "base64": base64}))
            }
            Part::Thought(_) => None,
        }
    }
}

fn markdown<W: Write>(
    read: &Transaction<'_>,
    chat: &Conversation,
    pen: &mut Pen<'_, W>,
) -> Result<(), Error> {
    pen.put(&format!("# {}\n\n", line_of(&chat.title)))?;
    let mut facts = vec![day(read, chat.created_ms)?];
    facts.extend(folder_path(read, chat.folder)?.last().map(|name| pen.clean(name)));
    let tags = pen.all_clean(tag::names(read, chat.id)?);
    facts.extend(tags.into_iter().map(|name| format!("#{name}")));
    pen.put(&format!("*{}*\n", line_of(&facts.join(", "))))?;
    if !chat.system_prompt.trim().is_empty() {
        pen.put(&format!("\n## Instructions\n\n{}\n", demoted(chat.system_prompt.trim())))?;
    }
    for id in shown(read, chat.leaf)? {
        let said = pen.message(read, id)?;
        let who = match said.role {
            Role::User => "You",
            Role::Assistant => said.model.as_deref().unwrap_or("Assistant"),
        };
        pen.put(&format!("\n## {}\n", line_of(who)))?;
        for file in &said.attachments {
            pen.put(&format!("\n*Attached: {}*\n", line_of(&pen.clean(&file.name))))?;
        }
        if !said.reasoning.trim().is_empty() {
            let thought = demoted(said.reasoning.trim());
            pen.put(&format!(
                "\n<details><summary>Reasoning</summary>\n\n{thought}\n\n</details>\n"
            ))?;
        }
        if !said.text.trim().is_empty() {
            pen.put(&format!("\n{}\n", demoted(said.text.trim())))?;
        }
        if let Some(note) = note(said.status) {
            pen.put(&format!("\n*{note}*\n"))?;
        }
    }
    Ok(())
}

fn note(status: Status) -> Option<&'static str> {
    match status {
        Status::Complete => None,
        Status::Streaming => Some("This answer was still being written."),
        Status::Stopped => Some("This answer was stopped."),
        Status::Interrupted => Some("This answer broke off."),
        Status::Failed => Some("This answer failed."),
    }
}

fn whole<W: Write>(
    read: &Transaction<'_>,
    chat: &Conversation,
    pen: &mut Pen<'_, W>,
) -> Result<(), Error> {
    let facts = json!({
        "title": chat.title,
        "createdMs": chat.created_ms,
        "updatedMs": chat.updated_ms,
        "folder": pen.all_clean(folder_path(read, chat.folder)?),
        "tags": pen.all_clean(tag::names(read, chat.id)?),
        "pinned": chat.pinned_ms.is_some(),
        "archived": chat.archived_ms.is_some(),
        "systemPrompt": chat.system_prompt,
        "model": chat.model,
        "shown": chat.leaf,
    });
    let facts = facts.to_string();
    pen.put(facts.trim_end_matches('}'))?;
    pen.put(",\"messages\":[")?;
    let mut list =
        read.prepare_cached("SELECT id FROM message WHERE conversation = ?1 ORDER BY id")?;
    let ids = list.query_map([chat.id], |row| row.get(0))?;
    for (at, id) in ids.collect::<rusqlite::Result<Vec<MessageId>>>()?.into_iter().enumerate() {
        pen.put(if at == 0 { "\n" } else { ",\n" })?;
        let said = pen.message(read, id)?;
        let files = part::all(read, id)?.into_iter().filter_map(|part| pen.file(part)).collect();
        let sources = said.sources.as_deref().and_then(|json| serde_json::from_str(json).ok());
        let sources = sources.map(|sources| pen.clean_in(sources));
        pen.put(&of_message(&said, sources, files).to_string())?;
    }
    pen.put("]}")
}

fn of_message(said: &Message, sources: Option<Value>, files: Vec<Value>) -> Value {
    json!({
        "id": said.id,
        "parent": said.parent,
        "role": said.role,
        "status": said.status,
        "model": said.model,
        "createdMs": said.created_ms,
        "text": said.text,
        "reasoning": said.reasoning,
        "tokensRead": said.prompt_tokens,
        "tokensWritten": said.answer_tokens,
        "costNanoDollars": said.cost.nano,
        "sources": sources,
        "files": files,
    })
}

/// The branch that is shown, first message first.
fn shown(read: &Transaction<'_>, leaf: Option<MessageId>) -> Result<Vec<MessageId>, Error> {
    let mut walk = read.prepare_cached(
        "WITH RECURSIVE above (id, parent, height) AS (
             SELECT id, parent, 0 FROM message WHERE id = ?1
             UNION ALL
             SELECT m.id, m.parent, above.height + 1
             FROM above JOIN message m ON m.id = above.parent
         )
         SELECT id FROM above ORDER BY height DESC",
    )?;
    Ok(walk.query_map([leaf], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The names of a folder and of those that it is in, the outermost first.
fn folder_path(read: &Transaction<'_>, id: Option<FolderId>) -> Result<Vec<String>, Error> {
    let all = folder::all(read)?;
    let mut path = Vec::new();
    let mut next = id;
    while let Some(found) = all.iter().find(|folder| Some(folder.id) == next) {
        path.push(found.name.clone());
        next = found.parent;
    }
    path.reverse();
    Ok(path)
}

/// 2026-11-29, by UTC.
fn day(read: &Transaction<'_>, ms: i64) -> Result<String, Error> {
    let mut say = read.prepare_cached("SELECT date(?1 / 1000, 'unixepoch')")?;
    Ok(say.query_row([ms], |row| row.get(0))?)
}

/// In one line, whatever was in it.
fn line_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With smaller headings, so that those of an answer are not taken for who says what. Code stays as it is.
fn demoted(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading = fence.is_none()
            && (1..=6).contains(&marks)
            && line[marks..].chars().next().is_none_or(|after| after == ' ' || after == '\t');
        match is_heading {
            true => lines.push(format!("{}{}", "#".repeat((marks + 2).min(6)), &line[marks..])),
            false => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Finished, Folder, NewTurn, Redaction};

    /// A chat in a folder, with a picture, two answers and a secret that was left out.
    fn chat(history: &History) -> ConversationId {
        let outer = Folder { name: "House".into(), ..Folder::default() };
        let outer = history.add_folder(&outer).unwrap();
        let inner = Folder { name: "Move".into(), parent: Some(outer), ..Folder::default() };
        let turn = NewTurn {
            title: "The\nlease".into(),
            system_prompt: "# Be brief".into(),
            folder: Some(history.add_folder(&inner).unwrap()),
            parts: vec![Part::Image(File::of("plan.png", "image/png", &b"pixels"[..]))],
            redactions: vec![Redaction { name: "[TOKEN 1]".into(), value: Some("hunter2".into()) }],
            ..NewTurn::of("c", "gpt-5.1", "What of [TOKEN 1]?")
        };
        let begun = history.begin_turn(&turn).unwrap();
        history.finish_answer(begun.answer.id, &Finished::of("First version")).unwrap();
        let again = history.begin_answer(begun.user.id, "c", "gpt-5.1").unwrap();
        let text = "# Due\n\n```sh\n# a comment\n```\n\n#hashtag";
        let finished = Finished { reasoning: "Hm.".into(), ..Finished::of(text) };
        history.finish_answer(again.answer.id, &finished).unwrap();
        let chat = begun.conversation.id;
        history.organise(&[chat], &Change::Tag("home".into())).unwrap();
        chat
    }

    const AS_IT_IS: Clean<'_> = Clean { text: &|text| text.to_owned(), file: &|file| file };

    fn written(
        history: &History,
        which: Option<&[ConversationId]>,
        form: ChatForm,
    ) -> (usize, String) {
        let mut out = Vec::new();
        let count = history.write_chats(which, form, AS_IT_IS, &mut out, &Stop::default()).unwrap();
        (count, String::from_utf8(out).unwrap())
    }

    #[test]
    fn markdown_is_what_is_shown_and_says_who_says_what() {
        let history = History::in_memory().unwrap();
        chat(&history);
        let (count, text) = written(&history, None, ChatForm::Markdown);
        assert_eq!(count, 1);
        let (_, after) = text.split_once(", Move, #home*\n").unwrap();
        assert!(text.starts_with("# The lease\n\n*20"), "{text}");
        assert_eq!(
            after,
            "\n## Instructions\n\n### Be brief\n\n## You\n\n*Attached: plan.png*\n\nWhat of [TOKEN 1]?\n\n## gpt-5.1\n\n\
             <details><summary>Reasoning</summary>\n\nHm.\n\n</details>\n\n### Due\n\n```sh\n# a comment\n```\n\n#hashtag\n"
        );
    }

    #[test]
    fn json_is_all_there_is_but_for_secrets() {
        let history = History::in_memory().unwrap();
        let one = chat(&history);
        let other = history.begin_turn(&NewTurn::of("c", "m", "Other")).unwrap().conversation.id;
        let (count, text) = written(&history, None, ChatForm::Json);
        assert!(count == 2 && !text.contains("hunter2"), "{text}");
        let all: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&all["format"], &all["version"]), (&json!("latchkey-chats"), &json!(1)));
        let chats = all["chats"].as_array().unwrap();
        let found = chats.iter().find(|chat| chat["title"] == "The\nlease").unwrap();
        assert_eq!(
            (&found["folder"], &found["tags"]),
            (&json!(["House", "Move"]), &json!(["home"]))
        );
        let messages = found["messages"].as_array().unwrap();
        let texts: Vec<_> = messages.iter().map(|said| said["text"].as_str().unwrap()).collect();
        assert_eq!((texts.len(), texts[1]), (3, "First version"));
        assert_eq!(messages[1]["parent"], messages[2]["parent"]);
        assert_eq!(messages[0]["files"][0]["base64"], "cGl4ZWxz");
        assert_eq!(found["shown"], messages[2]["id"]);
        let (count, text) = written(&history, Some(&[other, ConversationId(99)]), ChatForm::Json);
        let some: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((count, some["chats"].as_array().unwrap().len()), (1, 1));
        history.delete(one).unwrap();
        assert_eq!(written(&history, None, ChatForm::Json).0, 1, "the trash is not written");
    }

    #[test]
    fn nothing_is_written_that_is_to_be_taken_out() {
        let history = History::in_memory().unwrap();
        let folder = Folder { name: "KEY folder".into(), ..Folder::default() };
        let turn = NewTurn {
            title: "Is KEY mine?".into(),
            system_prompt: "Say KEY".into(),
            folder: Some(history.add_folder(&folder).unwrap()),
            parts: vec![Part::File(File::of("KEY.txt", "text/plain", &b"KEY"[..]))],
            ..NewTurn::of("c", "m", "Why is KEY refused?")
        };
        let begun = history.begin_turn(&turn).unwrap();
        let sources = r#"{"list":[{"title":"\u004bEY","address":"https://example.org/KEY"}]}"#;
        let finished = Finished {
            reasoning: "KEY, hm.".into(),
            sources: Some(sources.into()),
            ..Finished::of("KEY is old.")
        };
        history.finish_answer(begun.answer.id, &finished).unwrap();
        let tag = Change::Tag("KEY tag".into());
        history.organise(&[begun.conversation.id], &tag).unwrap();
        let text = |text: &str| text.replace("KEY", "⟪key⟫");
        let file = |file: File| File { bytes: b"clean"[..].into(), ..file };
        let clean = Clean { text: &text, file: &file };
        for (form, places) in [(ChatForm::Markdown, 8), (ChatForm::Json, 10)] {
            let mut out = Vec::new();
            history.write_chats(None, form, clean, &mut out, &Stop::default()).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert_eq!(
                (text.matches("KEY").count(), text.matches("⟪key⟫").count()),
                (0, places),
                "{text}"
            );
            let bytes = STANDARD.encode("clean");
            assert_eq!(text.contains(&bytes), form == ChatForm::Json, "{text}");
        }
    }

    #[test]
    fn a_file_that_breaks_off_says_why() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let history = History::in_memory().unwrap();
        chat(&history);
        let failed =
            history.write_chats(None, ChatForm::Markdown, AS_IT_IS, &mut Full, &Stop::default());
        let Err(NotWritten::File(error)) = failed else { panic!("{failed:?}") };
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    }
}
