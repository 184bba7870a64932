//! What is heard and what is said: the request, the money, and what goes wrong.

use std::pin::pin;
use std::time::Duration;

use history::{Connection, Limits};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::time::timeout;
use turn::{
    Endpoint, Failure, Heard, Recording, Said, Trouble, Words, cost_of_writing_down, speak,
    transcribe, write_down,
};
use vault::KeyId;
use wire::AudioKind;

use crate::stage::{HANG, KEY, Stage};

const A_WHILE: Duration = Duration::from_millis(50);

/// A stage whose connection is of this provider.
async fn of(provider: &str) -> Stage {
    let stage = Stage::new().await;
    let connection = stage.history.connections().unwrap().remove(0);
    let named = Connection { provider: provider.to_owned(), ..connection };
    stage.history.put_connection(&named).unwrap();
    stage
}

fn endpoint(stage: &Stage) -> Endpoint {
    Endpoint::of(&stage.history.connections().unwrap().remove(0)).unwrap()
}

fn tone(seconds: usize) -> Vec<i16> {
    let wave =
        |at: usize| ((at as f64 * 440.0 * std::f64::consts::TAU / 16_000.0).sin() * 9_000.0) as i16;
    (0..16_000 * seconds).map(wave).collect()
}

async fn hear(stage: &Stage, model: &str, samples: &[i16]) -> Result<Heard, Failure> {
    transcribe(&stage.vault, &stage.history, &endpoint(stage), model, None, samples).await
}

async fn say(stage: &Stage, model: &str, text: &str) -> Result<Said, Failure> {
    let words = Words { text, voice: Some("low"), speed: 1.0 };
    speak(&stage.vault, &stage.history, &endpoint(stage), model, None, words).await
}

#[tokio::test]
async fn what_is_heard_over_a_key_that_leaked_ends_at_once_and_counts_whole() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stage = Stage::at(&format!("http://{}/v1", silent.local_addr().unwrap())).await;
    let connection = stage.history.connections().unwrap().remove(0);
    let named = Connection { provider: "openAi".to_owned(), ..connection };
    stage.history.put_connection(&named).unwrap();
    let take = tone(60);
    let mut hearing = pin!(hear(&stage, "whisper-1", &take));
    let asked = async {
        let (mut asking, _) = silent.accept().await.unwrap();
        asking.read_u8().await.unwrap();
        asking
    };
    let _asking = tokio::select! {
        heard = &mut hearing => panic!("{heard:?}"),
        asking = asked => asking,
    };
    stage.vault.end_uses(&KeyId::random().unwrap());
    assert!(timeout(A_WHILE, &mut hearing).await.is_err(), "that was another key");
    stage.vault.end_uses(endpoint(&stage).key.as_ref().unwrap());
    let heard = timeout(HANG, hearing).await.unwrap();
    assert_eq!(heard.unwrap_err().trouble, Trouble::KeyLeaked);
    assert_eq!(spent(&stage), 6_000_000, "nobody knows how much of it was heard");
}

fn spent(stage: &Stage) -> i64 {
    stage.history.spent(&stage.connection, 0).unwrap().month_nano
}

#[tokio::test]
async fn a_take_is_written_down_with_its_key_and_costs_nothing_in_practice() {
    let stage = of("practice").await;
    let heard = hear(&stage, "practice-listener", &tone(3)).await.unwrap();
    assert_eq!(heard.text, "A tone of 440 hertz for 3 seconds.");
    assert_eq!(heard.nano, Some(0));
    let seen = stage.server.log().seen();
    assert_eq!(seen.len(), 1);
    let key = ("authorization".to_owned(), format!("Bearer {KEY}"));
    assert!(seen[0].headers.contains(&key));
    assert_eq!(hear(&stage, "practice-listener", &[0; 16_000]).await.unwrap().text, "");
    let failure = hear(&stage, "whisper-1", &tone(1)).await.unwrap_err();
    assert_eq!(failure.trouble, Trouble::RequestRefused, "it hears with its own model only");
}

#[tokio::test]
async fn a_file_is_written_down_without_its_name_for_the_price_that_was_told() {
    let stage = of("practice").await;
    let wav = wire::wav(&tone(2));
    let recording = Recording { kind: AudioKind::Wav, bytes: &wav, length_ms: Some(2_000) };
    let endpoint = endpoint(&stage);
    let listener = "practice-listener";
    let heard = write_down(&stage.vault, &stage.history, &endpoint, listener, None, recording);
    assert_eq!(heard.await.unwrap().text, "A tone of 440 hertz for 2 seconds.");
    assert_eq!(cost_of_writing_down(&endpoint, listener, None), Some(0), "it runs here");
    let huge = vec![0; 27_000_000];
    let recording = Recording { kind: AudioKind::Mp3, bytes: &huge, length_ms: None };
    let refused = write_down(&stage.vault, &stage.history, &endpoint, listener, None, recording);
    assert_eq!(refused.await.unwrap_err().trouble, Trouble::FilesTooLarge);
    assert_eq!(stage.server.log().seen().len(), 1);
    let openai = self::endpoint(&of("openAi").await);
    assert_eq!(cost_of_writing_down(&openai, "whisper-1", Some(90_500)), Some(9_100_000));
    assert_eq!(cost_of_writing_down(&openai, "whisper-1", None), None, "no length, no price");
}

#[tokio::test]
async fn a_text_is_said() {
    let stage = of("practice").await;
    let said = say(&stage, "practice-speaker", "Ten letters, and some.").await.unwrap();
    assert_eq!((said.sound.rate, said.sound.length_ms(), said.nano), (24_000, 330, Some(0)));
}

#[tokio::test]
async fn what_is_heard_is_paid_for_and_capped() {
    let stage = of("openAi").await;
    // The server knows no such model, says so, and nothing is paid.
    let failure = hear(&stage, "whisper-1", &tone(1)).await.unwrap_err();
    assert_eq!((failure.trouble, spent(&stage)), (Trouble::ModelNotFound, 0));
    let limits = Limits { request_nano: Some(99_999), ..Limits::default() };
    stage.history.set_limits(&stage.connection, &limits).unwrap();
    let failure = hear(&stage, "whisper-1", &tone(1)).await.unwrap_err();
    assert_eq!(failure.trouble, Trouble::CapReached, "a second is 100,000");
    assert_eq!(stage.server.log().seen().len(), 1, "nothing was sent");
    let failure = say(&stage, "tts-1", "Hello there.").await.unwrap_err();
    assert_eq!(failure.trouble, Trouble::CapReached, "twelve letters are 180,000");
    assert_eq!(stage.server.log().seen().len(), 1);
}

#[tokio::test]
async fn what_nobody_knows_the_price_of_is_not_sent_under_a_limit() {
    let stage = of("other").await;
    let heard = hear(&stage, "practice-listener", &tone(2)).await.unwrap();
    assert_eq!((heard.text.as_str(), heard.nano), ("A tone of 440 hertz for 2 seconds.", None));
    let limits = Limits { month_nano: Some(1_000_000_000), ..Limits::default() };
    stage.history.set_limits(&stage.connection, &limits).unwrap();
    let failure = hear(&stage, "practice-listener", &tone(2)).await.unwrap_err();
    assert_eq!(failure.trouble, Trouble::PriceUnknown);
    assert_eq!(stage.server.log().seen().len(), 1);
}

#[tokio::test]
async fn refusals_say_why() {
    let stage = of("other").await;
    for (model, trouble) in [
        ("fault-401", Trouble::KeyRejected),
        ("fault-429", Trouble::Busy),
        ("fault-503", Trouble::ProviderDown),
        ("nobody", Trouble::ModelNotFound),
    ] {
        assert_eq!(hear(&stage, model, &tone(1)).await.unwrap_err().trouble, trouble, "{model}");
        assert_eq!(say(&stage, model, "Hi").await.unwrap_err().trouble, trouble, "{model}");
    }
    assert_eq!(spent(&stage), 0);
    let long = vec![1; 14_000_000];
    let failure = hear(&stage, "practice-listener", &long).await.unwrap_err();
    assert_eq!(failure.trouble, Trouble::FilesTooLarge);
}
