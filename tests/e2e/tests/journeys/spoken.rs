//! Dictating and being read to, over a sound server without a sound card: what a program plays there is what the microphone hears.

use std::f64::consts::TAU;
use std::path::Path;
use std::time::Duration;

use e2e::journey::{Stage, play};
use e2e::page::{Name, Page};
use e2e::process::Process;
use e2e::world::Keyring;
use e2e::{Result, chat, holds, wizard};
use serde_json::json;

const RATE: usize = 16_000;

/// Plain samples of a tone.
fn tone(hertz: f64, seconds: usize) -> Vec<u8> {
    let wave = |at: usize| ((at as f64 * hertz * TAU / RATE as f64).sin() * 9_000.0) as i16;
    (0..RATE * seconds).flat_map(|at| wave(at).to_le_bytes()).collect()
}

/// How often a second the samples of a file rise through zero, from where they are loud. A short sentence is a short tone.
fn pitch(file: &Path) -> Result<f64> {
    let bytes = std::fs::read(file)?;
    let samples: Vec<i16> =
        bytes.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
    let is_loud = |piece: &&[i16]| piece.iter().any(|sample| sample.unsigned_abs() > 2_000);
    // Where the machine is busy a sound begins with a stutter, so its middle counts.
    let mut pitches: Vec<f64> =
        samples.chunks_exact(RATE / 10).filter(is_loud).map(rising).collect();
    pitches.sort_by(f64::total_cmp);
    Ok(pitches.get(pitches.len() / 2).copied().unwrap_or(0.0))
}

fn rising(piece: &[i16]) -> f64 {
    let rises: Vec<usize> =
        (1..piece.len()).filter(|&at| piece[at - 1] < 0 && piece[at] >= 0).collect();
    let (Some(first), Some(last)) = (rises.first(), rises.last()) else { return 0.0 };
    (rises.len() - 1) as f64 * RATE as f64 / (last - first).max(1) as f64
}

/// A sound server whose loudspeaker is its microphone.
async fn sound_server(stage: &Stage) -> Result<Process> {
    let mut command = stage.world.command("pulseaudio");
    command.args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]);
    command.args(["-L", "module-null-sink", "-L", "module-native-protocol-unix auth-anonymous=1"]);
    let server = Process::start(&mut command, b"", &stage.world.logs().join("pulseaudio.log"))?;
    let socket = stage.world.folder().join("run/pulse/native");
    holds("the sound server", async || Ok(socket.exists())).await?;
    Ok(server)
}

/// Chooses in a list of the engine's own, which no assistive technology sees as one of the contract's roles.
async fn choose(page: &Page, name: &str, value: &str) -> Result<()> {
    let script = "const select = document.querySelector(`select[aria-label=\"${arguments[0]}\"]`);
        const option = [...(select?.options ?? [])].find((one) => one.label.startsWith(arguments[1]));
        if (!option) return false;
        select.value = option.value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    holds(format!("{name} to offer {value}"), async || {
        page.ask(script, vec![json!(name), json!(value)]).await
    })
    .await
}

async fn draft(page: &Page) -> Result<String> {
    page.ask("return document.querySelector('[data-message-field]')?.value ?? ''", vec![]).await
}

#[test]
fn a_tone_is_dictated_and_an_answer_is_read_aloud() -> Result<()> {
    let name = "a_tone_is_dictated_and_an_answer_is_read_aloud";
    play(name, Keyring::Unlocked, async |stage| {
        let (page, desktop) = (stage.page()?, stage.desktop());
        page.click("button", "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        // Nobody has chosen who hears: the button leads there.
        page.click("button", "Dictate").await?;
        choose(page, "Who writes down", "practice-listener").await?;
        wizard::say_yes(desktop, "Let Latchkey use the microphone?").await?;
        page.says("costs nothing").await?;
        choose(page, "Who reads", "practice-speaker").await?;
        page.says("Speed").await?;
        page.click("button", "New chat").await?;
        page.click("button", "Dictate").await?;
        page.says("There is no sound device").await?;

        let _server = sound_server(stage).await?;
        page.click("button", "Dictate").await?;
        page.find("button", "Finish").await?;
        desktop.window("● Dictation").await?;
        let mut player = stage.world.command("paplay");
        player.args(["--raw", "--format=s16le", "--rate=16000", "--channels=1"]);
        let mut playing =
            Process::start(&mut player, &tone(440.0, 2), &stage.world.logs().join("paplay.log"))?;
        holds("the tone to end", async || Ok(playing.has_ended())).await?;
        page.click("button", "Finish").await?;
        holds("the words", async || Ok(draft(page).await?.starts_with("A tone of 440 hertz for ")))
            .await?;
        assert!(!desktop.shows("● Dictation").await?, "the window still says that it listens");

        page.click("button", "Dictate").await?;
        page.find("button", "Pause").await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        page.click("button", "Finish").await?;
        page.says("Only silence was heard").await?;

        page.click("button", "Send").await?;
        chat::answer_ends(page).await?;
        let heard = stage.world.folder().join("heard.raw");
        let mut listener = stage.world.command("parec");
        listener.args(["--raw", "--format=s16le", "--rate=16000", "--channels=1"]);
        let _listening = Process::start(&mut listener, b"", &heard)?;
        page.click("button", "Read aloud").await?;
        page.find("button", "Stop reading").await?;
        holds("the low voice", async || Ok((pitch(&heard)? - 330.0).abs() < 10.0)).await?;
        page.click("button", "Stop reading").await?;
        page.find("button", "Read aloud").await?;
        page.find("link", Name::Starts("A tone of 440")).await?;
        Ok(())
    })
}
