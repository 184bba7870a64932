//! The desktop's programs against a sound server without a sound card: what is played is what is heard.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by a panic")]

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use voice::{Device, Programs, Recording, Stop, Trouble};

/// A sound server of the test's own, whose loudspeaker is its microphone.
struct Server {
    child: Child,
    home: tempfile::TempDir,
}

impl Server {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let socket = home.path().join("native");
        let protocol =
            format!("module-native-protocol-unix socket={} auth-anonymous=1", socket.display());
        let child = Command::new("/usr/bin/pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"])
            .args(["-L", "module-null-sink sink_name=out", "-L", &protocol])
            .env_clear()
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pulseaudio: cargo xtask setup installs it");
        let begun = Instant::now();
        while !socket.exists() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the sound server never came");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, home }
    }

    fn device(&self) -> Programs {
        let socket = self.home.path().join("native");
        Programs::of(vec![PathBuf::from("/usr/bin")], format!("unix:{}", socket.display()).into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const RATE: usize = 24_000;

fn tone(hertz: f64, seconds: usize) -> Vec<i16> {
    let wave = |at: usize| {
        ((at as f64 * hertz * std::f64::consts::TAU / RATE as f64).sin() * 9_000.0) as i16
    };
    (0..RATE * seconds).map(wave).collect()
}

/// Waves a second.
fn pitch(samples: &[i16]) -> f64 {
    let waves = samples.windows(2).filter(|two| two[0] < 0 && two[1] >= 0).count();
    waves as f64 * 16_000.0 / samples.len() as f64
}

#[test]
fn what_is_played_is_heard_and_what_is_said_is_no_silence() {
    let server = Server::start();
    let device = server.device();
    let recording = Recording::begin(&device, || true, |_| ()).unwrap();
    device.play(&Stop::default(), RATE as u32, &tone(440.0, 2)).unwrap();
    let take = recording.finish().unwrap();
    assert!((1_500..=3_200).contains(&take.length_ms()), "{take:?}");
    let middle = &take.samples()[take.samples().len() / 3..take.samples().len() * 2 / 3];
    assert!((pitch(middle) - 440.0).abs() < 10.0, "{} Hz", pitch(middle));

    let recording = Recording::begin(&device, || true, |_| ()).unwrap();
    assert_eq!(recording.finish().unwrap_err(), Trouble::Silence);

    assert!(device.has_voice());
    let recording = Recording::begin(&device, || true, |_| ()).unwrap();
    device.say(&Stop::default(), "One, two, three.", 1.0).unwrap();
    assert!(recording.finish().unwrap().length_ms() > 500);
}

#[test]
fn a_stop_ends_a_long_sound_at_once() {
    let server = Server::start();
    let device = server.device();
    let stop = Stop::default();
    let stopping = stop.clone();
    let begun = Instant::now();
    let playing = std::thread::spawn(move || device.play(&stop, RATE as u32, &tone(330.0, 60)));
    std::thread::sleep(Duration::from_millis(500));
    stopping.stop();
    assert_eq!(playing.join().unwrap(), Err(Trouble::Stopped));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn a_machine_without_sound_says_so() {
    let home = tempfile::tempdir().unwrap();
    let nowhere = format!("unix:{}", home.path().join("native").display());
    let silent = Programs::of(vec![PathBuf::from("/usr/bin")], nowhere.clone().into());
    assert_eq!(silent.listen(&Stop::default()).err(), Some(Trouble::NoDevice));
    assert_eq!(silent.play(&Stop::default(), 16_000, &[1; 160]), Err(Trouble::NoDevice));
    let bare = Programs::of(vec![home.path().to_owned()], nowhere.into());
    assert_eq!(bare.listen(&Stop::default()).err(), Some(Trouble::NoProgram));
    assert_eq!(bare.play(&Stop::default(), 16_000, &[1]), Err(Trouble::NoProgram));
    assert_eq!(bare.say(&Stop::default(), "x", 1.0), Err(Trouble::NoVoice));
    assert!(!bare.has_voice());
}
