//! How answers are asked for, as the page says it and sees it.

use serde::{Deserialize, Serialize};
use turn::Endpoint;
use wire::{
    Abilities, EffortLevel, Json, JsonTaken, Parameter, Parameters, Per, Sampling, Search,
    Verbosity,
};

use super::AppError;

/// No answer is longer.
const MOST_TOKENS: u32 = 2_000_000;

/// With less there is no room for a question and its answer.
const LEAST_CONTEXT: u32 = 512;

/// In minutes.
const A_WEEK: i32 = 7 * 24 * 60;

/// No provider takes more texts that end an answer, and none is longer.
const MOST_STOPS: usize = 4;
const STOP_CAP: usize = 200;

/// How answers of a conversation are asked for. `None` leaves it to the model, which is not the same as off.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Parameters"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParametersView {
    /// How much to reason.
    #[cfg_attr(test, ts(as = "Option<Effort>"))]
    pub effort: Option<EffortLevel>,
    /// How freely to choose words, from 0 to 2.
    pub temperature: Option<f64>,
    /// The share of likely words to choose from, from 0 to 1.
    pub top_p: Option<f64>,
    /// The most tokens of an answer, reasoning included.
    pub max_tokens: Option<u32>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// What makes answers repeatable.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub seed: Option<i64>,
    /// Whether to answer in JSON.
    pub json: bool,
    /// The schema of that answer, as text.
    pub schema: Option<String>,
    /// How long an answer should be.
    #[cfg_attr(test, ts(type = "\"low\" | \"medium\" | \"high\" | null"))]
    pub verbosity: Option<Verbosity>,
    /// Whether the model may search the web.
    pub search: bool,
    /// How many tokens a model that runs here reads and writes at most.
    pub context: Option<u32>,
    /// How many minutes a model that runs here stays loaded: 0 not at all, -1 without end.
    pub keep_minutes: Option<i32>,
}

/// What a model can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Abilities"))]
#[serde(rename_all = "camelCase")]
pub struct AbilitiesView {
    /// How much to reason, the least first; empty where it cannot be told.
    #[cfg_attr(test, ts(as = "Vec<Effort>"))]
    pub efforts: Vec<EffortLevel>,
    /// Whether it takes a temperature.
    #[cfg_attr(test, ts(type = "\"no\" | \"yes\" | \"atNone\""))]
    pub sampling: Sampling,
    /// Whether it takes texts that end the answer.
    pub stop: bool,
    /// Whether it takes a seed.
    pub seed: bool,
    /// Whether it can be told how long to write.
    pub verbosity: bool,
    /// How far it can be held to JSON: not, to a schema alone, or to any document too.
    #[cfg_attr(test, ts(type = "\"no\" | \"schema\" | \"any\""))]
    pub json: JsonTaken,
    /// How it searches the web; `None` if it does not.
    pub search: Option<SearchView>,
    /// Whether it can be told how much to read, and how long to stay loaded: it runs where it is asked.
    pub runs_here: bool,
}

/// How a model searches the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Search"))]
#[serde(rename_all = "camelCase")]
pub struct SearchView {
    /// What each costs, in billionths of a US dollar; `None` is unknown.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub nano: Option<u64>,
    /// What is paid for: each search, or an answer that searched.
    #[cfg_attr(test, ts(type = "\"search\" | \"answer\""))]
    pub per: Per,
    /// How often an answer searches at most, where that is known.
    pub most: Option<u32>,
    /// Whether it is paid for even while it is off.
    pub always_paid: bool,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename = "Parameter", rename_all = "camelCase")]
#[allow(dead_code, reason = "only its TypeScript is used")]
pub enum ParameterName {
    Effort,
    Temperature,
    TopP,
    MaxTokens,
    Stop,
    Seed,
    Json,
    Verbosity,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename_all = "lowercase")]
#[allow(dead_code, reason = "only its TypeScript is used")]
enum Effort {
    None,
    Minimal,
    Low,
    Medium,
    High,
    XHigh,
    Max,
}

/// About how much a message reads, and the most that its answer may cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Estimate"))]
#[serde(rename_all = "camelCase")]
pub struct EstimateView {
    /// Tokens, more or less.
    #[cfg_attr(test, ts(type = "number"))]
    pub tokens: u64,
    /// Billionths of a US dollar; `None` where the price is unknown.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub at_most_nano: Option<u64>,
    /// What each file of the draft costs to read.
    pub files: Vec<FileTokens>,
    /// Why the files cannot go to this model as they are, if they cannot.
    pub in_the_way: Option<AppError>,
}

/// About how much one file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct FileTokens {
    /// Its number in its draft.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Tokens, more or less.
    #[cfg_attr(test, ts(type = "number"))]
    pub tokens: u64,
}

impl ParametersView {
    /// What is asked for, within what anybody takes. Bad JSON is no schema.
    pub fn into_parameters(self) -> Parameters {
        let within = |value: f64, most: f64| value.is_finite().then(|| value.clamp(0.0, most));
        let mut stop = self.stop;
        stop.retain(|text| !text.is_empty() && text.len() <= STOP_CAP);
        stop.truncate(MOST_STOPS);
        let schema = self.schema.and_then(|text| serde_json::from_str(&text).ok());
        Parameters {
            effort: self.effort,
            temperature: self.temperature.and_then(|value| within(value, 2.0)),
            top_p: self.top_p.and_then(|value| within(value, 1.0)),
            max_tokens: self.max_tokens.map(|tokens| tokens.clamp(1, MOST_TOKENS)),
            stop,
            seed: self.seed,
            json: self.json.then(|| schema.map_or(Json::Any, Json::Schema)),
            verbosity: self.verbosity,
            search: self.search,
            context: self.context.map(|tokens| tokens.clamp(LEAST_CONTEXT, MOST_TOKENS)),
            keep_minutes: self.keep_minutes.map(|minutes| minutes.clamp(-1, A_WEEK)),
        }
    }

    /// What a conversation has kept. What cannot be read was written by another version.
    pub fn of_stored(json: &str) -> Self {
        let kept: Parameters = serde_json::from_str(json).unwrap_or_default();
        Self {
            effort: kept.effort,
            temperature: kept.temperature,
            top_p: kept.top_p,
            max_tokens: kept.max_tokens,
            stop: kept.stop,
            seed: kept.seed,
            json: kept.json.is_some(),
            schema: match kept.json {
                Some(Json::Schema(schema)) => Some(schema.to_string()),
                Some(Json::Any) | None => None,
            },
            verbosity: kept.verbosity,
            search: kept.search,
            context: kept.context,
            keep_minutes: kept.keep_minutes,
        }
    }

    /// The words that a conversation keeps; none where nothing is wished.
    pub fn to_stored(&self) -> String {
        let wished = self.clone().into_parameters();
        match wished == Parameters::default() {
            true => String::new(),
            false => serde_json::to_string(&wished).unwrap_or_default(),
        }
    }
}

impl AbilitiesView {
    /// What is left of it without these; what temperature and top-p share stays.
    pub fn without(self, refused: &[Parameter]) -> Self {
        let takes = |parameter| !refused.contains(&parameter);
        Self {
            efforts: if takes(Parameter::Effort) { self.efforts } else { Vec::new() },
            sampling: self.sampling,
            stop: self.stop && takes(Parameter::Stop),
            seed: self.seed && takes(Parameter::Seed),
            verbosity: self.verbosity && takes(Parameter::Verbosity),
            search: self.search,
            runs_here: self.runs_here,
            json: if takes(Parameter::Json) { self.json } else { JsonTaken::No },
        }
    }

    /// What can be told to a model that is spoken to here.
    pub fn of(abilities: Abilities, endpoint: &Endpoint) -> Self {
        let format = endpoint.format;
        let search = abilities.search.filter(|search| endpoint.format_of(*search).is_some());
        Self {
            search: search.map(SearchView::from),
            stop: abilities.stop && format.has_stop(),
            seed: abilities.seed && format.has_seed(),
            efforts: abilities.efforts_in(format).to_vec(),
            sampling: abilities.sampling,
            verbosity: abilities.verbosity,
            json: abilities.json,
            runs_here: format.runs_models() && endpoint.key.is_none(),
        }
    }
}

impl From<Search> for SearchView {
    fn from(search: Search) -> Self {
        Self {
            nano: search.nano(),
            per: search.per(),
            most: search.most(),
            always_paid: search.is_always_paid(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let wished = ParametersView {
            effort: Some(EffortLevel::High),
            temperature: Some(0.5),
            max_tokens: Some(3_840),
            stop: vec!["END".into()],
            seed: Some(-3),
            json: true,
            schema: Some(r#"{"type":"object"}"#.into()),
            search: true,
            context: Some(32_768),
            keep_minutes: Some(-1),
            ..ParametersView::default()
        };
        assert_eq!(ParametersView::of_stored(&wished.to_stored()), wished);
        assert_eq!(ParametersView::default().to_stored(), "");
        assert_eq!(ParametersView::of_stored(""), ParametersView::default());
        assert_eq!(ParametersView::of_stored("{\"novelty\":"), ParametersView::default());
    }

    #[test]
    fn odd_wishes_are_brought_within_bounds() {
        let odd = ParametersView {
            temperature: Some(f64::NAN),
            top_p: Some(7.0),
            max_tokens: Some(0),
            context: Some(1),
            keep_minutes: Some(-7),
            stop: vec![
                String::new(),
                "x".repeat(300),
                "a".into(),
                "b".into(),
                "c".into(),
                "d".into(),
                "e".into(),
            ],
            json: true,
            schema: Some("{".into()),
            ..ParametersView::default()
        };
        let kept = odd.into_parameters();
        assert_eq!((kept.temperature, kept.top_p, kept.max_tokens), (None, Some(1.0), Some(1)));
        assert_eq!((kept.context, kept.keep_minutes), (Some(512), Some(-1)));
        assert_eq!(kept.stop, ["a", "b", "c", "d"]);
        assert_eq!(kept.json, Some(Json::Any));
    }
}
