//! The keychain of the world: GNOME's, as on the desktop.

use super::World;
use crate::process::{Process, ask};
use crate::{Result, holds};

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

async fn is_on_bus(world: &World) -> Result<bool> {
    let mut command = world.command("dbus-send");
    command.args(["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/"]);
    command.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
    Ok(ask(command, b"").await?.is_some_and(|said| said.contains("true")))
}
