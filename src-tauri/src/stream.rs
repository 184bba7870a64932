//! A turn's events, painted: markdown becomes blocks of safe HTML, and the page hears of them at most once a frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use history::{Message, Status};
use render::{Document, Patch};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, timeout_at};
use turn::{Prepared, TurnEvent};

use crate::ipc::{AppError, ConversationRowView, MessageFacts, MessageView, News, TurnUpdate};
use crate::newsroom::Newsroom;
use crate::watchers::{Audience, Listener, Watched, Watchers};
use crate::window::MAIN;
use crate::words::blocks::WORDS;

/// Each message to the page is a script for it to run; more often than this nobody can see.
const FRAME: Duration = Duration::from_millis(33);

/// Runs a prepared turn and paints it for whoever listens. Returns once the page knows that the person's words are saved; the
/// rest goes on by itself. The page of the main window hears of the conversation also where it was another that asked.
///
/// `then` is done when the answer is saved and its place is free.
pub fn begin(
    prepared: Prepared,
    listener: Listener,
    watchers: &Watchers,
    newsroom: &Newsroom,
    then: impl Future<Output = ()> + Send + 'static,
) {
    let conversation = prepared.begun.conversation.row();
    let user = prepared.is_new_message.then(|| prepared.begun.user.clone());
    let audience = Audience::of(listener);
    let row = ConversationRowView::of(conversation.clone(), true);
    if !audience.has(MAIN) {
        newsroom.tell(News::Row { row: row.clone() });
    }
    audience.tell(TurnUpdate::Started {
        conversation: row,
        user: user.map(MessageView::from),
        answer: prepared.begun.answer.clone().into(),
    });
    let row = ConversationRowView::of(conversation, false);
    let watched = watchers.enter(prepared.begun.answer.id);
    let (telling, heard) = telling();
    let painter = Painter::new(audience, newsroom.clone(), row);
    tauri::async_runtime::spawn(painter.paint(heard, watched));
    tauri::async_runtime::spawn(async move {
        prepared.run(move |event| telling.tell(event)).await;
        then.await;
    });
}

/// The last thing that is heard of a turn.
struct Ended {
    message: Box<Message>,
    updated_ms: i64,
}

/// What tells the painter. A stop has a way of its own: on a slow machine it would stand behind seconds of text.
struct Telling {
    events: UnboundedSender<TurnEvent>,
    stopped: UnboundedSender<Ended>,
}

/// What the painter hears.
struct Heard {
    events: UnboundedReceiver<TurnEvent>,
    stopped: UnboundedReceiver<Ended>,
}

fn telling() -> (Telling, Heard) {
    let (events, heard) = unbounded_channel();
    let (stop, stopped) = unbounded_channel();
    (Telling { events, stopped: stop }, Heard { events: heard, stopped })
}

impl Telling {
    fn tell(&self, event: TurnEvent) {
        // The painter lives until it has heard of the end.
        match event {
            TurnEvent::Ended { message, updated_ms } if message.status == Status::Stopped => {
                drop(self.stopped.send(Ended { message, updated_ms }));
            }
            event => drop(self.events.send(event)),
        }
    }
}

struct Painter {
    audience: Audience,
    newsroom: Newsroom,
    conversation: ConversationRowView,
    answer: Document,
    reasoning: Document,
    /// What the documents hold is no longer to be relied upon.
    has_failed: bool,
    /// What was said is not any more as it was painted.
    is_marked: bool,
    thinking_since: Option<Instant>,
    thought_ms: Option<u64>,
    tokens: Option<u64>,
}

impl Painter {
    fn new(audience: Audience, newsroom: Newsroom, conversation: ConversationRowView) -> Self {
        Self {
            audience,
            newsroom,
            conversation,
            answer: Document::new(&WORDS),
            reasoning: Document::new(&WORDS),
            has_failed: false,
            is_marked: false,
            thinking_since: None,
            thought_ms: None,
            tokens: None,
        }
    }

    /// Paints at once what comes after a pause, and otherwise once a frame.
    async fn paint(mut self, mut heard: Heard, mut watched: Watched) {
        let mut next = Instant::now();
        loop {
            let event = tokio::select! {
                biased;
                Some(ended) = heard.stopped.recv() => return self.stop(ended, heard.events, watched),
                Some(listener) = watched.next() => {
                    self.join(listener);
                    continue;
                }
                event = heard.events.recv() => event,
            };
            let Some(event) = event else { return };
            next = next.max(Instant::now());
            let mut ended = self.take(event);
            // The clock is looked at as well, because a fast stream always has one more event.
            while ended.is_none() && Instant::now() <= next {
                match timeout_at(next, heard.events.recv()).await {
                    Ok(Some(event)) => ended = self.take(event),
                    Ok(None) | Err(_) => break,
                }
            }
            if let Some(ended) = ended {
                watched.close().into_iter().for_each(|listener| self.join(listener));
                self.finish(&ended.message);
                return self.tell_end(ended);
            }
            self.try_to(Self::show);
            next = Instant::now() + FRAME;
        }
    }

    /// Who has stopped an answer waits for the end and not for the text. What came before it is saved, and is shown after it.
    fn stop(mut self, ended: Ended, mut events: UnboundedReceiver<TurnEvent>, watched: Watched) {
        watched.close().into_iter().for_each(|listener| self.join(listener));
        let message = ended.message.clone();
        self.tell_end(ended);
        while let Ok(event) = events.try_recv() {
            self.take(event);
        }
        self.finish(&message);
    }

    /// Goes on for another page as well, which gets what is there first. To the others that is what they have.
    fn join(&mut self, listener: Listener) {
        self.audience.join(listener);
        self.try_to(|painter| {
            painter.answer.forget_receiver();
            painter.reasoning.forget_receiver();
            painter.show();
        });
    }

    /// Folds an event in; gives back the last one.
    fn take(&mut self, event: TurnEvent) -> Option<Ended> {
        match event {
            TurnEvent::Text(text) => {
                self.stop_thinking();
                self.try_to(|painter| painter.answer.push(&text));
            }
            TurnEvent::Reasoning(text) => {
                self.thinking_since.get_or_insert_with(Instant::now);
                self.try_to(|painter| painter.reasoning.push(&text));
            }
            TurnEvent::Marked => self.is_marked = true,
            TurnEvent::Usage(usage) => self.tokens = usage.written().or(self.tokens),
            TurnEvent::Pausing { failure, wait } => self.audience.tell(TurnUpdate::Pausing {
                error: AppError::from(failure),
                retry_in_ms: millis(wait),
            }),
            TurnEvent::MovedOn { model, .. } => {
                self.audience.tell(TurnUpdate::MovedOn { model });
            }
            TurnEvent::Ended { message, updated_ms } => return Some(Ended { message, updated_ms }),
        }
        None
    }

    /// A renderer that fails must not leave the page waiting for an end: then it gets the whole text once that is known.
    fn try_to(&mut self, work: impl FnOnce(&mut Self)) {
        if !self.has_failed {
            self.has_failed = catch_unwind(AssertUnwindSafe(|| work(self))).is_err();
        }
    }

    fn show(&mut self) {
        let (answer, reasoning) = (self.answer.take_patch(), self.reasoning.take_patch());
        if answer.is_some() || reasoning.is_some() {
            self.show_patches(answer, reasoning);
        }
    }

    fn show_patches(&self, answer: Option<Patch>, reasoning: Option<Patch>) {
        let reasoning_ms =
            self.thought_ms.or_else(|| self.thinking_since.map(|since| millis(since.elapsed())));
        let answer_tokens = self.tokens;
        self.audience.tell(TurnUpdate::Painted { answer, reasoning, reasoning_ms, answer_tokens });
    }

    fn finish(&mut self, message: &Message) {
        self.stop_thinking();
        self.try_to(|painter| {
            painter.answer.finish();
            painter.reasoning.finish();
            painter.show();
        });
        if self.has_failed || self.is_marked {
            // What failed piece by piece may fail as a whole too; the end is told all the same.
            let _ = catch_unwind(AssertUnwindSafe(|| {
                self.show_patches(Some(whole(&message.text)), Some(whole(&message.reasoning)));
            }));
        }
    }

    fn tell_end(&mut self, ended: Ended) {
        let facts = MessageFacts::from(&*ended.message);
        // The list is ordered by this: it must be the time that is saved.
        self.conversation.updated_ms = ended.updated_ms;
        let conversation = self.conversation.clone();
        if !self.audience.has(MAIN) {
            self.newsroom.tell(News::Row { row: conversation.clone() });
        }
        self.audience.tell(TurnUpdate::Ended { conversation, facts });
    }

    fn stop_thinking(&mut self) {
        if let Some(since) = self.thinking_since.take() {
            self.thought_ms = Some(millis(since.elapsed()));
        }
    }
}

/// For a page that may hold anything.
fn whole(text: &str) -> Patch {
    Patch { keep: 0, grow: None, blocks: render::render(text, &WORDS) }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use history::{ConversationId, ConversationRow, MessageId, Role, Version};
    use tauri::ipc::{Channel, InvokeResponseBody};

    use super::*;

    fn message(text: &str, status: Status) -> Message {
        Message {
            id: MessageId(2),
            conversation: ConversationId(1),
            parent: Some(MessageId(1)),
            role: Role::Assistant,
            text: text.to_owned(),
            reasoning: String::new(),
            reasoning_ms: None,
            status,
            finish: None,
            failure: None,
            model: None,
            connection: None,
            prompt_tokens: None,
            answer_tokens: None,
            first_token_ms: None,
            skipped: 0,
            cost: history::Cost::default(),
            sources: None,
            route: None,
            attachments: Vec::new(),
            created_ms: 0,
            version: Version { index: 1, count: 1, previous: None, next: None },
        }
    }

    /// A painter, and what it has told the page.
    fn painter() -> (Painter, Arc<Mutex<Vec<String>>>) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&seen);
        let updates = Channel::new(move |body| {
            let InvokeResponseBody::Json(json) = body else { unreachable!("updates are JSON") };
            told.lock().unwrap().push(json);
            Ok(())
        });
        let row = ConversationRow {
            id: ConversationId(1),
            title: "A".to_owned(),
            updated_ms: 0,
            folder: None,
            pinned_ms: None,
            archived_ms: None,
            deleted_ms: None,
            tags: Vec::new(),
        };
        let audience = Audience::of(Listener { window: MAIN.to_owned(), updates });
        (Painter::new(audience, Newsroom::default(), ConversationRowView::of(row, false)), seen)
    }

    #[tokio::test]
    async fn a_stop_is_told_before_the_text_that_waits() {
        let (painter, seen) = painter();
        let (telling, heard) = telling();
        for _ in 0..1_000 {
            telling.tell(TurnEvent::Text("word ".to_owned()));
        }
        let message = Box::new(message("word", Status::Stopped));
        telling.tell(TurnEvent::Ended { message, updated_ms: 1 });
        drop(telling);
        painter.paint(heard, Watchers::default().enter(MessageId(2))).await;
        let seen = seen.lock().unwrap();
        let [ended, painted] = &seen[..] else { panic!("{seen:?}") };
        assert!(ended.contains("stopped"), "{ended}");
        assert_eq!(painted.matches("word").count(), 1_000, "none of it is lost");
    }

    #[tokio::test]
    async fn any_other_end_comes_after_its_text() {
        let (painter, seen) = painter();
        let (telling, heard) = telling();
        telling.tell(TurnEvent::Text("word".to_owned()));
        let message = Box::new(message("word", Status::Complete));
        telling.tell(TurnEvent::Ended { message, updated_ms: 1 });
        drop(telling);
        painter.paint(heard, Watchers::default().enter(MessageId(2))).await;
        let seen = seen.lock().unwrap();
        let [painted, ended] = &seen[..] else { panic!("{seen:?}") };
        assert!(painted.contains("word") && ended.contains("complete"), "{seen:?}");
    }

    #[test]
    fn a_renderer_that_fails_costs_neither_the_text_nor_the_end() {
        let (mut painter, seen) = painter();
        painter.take(TurnEvent::Text("**ha".to_owned()));
        painter.try_to(|_| panic!("as a parser may"));
        painter.take(TurnEvent::Text("lf**".to_owned()));
        painter.try_to(Painter::show);
        let message = message("**half**", Status::Complete);
        painter.finish(&message);
        painter.tell_end(Ended { message: Box::new(message), updated_ms: 1 });
        let seen = seen.lock().unwrap();
        let [painted, ended] = &seen[..] else { panic!("{seen:?}") };
        assert!(painted.contains("\"keep\":0") && painted.contains("<strong>half</strong>"));
        assert!(ended.contains("complete"), "{ended}");
    }
}
