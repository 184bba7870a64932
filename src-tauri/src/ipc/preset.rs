//! Ways to ask that have a name, as the page says and sees them; and what a new chat begins with because of them.

use history::{History, Preset, PresetId, RouteId, Setting};
use serde::{Deserialize, Serialize};

use super::{AttachmentView, NewChat, ParametersView};

/// A preset.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Preset"))]
#[serde(rename_all = "camelCase")]
pub struct PresetView {
    /// Its number.
    #[cfg_attr(test, ts(type = "PresetId"))]
    pub id: PresetId,
    /// What the person calls it.
    pub name: String,
    /// The connection of its model; both or none.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// The model that it asks; `None` is for any.
    pub model: Option<String>,
    /// The route that it asks along, of which they are the first.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub route: Option<RouteId>,
    /// How it asks.
    pub parameters: ParametersView,
    /// What the model is told first.
    pub instructions: String,
    /// Whether it stands on top.
    pub favourite: bool,
}

/// A preset to keep.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PresetInput {
    /// Which one; `None` makes one.
    #[cfg_attr(test, ts(type = "PresetId | null"))]
    pub id: Option<PresetId>,
    /// What it is called.
    pub name: String,
    /// The connection of its model; both or none.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// The model that it asks; `None` is for any.
    pub model: Option<String>,
    /// The route that it asks along, of which they are the first.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub route: Option<RouteId>,
    /// How it asks.
    pub parameters: ParametersView,
    /// What the model is told first.
    pub instructions: String,
    /// Whether it stands on top.
    pub favourite: bool,
}

impl PresetInput {
    /// As it is kept. A model without a connection is none.
    pub fn into_preset(self) -> Preset {
        let asked = self.connection_id.zip(self.model);
        let (connection, model) = asked.unzip();
        Preset {
            id: self.id.unwrap_or_default(),
            name: self.name.split_whitespace().collect::<Vec<_>>().join(" "),
            connection,
            model,
            parameters: self.parameters.to_stored(),
            instructions: self.instructions,
            route: self.route,
            favourite: self.favourite,
        }
    }
}

impl From<Preset> for PresetView {
    fn from(preset: Preset) -> Self {
        Self {
            id: preset.id,
            name: preset.name,
            connection_id: preset.connection,
            model: preset.model,
            parameters: ParametersView::of_stored(&preset.parameters),
            instructions: preset.instructions,
            route: preset.route,
            favourite: preset.favourite,
        }
    }
}

/// The route that a new chat begins with, if it is still there.
fn chosen_route(history: &History) -> Result<Option<RouteId>, history::Error> {
    let chosen = history.setting(Setting::NewChatRoute)?.and_then(|id| id.parse().ok());
    let known = history.routes()?;
    Ok(known.into_iter().map(|route| route.id).find(|id| Some(id.0) == chosen))
}

impl NewChat {
    /// What the next new chat begins with: what was begun for it, or else what its preset says.
    pub fn load(history: &History, presets: &[Preset]) -> Result<Self, history::Error> {
        let kept = history.settings([
            Setting::NewChatConnection,
            Setting::NewChatModel,
            Setting::NewChatDraft,
            Setting::NewChatParameters,
            Setting::NewChatInstructions,
            Setting::NewChatPreset,
            Setting::DefaultPreset,
        ])?;
        let attachments = history.draft_files(None)?;
        let attachments = attachments.into_iter().map(AttachmentView::from).collect();
        Ok(Self { attachments, ..Self::of_kept(history, presets, kept)? })
    }

    /// What a new chat begins with that nobody has begun, whatever is being typed for the next one.
    pub fn afresh(history: &History, presets: &[Preset]) -> Result<Self, history::Error> {
        let [connection, model, default] = history.settings([
            Setting::NewChatConnection,
            Setting::NewChatModel,
            Setting::DefaultPreset,
        ])?;
        let kept = [connection, model, None, None, None, None, default];
        Self::of_kept(history, presets, kept)
    }

    fn of_kept(
        history: &History,
        presets: &[Preset],
        [connection, model, draft, parameters, instructions, chosen, default]: [Option<String>; 7],
    ) -> Result<Self, history::Error> {
        let word = |setting: Option<String>| setting.unwrap_or_default();
        let find = |id: &str| presets.iter().find(|preset| preset.id.0.to_string() == id);
        let chosen = word(chosen);
        let preset = if chosen.is_empty() { find(&word(default)) } else { find(&chosen) };
        // What was begun for this chat stands, also where the preset says something else.
        let holds =
            |setting: &Option<String>| setting.as_deref().is_some_and(|held| !held.is_empty());
        let is_begun = !chosen.is_empty() || holds(&parameters) || holds(&instructions);
        let of_preset = preset.filter(|_| !is_begun);
        let (parameters, system_prompt) = match of_preset {
            Some(preset) => (preset.parameters.clone(), preset.instructions.clone()),
            None => (word(parameters), word(instructions)),
        };
        let asked = preset.and_then(|preset| preset.connection.clone().zip(preset.model.clone()));
        let (connection_id, model) = match asked {
            Some((connection, model)) => (Some(connection), Some(model)),
            None => (connection, model),
        };
        // A preset that names a model asks that one, or along its route while that is there.
        let route = match preset.filter(|preset| preset.model.is_some()) {
            Some(preset) => preset.route.filter(|id| history.route(*id).is_ok()),
            None => chosen_route(history)?,
        };
        Ok(Self {
            connection_id,
            model,
            route,
            draft: word(draft),
            attachments: Vec::new(),
            parameters: ParametersView::of_stored(&parameters),
            system_prompt,
            preset: preset.map(|preset| preset.id),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn careful(history: &History) -> Preset {
        let preset = PresetInput {
            id: None,
            name: "  Careful \n one".into(),
            connection_id: Some("c2".into()),
            model: Some("m2".into()),
            parameters: ParametersView { temperature: Some(0.2), ..ParametersView::default() },
            instructions: "Take your time.".into(),
            route: None,
            favourite: false,
        };
        history.add_preset(&preset.into_preset()).unwrap()
    }

    #[test]
    fn a_new_chat_begins_with_what_was_begun_for_it_or_with_its_preset() {
        let history = History::in_memory().unwrap();
        history.set_setting(Setting::NewChatConnection, "c1").unwrap();
        history.set_setting(Setting::NewChatModel, "m1").unwrap();
        let new_chat = || NewChat::load(&history, &history.presets().unwrap()).unwrap();
        assert_eq!((new_chat().model.as_deref(), new_chat().preset), (Some("m1"), None));
        // A page that dies loses nothing of a chat that was not begun.
        let wished = ParametersView { seed: Some(7), ..ParametersView::default() };
        history.set_setting(Setting::NewChatParameters, &wished.to_stored()).unwrap();
        history.set_setting(Setting::NewChatInstructions, "Be kind.").unwrap();
        assert_eq!(new_chat().parameters, wished);
        assert_eq!(new_chat().system_prompt, "Be kind.");
        // What is asked elsewhere knows nothing of it.
        let afresh = NewChat::afresh(&history, &history.presets().unwrap()).unwrap();
        assert_eq!((afresh.model.as_deref(), afresh.system_prompt.as_str()), (Some("m1"), ""));
        assert_eq!(afresh.parameters, ParametersView::default());
        // Beginning it empties what was kept, and then the preset for new chats counts.
        let preset = careful(&history);
        assert_eq!(preset.name, "Careful one");
        history.set_setting(Setting::DefaultPreset, &preset.id.0.to_string()).unwrap();
        history.begin_turn(&history::NewTurn::of("c1", "m1", "Hello")).unwrap();
        let begun = new_chat();
        assert_eq!((begun.preset, begun.model.as_deref()), (Some(preset.id), Some("m2")));
        assert_eq!(begun.system_prompt, "Take your time.");
        assert_eq!(begun.parameters.temperature, Some(0.2));
        // Who wants none for this chat has none.
        history.set_setting(Setting::NewChatPreset, "none").unwrap();
        assert_eq!((new_chat().preset, new_chat().system_prompt.as_str()), (None, ""));
        history.remove_preset(preset.id).unwrap();
        history.set_setting(Setting::NewChatPreset, "").unwrap();
        assert_eq!(new_chat().preset, None, "a preset that is gone is none");
    }
}
