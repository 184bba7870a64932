//! A private D-Bus session with its own home and its own GNOME Keyring daemons.
//!
//! The bus address is a property of the whole process, so each scenario runs in a child: the test
//! starts a bus, runs itself again inside it, and cleans up whatever the child leaves behind.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const INSIDE: &str = "VAULT_TEST_SESSION";

/// Without service folders, so that the bus starts no keychain by itself.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=DIR</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

/// A daemon that this process has started. Dropping it kills it.
pub(crate) struct Daemon(Child);

/// Runs a scenario inside a private session, and checks that its process ends within `limit`.
pub(crate) fn in_session(name: &str, limit: Duration, scenario: impl AsyncFnOnce()) {
    if std::env::var(INSIDE).as_deref() == Ok(name) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        return runtime.block_on(scenario());
    }
    let home = tempfile::tempdir().unwrap();
    let (mut bus, address) = start_bus(home.path());
    let outcome = run_child(name, &home, &address, limit);
    for line in std::fs::read_to_string(home.path().join("daemons")).unwrap_or_default().lines() {
        signal("KILL", line);
    }
    bus.kill().unwrap();
    bus.wait().unwrap();
    assert!(outcome.is_ok(), "{name}: {}", outcome.unwrap_err());
}

impl Daemon {
    /// Starts a keyring daemon and opens its login keyring, which is made if it does not exist.
    pub(crate) fn unlocked() -> Daemon {
        Daemon::start(&["--unlock"], "password")
    }

    /// Starts a keyring daemon that has no password and no display to ask for one.
    pub(crate) fn locked() -> Daemon {
        Daemon::start(&[], "")
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(name, &self.0.id().to_string());
    }

    /// Ends the daemon by a signal and waits until it is gone.
    pub(crate) fn end(mut self, name: &str) {
        self.signal(name);
        self.0.wait().unwrap();
    }

    fn start(arguments: &[&str], password: &str) -> Daemon {
        let mut child = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon is missing: install the package gnome-keyring");
        let list = Path::new(&std::env::var("HOME").unwrap()).join("daemons");
        let mut list = std::fs::File::options().append(true).create(true).open(list).unwrap();
        writeln!(list, "{}", child.id()).unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        let process = child.id();
        let daemon = Daemon(child);
        wait_until("the daemon owns its name", || owner() == Some(process));
        daemon
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start_bus(home: &Path) -> (Child, String) {
    let config = home.join("bus.conf");
    std::fs::write(&config, BUS.replace("DIR", home.to_str().unwrap())).unwrap();
    let mut bus = Command::new("dbus-daemon")
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--print-address"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dbus-daemon is missing: install the package dbus");
    let mut address = String::new();
    BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
    assert!(!address.trim().is_empty(), "dbus-daemon gave no address");
    (bus, address.trim().to_owned())
}

fn run_child(name: &str, home: &TempDir, address: &str, limit: Duration) -> Result<(), String> {
    let mut child = Command::new(std::env::current_exe().unwrap());
    for folder in ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"]
    {
        child.env(folder, home.path());
    }
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"] {
        child.env_remove(display);
    }
    let mut child = child
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, name)
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .spawn()
        .unwrap();
    let begun = Instant::now();
    loop {
        match child.try_wait().unwrap() {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(format!("the scenario failed: {status}")),
            None if begun.elapsed() > limit => {
                child.kill().unwrap();
                child.wait().unwrap();
                return Err(format!("the process did not end within {limit:?}"));
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// The process behind the Secret Service's name.
fn owner() -> Option<u32> {
    let bus = zbus::blocking::Connection::session().ok()?;
    let bus = zbus::blocking::fdo::DBusProxy::new(&bus).ok()?;
    bus.get_connection_unix_process_id("org.freedesktop.secrets".try_into().ok()?).ok()
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(120), "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn signal(name: &str, process: &str) {
    Command::new("kill")
        .args([&format!("-{name}"), process])
        .stderr(Stdio::null())
        .status()
        .unwrap();
}
