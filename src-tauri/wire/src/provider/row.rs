//! A row of the table of providers.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Account, Format, KeyIn};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) local: bool,
    pub(super) addresses: Vec<Address>,
    pub(super) key_in: KeyIn,
    #[serde(default)]
    pub(super) variables: Vec<String>,
    pub(super) pages: HashMap<Page, String>,
    pub(super) check: KeyCheck,
    #[serde(default)]
    pub(super) account: Option<Account>,
    #[serde(default)]
    pub(super) dialect: Dialect,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Address {
    pub(super) format: Format,
    pub(super) url: String,
}

/// A page of a provider's own web site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Page {
    /// Where keys are made.
    Keys,
    /// Where a key is limited.
    Limits,
    /// Where spending is seen.
    Usage,
    /// Where credit is added.
    Billing,
    /// Where keys are revoked.
    Revoke,
    /// Whether it is up.
    Status,
}

/// What shows that a key is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyCheck {
    /// The list of models: nobody gets it without a key.
    List,
    /// What stands at this path below the address; the list is public.
    Path(String),
    /// Nobody knows whether the list is public, so it is asked for without the key too, and then the chat is.
    ListWithoutKey,
}

/// What differs in the way a provider speaks a format that is not its own invention.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Dialect {
    /// The field that bounds the answer.
    pub max_tokens: String,
    /// The field that makes answers repeatable.
    pub seed: String,
    /// How the dial of reasoning is sent.
    pub effort: Effort,
    /// Whether a count of tokens at the stream's end may be asked for. Who refuses unknown fields counts anyway.
    pub stream_options: bool,
    /// Whether the tokens of reasoning are counted beside those of the answer rather than among them.
    pub reasoning_beside_output: bool,
    /// Whether it only passes questions on to others, who are paid for it.
    pub passes_on: bool,
    /// Whether its list of models says what each costs.
    pub lists_prices: bool,
    /// How a file is sent.
    pub files: FilesAs,
    /// How audio is sent.
    pub audio: AudioAs,
    /// How the web is searched in chat completions.
    pub search: SearchBy,
    /// Fields by which every chat completion wishes that nobody keeps it, unless a person lets them.
    pub private: Map<String, Value>,
    /// Whether there is no list of models.
    pub unlisted: bool,
    /// Whether its models are called as their owner calls them, which its list does not tell.
    pub own_names: bool,
    /// Paths below the address that are not the usual ones.
    pub paths: Paths,
}

/// See [`Dialect::paths`].
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paths {
    /// Where a chat is asked.
    pub chat: Option<String>,
    /// Where models are listed.
    pub list: Option<String>,
}

/// How the dial of reasoning is sent in chat completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Effort {
    /// `reasoning_effort`, a word.
    #[default]
    Word,
    /// `reasoning_effort`, only `high` and `none`.
    OnOrOff,
    /// `reasoning: {effort}`.
    Object,
    /// `thinking: {type}` beside the word.
    Thinking,
    /// `thinking: {type}` alone.
    Switch,
}

/// How a file is sent in chat completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FilesAs {
    /// `file`, with its name.
    #[default]
    File,
    /// `document_url`, Mistral's own.
    Document,
}

/// How audio is sent in chat completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AudioAs {
    /// `input_audio: {data, format}`.
    #[default]
    Named,
    /// `input_audio`, the letters alone: Mistral's own.
    Letters,
}

/// How the web is searched in chat completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SearchBy {
    /// It cannot be asked for.
    #[default]
    None,
    /// `plugins`: OpenRouter's own search, the same for every model.
    Plugin,
    /// In an interface of its own, Mistral's conversations.
    Conversation,
    /// Always, unless `disable_search` says otherwise.
    Itself,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            max_tokens: "max_tokens".to_owned(),
            seed: "seed".to_owned(),
            effort: Effort::default(),
            stream_options: true,
            reasoning_beside_output: false,
            passes_on: false,
            lists_prices: false,
            files: FilesAs::default(),
            audio: AudioAs::default(),
            search: SearchBy::default(),
            private: Map::new(),
            unlisted: false,
            own_names: false,
            paths: Paths::default(),
        }
    }
}

impl Row {
    /// An address of which nothing is known.
    pub(super) fn nobody() -> Self {
        Self {
            id: "other".to_owned(),
            name: "Other address".to_owned(),
            local: false,
            addresses: Vec::new(),
            key_in: KeyIn::Bearer,
            variables: Vec::new(),
            pages: HashMap::new(),
            check: KeyCheck::ListWithoutKey,
            account: None,
            dialect: Dialect::default(),
        }
    }
}

/// Whether an address is this one, in which `{name}` stands for one word of a host or a path.
pub(super) fn fits(template: &str, address: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else {
        return template == address.trim_end_matches('/');
    };
    let Some((_, after)) = rest.split_once('}') else { return false };
    let Some(tail) = address.strip_prefix(before) else { return false };
    let word = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    let (word, tail) = tail.split_at(word.unwrap_or(tail.len()));
    !word.is_empty() && fits(after, tail)
}
