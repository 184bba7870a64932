//! The desktop's speech server, where nothing else speaks: a program of the test's takes down what it is asked.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use voice::{Device, Programs, Stop, Trouble};

/// One at a time: a program that is being written while another is started cannot be started itself.
static ALONE: Mutex<()> = Mutex::new(());

/// A desktop whose speech server does this with what it is asked.
fn desktop(does: &str) -> (MutexGuard<'static, ()>, TempDir, Programs) {
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let home = tempfile::tempdir().unwrap();
    let program = home.path().join("spd-say");
    let script = format!(
        "#!/bin/sh\ncd '{}'\necho \"$@\" >> asked\nexport PATH=/usr/bin:/bin\n{does}\n",
        home.path().display()
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let programs = Programs::of(vec![home.path().to_owned()], "unix:nowhere".into());
    (alone, home, programs)
}

fn read(home: &Path, name: &str) -> String {
    fs::read_to_string(home.join(name)).unwrap_or_default()
}

#[test]
fn it_reads_the_text_from_its_input() {
    let (_alone, home, device) = desktop("cat > said");
    assert!(device.has_voice());
    device.say(&Stop::default(), "One,\n!-!QUIT\ntwo.", 1.5).unwrap();
    assert_eq!(read(home.path(), "said"), " One, !-!QUIT two.\n");
    let asked = read(home.path(), "asked");
    assert_eq!(asked, "--wait --pipe-mode --application-name Latchkey --rate 30\n");
}

#[test]
fn a_stop_silences_the_server_too() {
    let (_alone, home, device) =
        desktop("case \"$1\" in --stop) cat > hushed;; *) touch begun; exec sleep 60;; esac");
    let stop = Stop::default();
    let (stopping, begun) = (stop.clone(), Instant::now());
    let saying = std::thread::spawn(move || device.say(&stop, "Long.", 1.0));
    while !home.path().join("begun").exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it never began");
        std::thread::sleep(Duration::from_millis(10));
    }
    stopping.stop();
    assert_eq!(saying.join().unwrap(), Err(Trouble::Stopped));
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert!(read(home.path(), "asked").ends_with("--stop --pipe-mode\n"));
    assert!(home.path().join("hushed").exists());
}

#[test]
fn a_desktop_without_its_server_has_no_voice() {
    let (_alone, _home, device) = desktop("exit 1");
    assert_eq!(device.say(&Stop::default(), "One.", 1.0), Err(Trouble::NoVoice));
}
