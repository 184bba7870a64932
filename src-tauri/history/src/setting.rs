//! Settings: a closed set of keys, each with a text.

use rusqlite::{OptionalExtension, Transaction};

use crate::{Error, History};

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The connection that a new chat begins with.
    NewChatConnection,
    /// The model that a new chat begins with.
    NewChatModel,
    /// Typed in a new chat and not sent yet. Beginning a conversation clears it.
    NewChatDraft,
    /// How large the page is drawn, in percent.
    TextSize,
}

impl Setting {
    /// As it is stored. Never change one: it would forget what people have set.
    const fn key(self) -> &'static str {
        match self {
            Self::NewChatConnection => "new_chat.connection",
            Self::NewChatModel => "new_chat.model",
            Self::NewChatDraft => "new_chat.draft",
            Self::TextSize => "text.size",
        }
    }
}

impl History {
    /// What was set; None if nothing was.
    pub fn setting(&self, setting: Setting) -> Result<Option<String>, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
            Ok(find.query_row([setting.key()], |row| row.get(0)).optional()?)
        })
    }

    /// Sets it.
    pub fn set_setting(&self, setting: Setting, value: &str) -> Result<(), Error> {
        self.write(|write| store(write, setting, value))
    }
}

/// Sets it as part of a greater change.
pub(crate) fn store(write: &Transaction<'_>, setting: Setting, value: &str) -> Result<(), Error> {
    write
        .prepare_cached("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)")?
        .execute((setting.key(), value))?;
    Ok(())
}
