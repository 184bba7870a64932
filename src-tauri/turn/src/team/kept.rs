//! The team's file that was accepted, and what it holds its connections to: a person may have less of it, and never more.

use std::collections::BTreeMap;

use history::{Connection, History, Limits, Setting};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Accepted, TeamConnection, TeamError, TeamFile};
use crate::store::now_ms;

/// A team, as its person has accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// The file.
    pub file: TeamFile,
    /// When.
    pub accepted_ms: i64,
    /// Its connections that were set up here: their names in the file, and their ids.
    #[serde(default)]
    pub connections: BTreeMap<String, String>,
    /// Connections whose key lies elsewhere now, by the same names: they are to be set up once more, and are held until they go.
    #[serde(default, deserialize_with = "one_or_more")]
    pub moved: BTreeMap<String, Vec<String>>,
}

/// Earlier versions kept one of each name.
fn one_or_more<'d, D>(from: D) -> Result<BTreeMap<String, Vec<String>>, D::Error>
where
    D: Deserializer<'d>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Ids {
        One(String),
        More(Vec<String>),
    }
    let kept = BTreeMap::<String, Ids>::deserialize(from)?;
    let ids = |ids| match ids {
        Ids::One(id) => vec![id],
        Ids::More(ids) => ids,
    };
    Ok(kept.into_iter().map(|(name, kept)| (name, ids(kept))).collect())
}

/// What a team lets a connection do at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    /// The team's name.
    pub team: String,
    /// What it may spend.
    pub limits: Limits,
    /// What it may ask; none named is any.
    pub models: Vec<String>,
    /// How old its key may become.
    pub rotate_after_days: Option<i64>,
}

impl Ceiling {
    /// Whether these limits pass none of the team's.
    pub fn lets_spend(&self, limits: &Limits) -> bool {
        !self.limits.are_raised_by(limits)
    }

    /// Whether these models are among the team's.
    pub fn lets_ask(&self, models: &[String]) -> bool {
        self.models.is_empty()
            || (!models.is_empty() && models.iter().all(|model| self.models.contains(model)))
    }

    /// Whether a key that may become so old is changed as soon as the team wants.
    pub fn lets_wait(&self, days: Option<i64>) -> bool {
        self.rotate_after_days.is_none_or(|most| days.is_some_and(|days| days <= most))
    }
}

/// The team whose file was accepted.
pub fn team(history: &History) -> Result<Option<Team>, history::Error> {
    Ok(load(history)?.team)
}

/// What its team lets a connection do at most, if it is one of a team's.
pub fn ceiling_of(history: &History, id: &str) -> Result<Option<Ceiling>, history::Error> {
    let Some(team) = team(history)? else { return Ok(None) };
    let moved = team.moved.iter().flat_map(|(name, ids)| ids.iter().map(move |id| (name, id)));
    let mut held = team.connections.iter().chain(moved);
    let name = held.find(|(_, known)| *known == id).map(|(name, _)| name);
    let connection = team.file.connections.iter().find(|one| Some(&one.name) == name);
    Ok(connection.map(|connection| Ceiling {
        team: team.file.team.clone(),
        limits: connection.limits.limits(),
        models: connection.models.clone(),
        rotate_after_days: connection.rotate_after_days,
    }))
}

impl TeamFile {
    /// Whether it may follow what was accepted before; if so, whether anything is new in it.
    pub fn follows(&self, history: &History) -> Result<Result<bool, TeamError>, history::Error> {
        Ok(self.follows_on(&load(history)?))
    }

    fn follows_on(&self, before: &Accepted) -> Result<bool, TeamError> {
        let accepted = before.versions.get(&self.team).copied().unwrap_or(0);
        if self.version < accepted {
            return Err(TeamError::Older { version: self.version, accepted });
        }
        match before.team.as_ref().filter(|team| team.file.team == self.team) {
            Some(team) if team.file == *self => Ok(false),
            Some(team) if team.file.version == self.version => {
                Err(TeamError::Changed(self.version))
            }
            _ => Ok(true),
        }
    }
}

/// Takes a file that its person has said yes to. What was set up before goes on within the new limits: what a person had of their
/// own, less than the team allowed, they keep.
pub fn accept_team(
    history: &History,
    file: &TeamFile,
) -> Result<Result<Team, TeamError>, history::Error> {
    let mut accepted = load(history)?;
    if let Err(refused) = file.follows_on(&accepted) {
        return Ok(Err(refused));
    }
    let before = accepted.team.take().filter(|team| team.file.team == file.team);
    let known = history.connections()?;
    let mut connections = BTreeMap::new();
    let mut moved = BTreeMap::<String, Vec<String>>::new();
    for after in &file.connections {
        let Some(before) = &before else { break };
        let still = before.moved.get(&after.name).into_iter().flatten();
        for id in still.filter(|&id| known.iter().any(|one| one.id == *id)) {
            hold(history, id, None, after)?;
            moved.entry(after.name.clone()).or_default().push(id.clone());
        }
        let Some(id) = before.connections.get(&after.name) else { continue };
        let was = before.file.connections.iter().find(|one| one.name == after.name);
        let Some(was) = was.filter(|was| was.address() == after.address()) else { continue };
        if known.iter().any(|connection| connection.id == *id) {
            // First what is held, then who says so: a crash in between leaves less than the old file, never more than the new.
            hold(history, id, Some(was), after)?;
            // One whose key lies elsewhere now is set up once more.
            match was.key == after.key {
                true => drop(connections.insert(after.name.clone(), id.clone())),
                false => moved.entry(after.name.clone()).or_default().push(id.clone()),
            }
        }
    }
    let team = Team { file: file.clone(), accepted_ms: now_ms(), connections, moved };
    accepted.versions.insert(file.team.clone(), file.version);
    accepted.team = Some(team.clone());
    save(history, &accepted)?;
    Ok(Ok(team))
}

/// Lets a team go. Its connections stay as they are, and are held by their person alone; which version was the last stays known.
pub fn leave_team(history: &History) -> Result<(), history::Error> {
    let accepted = load(history)?;
    save(history, &Accepted { team: None, ..accepted })
}

/// Notes that a connection of the team was set up, and holds it to what the team says.
pub(super) fn note_set_up(
    history: &History,
    name: &str,
    id: &str,
) -> Result<Connection, history::Error> {
    let mut accepted = load(history)?;
    let team = accepted.team.as_mut().ok_or(history::Error::NotFound)?;
    let after = team.file.connections.iter().find(|one| one.name == name).cloned();
    let after = after.ok_or(history::Error::NotFound)?;
    team.connections.insert(name.to_owned(), id.to_owned());
    team.moved.values_mut().for_each(|ids| ids.retain(|moved| moved != id));
    save(history, &accepted)?;
    hold(history, id, None, &after)?;
    let known = history.connections()?.into_iter().find(|connection| connection.id == id);
    known.ok_or(history::Error::NotFound)
}

fn hold(
    history: &History,
    id: &str,
    was: Option<&TeamConnection>,
    after: &TeamConnection,
) -> Result<(), history::Error> {
    let own = history.limits(id)?;
    let old = was.map(|was| was.limits.limits()).unwrap_or_default();
    let new = after.limits.limits();
    let limits = Limits {
        day_nano: less(own.day_nano, old.day_nano, new.day_nano),
        month_nano: less(own.month_nano, old.month_nano, new.month_nano),
        request_nano: less(own.request_nano, old.request_nano, new.request_nano),
        requests_a_minute: less(
            own.requests_a_minute,
            old.requests_a_minute,
            new.requests_a_minute,
        ),
        tokens_a_minute: less(own.tokens_a_minute, old.tokens_a_minute, new.tokens_a_minute),
    };
    history.set_limits(id, &limits)?;
    let was = was.cloned();
    let after = after.clone();
    history.change_connection(id, move |connection| {
        let upkeep = &mut connection.upkeep;
        let old = was.as_ref();
        let is_the_teams = old.is_none_or(|old| upkeep.label == old.label);
        if is_the_teams {
            upkeep.label.clone_from(&after.label);
        }
        let own = upkeep.rotate_after_days;
        let is_the_teams = old.is_some_and(|old| own == old.rotate_after_days);
        // A team that wants no reminder lets its people have theirs.
        if let Some(new) = after.rotate_after_days {
            let sooner = own.filter(|_| !is_the_teams).map_or(new, |own| own.min(new));
            upkeep.rotate_after_days = Some(sooner);
        }
        let old_models = old.map(|old| &old.models);
        upkeep.allowed_models = fewer(&upkeep.allowed_models, old_models, &after.models);
        let old_default = old.map(|old| &old.default_model);
        if old_default.is_none_or(|old| *old == upkeep.default_model) {
            upkeep.default_model.clone_from(&after.default_model);
        }
        let asked = &upkeep.allowed_models;
        upkeep.default_model.take_if(|model| !asked.is_empty() && !asked.contains(model));
    })?;
    Ok(())
}

/// The team's new value where the person had its old one; else theirs, as far as the team lets them.
fn less(own: Option<i64>, old: Option<i64>, new: Option<i64>) -> Option<i64> {
    if own == old {
        return new;
    }
    match (own, new) {
        (Some(own), Some(new)) => Some(own.min(new)),
        (own, new) => own.or(new),
    }
}

/// The same for models, of which none is any.
fn fewer(own: &[String], old: Option<&Vec<String>>, new: &[String]) -> Vec<String> {
    let is_the_teams = own.is_empty() || old.is_some_and(|old| own == old.as_slice());
    if is_the_teams {
        return new.to_vec();
    }
    let left: Vec<_> =
        own.iter().filter(|one| new.is_empty() || new.contains(one)).cloned().collect();
    if left.is_empty() { new.to_vec() } else { left }
}

fn load(history: &History) -> Result<Accepted, history::Error> {
    let Some(text) = history.setting(Setting::Team)? else { return Ok(Accepted::default()) };
    // One that cannot be read is not taken for none: its limits would be gone.
    serde_json::from_str(&text).map_err(|_| history::Error::Damaged)
}

fn save(history: &History, accepted: &Accepted) -> Result<(), history::Error> {
    let text = serde_json::to_string(accepted).map_err(|_| history::Error::Damaged)?;
    history.set_setting(Setting::Team, &text)
}

#[cfg(test)]
mod tests {
    use history::Upkeep;

    use super::super::check::tests::{SHOP, shop};
    use super::*;

    fn at(version: i64, more: &[(&str, &str)]) -> TeamFile {
        let mut text = SHOP.replace("version = 3", &format!("version = {version}"));
        for (from, to) in more {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        TeamFile::read(text.as_bytes()).unwrap()
    }

    fn kept(history: &History) -> Connection {
        set_up(history, "c")
    }

    fn set_up(history: &History, id: &str) -> Connection {
        let connection = Connection {
            id: id.to_owned(),
            provider: "openAi".to_owned(),
            name: "Shop, OpenAI".to_owned(),
            address: "https://api.openai.com/v1".to_owned(),
            origin: "https://api.openai.com".to_owned(),
            key: None,
            refuses_stream_options: false,
            format: None,
            created_ms: 0,
            last_used_ms: None,
            upkeep: Upkeep::default(),
        };
        history.put_connection(&connection).unwrap();
        note_set_up(history, "Shop, OpenAI", id).unwrap()
    }

    #[test]
    fn an_older_file_and_one_that_changed_in_silence_are_refused_and_nothing_is_lost() {
        let history = History::in_memory().unwrap();
        let team_now = accept_team(&history, &shop()).unwrap().unwrap();
        assert_eq!(shop().follows(&history).unwrap(), Ok(false), "nothing is new");
        let older = at(2, &[]);
        let refused = TeamError::Older { version: 2, accepted: 3 };
        assert_eq!(accept_team(&history, &older).unwrap(), Err(refused.clone()));
        let changed = at(3, &[("month_usd = 50", "month_usd = 5000")]);
        assert_eq!(accept_team(&history, &changed).unwrap(), Err(TeamError::Changed(3)));
        assert_eq!(team(&history).unwrap(), Some(team_now));
        leave_team(&history).unwrap();
        assert_eq!(team(&history).unwrap(), None);
        assert_eq!(accept_team(&history, &older).unwrap(), Err(refused), "also after it was left");
        history.set_setting(Setting::Team, "{\"team\":7}").unwrap();
        assert_eq!(team(&history), Err(history::Error::Damaged));
    }

    #[test]
    fn what_a_team_holds_a_connection_to_can_be_less_and_never_more() {
        let history = History::in_memory().unwrap();
        accept_team(&history, &shop()).unwrap().unwrap();
        let connection = kept(&history);
        assert_eq!(connection.upkeep.label, "work");
        assert_eq!(connection.upkeep.rotate_after_days, Some(60));
        assert_eq!(connection.upkeep.default_model.as_deref(), Some("gpt-5-mini"));
        assert_eq!(connection.upkeep.allowed_models.len(), 2);
        let ceiling = ceiling_of(&history, "c").unwrap().unwrap();
        assert_eq!(history.limits("c").unwrap(), ceiling.limits);
        let with = |month_nano| Limits { month_nano, ..ceiling.limits };
        let dollars = |n: i64| Some(n * 1_000_000_000);
        for (month, lets) in
            [(dollars(50), true), (dollars(5), true), (dollars(51), false), (None, false)]
        {
            assert_eq!(ceiling.lets_spend(&with(month)), lets, "{month:?}");
        }
        let models = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        assert!(ceiling.lets_ask(&models(&["gpt-5.1"])));
        assert!(!ceiling.lets_ask(&models(&["gpt-5.1", "o9"])) && !ceiling.lets_ask(&[]));
        assert!(ceiling.lets_wait(Some(30)));
        assert!(!ceiling.lets_wait(Some(61)) && !ceiling.lets_wait(None));
        assert_eq!(ceiling_of(&history, "d").unwrap(), None);
    }

    #[test]
    fn a_new_version_moves_what_was_the_teams_and_keeps_what_was_less() {
        let history = History::in_memory().unwrap();
        accept_team(&history, &shop()).unwrap().unwrap();
        kept(&history);
        let own = Limits { day_nano: Some(1_000_000_000), ..history.limits("c").unwrap() };
        history.set_limits("c", &own).unwrap();
        let new = at(4, &[("month_usd = 50", "month_usd = 80"), ("\"7.50\"", "\"6\"")]);
        let team = accept_team(&history, &new).unwrap().unwrap();
        assert_eq!(team.connections.len(), 1);
        let limits = history.limits("c").unwrap();
        assert_eq!(limits.month_nano, Some(80_000_000_000), "it was the team’s");
        assert_eq!(limits.day_nano, Some(1_000_000_000), "it was less");
        let lower = at(5, &[("month_usd = 50", "month_usd = 3"), ("\"7.50\"", "\"0.50\"")]);
        accept_team(&history, &lower).unwrap().unwrap();
        let limits = history.limits("c").unwrap();
        assert_eq!((limits.month_nano, limits.day_nano), (Some(3_000_000_000), Some(500_000_000)));
        let moved = at(6, &[("op://Shop/OpenAI", "op://Shop/New")]);
        let team = accept_team(&history, &moved).unwrap().unwrap();
        assert!(team.connections.is_empty(), "its key lies elsewhere: it is set up once more");
        let held = ceiling_of(&history, "c").unwrap().unwrap();
        assert!(!held.lets_spend(&Limits::default()), "until then it is held");
        let later =
            at(7, &[("op://Shop/OpenAI", "op://Shop/New"), ("month_usd = 50", "month_usd = 2")]);
        accept_team(&history, &later).unwrap().unwrap();
        assert_eq!(
            ceiling_of(&history, "c").unwrap().unwrap().limits.month_nano,
            Some(2_000_000_000)
        );
        assert_eq!(history.limits("c").unwrap().month_nano, Some(2_000_000_000));
    }

    #[test]
    fn every_connection_that_was_to_be_set_up_once_more_is_held_until_it_goes() {
        let history = History::in_memory().unwrap();
        accept_team(&history, &shop()).unwrap().unwrap();
        let keys = ["op://Shop/OpenAI", "op://Shop/New", "op://Shop/Newer"];
        for (version, (id, key)) in (4..).zip([("c", keys[1]), ("d", keys[2])]) {
            set_up(&history, id);
            accept_team(&history, &at(version, &[(keys[0], key)])).unwrap().unwrap();
        }
        for id in ["c", "d"] {
            let held = ceiling_of(&history, id).unwrap();
            assert!(held.is_some_and(|held| !held.lets_spend(&Limits::default())), "{id}");
        }
        let lower = at(6, &[(keys[0], keys[2]), ("month_usd = 50", "month_usd = 2")]);
        history.remove_connection("d").unwrap();
        let team = accept_team(&history, &lower).unwrap().unwrap();
        assert_eq!(team.moved["Shop, OpenAI"], ["c"]);
        assert_eq!(history.limits("c").unwrap().month_nano, Some(2_000_000_000));
    }

    #[test]
    fn a_team_kept_by_an_earlier_version_is_read() {
        let history = History::in_memory().unwrap();
        let team = accept_team(&history, &shop()).unwrap().unwrap();
        let mut kept = serde_json::to_value(&team).unwrap();
        kept["moved"] = serde_json::json!({"Shop, OpenAI": "c"});
        let kept = serde_json::json!({"team": kept, "versions": {}});
        history.set_setting(Setting::Team, &kept.to_string()).unwrap();
        assert!(ceiling_of(&history, "c").unwrap().is_some());
    }
}
