//! Having a take written down, and a text said: requests like any other, each with money reserved before it is sent.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use history::{ConversationId, History, Settled};
use tokio::time::{Instant, timeout};
use vault::{Accept, Outbound, Reply, Vault};
use wire::{AudioKind, Format, Sound, Voices, heard};

use crate::cost::{Most, is_free};
use crate::endpoint::outbound;
use crate::models::{ERROR_CAP, refusal};
use crate::purse::Purse;
use crate::{Endpoint, Failure, Trouble};

/// An hour of speech takes a slow server some minutes.
const HEARING: Duration = Duration::from_secs(600);

/// A sentence takes it some seconds.
const SPEAKING: Duration = Duration::from_secs(180);

/// The longest sound that is read: some four minutes at the usual rate. What is asked for at once is much shorter.
const SOUND_CAP: usize = 16 << 20;

/// What was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The words; empty where there were none.
    pub text: String,
    /// What it cost, in billionths of a dollar, as far as anybody knows.
    pub nano: Option<i64>,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// To be played.
    pub sound: Sound,
    /// What it cost, in billionths of a dollar, as far as anybody knows.
    pub nano: Option<i64>,
}

/// What is to be written down.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'r> {
    /// What it is.
    pub kind: AudioKind,
    /// The file's bytes.
    pub bytes: &'r [u8],
    /// How long it is, where that is known.
    pub length_ms: Option<u64>,
}

/// What it costs to have so much written down, in billionths of a dollar; `None` is unknown.
pub fn cost_of_writing_down(
    endpoint: &Endpoint,
    model: &str,
    length_ms: Option<u64>,
) -> Option<i64> {
    let listener = Voices::of(endpoint.provider)?.listener(model)?;
    worth(endpoint, model, length_ms.and_then(|length_ms| listener.cost(length_ms)))
}

/// Has samples at [`wire::RATE`] written down by a model.
pub async fn transcribe(
    vault: &Vault,
    history: &Arc<History>,
    endpoint: &Endpoint,
    model: &str,
    conversation: Option<ConversationId>,
    samples: &[i16],
) -> Result<Heard, Failure> {
    let wav = wire::wav(samples);
    let length_ms = u64::try_from(samples.len()).unwrap_or(u64::MAX).saturating_mul(1_000)
        / u64::from(wire::RATE);
    let recording = Recording { kind: AudioKind::Wav, bytes: &wav, length_ms: Some(length_ms) };
    write_down(vault, history, endpoint, model, conversation, recording).await
}

/// Has a file written down by a model.
pub async fn write_down(
    vault: &Vault,
    history: &Arc<History>,
    endpoint: &Endpoint,
    model: &str,
    conversation: Option<ConversationId>,
    recording: Recording<'_>,
) -> Result<Heard, Failure> {
    let name = &endpoint.name;
    let refused = || Failure::at(Trouble::RequestRefused, name, None);
    let voices = Voices::of(endpoint.provider).ok_or_else(refused)?;
    voices.listener(model).ok_or_else(refused)?;
    let Recording { kind, bytes, length_ms } = recording;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > voices.take_bytes() {
        let most = voices.take_bytes() / 1_000_000;
        return Err(Failure::at(Trouble::FilesTooLarge, name, Some(format!("{most} MB"))));
    }
    let nano = cost_of_writing_down(endpoint, model, length_ms);
    let request = wire::transcribe(endpoint.provider, way(endpoint), model, kind, bytes);
    let mut purse = Purse::of_voice(history, conversation);
    let wanted = Wanted { nano, request: outbound(request), patience: HEARING };
    let asked = ask(vault, endpoint, model, wanted, &mut purse, async |reply| {
        let masker = reply.masker();
        let text = reply.text(ERROR_CAP).await.map_err(|error| Failure::sending(name, &error))?;
        let text = heard(&text).map_err(|failure| Failure::said_by(name, failure, &masker))?;
        Ok(masker.whole(&text))
    });
    Ok(Heard { text: asked.await?, nano })
}

/// What is to be said, and how.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    /// The text.
    pub text: &'w str,
    /// The voice, where there are several.
    pub voice: Option<&'w str>,
    /// How fast; 1 is usual.
    pub speed: f32,
}

/// Has a model say a text.
pub async fn speak(
    vault: &Vault,
    history: &Arc<History>,
    endpoint: &Endpoint,
    model: &str,
    conversation: Option<ConversationId>,
    words: Words<'_>,
) -> Result<Said, Failure> {
    let name = &endpoint.name;
    let refused = || Failure::at(Trouble::RequestRefused, name, None);
    let voices = Voices::of(endpoint.provider).ok_or_else(refused)?;
    let speaker = voices.speaker(model).ok_or_else(refused)?;
    let nano = worth(endpoint, model, speaker.cost(words.text.chars().count()));
    let request =
        wire::speak(endpoint.provider, way(endpoint), model, words.voice, words.text, words.speed);
    let request = Outbound { accept: Accept::Sound, ..outbound(request) };
    let mut purse = Purse::of_voice(history, conversation);
    let wanted = Wanted { nano, request, patience: SPEAKING };
    let asked = ask(vault, endpoint, model, wanted, &mut purse, async |reply| {
        let nonsense = || Failure::at(Trouble::Nonsense, name, Some("no sound came".to_owned()));
        Sound::of_wav(&all_of(name, reply).await?).ok_or_else(nonsense)
    });
    Ok(Said { sound: asked.await?, nano })
}

/// What stands between the base address and where OpenAI's endpoints are. At an address that is not the provider's own they are
/// right there, as for chats.
fn way(endpoint: &Endpoint) -> &'static str {
    let way = endpoint.provider.way_to(Format::ChatCompletions, endpoint.base.as_str());
    way.unwrap_or_default()
}

fn worth(endpoint: &Endpoint, model: &str, known: Option<u64>) -> Option<i64> {
    let nano = if is_free(endpoint.provider, model) { Some(0) } else { known };
    nano.map(|nano| i64::try_from(nano).unwrap_or(i64::MAX))
}

/// A request, what it costs, and how long its answer is waited for.
struct Wanted {
    nano: Option<i64>,
    request: Outbound,
    patience: Duration,
}

/// Reserves, sends, reads, and writes down what it cost.
async fn ask<T>(
    vault: &Vault,
    endpoint: &Endpoint,
    model: &str,
    Wanted { nano, request, patience }: Wanted,
    purse: &mut Purse,
    read: impl AsyncFnOnce(Reply) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let name = &endpoint.name;
    purse.reserve_worth(endpoint, model, move |_, _| Most { nano, tokens: 0 }).await?;
    let began = Instant::now();
    let answered = timeout(patience, async {
        let sent = vault.send(endpoint.credential(), &endpoint.base, request).await;
        let reply = sent.map_err(|error| Failure::sending(name, &error))?;
        if reply.status() != 200 {
            let masker = reply.masker();
            return Err(Failure::said_by(name, refusal(reply).await, &masker));
        }
        read(reply).await
    });
    let Some(answered) = vault.while_used(endpoint.key.as_ref(), answered).await else {
        // Nobody knows how far it had come.
        purse.settle(Settled::default()).await;
        return Err(Failure::at(Trouble::KeyLeaked, name, None));
    };
    let answered = answered.unwrap_or_else(|_| {
        Err(Failure::at(Trouble::TimedOut, name, Some(format!("{} s", patience.as_secs()))))
    });
    match answered {
        Ok(answer) => {
            let whole_ms = i64::try_from(began.elapsed().as_millis()).ok();
            purse.settle(Settled { nano, whole_ms, ..Settled::default() }).await;
            Ok(answer)
        }
        Err(failure) => {
            purse.fail(&failure).await;
            Err(endpoint.knowing(failure))
        }
    }
}

async fn all_of(name: &str, reply: Reply) -> Result<Vec<u8>, Failure> {
    let mut body = reply.body();
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| Failure::sending(name, &error))?;
        if bytes.len() + piece.len() > SOUND_CAP {
            return Err(Failure::at(Trouble::AnswerTooLong, name, None));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
