//! How a person lives with a key: what it is for, what it may ask, how old it may become, and what is known when it changes.

use history::{KeyUses, Standing};
use serde::{Deserialize, Serialize};

use super::{AppError, ConnectionView, ErrorCode};

/// What a person says of a key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpkeepInput {
    /// What it is for.
    pub label: String,
    /// After how many days it should be changed; `None` is never.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub rotate_after_days: Option<i64>,
    /// The only models that may be asked; none named is any.
    pub allowed_models: Vec<String>,
    /// The one that is asked where nobody names another.
    pub default_model: Option<String>,
    /// Whether those may answer who keep what they are sent.
    pub may_be_kept: bool,
}

const LABEL_CAP: usize = 40;
const MODEL_CAP: usize = 1_000;
const MOST_MODELS: usize = 500;

impl UpkeepInput {
    /// The same, as it can be kept.
    pub fn parse(self) -> Result<Self, AppError> {
        let label = self.label.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut allowed_models = self.allowed_models;
        allowed_models.iter_mut().for_each(|model| *model = model.trim().to_owned());
        allowed_models.retain(|model| !model.is_empty());
        allowed_models.sort();
        allowed_models.dedup();
        let default_model = self.default_model.map(|model| model.trim().to_owned());
        // One that may not be asked would be refused each time.
        let default_model = default_model.filter(|model| {
            !model.is_empty() && (allowed_models.is_empty() || allowed_models.contains(model))
        });
        let fits = label.chars().count() <= LABEL_CAP
            && allowed_models.len() <= MOST_MODELS
            && allowed_models.iter().chain(&default_model).all(|model| model.len() <= MODEL_CAP)
            && self.rotate_after_days.is_none_or(|days| (1..=3_650).contains(&days));
        match fits {
            true => Ok(Self { label, allowed_models, default_model, ..self }),
            false => Err(AppError::of(ErrorCode::TooLong)),
        }
    }

    /// Whether models may be asked that could not be before.
    pub fn allows_more_than(&self, before: &[String]) -> bool {
        !before.is_empty()
            && (self.allowed_models.is_empty()
                || self.allowed_models.iter().any(|model| !before.contains(model)))
    }
}

/// What the check of an old key found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum OldKeyCheck {
    /// The provider refuses it, as it should.
    Refused,
    /// It is accepted still.
    Works,
    /// Nobody knows.
    Unknown {
        /// Why.
        problem: AppError,
    },
}

impl From<turn::OldKey> for OldKeyCheck {
    fn from(old: turn::OldKey) -> Self {
        match old {
            turn::OldKey::Refused => Self::Refused,
            turn::OldKey::Works => Self::Works,
            turn::OldKey::Unknown(failure) => Self::Unknown { problem: (*failure).into() },
        }
    }
}

/// What was done about a key that leaked.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct RemovedKey {
    /// The connection as it is now.
    pub connection: ConnectionView,
    /// How many answers were stopped.
    #[cfg_attr(test, ts(type = "number"))]
    pub stopped: usize,
    /// From the yes until it was gone from the keychain and from memory, in milliseconds.
    #[cfg_attr(test, ts(type = "number"))]
    pub took_ms: u64,
    /// The keychain could not be asked: it lies there until it can, and is not used.
    pub is_in_keychain: bool,
}

/// Who has used a key this month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct KeyUse {
    /// An application of another's; `None` is this program.
    pub application: Option<String>,
    /// In how many of this program's chats.
    #[cfg_attr(test, ts(type = "number"))]
    pub chats: i64,
    /// Which models were asked.
    pub models: Vec<String>,
    /// When it was last used.
    #[cfg_attr(test, ts(type = "number"))]
    pub last_ms: i64,
    /// How often.
    #[cfg_attr(test, ts(type = "number"))]
    pub requests: i64,
    /// What that cost, as far as it is known.
    #[cfg_attr(test, ts(type = "number"))]
    pub nano: i64,
}

impl From<KeyUses> for KeyUse {
    fn from(uses: KeyUses) -> Self {
        let KeyUses { application, chats, models, last_ms, requests, nano } = uses;
        Self { application, chats, models, last_ms, requests, nano }
    }
}

/// How a connection stands: who uses it, and what holds it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct KeyStanding {
    /// Which.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub connection_id: String,
    /// How many chats would send over it next.
    #[cfg_attr(test, ts(type = "number"))]
    pub chats: i64,
    /// The names of the applications that are lent its key.
    pub applications: Vec<String>,
    /// What it may spend today or this month is spent.
    pub cap_reached: bool,
    /// It was charged more than it could have been, and nobody has looked yet.
    pub on_hold: bool,
}

impl From<Standing> for KeyStanding {
    fn from(standing: Standing) -> Self {
        let Standing { connection, chats, applications, cap_reached, on_hold } = standing;
        let applications = applications.into_iter().map(|(_, name)| name).collect();
        Self { connection_id: connection, chats, applications, cap_reached, on_hold }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_asked_for_and_less_is_not() {
        let input = |models: &[&str]| UpkeepInput {
            label: "  my   work ".into(),
            rotate_after_days: Some(30),
            allowed_models: models.iter().map(|&model| model.to_owned()).collect(),
            default_model: Some(" b ".into()),
            may_be_kept: false,
        };
        let parsed = input(&[" b", "a", "b", ""]).parse().unwrap();
        assert_eq!(
            (parsed.label.as_str(), parsed.allowed_models.join(",")),
            ("my work", "a,b".into())
        );
        assert_eq!(parsed.default_model.as_deref(), Some("b"));
        assert_eq!(input(&[]).parse().unwrap().default_model.as_deref(), Some("b"));
        assert_eq!(input(&["a"]).parse().unwrap().default_model, None, "it may not be asked");
        let before = ["a".to_owned(), "b".to_owned()];
        for (models, more) in
            [(&["a"][..], false), (&["a", "b"], false), (&["a", "c"], true), (&[], true)]
        {
            assert_eq!(input(models).allows_more_than(&before), more, "{models:?}");
        }
        assert!(!input(&["a"]).allows_more_than(&[]), "any before, some now");
        let never = UpkeepInput { rotate_after_days: Some(0), ..input(&[]) };
        assert!(never.parse().is_err());
    }
}
