//! The system's own voice: a program of the desktop's that reads the text from its input, so that no list of processes shows it.

use std::io::{Read, Write};
use std::process::Stdio;
use std::time::Duration;

use crate::{Device, Programs, Stop, Trouble};

/// Words a minute at the usual speed.
const USUAL: f32 = 170.0;

/// Nobody listens to a sentence of ten minutes.
const SOUND_CAP: u64 = 32 << 20;

/// Programs that make sound of a text.
const MAKERS: [&str; 2] = ["espeak-ng", "espeak"];

/// What has the desktop's speech server say a text: many desktops have it and none of the others.
const DISPATCHER: &str = "spd-say";

/// It reads lines, and cuts long ones anywhere.
const LINE: usize = 900;

/// How long it takes to come, and to say the slowest character there is.
const COMING: Duration = Duration::from_secs(20);
const CHARACTER: Duration = Duration::from_secs(1);

/// Asking it to be silent takes no time.
const SILENCE: Duration = Duration::from_secs(2);

/// Whether there is one.
pub(crate) fn is_here(programs: &Programs) -> bool {
    MAKERS.iter().chain([&DISPATCHER]).any(|name| programs.command(name).is_some())
}

/// Says the text, and comes back when it was heard.
pub(crate) fn say(programs: &Programs, stop: &Stop, text: &str, speed: f32) -> Result<(), Trouble> {
    let speed = speed.clamp(0.5, 2.5);
    if MAKERS.iter().any(|name| programs.command(name).is_some()) {
        make_and_play(programs, stop, text, speed)
    } else {
        dispatch(programs, stop, text, speed)
    }
}

/// Makes sound of the text and plays it like any other.
fn make_and_play(programs: &Programs, stop: &Stop, text: &str, speed: f32) -> Result<(), Trouble> {
    let command = MAKERS.iter().find_map(|name| programs.command(name));
    let mut command = command.ok_or(Trouble::NoVoice)?;
    let words = (USUAL * speed).round();
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

/// Has the desktop's speech server say it. Who asks it is a child like the others; who speaks is the server, so that the end of
/// the child is not yet silence.
fn dispatch(programs: &Programs, stop: &Stop, text: &str, speed: f32) -> Result<(), Trouble> {
    let mut command = programs.command(DISPATCHER).ok_or(Trouble::NoVoice)?;
    let lines = lines(text);
    // Of what has no words it would wait for the end.
    if lines.is_empty() {
        return Ok(());
    }
    command.args(["--wait", "--pipe-mode", "--application-name", "Latchkey"]);
    command.args(["--rate", &rate(speed).to_string()]);
    command.stdin(Stdio::piped()).stderr(Stdio::null());
    let input = stop.start(&mut command, |child| child.stdin.take());
    let mut input = input.map_err(|_| Trouble::NoVoice)?.ok_or(Trouble::NoVoice)?;
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    // It waits for ever for a server that died over a sentence.
    let most = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let status = stop.wait_at_most(COMING.saturating_add(CHARACTER.saturating_mul(most)));
    let _ = writer.join();
    match status {
        Some(status) if status.success() => return Ok(()),
        // It never came so far as to speak.
        Some(_) => return Err(Trouble::NoVoice),
        None => hush(programs),
    }
    Err(if stop.is_stopped() { Trouble::Stopped } else { Trouble::BrokeOff })
}

/// Ends what the server says. Without a line to read, that is all that it is asked for.
fn hush(programs: &Programs) {
    let Some(mut command) = programs.command(DISPATCHER) else { return };
    command.args(["--stop", "--pipe-mode"]).stderr(Stdio::null());
    let asking = Stop::default();
    if asking.start(&mut command, |_| ()).is_ok() {
        asking.wait_at_most(SILENCE);
    }
}

/// Lines that are nothing but words to say: one that begins with `!-!` would be an order to the server.
fn lines(text: &str) -> String {
    let is_gap = |letter: char| letter.is_whitespace() || letter.is_control();
    let mut lines = String::with_capacity(text.len() + 2);
    let mut length = LINE;
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        let mut rest = word;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(LINE - 1));
            if length + 1 + piece.len() > LINE {
                lines.push_str(if lines.is_empty() { "" } else { "\n" });
                length = 0;
            }
            lines.push(' ');
            lines.push_str(piece);
            length += 1 + piece.len();
            rest = after;
        }
    }
    lines.push_str(if lines.is_empty() { "" } else { "\n" });
    lines
}

/// From -100 to 100, where its synthesizers speak half as fast and some three times as fast as usual.
fn rate(speed: f32) -> i32 {
    let slope = if speed < 1.0 { 190.0 } else { 60.0 };
    (((speed - 1.0) * slope).round() as i32).clamp(-100, 100)
}

/// Rate and samples of the file that these programs write: a head of 44 bytes, one channel of 16 bits.
fn plain(file: &[u8]) -> Option<(u32, Vec<i16>)> {
    let is_plain = file.get(20..24)? == [1, 0, 1, 0] && file.get(34..36)? == [16, 0];
    let rate = u32::from_le_bytes(file.get(24..28)?.try_into().ok()?);
    let samples = file.get(44..)?.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]]));
    is_plain.then(|| (rate, samples.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_gives_an_order_and_no_line_is_cut() {
        assert_eq!(
            lines("!-!SET self RATE 100\n!-!QUIT\r\n.\r\n"),
            " !-!SET self RATE 100 !-!QUIT .\n"
        );
        assert_eq!(lines("a\0b\u{85}c\u{2028}d\te"), " a b c d e\n");
        assert_eq!((lines(""), lines(" \n ")), (String::new(), String::new()));
        let long = format!("{} ü{}", "word ".repeat(1_000), "ü".repeat(3_000));
        let said = lines(&long);
        assert!(said.lines().all(|line| line.starts_with(' ') && line.len() <= LINE), "{said}");
        let letters =
            |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        assert_eq!(letters(&said), letters(&long));
    }

    #[test]
    fn speeds_become_rates() {
        assert_eq!([0.5, 0.75, 1.0, 1.5, 2.0, 2.5].map(rate), [-95, -48, 0, 30, 60, 90]);
    }
}
