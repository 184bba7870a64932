//! Connections and their models, without anything secret.

use history::{Connection, KeptIn, KeyFacts};
use serde::Serialize;
use turn::{Endpoint, LocalServer, server_name};
use wire::{Abilities, AudioKind, Day, Listed, Parameter, Provider, Takes, facts};

use super::AbilitiesView;

/// Where answers come from: an address and, mostly, a key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Connection"))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Its id.
    #[cfg_attr(test, ts(type = "ConnectionId"))]
    pub id: String,
    /// Whose it is.
    #[cfg_attr(test, ts(as = "super::boot::ProviderId"))]
    pub provider: Provider,
    /// What the person calls it.
    pub name: String,
    /// The one name of the server behind it, as errors and native windows say it too.
    pub server: String,
    /// The one origin its key is sent to.
    pub origin: String,
    /// Its base URL.
    pub address: String,
    /// What may be said of its key; `None` where it needs none.
    pub key: Option<KeyFactsView>,
    /// When it was made, in milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub created_ms: i64,
    /// When it last answered.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub last_used_ms: Option<i64>,
    /// What it is for: personal, work, staging.
    pub label: String,
    /// After how many days its key should be changed; `None` is never.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub rotate_after_days: Option<i64>,
    /// The only models that may be asked; none named is any.
    pub allowed_models: Vec<String>,
    /// The one that is asked where nobody names another.
    pub default_model: Option<String>,
    /// Whether those may answer who keep what they are sent; `None` where the provider cannot be told.
    pub may_be_kept: Option<bool>,
    /// The key that was handed over and is not used yet.
    pub next: Option<KeyFactsView>,
    /// The key that was used before and was not seen to fail yet.
    pub old: Option<KeyFactsView>,
    /// The key that leaked and was removed here.
    pub leaked: Option<KeyFactsView>,
}

/// What may be said of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "KeyFacts"))]
#[serde(rename_all = "camelCase")]
pub struct KeyFactsView {
    /// Its kind.
    #[cfg_attr(test, ts(as = "KeyKind"))]
    pub kind: String,
    /// Its last four characters.
    pub last_four: String,
    /// Where it is kept.
    #[cfg_attr(test, ts(type = "\"keychain\" | \"session\" | \"command\""))]
    pub kept_in: KeptIn,
    /// When it came.
    #[cfg_attr(test, ts(type = "number"))]
    pub made_ms: i64,
    /// Whether its provider said that it may not do everything.
    pub restricted: bool,
    /// Since when it is out of use.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub retired_ms: Option<i64>,
}

impl From<KeyFacts> for KeyFactsView {
    fn from(key: KeyFacts) -> Self {
        let KeyFacts { kind, last_four, kept_in, made_ms, retired_ms, restricted, .. } = key;
        Self { kind, last_four, kept_in, made_ms, retired_ms, restricted }
    }
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename_all = "camelCase")]
#[allow(dead_code, reason = "only its TypeScript is used")]
enum KeyKind {
    Project,
    ServiceAccount,
    User,
    Api,
    Ambiguous,
    Unknown,
}

/// A model server that may run on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "LocalServer"))]
#[serde(rename_all = "camelCase")]
pub struct LocalServerView {
    /// Which one.
    #[cfg_attr(test, ts(as = "super::boot::ProviderId"))]
    pub provider: Provider,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Whether it answered.
    pub running: bool,
    /// How many models it offers.
    pub models: usize,
}

/// A model and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Model"))]
#[serde(rename_all = "camelCase")]
pub struct ModelView {
    /// Its id.
    pub id: String,
    /// Tokens it can read.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub context_tokens: Option<u64>,
    /// USD for a million tokens read; `None` is unknown, not free.
    pub input_price: Option<f64>,
    /// USD for a million tokens written.
    pub output_price: Option<f64>,
    /// Whether it reasons.
    pub reasons: bool,
    /// Whether it sees images.
    pub sees_images: bool,
    /// Tokens it can write.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub output_tokens: Option<u64>,
    /// The day it is switched off.
    pub retires: Option<String>,
    /// What it can be told.
    pub abilities: AbilitiesView,
    /// What it was found to refuse, and is not told any more.
    #[cfg_attr(test, ts(as = "Vec<super::parameters::ParameterName>"))]
    pub refused: Vec<Parameter>,
    /// What it takes beside words.
    pub takes: TakesView,
    /// The host that its server passes the question on to, where it says so.
    pub passed_to: Option<String>,
}

/// What a model takes beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Takes"))]
#[serde(rename_all = "camelCase")]
pub struct TakesView {
    /// Whether it sees pictures; `None` where nobody knows.
    pub pictures: Option<bool>,
    /// The most pictures that it takes at once, where that is known.
    pub most_pictures: Option<u32>,
    /// Whether it reads PDFs as they are; else their words are sent.
    pub documents: bool,
    /// The most pages of such a PDF.
    pub pages: Option<u32>,
    /// Whether it hears; `None` where nobody knows.
    pub hears: Option<bool>,
    /// The kinds of audio that it is sent.
    #[cfg_attr(test, ts(as = "Vec<super::attachment::AudioKindName>"))]
    pub audio: &'static [AudioKind],
}

impl From<Connection> for ConnectionView {
    fn from(connection: Connection) -> Self {
        let provider = Provider::stored(&connection.provider);
        let base = vault::BaseUrl::parse(&connection.address);
        let upkeep = connection.upkeep;
        Self {
            provider,
            server: base
                .map_or_else(|_| connection.name.clone(), |base| server_name(provider, &base)),
            id: connection.id,
            name: connection.name,
            origin: connection.origin,
            address: connection.address,
            key: connection.key.map(KeyFactsView::from),
            created_ms: connection.created_ms,
            last_used_ms: connection.last_used_ms,
            label: upkeep.label,
            rotate_after_days: upkeep.rotate_after_days,
            allowed_models: upkeep.allowed_models,
            default_model: upkeep.default_model,
            may_be_kept: provider.asks_for_privacy().then_some(upkeep.may_be_kept),
            next: upkeep.next.map(KeyFactsView::from),
            old: upkeep.old.map(KeyFactsView::from),
            leaked: upkeep.leaked.map(KeyFactsView::from),
        }
    }
}

impl From<LocalServer> for LocalServerView {
    fn from(server: LocalServer) -> Self {
        Self {
            provider: server.provider,
            name: server.provider.name().to_owned(),
            address: server.address.to_owned(),
            running: server.models.is_some(),
            models: server.models.unwrap_or(0),
        }
    }
}

impl From<Takes> for TakesView {
    fn from(takes: Takes) -> Self {
        Self {
            pictures: takes.pictures,
            most_pictures: takes.most_pictures,
            documents: takes.documents,
            pages: takes.pages,
            hears: takes.hears,
            audio: takes.audio(),
        }
    }
}

/// Dollars for the page to show; nobody adds them up.
fn dollars(nano: Option<u64>) -> Option<f64> {
    nano.map(|nano| nano as f64 / 1e9)
}

impl ModelView {
    /// The same model, which was found to refuse these.
    pub fn refusing(self, refused: Vec<Parameter>) -> Self {
        let abilities = self.abilities.without(&refused);
        Self { abilities, refused, ..self }
    }

    /// A model as its list tells of it. What the catalogue knows goes before what the list says.
    pub fn listed(endpoint: &Endpoint, listed: Listed) -> Self {
        let price = listed.price.filter(|_| endpoint.provider.dialect().lists_prices);
        let told = listed.facts;
        let known = Self::of(endpoint, listed.name);
        let pictures = known.takes.pictures.or(told.sees_images);
        let efforts = known.abilities.efforts.clone();
        // What a list says of reasoning is of this model, where our rows are of all that its provider passes on to.
        let efforts = told.efforts.map_or(efforts.clone(), |says| {
            efforts.into_iter().filter(|effort| says.contains(effort)).collect()
        });
        Self {
            passed_to: listed.passed_to,
            context_tokens: known.context_tokens.or(told.context_tokens),
            output_tokens: known.output_tokens.or(told.output_tokens),
            sees_images: pictures.unwrap_or(known.sees_images),
            reasons: known.reasons || told.reasons == Some(true),
            retires: known.retires.clone().or(told.retires),
            takes: TakesView { pictures, ..known.takes },
            abilities: AbilitiesView { efforts, ..known.abilities.clone() },
            input_price: known.input_price.or_else(|| dollars(price.map(|price| price.input))),
            output_price: known.output_price.or_else(|| dollars(price.map(|price| price.output))),
            ..known
        }
    }

    /// The model called `id` at this endpoint.
    pub fn of(endpoint: &Endpoint, id: String) -> Self {
        let endpoint = &endpoint.clone().asking(&id);
        let (provider, day) = (endpoint.provider, Day::of_ms(crate::now_ms()));
        let known = facts(provider, &id, day);
        Self {
            context_tokens: known.and_then(|facts| facts.context_tokens),
            input_price: known.and_then(|facts| dollars(facts.prices.input)),
            output_price: known.and_then(|facts| dollars(facts.prices.output)),
            reasons: known.is_some_and(|facts| facts.reasons),
            sees_images: known.is_some_and(|facts| facts.sees_images),
            output_tokens: known.and_then(|facts| facts.output_tokens),
            retires: known.and_then(|facts| facts.retires).map(str::to_owned),
            abilities: AbilitiesView::of(Abilities::of(provider, &id), endpoint),
            takes: Takes::of(provider, endpoint.base.as_str(), endpoint.format, &id, day).into(),
            refused: Vec::new(),
            passed_to: None,
            id,
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::{EffortLevel, ListedFacts};

    use super::*;

    fn endpoint(provider: &str, address: &str) -> Endpoint {
        Endpoint::of(&Connection {
            id: "c".to_owned(),
            provider: provider.to_owned(),
            name: "C".to_owned(),
            address: address.to_owned(),
            origin: address.to_owned(),
            key: None,
            created_ms: 0,
            last_used_ms: None,
            refuses_stream_options: false,
            format: None,
            upkeep: history::Upkeep::default(),
        })
        .unwrap()
    }

    #[test]
    fn what_a_list_tells_fills_what_nobody_here_knows() {
        let facts = ListedFacts {
            context_tokens: Some(5_000),
            output_tokens: Some(700),
            sees_images: Some(true),
            reasons: Some(true),
            efforts: Some(vec![EffortLevel::Low, EffortLevel::Max]),
            retires: Some("2027-01-31".to_owned()),
        };
        let listed = |provider: &str, address: &str, name: &str| {
            let model = Listed {
                name: name.to_owned(),
                passed_to: None,
                price: None,
                facts: facts.clone(),
            };
            ModelView::listed(&endpoint(provider, address), model)
        };
        let unknown = listed("openRouter", "https://openrouter.ai/api/v1", "maker/new");
        assert_eq!((unknown.context_tokens, unknown.output_tokens), (Some(5_000), Some(700)));
        assert!(unknown.reasons && unknown.sees_images && unknown.takes.pictures == Some(true));
        assert_eq!(unknown.retires.as_deref(), Some("2027-01-31"));
        assert_eq!(unknown.abilities.efforts, [EffortLevel::Low], "what goes there, and is taken");
        let known = listed("groq", "https://api.groq.com/openai/v1", "openai/gpt-oss-120b");
        assert_eq!((known.context_tokens, known.sees_images), (Some(131_072), false));
    }
}
