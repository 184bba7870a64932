//! What a person is asked natively about a team's file. Whatever stands in the file is somebody else's word, and shown as such.

use turn::{Change, Difference, TeamConnection, TeamFile};
use vault::KeyCommand;

use crate::native::Question;

type Claims = Vec<(String, String)>;

const NOTHING_RUNS: &str = "Nothing is run or sent by this: each connection is set up by itself, and asks first. You can have less than the team allows, not more.";

/// A team that is new here; `instead` is the one that it takes the place of.
pub fn joining(file: &TeamFile, instead: Option<String>) -> Question {
    let mut claims = vec![("Team".to_owned(), file.team.clone())];
    claims.extend(instead.map(|team| ("In place of".to_owned(), team)));
    claims.extend(file.connections.iter().flat_map(summary));
    Question {
        title: "Use this team file?".to_owned(),
        facts: facts(file),
        claims,
        note: NOTHING_RUNS.to_owned(),
        warning: None,
        yes: "Use it".to_owned(),
    }
}

/// A later version of the file that is in use.
pub fn changing(before: &TeamFile, after: &TeamFile) -> Question {
    let differences = before.differences(after);
    let more = differences.iter().filter(|one| one.widens).count();
    let mut facts = facts(after);
    facts.push(("Changes".to_owned(), differences.len().to_string()));
    let mut claims = vec![("Team".to_owned(), after.team.clone())];
    claims.extend(differences.iter().map(told));
    // Who is added says all that the first acceptance would have said.
    let is_new = |one: &&TeamConnection| {
        let of = |known: &Difference| known.change == Change::Added && known.connection == one.name;
        differences.iter().any(of)
    };
    claims.extend(after.connections.iter().filter(is_new).flat_map(summary));
    let warning = (more > 0).then(|| match more {
        1 => "One of these changes lets a key ask or spend more than before.".to_owned(),
        more => format!("{more} of these changes let a key ask or spend more than before."),
    });
    Question {
        title: "Accept the team’s changes?".to_owned(),
        facts,
        claims,
        note: "What you have set lower stays lower, as far as the team lets you. A key that lies elsewhere now is set up once more.".to_owned(),
        warning,
        yes: "Accept".to_owned(),
    }
}

/// Setting up one connection.
pub fn setting_up(wanted: &TeamConnection, command: &KeyCommand) -> Question {
    let origin = wanted.place().map(|(_, base)| base.origin().to_string()).unwrap_or_default();
    Question {
        title: "Ask this program for the team’s key?".to_owned(),
        facts: vec![
            ("Sent only to".to_owned(), origin),
            ("Runs".to_owned(), command.program().display().to_string()),
        ],
        claims: vec![
            ("Connection".to_owned(), wanted.name.clone()),
            ("With".to_owned(), command.arguments().join(" ")),
            ("Reference".to_owned(), wanted.key.reference.clone()),
        ],
        note: "It is run without a shell. The key is tried once and kept nowhere: the program is asked again after each start.".to_owned(),
        warning: None,
        yes: "Run it".to_owned(),
    }
}

/// Leaving a team.
pub fn leaving(file: &TeamFile) -> Question {
    Question {
        title: "Leave this team?".to_owned(),
        facts: vec![],
        claims: vec![("Team".to_owned(), file.team.clone())],
        note: "Its connections, models and limits stay as they are. From then on you can raise them, with a yes of your own.".to_owned(),
        warning: None,
        yes: "Leave".to_owned(),
    }
}

fn facts(file: &TeamFile) -> Claims {
    vec![
        ("Version".to_owned(), file.version.to_string()),
        ("Connections".to_owned(), file.connections.len().to_string()),
    ]
}

/// All of a connection, a line each.
fn summary(one: &TeamConnection) -> Claims {
    let TeamConnection { name, key, models, rotate_after_days, limits, default_model, .. } = one;
    let mut claims = vec![
        ("Connection".to_owned(), name.clone()),
        ("Sent only to".to_owned(), one.address()),
        ("Key from".to_owned(), format!("{} {}", key.manager, key.reference)),
        ("Models".to_owned(), if models.is_empty() { "any".to_owned() } else { models.join(", ") }),
    ];
    claims.extend(default_model.iter().map(|model| ("Default model".to_owned(), model.clone())));
    let amounts = [
        ("a month", limits.month_usd),
        ("a day", limits.day_usd),
        ("one answer", limits.request_usd),
    ];
    let amounts = amounts.into_iter().filter_map(|(of, most)| Some(format!("{} {of}", most?)));
    let counts = [("requests", limits.requests_a_minute), ("tokens", limits.tokens_a_minute)];
    let counts =
        counts.into_iter().filter_map(|(of, most)| Some(format!("{} {of} a minute", most?)));
    let all: Vec<_> = amounts.chain(counts).collect();
    claims.push((
        "At most".to_owned(),
        if all.is_empty() { "no limit".to_owned() } else { all.join(", ") },
    ));
    claims
        .extend(rotate_after_days.map(|days| ("New key after".to_owned(), format!("{days} days"))));
    claims
}

fn told(difference: &Difference) -> (String, String) {
    let Difference { connection, change, values: (before, after), widens } = difference;
    let what = match change {
        Change::Added => "Added",
        Change::Dropped => "No longer the team’s; it stays here",
        Change::Address => "Address",
        Change::Key => "Key from",
        Change::Label => "Label",
        Change::Models => "Models",
        Change::DefaultModel => "Default model",
        Change::Rotation => "Days to a new key",
        Change::MonthLimit => "A month",
        Change::DayLimit => "A day",
        Change::RequestLimit => "One answer",
        Change::RequestsAMinute => "Requests a minute",
        Change::TokensAMinute => "Tokens a minute",
    };
    let none = |text: &str| match (text.is_empty(), change) {
        (false, _) => text.to_owned(),
        (true, Change::Models) => "any".to_owned(),
        (true, _) => "none".to_owned(),
    };
    let values = match change {
        Change::Added | Change::Dropped => String::new(),
        _ => format!(": {} → {}", none(before), none(after)),
    };
    let mark = if *widens { " (more)" } else { "" };
    (format!("{what}{mark}"), format!("{connection}{values}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = r#"
format = 1
version = 3
team = "Shop"
[[connection]]
name = "Shop, OpenAI"
provider = "openAi"
models = ["gpt-5.1"]
rotate_after_days = 60
key = { manager = "sh", reference = "x" }
limits = { month_usd = 50, requests_a_minute = 20 }
"#;

    fn file(more: &[(&str, &str)]) -> TeamFile {
        let text = SHOP.replace("\"sh\", reference = \"x\"", "\"op\", reference = \"op://a/b\"");
        let text = more.iter().fold(text, |text, (from, to)| text.replace(from, to));
        TeamFile::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_is_in_a_file_is_said_in_full_and_as_the_words_of_others() {
        let question = joining(&file(&[]), Some("Old".to_owned()));
        let said = |label: &str| {
            let found = question.claims.iter().find(|(known, _)| known == label);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(said("Key from"), Some("op op://a/b"));
        assert_eq!(said("At most"), Some("$50.00 a month, 20 requests a minute"));
        assert_eq!(said("Sent only to"), Some("https://api.openai.com/v1"));
        assert_eq!((said("Models"), said("In place of")), (Some("gpt-5.1"), Some("Old")));
        assert_eq!(said("New key after"), Some("60 days"));
        assert!(question.facts.iter().all(|(_, value)| !value.contains("Shop")), "{question:?}");
    }

    #[test]
    fn changes_are_told_one_by_one_and_what_widens_is_warned_of() {
        let changed = [("version = 3", "version = 4"), ("month_usd = 50", "month_usd = 80")];
        let question = changing(&file(&[]), &file(&changed));
        let month = ("A month (more)".to_owned(), "Shop, OpenAI: $50.00 → $80.00".to_owned());
        assert!(question.claims.contains(&month), "{question:?}");
        assert!(question.warning.is_some_and(|words| words.starts_with("One of these")));
        let narrower = [("version = 3", "version = 4"), ("month_usd = 50", "month_usd = 5")];
        assert_eq!(changing(&file(&[]), &file(&narrower)).warning, None);
    }
}
