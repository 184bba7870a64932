//! The providers Latchkey knows by name: rows of `data/providers.json`. To add one is to add a row.

mod row;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Account, Format, KeyIn};

use row::Row;
pub(crate) use row::{AudioAs, Effort, FilesAs, SearchBy};
pub use row::{Dialect, KeyCheck, Page};

/// Where answers come from.
#[derive(Clone, Copy)]
pub struct Provider(&'static Row);

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    // A test reads every row; a table that cannot be read offers nothing instead of ending the program.
    serde_json::from_str(include_str!("../data/providers.json")).unwrap_or_default()
});

/// What stands for a provider that nobody here knows.
static NOBODY: LazyLock<Row> = LazyLock::new(Row::nobody);

impl Provider {
    /// Every provider that can be chosen by its name, the most used ones first.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(Self).filter(|provider| !provider.0.addresses.is_empty())
    }

    /// The hosted ones, in the order they are offered.
    pub fn hosted() -> impl Iterator<Item = Self> {
        Self::all().filter(|provider| !provider.is_local())
    }

    /// The servers looked for on loopback, in the order they are shown.
    pub fn local() -> impl Iterator<Item = Self> {
        Self::all().filter(|provider| provider.is_local())
    }

    /// Any other address, of which only the format is known.
    pub fn other() -> Self {
        Self::named("other")
    }

    /// The practice provider inside Latchkey.
    pub fn practice() -> Self {
        Self::named("practice")
    }

    /// The provider with this id, if this version knows it.
    pub fn from_id(id: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.id == id).map(Self)
    }

    /// The provider stored under `id`. One that this version does not know is an address like any other.
    pub fn stored(id: &str) -> Self {
        Self::named(id)
    }

    fn named(id: &str) -> Self {
        Self::from_id(id).or_else(|| Self::from_id("other")).unwrap_or(Self(&NOBODY))
    }

    /// The word stored in the keychain item and the history.
    pub fn id(self) -> &'static str {
        &self.0.id
    }

    /// The name people know.
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// Whether it runs on the person's own computer.
    pub fn is_local(self) -> bool {
        self.0.local
    }

    /// Whether the person gives the address: there is none, or it holds a name of their own, such as `{resource}`.
    pub fn takes_address(self) -> bool {
        self.address().is_none()
    }

    /// Its base URL in the format it is best spoken to; `None` where the person gives it.
    pub fn address(self) -> Option<&'static str> {
        self.template().filter(|address| !address.contains('{'))
    }

    /// The same with names of the person's own still open in it, as `{resource}`.
    pub fn template(self) -> Option<&'static str> {
        self.0.addresses.first().map(|address| address.url.as_str())
    }

    /// Whether an address that a person gives is one of this provider's. Who gives another sends its key to a stranger, and
    /// only who has no name at all may be anywhere.
    pub fn has_address(self, address: &str) -> bool {
        self == Self::other() || self.format_at(address).is_some()
    }

    /// The formats it speaks, the best first.
    pub fn formats(self) -> impl Iterator<Item = Format> {
        self.0.addresses.iter().map(|address| address.format)
    }

    /// The best format it speaks at this address; `None` if the address is not its own.
    pub fn format_at(self, address: &str) -> Option<Format> {
        let known = self.0.addresses.iter().find(|known| row::fits(&known.url, address));
        known.map(|known| known.format)
    }

    /// Whether it speaks this format at this address.
    pub fn speaks(self, format: Format, address: &str) -> bool {
        let mut known = self.0.addresses.iter();
        known.any(|known| known.format == format && row::fits(&known.url, address))
    }

    /// One of these formats, where another is usual: the usual one if it is among them, or another that is spoken at the same
    /// address.
    pub fn format_among(self, formats: &[Format], address: &str, usual: Format) -> Option<Format> {
        let mut others = formats.iter().copied().filter(|format| self.speaks(*format, address));
        if formats.contains(&usual) { Some(usual) } else { others.next() }
    }

    /// What stands between this address and where the format is spoken, such as `v1/`; `None` where it is not. At an address
    /// that nobody here knows, everything may be.
    pub fn way_to(self, format: Format, address: &str) -> Option<&'static str> {
        if self.speaks(format, address) || self.0.addresses.is_empty() {
            return Some("");
        }
        let address = address.trim_end_matches('/');
        let ways = ["v1/", "openai/"];
        ways.into_iter()
            .find(|way| self.speaks(format, &format!("{address}/{}", way.trim_end_matches('/'))))
    }

    /// In which header it expects its key in this format.
    pub fn key_in(self, format: Format) -> KeyIn {
        match (self.0.key_in, format) {
            // What imitates the interface of another takes its header too.
            (KeyIn::XApiKey | KeyIn::XGoogApiKey, Format::ChatCompletions) => KeyIn::Bearer,
            (KeyIn::Bearer, _) if self.0.addresses.is_empty() => format.key_in(),
            (known, _) => known,
        }
    }

    /// One of its own pages.
    pub fn page(self, page: Page) -> Option<&'static str> {
        self.0.pages.get(&page).map(String::as_str)
    }

    /// The environment variables its own tools read the key from.
    pub fn variables(self) -> &'static [String] {
        &self.0.variables
    }

    /// What shows that a key is accepted.
    pub fn key_check(self) -> &'static KeyCheck {
        &self.0.check
    }

    /// What it tells an ordinary key of its money, if it does.
    pub fn account(self) -> Option<Account> {
        self.0.account
    }

    /// Whether it can be told that nobody may keep what is sent.
    pub fn asks_for_privacy(self) -> bool {
        !self.0.dialect.private.is_empty()
    }

    /// What differs in the way it speaks a format.
    pub fn dialect(self) -> &'static Dialect {
        &self.0.dialect
    }
}

impl PartialEq for Provider {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Provider {}

impl Hash for Provider {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({})", self.0.id)
    }
}

impl Serialize for Provider {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Provider {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| de::Error::custom("no provider of that name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_another_format_is_known_where_it_is_spoken() {
        let way =
            |id: &str, format: Format, address: &str| Provider::stored(id).way_to(format, address);
        let chat = Format::ChatCompletions;
        assert_eq!(way("openAi", Format::Responses, "https://api.openai.com/v1"), Some(""));
        assert_eq!(way("openAi", Format::Messages, "https://api.openai.com/v1"), None);
        assert_eq!(way("anthropic", chat, "https://api.anthropic.com/v1"), Some(""));
        assert_eq!(way("ollama", chat, "http://127.0.0.1:11434"), Some("v1/"));
        let google = "https://generativelanguage.googleapis.com/v1beta";
        assert_eq!(way("google", chat, google), Some("openai/"));
        assert_eq!(way("other", Format::Messages, "https://example.org/v1"), Some(""));
    }

    #[test]
    fn every_row_is_read_and_named_once() {
        let rows: Vec<Row> =
            serde_json::from_str(include_str!("../data/providers.json")).expect("a table");
        for row in &rows {
            assert_eq!(rows.iter().filter(|other| other.id == row.id).count(), 1, "{}", row.id);
            let provider = Provider::from_id(&row.id).expect("its own row");
            let json = serde_json::to_string(&provider).unwrap();
            assert_eq!(json, format!("\"{}\"", row.id), "serde and the stored id agree");
        }
        // Those without an address are one's own server, and the practice one.
        let named = rows.iter().filter(|row| !row.addresses.is_empty()).map(|row| row.id.as_str());
        assert!(Provider::all().map(Provider::id).eq(named), "the list has the order of the rows");
        assert_eq!(Provider::from_id("none-of-these"), None);
        assert!(serde_json::from_str::<Provider>("\"none-of-these\"").is_err());
        assert_eq!(Provider::stored("none-of-these"), Provider::other());
    }

    #[test]
    fn addresses_and_pages_are_safe_ones() {
        for provider in Provider::all() {
            for address in &provider.0.addresses {
                let scheme = if provider.is_local() { "http://127.0.0.1:" } else { "https://" };
                assert!(address.url.starts_with(scheme), "{}", address.url);
                assert!(!address.url.ends_with('/'), "{}", address.url);
            }
            for page in provider.0.pages.values() {
                assert!(page.starts_with("https://"), "{page}");
            }
        }
    }

    #[test]
    fn an_address_tells_the_format() {
        let chat = Some(Format::ChatCompletions);
        let table = [
            ("openAi", "https://api.openai.com/v1", Some(Format::Responses)),
            ("anthropic", "https://api.anthropic.com/v1/", Some(Format::Messages)),
            ("google", "https://generativelanguage.googleapis.com/v1beta", Some(Format::Gemini)),
            ("google", "https://generativelanguage.googleapis.com/v1beta/openai/", chat),
            ("ollama", "http://127.0.0.1:11434", Some(Format::Ollama)),
            ("ollama", "http://127.0.0.1:11434/v1", chat),
            ("azure", "https://my-house.openai.azure.com/openai/v1", chat),
            ("azure", "https://evil.example/openai/v1", None),
            ("azure", "https://a.b/x.openai.azure.com/openai/v1", None),
            ("azure", "https://.openai.azure.com/openai/v1", None),
            ("openAi", "https://api.openai.com.evil.example/v1", None),
        ];
        for (id, address, format) in table {
            assert_eq!(Provider::stored(id).format_at(address), format, "{id} {address}");
        }
        assert!(Provider::other().has_address("https://anywhere.example/v1"));
        for named in ["practice", "openAi", "azure", "ollama"] {
            let provider = Provider::stored(named);
            assert!(!provider.has_address("https://anywhere.example/v1"), "{named}");
        }
    }

    #[test]
    fn a_key_stands_in_the_header_of_its_format() {
        let table = [
            ("anthropic", Format::Messages, KeyIn::XApiKey),
            ("anthropic", Format::ChatCompletions, KeyIn::Bearer),
            ("google", Format::Gemini, KeyIn::XGoogApiKey),
            ("openRouter", Format::Messages, KeyIn::Bearer),
            ("other", Format::Messages, KeyIn::XApiKey),
            ("google", Format::ChatCompletions, KeyIn::Bearer),
            ("azure", Format::ChatCompletions, KeyIn::ApiKey),
            ("other", Format::ChatCompletions, KeyIn::Bearer),
        ];
        for (id, format, key_in) in table {
            assert_eq!(Provider::stored(id).key_in(format), key_in, "{id} {format:?}");
        }
    }
}
