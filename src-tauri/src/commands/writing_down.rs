//! Attached audio as words: for a model that hears none, or because that is cheaper.

use history::{ConversationId, File, Part};
use tauri::State;
use turn::{Guard, Recording};
use wire::AudioKind;

use super::voice::{awake, chosen};
use super::{Answer, connection};
use crate::ipc::{AppError, ErrorCode, WrittenDown};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::numbers::minutes;
use crate::words::{labels, quoted, voice as words};

/// Has audio of a draft written down by whoever writes down what is dictated, after a native yes: it is another's voice, and costs
/// money. The words take its place in the draft.
#[tauri::command]
pub async fn write_down_attachment(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    id: i64,
) -> Answer<WrittenDown> {
    let not_there = || AppError::of(ErrorCode::NotFound);
    let history = state.store.history().await?;
    let looked = history.clone();
    let part = blocking(move || looked.draft_file(conversation_id, id)).await?;
    let Part::File(file) = part else { return Err(not_there()) };
    let kind = AudioKind::of_media_type(&file.media_type).ok_or_else(not_there)?;
    let listener = chosen(&state).await?.listener.ok_or_else(not_there)?;
    let over = connection(&state, &listener.connection_id).await?;
    let endpoint = awake(&state, &listener.connection_id).await?;
    let length_ms = files::Facts::of_stored(&file.facts).length_ms;
    let nano = turn::cost_of_writing_down(&endpoint, &listener.model, length_ms);
    let asked = Asked {
        name: &file.name,
        length_ms,
        nano,
        connection: &over.name,
        origin: &over.origin,
        model: &listener.model,
    };
    state.desktop.confirm.ask(asked.question()).await?;
    let recording = Recording { kind, bytes: &file.bytes, length_ms };
    let heard = turn::write_down(
        &state.vault,
        &history,
        &endpoint,
        &listener.model,
        conversation_id,
        recording,
    );
    let heard = heard.await?;
    if heard.text.is_empty() {
        return Ok(WrittenDown { attachment: None, nano: heard.nano });
    }
    let name = files::plain_name(&format!("{}.txt", file.name));
    let words = File::of(&name, "text/plain", heard.text.into_bytes());
    let words = Guard::of(&state.vault, &history).await?.file_without_keys(words);
    let kept = blocking(move || history.replace_draft_file(conversation_id, id, words)).await?;
    Ok(WrittenDown { attachment: Some(kept.into()), nano: heard.nano })
}

/// What a person is asked.
struct Asked<'a> {
    name: &'a str,
    length_ms: Option<u64>,
    nano: Option<i64>,
    connection: &'a str,
    origin: &'a str,
    model: &'a str,
}

impl Asked<'_> {
    fn question(&self) -> Question {
        let unknown = || words::UNKNOWN.to_owned();
        let facts = vec![
            (words::GOES_TO, self.origin.to_owned()),
            (labels::OVER_THE_CONNECTION, quoted(self.connection)),
            (words::LONG, self.length_ms.map_or_else(unknown, minutes)),
            (words::COSTS, words::at_most(self.nano)),
        ];
        let claims =
            vec![(labels::FILE, self.name.to_owned()), (labels::MODEL, self.model.to_owned())];
        Question::of(words::WRITE_DOWN, facts, claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_told_where_it_goes_how_long_it_is_and_what_that_costs() {
        let asked = |length_ms, nano| {
            let asked = Asked {
                name: "talk.mp3",
                length_ms,
                nano,
                connection: "Personal",
                origin: "https://api.openai.com",
                model: "whisper-1",
            };
            asked.question().facts.into_iter().map(|(_, fact)| fact).collect::<Vec<_>>()
        };
        let told = asked(Some(184_300), Some(18_500_000));
        assert_eq!(told, ["https://api.openai.com", "“Personal”", "3:05", "$0.02 at most"]);
        assert_eq!(asked(None, None)[2..], ["Unknown", "Nobody knows how much"]);
        assert_eq!(asked(None, Some(0))[3], "Nothing");
    }
}
