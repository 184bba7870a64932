//! Reading a file, which anybody may have written.

use std::collections::HashSet;
use std::ops::Range;

use history::Limits;
use vault::{BaseUrl, Finder, TOOLS, Tool};
use wire::Provider;

use super::{FORMAT, TEAM_FILE_CAP, TeamConnection, TeamError, TeamFile, TeamKey, TeamLimits};

const MOST_CONNECTIONS: usize = 20;
const MOST_MODELS: usize = 100;
const LONGEST_NAME: usize = 60;
const LONGEST_TEXT: usize = 200;

impl TeamFile {
    /// Reads a file, or says why it is none.
    pub fn read(file: &[u8]) -> Result<Self, TeamError> {
        if file.len() > TEAM_FILE_CAP {
            return Err(TeamError::TooLarge);
        }
        let text = std::str::from_utf8(file).map_err(|_| TeamError::NotText)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Some(at) = secret_in(text) {
            return Err(TeamError::Secret { line: line_of(text, at) });
        }
        let read: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span: Range<usize>| span.start);
            TeamError::Malformed { line: line_of(text, at), what: without_values(error.message()) }
        })?;
        // As it is meant, and not only as it is written: a text may be spelled with escapes.
        let meant = serde_json::to_string(&read).unwrap_or_default();
        if secret_in(&meant).is_some() {
            return Err(TeamError::Secret { line: 1 });
        }
        if read.format > FORMAT {
            return Err(TeamError::Newer(read.format));
        }
        read.check().map_err(TeamError::Unfit)?;
        Ok(read)
    }

    fn check(&self) -> Result<(), String> {
        if self.format != FORMAT {
            return Err(format!("“format” is {FORMAT}"));
        }
        if self.version < 1 {
            return Err("“version” is a number from 1 on".to_owned());
        }
        name("“team”", &self.team)?;
        if self.connections.is_empty() || self.connections.len() > MOST_CONNECTIONS {
            return Err(format!("there are 1 to {MOST_CONNECTIONS} connections"));
        }
        let mut names = HashSet::new();
        for (number, connection) in (1..).zip(&self.connections) {
            connection.check().map_err(|what| format!("connection {number}: {what}"))?;
            if !names.insert(&connection.name) {
                return Err(format!("connection {number}: another has its name"));
            }
        }
        Ok(())
    }
}

impl TeamConnection {
    fn check(&self) -> Result<(), String> {
        name("“name”", &self.name)?;
        self.place().ok_or("its provider is not known, or has another address")?;
        self.key.tool().ok_or("its secret manager is not known")?;
        self.key.arguments().ok_or("its reference is not one of its secret manager’s")?;
        plain("“label”", &self.label, 40)?;
        if self.models.len() > MOST_MODELS {
            return Err(format!("it names more than {MOST_MODELS} models"));
        }
        for model in self.models.iter().chain(&self.default_model) {
            plain("a model", model, LONGEST_TEXT)?;
            if model.trim().is_empty() {
                return Err("a model has no name".to_owned());
            }
        }
        let is_asked = |model: &String| self.models.is_empty() || self.models.contains(model);
        if self.default_model.as_ref().is_some_and(|model| !is_asked(model)) {
            return Err("“default_model” is not among its models".to_owned());
        }
        if self.rotate_after_days.is_some_and(|days| !(1..=3_650).contains(&days)) {
            return Err("“rotate_after_days” is from 1 to 3650".to_owned());
        }
        let TeamLimits { requests_a_minute, tokens_a_minute, .. } = self.limits;
        let is_odd =
            |count: Option<i64>| count.is_some_and(|count| !(0..=1_000_000_000).contains(&count));
        match is_odd(requests_a_minute) || is_odd(tokens_a_minute) {
            true => Err("a limit a minute is from 0 to 1000000000".to_owned()),
            false => Ok(()),
        }
    }

    /// Whose it is, and its one address.
    pub fn place(&self) -> Option<(Provider, BaseUrl)> {
        let provider = Provider::from_id(&self.provider)?;
        if provider == Provider::practice() {
            return None;
        }
        let address = self.address.as_deref().or_else(|| provider.address())?;
        let base = BaseUrl::parse(address).ok()?;
        provider.has_address(base.as_str()).then_some((provider, base))
    }
}

impl TeamKey {
    /// The secret manager.
    pub fn tool(&self) -> Option<&'static Tool> {
        TOOLS.iter().find(|tool| tool.program == self.manager)
    }

    /// What its program is called with.
    pub fn arguments(&self) -> Option<Vec<String>> {
        self.tool()?.arguments_for(&self.reference).filter(|_| self.reference.len() <= 512)
    }
}

impl TeamLimits {
    /// As they are checked before anything is sent.
    pub fn limits(&self) -> Limits {
        let nano = |amount: Option<super::Dollars>| amount.map(|amount| amount.0);
        Limits {
            day_nano: nano(self.day_usd),
            month_nano: nano(self.month_usd),
            request_nano: nano(self.request_usd),
            requests_a_minute: self.requests_a_minute,
            tokens_a_minute: self.tokens_a_minute,
        }
    }
}

fn name(what: &str, text: &str) -> Result<(), String> {
    if text.trim() != text || text.is_empty() {
        return Err(format!("{what} is a word or some words"));
    }
    plain(what, text, LONGEST_NAME)
}

fn plain(what: &str, text: &str, most: usize) -> Result<(), String> {
    match text.chars().count() > most || text.chars().any(char::is_control) {
        true => Err(format!("{what} is one line of at most {most} letters")),
        false => Ok(()),
    }
}

/// Where something begins that looks like a key.
fn secret_in(text: &str) -> Option<usize> {
    let found = Finder::of_shapes()?.find(text.as_bytes());
    found.first().map(|found| found.range.start)
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// A reader’s words name what they did not expect. What stands in quotes there may be anything.
fn without_values(message: &str) -> String {
    let mut out = String::new();
    for (number, part) in message.split('"').enumerate() {
        out.push_str(if number % 2 == 0 { part } else { "…" });
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::team) const SHOP: &str = r#"
format = 1
version = 3
team = "Shop"

[[connection]]
name = "Shop, OpenAI"
provider = "openAi"
label = "work"
models = ["gpt-5.1", "gpt-5-mini"]
default_model = "gpt-5-mini"
rotate_after_days = 60
key = { manager = "op", reference = "op://Shop/OpenAI/credential" }
limits = { month_usd = 50, day_usd = "7.50", requests_a_minute = 20 }

[[connection]]
name = "Shop, gateway"
provider = "other"
address = "https://llm.shop.example/v1"
key = { manager = "pass", reference = "shop/gateway" }
"#;

    pub(in crate::team) fn shop() -> TeamFile {
        TeamFile::read(SHOP.as_bytes()).unwrap()
    }

    #[test]
    fn a_file_says_what_a_team_uses() {
        let shop = shop();
        assert_eq!((shop.version, shop.team.as_str(), shop.connections.len()), (3, "Shop", 2));
        let limits = shop.connections[0].limits.limits();
        assert_eq!(limits.month_nano, Some(50_000_000_000));
        assert_eq!((limits.day_nano, limits.requests_a_minute), (Some(7_500_000_000), Some(20)));
        let (provider, base) = shop.connections[1].place().unwrap();
        assert_eq!((provider, base.as_str()), (Provider::other(), "https://llm.shop.example/v1"));
        let crlf = format!("\u{feff}{}", SHOP.replace('\n', "\r\n"));
        assert_eq!(TeamFile::read(crlf.as_bytes()).unwrap(), shop);
    }

    #[test]
    fn a_key_in_it_refuses_it_however_it_is_spelled() {
        let key = "sk-proj-0123456789abcdefghijklmnopqrstuvwxyz0123456789AB";
        for (from, to, line) in [
            ("op://Shop/OpenAI/credential", key.to_owned(), 13),
            ("\"work\"", format!("\"{key}\""), 9),
            ("version = 3", format!("version = 3 # {key}"), 3),
        ] {
            let refused = TeamFile::read(SHOP.replacen(from, &to, 1).as_bytes()).unwrap_err();
            assert_eq!(refused, TeamError::Secret { line });
            assert!(!format!("{refused} {refused:?}").contains("0123456789"));
        }
        let escaped = SHOP.replacen("\"work\"", &format!("\"\\u0073{}\"", &key[1..]), 1);
        assert!(matches!(TeamFile::read(escaped.as_bytes()), Err(TeamError::Secret { .. })));
    }

    #[test]
    fn hostile_ones_are_refused_with_their_reason() {
        let changed = |from: &str, to: &str| {
            assert!(SHOP.contains(from), "{from}");
            TeamFile::read(SHOP.replacen(from, to, 1).as_bytes()).unwrap_err()
        };
        let table = [
            ("version = 3", "version = 3\ninclude = \"latchkey.team.toml\"", "include"),
            ("version = 3", "version = -1", "from 1 on"),
            ("version = 3", "version = 3\nversion = 4", "duplicate"),
            ("version = 3", "version = 99999999999999999999", "line 3"),
            ("format = 1", "format = 2", "format 2"),
            ("format = 1", "format = 0", "“format” is 1"),
            ("team = \"Shop\"", "team = \"\"", "“team”"),
            ("team = \"Shop\"", "team = \"a\\nb\"", "“team”"),
            ("\"op\"", "\"/tmp/evil\"", "secret manager"),
            ("op://Shop", "--config=x op://Shop", "reference"),
            ("\"pass\"", "\"sh\"", "secret manager"),
            ("https://llm.shop", "http://llm.shop", "provider"),
            (
                "provider = \"openAi\"",
                "provider = \"openAi\"\naddress = \"https://evil.example/v1\"",
                "another address",
            ),
            ("provider = \"openAi\"", "provider = \"practice\"", "not known"),
            ("month_usd = 50", "month_usd = -50", "an amount is dollars"),
            ("month_usd = 50", "month_usd = 1e300", "line 14"),
            ("requests_a_minute = 20", "requests_a_minute = -1", "a limit a minute"),
            ("rotate_after_days = 60", "rotate_after_days = 0", "from 1 to 3650"),
            ("default_model = \"gpt-5-mini\"", "default_model = \"o9\"", "not among"),
            ("Shop, gateway", "Shop, OpenAI", "another has its name"),
            ("limits = {", "limits = { year_usd = 1,", "year_usd"),
        ];
        for (from, to, says) in table {
            let refused = changed(from, to).to_string();
            assert!(refused.contains(says), "{to}: {refused}");
        }
        assert_eq!(TeamFile::read(&vec![b' '; TEAM_FILE_CAP + 1]), Err(TeamError::TooLarge));
        assert_eq!(TeamFile::read(b"team = \"\xff\""), Err(TeamError::NotText));
        let deep = format!("x = {}", "[".repeat(30_000));
        assert!(matches!(TeamFile::read(deep.as_bytes()), Err(TeamError::Malformed { .. })));
        let many = SHOP.to_owned() + &"\n[[connection]]\nname = \"a\"\n".repeat(500);
        assert!(TeamFile::read(many.as_bytes()).is_err());
        assert!(TeamFile::read(b"").is_err());
    }

    #[test]
    fn no_value_of_a_file_is_in_its_error() {
        let odd = SHOP.replacen("requests_a_minute = 20", "requests_a_minute = \"hunter2\"", 1);
        let refused = TeamFile::read(odd.as_bytes()).unwrap_err().to_string();
        assert!(refused.starts_with("line 14:") && !refused.contains("hunter2"), "{refused}");
    }
}
