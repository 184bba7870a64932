//! Messages are a tree: editing and answering again add versions and lose nothing.

use history::{Error, History, MessageId, Role, Status, Version};

use crate::sample::{exchange, finished, turn};

fn texts(history: &History, conversation: history::ConversationId) -> Vec<String> {
    history.branch(conversation).unwrap().into_iter().map(|said| said.text).collect()
}

#[test]
fn turn_is_a_message_and_an_empty_answer() {
    let history = History::in_memory().unwrap();
    let begun = history.begin_turn(&turn(None, "Hello")).unwrap();
    assert_eq!(begun.conversation.title, "Title");
    assert_eq!(begun.conversation.system_prompt, "Prompt");
    assert_eq!(begun.conversation.leaf, Some(begun.answer.id));
    assert_eq!(begun.conversation.model.as_deref(), Some("m1"));
    assert_eq!((begun.user.role, begun.user.status), (Role::User, Status::Complete));
    assert_eq!((begun.user.parent, begun.answer.parent), (None, Some(begun.user.id)));
    assert_eq!((begun.answer.role, begun.answer.status), (Role::Assistant, Status::Streaming));
    assert_eq!(begun.answer.text, "");

    let (answer, _) = history.finish_answer(begun.answer.id, &finished("Hi")).unwrap();
    assert_eq!((answer.text.as_str(), answer.status), ("Hi", Status::Complete));
    assert_eq!((answer.prompt_tokens, answer.answer_tokens), (Some(3), Some(5)));
    assert_eq!(history.message(answer.id).unwrap(), answer);
}

#[test]
fn editing_adds_a_version_of_the_message() {
    let history = History::in_memory().unwrap();
    let first = exchange(&history, None, "One", "1");
    let id = first.conversation.id;
    let second = exchange(&history, Some(id), "Two", "2");
    let edited = history.begin_sibling_user(second.user.id, "Two, better", "c1", "m1").unwrap();
    history.finish_answer(edited.answer.id, &finished("2b")).unwrap();
    assert_eq!(texts(&history, id), ["One", "1", "Two, better", "2b"]);
    let expected = Version { index: 2, count: 2, previous: Some(second.user.id), next: None };
    assert_eq!(edited.user.version, expected);
    let expected = Version { index: 1, count: 2, previous: None, next: Some(edited.user.id) };
    assert_eq!(history.message(second.user.id).unwrap().version, expected);

    let back = history.choose_version(second.user.id).unwrap();
    assert_eq!(back.leaf, Some(second.answer.id));
    assert_eq!(texts(&history, id), ["One", "1", "Two", "2"]);
}

#[test]
fn first_message_has_versions_of_its_own_conversation_only() {
    let history = History::in_memory().unwrap();
    exchange(&history, None, "Another conversation", "x");
    let begun = exchange(&history, None, "First", "1");
    let edited = history.begin_sibling_user(begun.user.id, "First, better", "c1", "m1").unwrap();
    assert_eq!(edited.user.parent, None);
    assert_eq!((edited.user.version.index, edited.user.version.count), (2, 2));
    assert_eq!(texts(&history, begun.conversation.id), ["First, better", ""]);
}

#[test]
fn answering_again_adds_a_version_of_the_answer() {
    let history = History::in_memory().unwrap();
    let begun = exchange(&history, None, "Ask", "a");
    let again = history.begin_answer(begun.user.id, "c2", "m2").unwrap();
    assert_eq!(again.user.id, begun.user.id);
    assert_eq!(again.answer.parent, Some(begun.user.id));
    assert_eq!((again.answer.version.index, again.answer.version.count), (2, 2));
    assert_eq!(again.conversation.connection.as_deref(), Some("c2"));
    assert_eq!(texts(&history, begun.conversation.id), ["Ask", ""]);
    assert_eq!(history.begin_answer(begun.answer.id, "c", "m").unwrap_err(), Error::NotFound);
}

#[test]
fn chosen_version_shows_what_was_written_last_below_it() {
    let history = History::in_memory().unwrap();
    let begun = exchange(&history, None, "Ask", "a");
    let id = begun.conversation.id;
    let below_a = exchange(&history, Some(id), "More", "a more");
    let again = history.begin_answer(begun.user.id, "c1", "m1").unwrap();
    let below_a_again = history.begin_answer(below_a.user.id, "c1", "m1").unwrap();
    history.choose_version(again.answer.id).unwrap();
    assert_eq!(texts(&history, id), ["Ask", ""]);
    let shown = history.choose_version(begun.answer.id).unwrap();
    assert_eq!(shown.leaf, Some(below_a_again.answer.id));
}

#[test]
fn turn_can_follow_any_message_of_its_conversation() {
    let history = History::in_memory().unwrap();
    let begun = exchange(&history, None, "Ask", "a");
    let id = begun.conversation.id;
    exchange(&history, Some(id), "More", "b");
    let mut fork = turn(Some(id), "Otherwise");
    fork.parent = Some(begun.answer.id);
    history.begin_turn(&fork).unwrap();
    assert_eq!(texts(&history, id), ["Ask", "a", "Otherwise", ""]);

    let other = exchange(&history, None, "Elsewhere", "x");
    fork.parent = Some(other.answer.id);
    assert_eq!(history.begin_turn(&fork).unwrap_err(), Error::NotFound);
    assert_eq!(texts(&history, id), ["Ask", "a", "Otherwise", ""], "nothing was changed");
}

#[test]
fn page_is_the_end_of_the_branch() {
    let history = History::in_memory().unwrap();
    let mut last = exchange(&history, None, "0", "answer 0");
    let id = last.conversation.id;
    for turn in 1..40 {
        last = exchange(&history, Some(id), &turn.to_string(), &format!("answer {turn}"));
        if turn % 7 == 0 {
            last = history.begin_sibling_user(last.user.id, "edited", "c1", "m1").unwrap();
            history.save_progress(last.answer.id, "partial", "").unwrap();
        }
    }
    let whole = texts(&history, id);
    assert_eq!(whole.len(), 80);
    for limit in [1, 2, 7, 50, 79, 80, 81] {
        let page = history.page(id, limit).unwrap();
        let texts: Vec<_> = page.messages.into_iter().map(|message| message.text).collect();
        assert_eq!(texts, whole[80_usize.saturating_sub(limit as usize)..], "limit {limit}");
        assert_eq!(page.has_earlier, limit < 80, "limit {limit}");
    }
    let again = history.begin_answer(last.user.id, "c1", "m1").unwrap();
    assert_eq!(again.said.len(), 79, "what to send for an answer ends with what is answered");
}

#[test]
fn growing_answer_is_whole_at_every_moment() {
    let history = History::in_memory().unwrap();
    let begun = history.begin_turn(&turn(None, "Ask")).unwrap();
    let whole = "Grüße, 世界! ".repeat(30);
    let thought = "hm… ".repeat(10);
    let marks: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    for &at in marks.iter().step_by(13) {
        let reasoning = thought.get(..at).unwrap_or(&thought);
        history.save_progress(begun.answer.id, &whole[..at], reasoning).unwrap();
        let now = history.message(begun.answer.id).unwrap();
        assert_eq!((now.text.as_str(), now.reasoning.as_str()), (&whole[..at], reasoning));
        assert_eq!(history.branch(begun.conversation.id).unwrap()[1].text, whole[..at]);
        let page = history.page(begun.conversation.id, 9).unwrap();
        assert_eq!(page.messages[1].text, whole[..at]);
    }
    history.save_progress(begun.answer.id, "began anew", "").unwrap();
    assert_eq!(history.message(begun.answer.id).unwrap().text, "began anew");
    history.finish_answer(begun.answer.id, &finished(&whole)).unwrap();
    assert_eq!(history.message(begun.answer.id).unwrap().text, whole);
    let late = history.save_progress(begun.answer.id, "late", "");
    assert_eq!(late.unwrap_err(), Error::NotFound, "an ended answer does not grow");
}

#[test]
fn unfinished_answers_are_interrupted_with_their_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let history = crate::sample::open(&path);
    let begun = history.begin_turn(&turn(None, "Ask")).unwrap();
    history.save_progress(begun.answer.id, "Half an", "thinking").unwrap();
    history.save_progress(begun.answer.id, "Half an answer", "thinking more").unwrap();
    let empty = history.begin_turn(&turn(None, "Ask")).unwrap();
    let whole = exchange(&history, None, "Ask", "whole");
    drop(history);

    let history = crate::sample::open(&path);
    assert_eq!(history.interrupt_streaming().unwrap(), 2);
    let answer = history.message(begun.answer.id).unwrap();
    assert_eq!(answer.status, Status::Interrupted);
    assert_eq!(
        (answer.text.as_str(), answer.reasoning.as_str()),
        ("Half an answer", "thinking more")
    );
    assert_eq!(history.message(empty.answer.id).unwrap().text, "");
    assert_eq!(history.message(whole.answer.id).unwrap().status, Status::Complete);
    assert_eq!(history.interrupt_streaming().unwrap(), 0);
}

#[test]
fn unknown_messages_are_not_found() {
    let history = History::in_memory().unwrap();
    let begun = exchange(&history, None, "Ask", "a");
    let nobody = MessageId(999);
    assert_eq!(history.message(nobody).unwrap_err(), Error::NotFound);
    assert_eq!(history.choose_version(nobody).unwrap_err(), Error::NotFound);
    assert_eq!(history.save_progress(nobody, "a", "").unwrap_err(), Error::NotFound);
    assert_eq!(history.finish_answer(nobody, &finished("a")).unwrap_err(), Error::NotFound);
    assert_eq!(history.finish_answer(begun.user.id, &finished("a")).unwrap_err(), Error::NotFound);
    assert_eq!(history.messages(begun.conversation.id, &[nobody]).unwrap_err(), Error::NotFound);
    assert_eq!(history.begin_sibling_user(nobody, "a", "c", "m").unwrap_err(), Error::NotFound);
}

#[test]
fn outline_messages_and_words_are_the_branch() {
    let history = History::in_memory().unwrap();
    let first = exchange(&history, None, "Grüße", "0");
    let id = first.conversation.id;
    for turn in 1..20 {
        exchange(&history, Some(id), &turn.to_string(), &format!("answer {turn}"));
    }
    let old = history.outline(id).unwrap();
    let again = history.begin_answer(first.user.id, "c1", "m1").unwrap();
    history.save_progress(again.answer.id, "half ", "hm").unwrap();
    history.save_progress(again.answer.id, "half of it", "hm, hm").unwrap();
    let outline = history.outline(id).unwrap();
    assert_eq!(
        outline.iter().map(|line| line.id).collect::<Vec<_>>(),
        [first.user.id, again.answer.id]
    );
    assert_eq!(outline[0].bytes, 7);

    let mut words = Vec::new();
    let see = |said: history::Words<'_>| {
        words.push((said.id, said.role, said.text.to_owned(), said.reasoning.to_owned()));
    };
    history.read_aloud(id, &history::Stop::default(), see).unwrap();
    let expected = [
        (first.user.id, Role::User, "Grüße".to_owned(), String::new()),
        (again.answer.id, Role::Assistant, "half of it".to_owned(), "hm, hm".to_owned()),
    ];
    assert_eq!(words, expected);

    let asked = [old[7].id, old[2].id];
    let got = history.messages(id, &asked).unwrap();
    assert_eq!(got.iter().map(|message| message.id).collect::<Vec<_>>(), asked);
    assert_eq!(got[0], history.message(old[7].id).unwrap());
}

#[test]
fn messages_of_another_conversation_are_not_found() {
    let history = History::in_memory().unwrap();
    let (one, other) =
        (exchange(&history, None, "One", "1"), exchange(&history, None, "Other", "2"));
    let id = one.conversation.id;
    assert_eq!(history.messages(id, &[other.user.id]).unwrap_err(), Error::NotFound);
    history.delete(id).unwrap();
    assert_eq!(history.messages(id, &[one.user.id]).unwrap_err(), Error::NotFound);
    assert_eq!(history.outline(id).unwrap_err(), Error::NotFound);
}
