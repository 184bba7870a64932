//! How a person wants the page to look and to behave. Kept as one text, so that a wish that a later version adds needs no new
//! column, and one that an earlier version does not know costs nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a person wishes of the page. Whatever is missing or not understood is as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// How close rows stand.
    pub density: Density,
    /// The face that is read.
    pub font: Font,
    /// How long lines are.
    pub line_length: LineLength,
    /// Which key sends.
    pub send_with: SendWith,
    /// Whether long lines of code are wrapped.
    pub wrap_code: bool,
    /// Whether nothing moves, whatever the system says.
    pub reduce_motion: bool,
    /// Whether cost and speed are not shown under answers.
    pub hide_facts: bool,
    /// Whether what is typed is not looked over for misspelt words.
    pub ignore_spelling: bool,
    /// Which keys do an act, where that is not as it was made; empty is none. Only the page knows acts.
    pub shortcuts: BTreeMap<String, String>,
    /// Whether the desktop tells that an answer has ended while nobody looked.
    pub notify_answers: bool,
    /// Whether it also shows how the answer begins.
    pub notify_with_text: bool,
    /// How long what is in the trash can be brought back.
    pub keep_trash: KeepTrash,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Paper,
    /// Dark.
    Ink,
}

/// How close rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// As it was made.
    #[default]
    Comfortable,
    /// Closer.
    Compact,
}

/// The face that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Font {
    /// The system's.
    #[default]
    System,
    /// One with serifs.
    Serif,
    /// One whose letters are all as wide.
    Mono,
}

/// How long lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum LineLength {
    /// Shorter.
    Narrow,
    /// As it was made.
    #[default]
    Comfortable,
    /// Longer.
    Wide,
}

/// How long what is in the trash can be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum KeepTrash {
    /// Seven days.
    Week,
    /// Thirty days.
    #[default]
    Month,
    /// Ninety days.
    Quarter,
    /// Until the person empties it.
    Forever,
}

impl KeepTrash {
    /// So many days; `None` has no end.
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::Forever => None,
        }
    }
}

/// Which key sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum SendWith {
    /// Enter; with Shift it begins a line.
    #[default]
    Enter,
    /// Only with Ctrl; Enter begins a line.
    ControlEnter,
}

impl Preferences {
    /// What was stored, as far as it is understood: each wish by itself.
    pub fn of_stored(stored: Option<&str>) -> Self {
        let parsed = stored.and_then(|text| serde_json::from_str(text).ok());
        let serde_json::Value::Object(wishes) = parsed.unwrap_or_default() else {
            return Self::default();
        };
        let mut known = serde_json::Map::new();
        for (name, wish) in wishes {
            let mut tried = known.clone();
            tried.insert(name, wish);
            if serde_json::from_value::<Self>(tried.clone().into()).is_ok() {
                known = tried;
            }
        }
        serde_json::from_value(known.into()).unwrap_or_default()
    }

    /// As it is stored.
    pub fn to_stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_costs_only_itself() {
        let kept = Preferences { theme: Theme::Ink, wrap_code: true, ..Preferences::default() };
        assert_eq!(Preferences::of_stored(Some(&kept.to_stored())), kept);
        let odd = r#"{"theme":"ink","density":"sideways","wrapCode":true,"later":7}"#;
        assert_eq!(Preferences::of_stored(Some(odd)), kept);
        for nothing in [None, Some(""), Some("[]"), Some("{"), Some("null")] {
            assert_eq!(Preferences::of_stored(nothing), Preferences::default());
        }
    }
}
