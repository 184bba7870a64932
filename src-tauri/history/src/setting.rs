//! Settings: a closed set of keys, each with a text.

use std::borrow::Cow;
use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction};

use crate::{Error, FolderId, History, PresetId, RouteId};

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The connection that a new chat begins with.
    NewChatConnection,
    /// The model that a new chat begins with.
    NewChatModel,
    /// The route that a new chat begins with: its number, or empty.
    NewChatRoute,
    /// Typed in a new chat and not sent yet. Beginning a conversation clears it.
    NewChatDraft,
    /// How answers of a new chat are asked for: JSON of the layer above. Beginning a conversation clears it.
    NewChatParameters,
    /// What a new chat tells the model first. Beginning a conversation clears it.
    NewChatInstructions,
    /// The preset that the new chat goes by: its number.
    NewChatPreset,
    /// The preset that every new chat begins with: its number, or empty.
    DefaultPreset,
    /// How large the page is drawn, in percent.
    TextSize,
    /// How the page looks and behaves: JSON of the layer above.
    Preferences,
    /// Where the person was in the page when it was left: as the page writes it.
    Whereabouts,
    /// Whether keys are lent to other programs: `on`, or anything else.
    Lending,
    /// Where programs ask: a port.
    LendingPort,
    /// The places of keys that a person has seen and lets be: JSON of the layer above.
    IgnoredLeaks,
    /// Which secrets stop a message: a word of the layer above; nothing is all.
    Guard,
    /// The connection of the model that is asked for titles; nothing, or empty, is nobody.
    TitleConnection,
    /// Its model.
    TitleModel,
    /// Why the last title did not come: JSON of the layer above, or empty.
    TitleFailure,
    /// What providers told of balances last: JSON of the layer above.
    Balances,
    /// The team's file that was accepted: JSON of the layer above.
    Team,
    /// Who hears and who speaks: JSON of the layer above.
    Voice,
    /// What models cost by the lists of their providers: JSON.
    ListedPrices,
    /// How many messages the index of words missed when it was begun to be filled, until that is done; of this file alone.
    IndexFilling,
    /// What else those lists say of them: JSON.
    ListedFacts,
}

impl Setting {
    /// As it is stored. Never change one: it would forget what people have set.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::NewChatConnection => "new_chat.connection",
            Self::NewChatModel => "new_chat.model",
            Self::NewChatRoute => "new_chat.route",
            Self::NewChatDraft => "new_chat.draft",
            Self::NewChatParameters => "new_chat.parameters",
            Self::NewChatInstructions => "new_chat.instructions",
            Self::NewChatPreset => "new_chat.preset",
            Self::DefaultPreset => "preset.default",
            Self::TextSize => "text.size",
            Self::Preferences => "preferences",
            Self::Whereabouts => "whereabouts",
            Self::Lending => "lending",
            Self::LendingPort => "lending.port",
            Self::IgnoredLeaks => "leak.ignored",
            Self::Guard => "guard",
            Self::TitleConnection => "title.connection",
            Self::TitleModel => "title.model",
            Self::TitleFailure => "title.failure",
            Self::Balances => "balances",
            Self::Team => "team",
            Self::Voice => "voice",
            Self::ListedPrices => "prices.listed",
            Self::IndexFilling => "index.filling",
            Self::ListedFacts => "facts.listed",
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

    /// Several of them, as they were at one moment.
    pub fn settings<const N: usize>(
        &self,
        settings: [Setting; N],
    ) -> Result<[Option<String>; N], Error> {
        self.read(|read| {
            let mut find = read.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
            let mut found = [const { None }; N];
            for (setting, found) in settings.iter().zip(&mut found) {
                *found = find.query_row([setting.key()], |row| row.get(0)).optional()?;
            }
            Ok(found)
        })
    }

    /// Sets it.
    pub fn set_setting(&self, setting: Setting, value: &str) -> Result<(), Error> {
        self.write(|write| store(write, setting, value))
    }
}

/// What is called by other numbers elsewhere.
#[derive(Default)]
pub(crate) struct Renumbered {
    pub(crate) presets: HashMap<PresetId, PresetId>,
    pub(crate) routes: HashMap<RouteId, RouteId>,
    pub(crate) folders: HashMap<FolderId, FolderId>,
}

impl Renumbered {
    /// A value as it is there.
    pub(crate) fn value<'a>(&self, key: &str, value: &'a str) -> Cow<'a, str> {
        let is = |setting: Setting| setting.key() == key;
        let number: Option<i64> = value.parse().ok();
        let known = if is(Setting::NewChatPreset) || is(Setting::DefaultPreset) {
            number.and_then(|id| self.presets.get(&PresetId(id))).map(|id| id.0)
        } else if is(Setting::NewChatRoute) {
            number.and_then(|id| self.routes.get(&RouteId(id))).map(|id| id.0)
        } else if is(Setting::Whereabouts) {
            return Cow::Borrowed("");
        } else {
            return Cow::Borrowed(value);
        };
        known.map_or(Cow::Borrowed(""), |id| Cow::Owned(id.to_string()))
    }
}

/// Sets it as part of a greater change.
pub(crate) fn store(write: &Transaction<'_>, setting: Setting, value: &str) -> Result<(), Error> {
    write
        .prepare_cached("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)")?
        .execute((setting.key(), value))?;
    Ok(())
}
