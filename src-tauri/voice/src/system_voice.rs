//! The system's own voice: a program of the desktop's that reads the text from its input, so that no list of processes shows it.

use std::io::{Read, Write};
use std::process::Stdio;

use crate::{Device, Programs, Stop, Trouble};

/// Words a minute at the usual speed.
const USUAL: f32 = 170.0;

/// Nobody listens to a sentence of ten minutes.
const SOUND_CAP: u64 = 32 << 20;

const NAMES: [&str; 2] = ["espeak-ng", "espeak"];

/// Whether there is one.
pub(crate) fn is_here(programs: &Programs) -> bool {
    NAMES.iter().any(|name| programs.command(name).is_some())
}

/// Makes sound of the text and plays it like any other.
pub(crate) fn say(programs: &Programs, stop: &Stop, text: &str, speed: f32) -> Result<(), Trouble> {
    let command = NAMES.iter().find_map(|name| programs.command(name));
    let mut command = command.ok_or(Trouble::NoVoice)?;
    let words = (USUAL * speed.clamp(0.5, 2.5)).round();
    command.args(["--stdin", "--stdout", "-s", &words.to_string()]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let pipes = stop.start(&mut command, |child| (child.stdin.take(), child.stdout.take()));
    let (Some(mut input), Some(output)) = pipes.map_err(|_| Trouble::NoVoice)? else {
        return Err(Trouble::NoVoice);
    };
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let mut file = Vec::new();
    let read = output.take(SOUND_CAP).read_to_end(&mut file);
    let _ = writer.join();
    stop.end();
    if stop.is_stopped() {
        return Err(Trouble::Stopped);
    }
    read.map_err(|_| Trouble::BrokeOff)?;
    let (rate, samples) = plain(&file).ok_or(Trouble::NoVoice)?;
    programs.play(stop, rate, &samples)
}

/// Rate and samples of the file that these programs write: a head of 44 bytes, one channel of 16 bits.
fn plain(file: &[u8]) -> Option<(u32, Vec<i16>)> {
    let is_plain = file.get(20..24)? == [1, 0, 1, 0] && file.get(34..36)? == [16, 0];
    let rate = u32::from_le_bytes(file.get(24..28)?.try_into().ok()?);
    let samples = file.get(44..)?.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]]));
    is_plain.then(|| (rate, samples.collect()))
}
