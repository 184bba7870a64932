//! What the page needs to begin, in one answer.

use history::{PresetId, RouteId};
use serde::Serialize;
use wire::{Page, Provider};

use super::{
    AppError, AttachmentView, ConnectionView, ConversationRowView, MarksView, Organised,
    ParametersView, Preferences, PresetView, ProviderPage,
};

/// The beginning.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    /// Latchkey's version.
    pub version: String,
    /// What the person calls the keychain.
    pub keychain_name: String,
    /// Whether this platform has native key windows.
    pub native_windows: bool,
    /// Whether chats are kept.
    pub history: HistoryState,
    /// Whether nobody has begun to use this home: only then is a person greeted with the first steps.
    pub fresh: bool,
    /// The hosted providers on offer, and any other address last.
    pub providers: Vec<ProviderInfo>,
    /// The connections there are.
    pub connections: Vec<ConnectionView>,
    /// The conversations, latest first.
    pub conversations: Vec<ConversationRowView>,
    /// How the page looks and behaves.
    pub preferences: Preferences,
    /// How large it is drawn, in percent.
    pub text_size: u16,
    /// Those on top, in their order.
    pub pinned: Vec<ConversationRowView>,
    /// What there is to put conversations into.
    pub organised: Organised,
    /// What the person has made of models.
    pub marks: Vec<MarksView>,
    /// Ways to ask that have a name.
    pub presets: Vec<PresetView>,
    /// The one that new chats begin with.
    #[cfg_attr(test, ts(type = "PresetId | null"))]
    pub default_preset: Option<PresetId>,
    /// What a new chat begins with.
    pub new_chat: NewChat,
    /// Where the person was when the app was left, as the page wrote it; may be empty.
    pub whereabouts: String,
    /// Why the page had to be loaded again, if it had to.
    pub came_back: Option<CameBack>,
    /// What a page before this one had begun and not ended, in its own words.
    pub unfinished: Option<String>,
}

/// Why the page was loaded again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum CameBack {
    /// Its process died.
    Crashed,
    /// It did not answer any more, and the person wanted it loaded again.
    Hung,
    /// It died again and again where it was; it begins elsewhere.
    Failing,
}

/// What a new chat begins with.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct NewChat {
    /// The connection chosen last.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// The model chosen last.
    pub model: Option<String>,
    /// The route that it goes by.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub route: Option<RouteId>,
    /// What was typed and not sent.
    pub draft: String,
    /// What is attached to that.
    pub attachments: Vec<AttachmentView>,
    /// How its answers are asked for.
    pub parameters: ParametersView,
    /// What the model is told first.
    pub system_prompt: String,
    /// The preset that it goes by.
    #[cfg_attr(test, ts(type = "PresetId | null"))]
    pub preset: Option<PresetId>,
}

/// Whether chats are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum HistoryState {
    /// On disk, encrypted.
    Kept,
    /// In memory until the app ends, because the keychain has no key for the disk.
    SessionOnly {
        /// Why.
        reason: AppError,
    },
}

/// A provider the wizard offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ProviderInfo {
    /// Which one.
    #[cfg_attr(test, ts(as = "ProviderId"))]
    pub id: Provider,
    /// Its name.
    pub name: String,
    /// Where its key is sent; `None` for another address.
    pub origin: Option<String>,
    /// The address that the person completes, where it holds a name of their own, such as `{resource}`.
    pub template: Option<String>,
    /// The page where keys are made, without its scheme.
    pub key_page: Option<String>,
    /// Its own pages that can be opened.
    pub pages: Vec<ProviderPage>,
    /// Whether it tells an ordinary key what was spent with it.
    pub tells_spending: bool,
    /// Whether its models are called as their owner calls them, which its list does not tell.
    pub own_names: bool,
    /// The variable its own tools read.
    pub env_var: Option<String>,
    /// Whether that was set where Latchkey was started.
    pub env_key_present: bool,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts")]
#[allow(dead_code, reason = "only its TypeScript is used")]
pub(super) struct ProviderId(String);

impl ProviderInfo {
    /// What the wizard shows of a provider.
    pub fn of(provider: Provider, held: Option<&str>) -> Self {
        let origin = provider.address().and_then(|address| vault::BaseUrl::parse(address).ok());
        let bare = |page: &str| page.trim_start_matches("https://").to_owned();
        Self {
            id: provider,
            name: provider.name().to_owned(),
            origin: origin.map(|base| base.origin().to_string()),
            tells_spending: provider.account().is_some(),
            own_names: provider.dialect().own_names,
            key_page: provider.page(Page::Keys).map(bare),
            template: provider.template().filter(|_| provider.takes_address()).map(str::to_owned),
            pages: ProviderPage::ALL
                .into_iter()
                .filter(|page| provider.page(page.page()).is_some())
                .collect(),
            env_var: held
                .or_else(|| provider.variables().first().map(String::as_str))
                .map(str::to_owned),
            env_key_present: held.is_some(),
        }
    }
}
