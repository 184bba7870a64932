//! A world for one journey: home, display, window manager, session bus and keychain of its own, gone when dropped.

mod bus;
mod display;
mod keyring;
mod members;

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub use bus::Services;
pub use keyring::Keyring;
pub use members::{Member, members};

use crate::Result;
use crate::process::{self, Process};

/// The variable by which a process of a world is known, whoever started it.
const MARK: &str = "LATCHKEY_WORLD";

/// See the module.
#[derive(Debug)]
pub struct World {
    // Dropped in this order: who speaks before who is spoken to, the folder last.
    keyring: Option<Process>,
    _window_manager: Process,
    _bus: Process,
    _display: Process,
    environment: Vec<(String, String)>,
    folder: TempDir,
}

impl World {
    /// Makes one with this keychain on its bus.
    pub async fn new(keyring: Keyring) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("latchkey-world-").tempdir()?;
        let top = folder.path();
        make_private(&top.join("run"))?;
        for name in ["home", "tmp", "logs"] {
            std::fs::create_dir(top.join(name))?;
        }
        let mut environment = environment(top);
        let (display, number) = display::start(&environment, &logs(top)).await?;
        environment.push(("DISPLAY".to_owned(), format!(":{number}")));
        let services = if keyring == Keyring::Absent { Services::None } else { Services::Usual };
        let (bus, address) = bus::start(top, &environment, services).await?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), address));
        let mut openbox = bare("openbox", &environment);
        let window_manager = Process::start(&mut openbox, b"", &logs(top).join("openbox.log"))?;
        let mut world = Self {
            keyring: None,
            _window_manager: window_manager,
            _bus: bus,
            _display: display,
            environment,
            folder,
        };
        display::wait_for_window_manager(&world).await?;
        world.put_keyring(keyring).await?;
        Ok(world)
    }

    /// Replaces the keychain's daemon; what it has stored stays on the disk.
    pub async fn put_keyring(&mut self, keyring: Keyring) -> Result<()> {
        self.keyring = None;
        self.keyring = keyring::start(self, keyring).await?;
        Ok(())
    }

    /// Sets a variable for everything that is started from now on.
    pub fn set(&mut self, name: &str, value: String) {
        self.environment.push((name.to_owned(), value));
    }

    /// A command that runs in this world.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        bare(program, &self.environment)
    }

    /// Everything the world keeps on disk.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where its programs write what they have to say.
    pub fn logs(&self) -> PathBuf {
        logs(self.folder())
    }

    /// Its processes.
    pub fn members(&self) -> Result<Vec<Member>> {
        members(self.folder())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Some programs leave their group: what the bus started, and what the web view started.
        for member in self.members().unwrap_or_default() {
            process::kill(member.id);
        }
    }
}

fn environment(top: &Path) -> Vec<(String, String)> {
    let at = |name: &str| top.join(name).display().to_string();
    let inherited = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned());
    [
        (MARK, top.display().to_string()),
        ("PATH", inherited),
        ("LANG", "C.UTF-8".to_owned()),
        ("HOME", at("home")),
        ("TMPDIR", at("tmp")),
        ("XDG_RUNTIME_DIR", at("run")),
        ("XDG_CONFIG_HOME", at("home/.config")),
        ("XDG_DATA_HOME", at("home/.local/share")),
        ("XDG_STATE_HOME", at("home/.local/state")),
        ("XDG_CACHE_HOME", at("home/.cache")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn bare(program: impl AsRef<std::ffi::OsStr>, environment: &[(String, String)]) -> Command {
    let mut command = Command::new(program);
    // Nothing of whoever runs the tests reaches the world.
    command.env_clear().envs(environment.iter().map(|(name, value)| (name, value)));
    command
}

fn logs(top: &Path) -> PathBuf {
    top.join("logs")
}

fn make_private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    Ok(std::fs::DirBuilder::new().mode(0o700).create(folder)?)
}
