//! Dictation and reading aloud: who hears, who speaks, what it costs, and how it goes.

use serde::{Deserialize, Serialize};
use wire::{Listener, Speaker};

use super::{AppError, AttachmentView};

/// Who hears and who speaks. Nobody does until a person has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", default)]
pub struct VoiceChoice {
    /// Who writes down what is dictated.
    pub listener: Option<ListenerChoice>,
    /// Who reads aloud.
    pub speaker: Option<SpeakerChoice>,
    /// How fast, in percent; 0 is the usual speed.
    pub speed: u16,
}

/// A model that writes down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ListenerChoice {
    /// Over which connection.
    pub connection_id: String,
    /// Which model.
    pub model: String,
}

/// Who reads aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "by", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SpeakerChoice {
    /// The system's own voice: nothing is sent.
    System,
    /// A model.
    Model {
        /// Over which connection.
        connection_id: String,
        /// Which model.
        model: String,
        /// How it sounds, where it has several voices.
        voice: Option<String>,
    },
}

/// What can be chosen, and what is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Voice"))]
#[serde(rename_all = "camelCase")]
pub struct VoiceView {
    /// What is chosen.
    pub choice: VoiceChoice,
    /// Who can write down.
    pub listeners: Vec<ListenerOffer>,
    /// Who can read aloud.
    pub speakers: Vec<SpeakerOffer>,
    /// Whether the system has a voice.
    pub has_system_voice: bool,
    /// The longest take, in seconds.
    pub longest_seconds: u32,
}

/// A model that could write down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ListenerOffer {
    /// Over which connection.
    pub connection_id: String,
    /// What the person calls it.
    pub connection: String,
    /// Which model; none where a person has to say.
    pub model: Option<String>,
    /// Billionths of a dollar a minute; none is unknown.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub nano_per_minute: Option<u64>,
}

/// A model that could read aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct SpeakerOffer {
    /// Over which connection.
    pub connection_id: String,
    /// What the person calls it.
    pub connection: String,
    /// Which model; none where a person has to say.
    pub model: Option<String>,
    /// How it can sound.
    pub voices: Vec<String>,
    /// Billionths of a dollar for a million characters; none is unknown.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub nano_per_million: Option<u64>,
}

/// What was dictated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct Dictated {
    /// The words; empty where the model heard none.
    pub text: String,
    /// What it cost, in billionths of a dollar; none is unknown.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub nano: Option<i64>,
}

/// What became of audio that was to be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct WrittenDown {
    /// Its words, as a file in its place; none where the model heard none, and then the audio is still there.
    pub attachment: Option<AttachmentView>,
    /// What it cost, in billionths of a dollar; none is unknown.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub nano: Option<i64>,
}

/// How a take goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Take"))]
#[serde(rename_all = "camelCase")]
pub struct TakeView {
    /// How long it is.
    #[cfg_attr(test, ts(type = "number"))]
    pub length_ms: u64,
    /// How loud it is, from 0 to 100.
    pub loud: u8,
    /// Why it has ended by itself, if it has. What was said before is kept.
    pub ended: Option<TakeEnd>,
}

/// Why a take has ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum TakeEnd {
    /// It is as long as it may be.
    Full,
    /// The device is gone.
    Broken,
    /// The computer has slept.
    Slept,
    /// Its window was hidden for long.
    Unseen,
}

/// What is being read aloud.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Reading"))]
#[serde(rename_all = "camelCase")]
pub struct ReadingView {
    /// Which message; none where nothing is read any more.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub message_id: Option<history::MessageId>,
    /// Why it ended before its end.
    pub problem: Option<AppError>,
}

impl ListenerOffer {
    /// An offer of this connection's.
    pub fn of(connection: &history::Connection, listener: Option<&Listener>) -> Self {
        Self {
            connection_id: connection.id.clone(),
            connection: connection.name.clone(),
            model: listener.map(|known| known.model.clone()),
            nano_per_minute: listener.and_then(|known| known.nano_per_minute),
        }
    }
}

impl SpeakerOffer {
    /// An offer of this connection's.
    pub fn of(connection: &history::Connection, speaker: Option<&Speaker>) -> Self {
        Self {
            connection_id: connection.id.clone(),
            connection: connection.name.clone(),
            model: speaker.map(|known| known.model.clone()),
            voices: speaker.map(|known| known.voices.clone()).unwrap_or_default(),
            nano_per_million: speaker.and_then(|known| known.nano_per_million),
        }
    }
}

impl VoiceChoice {
    /// What was stored, if it is understood.
    pub fn of_stored(stored: Option<&str>) -> Self {
        stored.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// As it is stored.
    pub fn to_stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// How fast, 1 being the usual speed.
    pub fn pace(&self) -> f32 {
        match self.speed {
            0 => 1.0,
            percent => f32::from(percent.clamp(50, 200)) / 100.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_hears_or_speaks_until_it_was_chosen() {
        for odd in [None, Some(""), Some("{"), Some("7")] {
            assert_eq!(VoiceChoice::of_stored(odd), VoiceChoice::default());
        }
        let (connection_id, model) = ("c".to_owned(), "m".to_owned());
        let chosen = VoiceChoice {
            listener: Some(ListenerChoice { connection_id, model }),
            speaker: Some(SpeakerChoice::System),
            speed: 150,
        };
        assert_eq!(VoiceChoice::of_stored(Some(&chosen.to_stored())), chosen);
        assert_eq!((chosen.pace(), VoiceChoice::default().pace()), (1.5, 1.0));
    }
}
