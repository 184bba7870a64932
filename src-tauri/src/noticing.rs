//! What the desktop tells of answers that ended while nobody looked.

use std::sync::Arc;

use history::{History, Message, MessageId, Role, Setting, Status};
use tauri::{AppHandle, Manager, Runtime};
use turn::Guard;

use crate::ipc::Preferences;
use crate::native::Notice;
use crate::now_ms;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::answers;

/// Who waited less than this has not gone elsewhere.
const LONG_MS: i64 = 5_000;
/// Of the answer so much is shown, where that is wished.
const SHOWN: usize = 160;

/// Tells by the desktop that an answer has ended, where that is wished, it took long, no window is looked at, and none of its chat is
/// still to come. What goes wrong is nobody's loss: the page says it as well.
pub async fn after<R: Runtime>(app: &AppHandle<R>, history: &Arc<History>, answer: MessageId) {
    let state = app.state::<AppState>();
    let is_looked_at =
        app.webview_windows().values().any(|window| window.is_focused().unwrap_or(true));
    if is_looked_at {
        return;
    }
    let guard = Guard::of(&state.vault, history).await.ok().filter(Guard::knows_all);
    let (history, turns) = (Arc::clone(history), state.turns.clone());
    let told = blocking(move || {
        let is_last = !turns.is_answering(history.message(answer)?.conversation);
        if is_last { notice(&history, guard.as_ref(), answer, now_ms()) } else { Ok(None) }
    });
    if let Ok(Some(notice)) = told.await {
        let _ = state.desktop.notices.tell(notice).await;
    }
}

/// Without a guard, where the keychain is locked by now, nothing of the text is told.
fn notice(
    history: &History,
    guard: Option<&Guard>,
    id: MessageId,
    now: i64,
) -> Result<Option<Notice>, history::Error> {
    let wished = Preferences::of_stored(history.setting(Setting::Preferences)?.as_deref());
    if !wished.notify_answers {
        return Ok(None);
    }
    let answer = history.message(id)?;
    if answer.role != Role::Assistant || now.saturating_sub(answer.created_ms) < LONG_MS {
        return Ok(None);
    }
    let Some(title) = title(answer.status) else { return Ok(None) };
    let body = match guard.filter(|_| wished.notify_with_text) {
        Some(guard) => beginning(history, guard, &answer)?,
        None => answers::IN_ITS_CHAT.to_owned(),
    };
    Ok(Some(Notice { title: title.to_owned(), body }))
}

fn title(status: Status) -> Option<&'static str> {
    match status {
        Status::Complete => Some(answers::ENDED),
        Status::Interrupted => Some(answers::BROKE_OFF),
        Status::Failed => Some(answers::FAILED),
        // It is still coming, or whoever stopped it was here.
        Status::Streaming | Status::Stopped => None,
    }
}

/// Without keys: the desktop keeps what it has told.
fn beginning(history: &History, guard: &Guard, answer: &Message) -> Result<String, history::Error> {
    let title = history.conversation(answer.conversation)?.title;
    let (chat, text) = (guard.without_keys(&title), guard.without_keys(&answer.text));
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = line.chars().take(SHOWN).collect();
    Ok(answers::beginning(&chat, &shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guarding::tests::{KEY, guard};
    use history::{Finished, NewTurn};

    fn wish(history: &History, wishes: &Preferences) {
        history.set_setting(Setting::Preferences, &wishes.to_stored()).unwrap();
    }

    #[tokio::test]
    async fn nothing_is_told_until_it_is_wished_and_no_text_until_that_is() {
        let history = History::in_memory().unwrap();
        let guard = guard().await;
        let turn = NewTurn { title: "Secret plan".into(), ..NewTurn::of("c", "m", "Ask") };
        let begun = history.begin_turn(&turn).unwrap();
        history.finish_answer(begun.answer.id, &Finished::of("The  words\nof it")).unwrap();
        let late = begun.answer.created_ms + LONG_MS;
        let told = |now| notice(&history, Some(&guard), begun.answer.id, now).unwrap();
        assert_eq!(told(late), None);
        wish(&history, &Preferences { notify_answers: true, ..Preferences::default() });
        assert_eq!(told(late - 1), None, "nobody went away so soon");
        let plain = told(late).unwrap();
        assert_eq!(plain.title, "An answer has ended");
        assert!(!plain.body.contains("Secret") && !plain.body.contains("words"));
        let all =
            Preferences { notify_answers: true, notify_with_text: true, ..Preferences::default() };
        wish(&history, &all);
        let body = told(late).unwrap().body;
        assert!(body.contains("Secret plan") && body.contains("The words of it"), "{body}");
        let locked = notice(&history, None, begun.answer.id, late).unwrap().unwrap();
        assert_eq!(locked.body, answers::IN_ITS_CHAT, "nobody knows which words are a key");
        assert_eq!(notice(&history, Some(&guard), begun.user.id, late).unwrap(), None, "no answer");
    }

    #[tokio::test]
    async fn a_stored_key_is_told_neither_of_a_title_nor_of_an_answer() {
        let (history, guard) = (History::in_memory().unwrap(), guard().await);
        let wishes =
            Preferences { notify_answers: true, notify_with_text: true, ..Preferences::default() };
        wish(&history, &wishes);
        let turn = NewTurn { title: format!("Is {KEY} mine"), ..NewTurn::of("c", "m", "Ask") };
        let begun = history.begin_turn(&turn).unwrap();
        // Its beginning would be within what is shown, and its end not.
        let text = format!("{} {KEY}", "word ".repeat(25));
        history.finish_answer(begun.answer.id, &Finished::of(&text)).unwrap();
        let late = begun.answer.created_ms + LONG_MS;
        let body = notice(&history, Some(&guard), begun.answer.id, late).unwrap().unwrap().body;
        assert!(!body.contains(&KEY[..12]) && body.matches('⟪').count() == 2, "{body}");
    }
}
