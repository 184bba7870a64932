//! The keychain of the world: GNOME's, as on the desktop.

use super::World;
use crate::process::{Process, ask};
use crate::{Result, Trouble, holds};

/// How the keychain stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// As after a login.
    Unlocked,
    /// It is there, and wants a password that nobody will type.
    Locked,
    /// There is none, and the bus can start none.
    Absent,
}

/// The password of every world's keychain.
const PASSWORD: &[u8] = b"correct horse";

pub(super) async fn start(world: &World, keyring: Keyring) -> Result<Option<Process>> {
    let mut command = world.command("gnome-keyring-daemon");
    command.args(["--foreground", "--components=secrets"]);
    let input = match keyring {
        Keyring::Unlocked => {
            command.arg("--unlock");
            PASSWORD
        }
        Keyring::Locked => b"",
        Keyring::Absent => return Ok(None),
    };
    let daemon = Process::start(&mut command, input, &world.logs().join("keyring.log"))?;
    holds("the keychain on the bus", async || is_on_bus(world).await).await?;
    Ok(Some(daemon))
}

impl World {
    /// Takes an entry of Latchkey's out of the keychain, as a reset of it would, and returns its secret.
    pub async fn take_entry(&self, user: &str) -> Result<String> {
        let secret = self.secret_tool(&["lookup"], user, b"").await?;
        self.secret_tool(&["clear"], user, b"").await?;
        Ok(secret)
    }

    /// Puts one back, as from a backup.
    pub async fn put_entry(&self, user: &str, secret: &str) -> Result<()> {
        self.secret_tool(&["store", "--label=latchkey"], user, secret.as_bytes()).await?;
        Ok(())
    }

    async fn secret_tool(&self, words: &[&str], user: &str, input: &[u8]) -> Result<String> {
        let mut command = self.command("secret-tool");
        command.args(words).args(["service", "latchkey", "username", user]);
        let said = ask(command, input).await?;
        said.ok_or_else(|| Trouble::new(format!("secret-tool {words:?} failed for {user}")))
    }
}

async fn is_on_bus(world: &World) -> Result<bool> {
    let mut command = world.command("dbus-send");
    command.args(["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/"]);
    command.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
    Ok(ask(command, b"").await?.is_some_and(|said| said.contains("true")))
}
