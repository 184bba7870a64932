//! Reading an answer aloud, sentence by sentence, also while it is still written. One at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use history::{ConversationId, History, MessageId, Status};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use turn::{Endpoint, Guard};
use vault::Vault;
use voice::{Device, Stop, Trouble};
use wire::{Provider, Voices};

use crate::ipc::{AppError, ErrorCode, News, ReadingView};
use crate::newsroom::Newsroom;
use crate::store::blocking;
use crate::words::voice::SPOKEN;

/// How often a growing answer is looked at: a sentence takes seconds to say.
const EVERY: Duration = Duration::from_millis(200);

/// The longest piece for the system's voice, which costs nothing and stops at once.
const LETTERS: usize = 600;

/// What is being read.
#[derive(Default)]
pub struct Aloud(Arc<Mutex<Option<Stop>>>);

/// Who reads, ready to.
pub enum Speaker {
    /// The system's voice.
    System,
    /// A model.
    Model {
        /// Over this connection.
        endpoint: Box<Endpoint>,
        /// Its name.
        model: String,
        /// How it sounds.
        voice: Option<String>,
    },
}

/// All that reading needs.
pub struct Room {
    /// Keys.
    pub vault: Arc<Vault>,
    /// Where the answer is.
    pub history: Arc<History>,
    /// The loudspeaker.
    pub device: Arc<dyn Device>,
    /// Who hears how it goes.
    pub newsroom: Newsroom,
    /// Who reads.
    pub speaker: Speaker,
    /// How fast.
    pub pace: f32,
}

/// A sentence on its way to the loudspeaker.
enum Piece {
    Sound(wire::Sound),
    Text(String),
}

impl Aloud {
    /// Begins to read a message; what was read before ends.
    pub fn begin(&self, room: Room, message: MessageId) {
        let stop = Stop::default();
        if let Some(before) = self.current().replace(stop.clone()) {
            before.stop();
        }
        let current = Arc::clone(&self.0);
        tauri::async_runtime::spawn(async move {
            let newsroom = room.newsroom.clone();
            tell(&newsroom, Some(message), None);
            let problem = read(room, message, &stop).await.err();
            // One that was begun meanwhile has told its own.
            if !stop.is_stopped() {
                stop.stop();
                *current.lock().unwrap_or_else(PoisonError::into_inner) = None;
                tell(&newsroom, None, problem);
            }
        });
    }

    /// Ends it.
    pub fn stop(&self, newsroom: &Newsroom) {
        let Some(current) = self.current().take() else { return };
        current.stop();
        tell(newsroom, None, None);
    }

    fn current(&self) -> MutexGuard<'_, Option<Stop>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Speaker {
    fn letters(&self) -> usize {
        match self {
            Self::System => LETTERS,
            Self::Model { endpoint, .. } => most_letters(endpoint.provider),
        }
    }
}

/// As long as a breath: what is asked for and not heard any more is paid for.
fn most_letters(provider: Provider) -> usize {
    const BREATH: usize = 400;
    Voices::of(provider).map_or(BREATH, |voices| voices.letters().min(BREATH))
}

fn tell(newsroom: &Newsroom, message_id: Option<MessageId>, problem: Option<AppError>) {
    newsroom.tell(News::Reading { reading: ReadingView { message_id, problem } });
}

/// While one sentence is heard, the next is made.
async fn read(room: Room, message: MessageId, stop: &Stop) -> Result<(), AppError> {
    let (send, pieces) = channel(1);
    let (device, pace) = (Arc::clone(&room.device), room.pace);
    let playing = stop.clone();
    let played =
        tauri::async_runtime::spawn_blocking(move || play(&*device, &playing, pace, pieces));
    let made = make(&room, message, stop, send).await;
    let played = played.await.map_err(|_| AppError::of(ErrorCode::Internal))?;
    // Whoever plays no more is the reason why nothing could be sent to them.
    played?;
    made
}

fn play(
    device: &dyn Device,
    stop: &Stop,
    pace: f32,
    mut pieces: Receiver<Piece>,
) -> Result<(), AppError> {
    while let Some(piece) = pieces.blocking_recv() {
        let heard = match piece {
            Piece::Sound(sound) => device.play(stop, sound.rate, &sound.samples),
            Piece::Text(text) => device.say(stop, &text, pace),
        };
        match heard {
            Ok(()) => {}
            Err(Trouble::Stopped) => break,
            Err(trouble) => return Err(trouble.into()),
        }
    }
    Ok(())
}

async fn make(
    room: &Room,
    id: MessageId,
    stop: &Stop,
    send: Sender<Piece>,
) -> Result<(), AppError> {
    let most = room.speaker.letters();
    // A message may hold a key that a person let through to one provider: whoever speaks is another.
    let guard = Arc::new(Guard::of(&room.vault, &room.history).await?);
    let mut said = 0;
    loop {
        let (history, guard) = (Arc::clone(&room.history), Arc::clone(&guard));
        let (pieces, is_whole, conversation) = blocking(move || {
            let message = history.message(id)?;
            let pieces = render::spoken(&guard.without_keys(&message.text), &SPOKEN, most);
            Ok((pieces, message.status != Status::Streaming, message.conversation))
        })
        .await?;
        // The last may still become another one.
        let ready = if is_whole { pieces.len() } else { pieces.len().saturating_sub(1) };
        for text in pieces.into_iter().take(ready).skip(said) {
            if stop.is_stopped() {
                return Ok(());
            }
            let piece = room.piece(text, conversation).await?;
            said += 1;
            if send.send(piece).await.is_err() {
                return Ok(());
            }
        }
        if is_whole || stop.is_stopped() {
            return Ok(());
        }
        tokio::time::sleep(EVERY).await;
    }
}

impl Room {
    async fn piece(&self, text: String, chat: ConversationId) -> Result<Piece, AppError> {
        let Speaker::Model { endpoint, model, voice } = &self.speaker else {
            return Ok(Piece::Text(text));
        };
        let words = turn::Words { text: &text, voice: voice.as_deref(), speed: self.pace };
        let said =
            turn::speak(&self.vault, &self.history, endpoint, model, Some(chat), words).await?;
        Ok(Piece::Sound(said.sound))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use history::{Connection, KeptIn, KeyFacts, NewTurn, Upkeep};
    use vault::{ApiKey, BaseUrl, Binding, KeyId, Patience};
    use voice::Samples;

    use super::*;

    const KEY: &str = "sk-proj-practice0123456789abcdefghijW7qK";

    /// Writes down what it is to say.
    #[derive(Default)]
    struct Scribe(Mutex<String>);

    impl Device for Scribe {
        fn listen(&self, _: &Stop) -> Result<Box<dyn Samples>, Trouble> {
            Err(Trouble::NoDevice)
        }
        fn play(&self, _: &Stop, _: u32, _: &[i16]) -> Result<(), Trouble> {
            Err(Trouble::NoDevice)
        }
        fn say(&self, _: &Stop, text: &str, _: f32) -> Result<(), Trouble> {
            self.0.lock().unwrap().push_str(text);
            Ok(())
        }
        fn has_voice(&self) -> bool {
            true
        }
    }

    /// A vault with a key, and a store that knows of it.
    async fn stored() -> (Arc<Vault>, Arc<History>) {
        let (vault, history) = (Vault::in_memory(), History::in_memory().unwrap());
        let (id, key) = (KeyId::random().unwrap(), ApiKey::parse(KEY.to_owned().into()).unwrap());
        let base = BaseUrl::parse("http://localhost:9").unwrap();
        let binding = Binding { base: base.clone(), provider: "other".to_owned() };
        vault.store(&id, &key, &binding, Patience::Brief).await.unwrap();
        let facts = KeyFacts {
            kind: "project".to_owned(),
            last_four: "W7qK".to_owned(),
            kept_in: KeptIn::Keychain,
            worked: false,
            restricted: false,
            item: id.as_str().to_owned(),
            made_ms: 0,
            retired_ms: None,
            command: None,
            behind: None,
        };
        let connection = Connection {
            id: id.as_str().to_owned(),
            provider: "other".to_owned(),
            name: "Test".to_owned(),
            address: base.as_str().to_owned(),
            origin: base.origin().to_string(),
            key: Some(facts),
            created_ms: 0,
            last_used_ms: None,
            refuses_stream_options: false,
            format: None,
            upkeep: Upkeep::default(),
        };
        history.put_connection(&connection).unwrap();
        (Arc::new(vault), Arc::new(history))
    }

    #[tokio::test]
    async fn a_key_that_was_let_through_is_not_spoken() {
        let (vault, history) = stored().await;
        let turn = NewTurn::of("c", "m", format!("Why is {KEY} refused?"));
        let asked = history.begin_turn(&turn).unwrap().user.id;
        let scribe = Arc::new(Scribe::default());
        let device: Arc<dyn Device> = scribe.clone();
        let (newsroom, speaker) = (Newsroom::default(), Speaker::System);
        let room = Room { vault, history, device, newsroom, speaker, pace: 1.0 };
        read(room, asked, &Stop::default()).await.unwrap();
        let said = scribe.0.lock().unwrap().clone();
        assert!(said.contains("Why is") && said.contains("refused?"), "{said}");
        assert!(!said.contains("W7qK") && !said.contains("sk-proj"), "{said}");
    }
}
