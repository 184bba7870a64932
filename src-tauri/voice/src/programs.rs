//! The desktop's own programs for sound. They are found in fixed places only, told no word of what is said, and started with
//! nothing of our environment but what leads to the sound server and the speech server.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::take::RATE;
use crate::{Device, Samples, Stop, Trouble, system_voice};

/// Where systems keep programs that not everybody may change.
const PLACES: [&str; 4] = ["/usr/bin", "/usr/local/bin", "/bin", "/run/current-system/sw/bin"];

/// What leads to the sound server and the speech server, and nothing else.
const KEPT: [&str; 12] = [
    "HOME",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "DBUS_SESSION_BUS_ADDRESS",
    "PULSE_SERVER",
    "PULSE_RUNTIME_PATH",
    "PULSE_COOKIE",
    "PIPEWIRE_RUNTIME_DIR",
    "PIPEWIRE_REMOTE",
    "ALSA_CONFIG_PATH",
    "SPEECHD_ADDRESS",
    "LANG",
];

/// A device that gives no sample for so long gives none.
const PATIENCE: Duration = Duration::from_secs(4);

/// What hears, the best first: each writes plain samples to its output.
const LISTENERS: [(&str, &[&str]); 3] = [
    (
        "parec",
        &[
            "--raw",
            "--format=s16le",
            "--rate=16000",
            "--channels=1",
            "--latency-msec=50",
            "--client-name=Latchkey",
            "--stream-name=Dictation",
        ],
    ),
    ("pw-cat", &["--record", "--raw", "--format=s16", "--rate=16000", "--channels=1", "-"]),
    ("arecord", &["-q", "-t", "raw", "-f", "S16_LE", "-r", "16000", "-c", "1"]),
];

/// The programs of this computer.
#[derive(Debug, Clone)]
pub struct Programs {
    places: Vec<PathBuf>,
    /// Another sound server than the session's.
    server: Option<OsString>,
}

impl Default for Programs {
    fn default() -> Self {
        Self { places: PLACES.map(PathBuf::from).into(), server: None }
    }
}

impl Programs {
    /// The programs of these places, with another sound server.
    pub fn of(places: Vec<PathBuf>, server: OsString) -> Self {
        Self { places, server: Some(server) }
    }

    /// A command of this name, if there is such a program.
    pub(crate) fn command(&self, name: &str) -> Option<Command> {
        let path = self.places.iter().map(|place| place.join(name)).find(|path| path.is_file())?;
        let mut command = Command::new(path);
        command.env_clear().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        // What they say is looked through for reasons, in one language.
        command.env("LC_ALL", "C");
        for name in KEPT {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        if let Some(server) = &self.server {
            command.env("PULSE_SERVER", server);
        }
        Some(command)
    }

    fn hear(&self, stop: &Stop, mut command: Command) -> Result<Heard, Trouble> {
        command.stdout(Stdio::piped());
        let pipes = stop.start(&mut command, |child| (child.stdout.take(), child.stderr.take()));
        let (Some(output), Some(mut errors)) = pipes.map_err(|_| Trouble::NoProgram)? else {
            return Err(Trouble::NoProgram);
        };
        let (send, samples) = sync_channel(16);
        thread::spawn(move || pump(output, &send));
        let mut heard = Heard { samples, piece: Vec::new(), at: 0 };
        match heard.wait() {
            Ok(true) => {
                // Nobody reads on, and a full pipe would hold it up.
                thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));
                Ok(heard)
            }
            Ok(false) => {
                stop.end();
                let mut said = String::new();
                let _ = errors.take(4_096).read_to_string(&mut said);
                Err(if stop.is_stopped() { Trouble::Stopped } else { reason(&said) })
            }
            Err(trouble) => {
                stop.end();
                Err(trouble)
            }
        }
    }
}

impl Device for Programs {
    fn listen(&self, stop: &Stop) -> Result<Box<dyn Samples>, Trouble> {
        let mut last = Trouble::NoProgram;
        for (name, arguments) in LISTENERS {
            let Some(mut command) = self.command(name) else { continue };
            command.args(arguments);
            match self.hear(stop, command) {
                Ok(heard) => return Ok(Box::new(heard)),
                Err(Trouble::Stopped) => return Err(Trouble::Stopped),
                Err(trouble) => last = trouble,
            }
        }
        Err(last)
    }

    fn play(&self, stop: &Stop, rate: u32, samples: &[i16]) -> Result<(), Trouble> {
        let rate = rate.to_string();
        let players: [(&str, Vec<String>); 3] = [
            (
                "paplay",
                [
                    "--raw",
                    "--format=s16le",
                    "--channels=1",
                    "--client-name=Latchkey",
                    "--stream-name=Read aloud",
                ]
                .map(str::to_owned)
                .into_iter()
                .chain([format!("--rate={rate}")])
                .collect(),
            ),
            (
                "pw-cat",
                ["--playback", "--raw", "--format=s16", "--channels=1", "--rate", &rate, "-"]
                    .map(str::to_owned)
                    .into(),
            ),
            (
                "aplay",
                ["-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", &rate]
                    .map(str::to_owned)
                    .into(),
            ),
        ];
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let mut last = Trouble::NoProgram;
        for (name, arguments) in players {
            let Some(mut command) = self.command(name) else { continue };
            command.args(arguments);
            match feed(stop, &mut command, &bytes) {
                Err(trouble) if trouble != Trouble::Stopped => last = trouble,
                ended => return ended,
            }
        }
        Err(last)
    }

    fn say(&self, stop: &Stop, text: &str, speed: f32) -> Result<(), Trouble> {
        system_voice::say(self, stop, text, speed)
    }

    fn has_voice(&self) -> bool {
        system_voice::is_here(self)
    }
}

/// Gives a child all of its input and waits for its end.
fn feed(stop: &Stop, command: &mut Command, bytes: &[u8]) -> Result<(), Trouble> {
    command.stdin(Stdio::piped());
    let pipes = stop.start(command, |child| (child.stdin.take(), child.stderr.take()));
    let (Some(mut input), Some(errors)) = pipes.map_err(|_| Trouble::NoProgram)? else {
        return Err(Trouble::NoProgram);
    };
    let written = input.write_all(bytes);
    drop(input);
    let status = stop.wait();
    if stop.is_stopped() {
        return Err(Trouble::Stopped);
    }
    if written.is_ok() && status.is_some_and(|status| status.success()) {
        return Ok(());
    }
    let mut said = String::new();
    let _ = errors.take(4_096).read_to_string(&mut said);
    Err(reason(&said))
}

/// Why a program of the desktop's did nothing, by its words: they have no codes.
fn reason(said: &str) -> Trouble {
    let said = said.to_ascii_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if names(&["access denied", "permission denied", "not permitted"]) {
        Trouble::NotAllowed
    } else if names(&["resource busy", "device busy"]) {
        Trouble::InUse
    } else {
        Trouble::NoDevice
    }
}

/// What a child hears, read on a thread, so that one that says nothing holds nobody up.
struct Heard {
    samples: Receiver<Vec<i16>>,
    piece: Vec<i16>,
    at: usize,
}

impl Heard {
    /// Waits for a piece. False at the end.
    fn wait(&mut self) -> Result<bool, Trouble> {
        match self.samples.recv_timeout(PATIENCE) {
            Ok(piece) => {
                (self.piece, self.at) = (piece, 0);
                Ok(true)
            }
            Err(RecvTimeoutError::Disconnected) => Ok(false),
            Err(RecvTimeoutError::Timeout) => Err(Trouble::Mute),
        }
    }
}

impl Samples for Heard {
    fn next(&mut self, into: &mut [i16]) -> Result<usize, Trouble> {
        if self.at == self.piece.len() && !self.wait()? {
            return Ok(0);
        }
        let rest = &self.piece[self.at..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

/// Passes on what comes. A receiver that is gone ends it, and so the child, which finds nobody at its output.
fn pump(mut output: ChildStdout, send: &SyncSender<Vec<i16>>) {
    let mut bytes = [0; (RATE / 5) as usize];
    let mut odd: Option<u8> = None;
    while let Ok(count @ 1..) = output.read(&mut bytes) {
        let all = odd.take().into_iter().chain(bytes[..count].iter().copied()).collect::<Vec<_>>();
        let pairs = all.chunks_exact(2);
        odd = pairs.remainder().first().copied();
        let piece: Vec<i16> = pairs.map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
        if !piece.is_empty() && send.send(piece).is_err() {
            break;
        }
    }
}
