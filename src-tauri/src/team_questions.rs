//! What a person is asked natively about a team's file. Whatever stands in the file is somebody else's word, and shown as such.

use turn::{Change, Difference, TeamConnection, TeamFile};
use vault::KeyCommand;

use crate::native::{Line, Question};
use crate::words::labels;
use crate::words::team::{self, Limit};

/// A team that is new here; `instead` is the one that it takes the place of.
pub fn joining(file: &TeamFile, instead: Option<String>) -> Question {
    let mut claims = vec![(labels::TEAM, file.team.clone())];
    claims.extend(instead.map(|team| (team::IN_PLACE_OF, team)));
    claims.extend(file.connections.iter().flat_map(summary));
    Question::of(team::JOIN, facts(file), claims)
}

/// A later version of the file that is in use.
pub fn changing(before: &TeamFile, after: &TeamFile) -> Question {
    let differences = before.differences(after);
    let more = differences.iter().filter(|one| one.widens).count();
    let mut facts = facts(after);
    facts.push((team::CHANGES, differences.len().to_string()));
    // Who is added says all that the first acceptance would have said.
    let is_new = |one: &&TeamConnection| {
        let of = |known: &Difference| known.change == Change::Added && known.connection == one.name;
        differences.iter().any(of)
    };
    let added = after.connections.iter().filter(is_new).flat_map(summary);
    let added = added.map(|(label, value)| (label.to_owned(), value));
    let mut question =
        Question::of(team::ACCEPT_CHANGES, facts, vec![(labels::TEAM, after.team.clone())]);
    question.claims.extend(differences.iter().map(told).chain(added));
    question.warning_of((more > 0).then(|| team::more(more)))
}

/// Setting up one connection.
pub fn setting_up(wanted: &TeamConnection, command: &KeyCommand) -> Question {
    let origin = wanted.place().map(|(_, base)| base.origin().to_string()).unwrap_or_default();
    let facts = vec![
        (labels::SENT_ONLY_TO, origin),
        (labels::RUNS, command.program().display().to_string()),
    ];
    let claims = vec![
        (labels::CONNECTION, wanted.name.clone()),
        (team::WITH, command.arguments().join(" ")),
        (labels::REFERENCE, wanted.key.reference.clone()),
    ];
    Question::of(team::SET_UP, facts, claims)
}

/// Leaving a team.
pub fn leaving(file: &TeamFile) -> Question {
    Question::of(team::LEAVE, vec![], vec![(labels::TEAM, file.team.clone())])
}

fn facts(file: &TeamFile) -> Vec<Line> {
    vec![
        (team::VERSION, file.version.to_string()),
        (team::CONNECTIONS, file.connections.len().to_string()),
    ]
}

/// All of a connection, a line each.
fn summary(one: &TeamConnection) -> Vec<Line> {
    let TeamConnection { name, key, models, rotate_after_days, limits, default_model, .. } = one;
    let mut claims = vec![
        (labels::CONNECTION, name.clone()),
        (labels::SENT_ONLY_TO, one.address()),
        (labels::KEY_FROM, team::key_from(&key.manager, &key.reference)),
        (labels::MODELS, team::models(models)),
    ];
    claims.extend(default_model.iter().map(|model| (labels::DEFAULT_MODEL, model.clone())));
    let amounts = [
        (Limit::Month, limits.month_usd),
        (Limit::Day, limits.day_usd),
        (Limit::Answer, limits.request_usd),
    ];
    let amounts = amounts.into_iter().filter_map(|(of, most)| Some(team::limit(most?, of)));
    let counts =
        [(Limit::Requests, limits.requests_a_minute), (Limit::Tokens, limits.tokens_a_minute)];
    let counts = counts.into_iter().filter_map(|(of, most)| Some(team::limit(most?, of)));
    let all: Vec<_> = amounts.chain(counts).collect();
    claims.push((labels::AT_MOST, team::limits(&all)));
    claims.extend(rotate_after_days.map(|days| (team::NEW_KEY_AFTER, team::days(days))));
    claims
}

fn told(difference: &Difference) -> (String, String) {
    let Difference { connection, change, values: (before, after), widens } = difference;
    (team::change(*change, *widens), team::changed(connection, *change, before, after))
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
