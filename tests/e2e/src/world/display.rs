//! A virtual display on a free number, with a window manager on it.

use std::path::Path;

use super::{World, bare};
use crate::process::{Process, ask, tell};
use crate::{Result, Trouble, until};

/// Starts it; the server itself picks a free number.
pub(super) async fn start(environment: &[(String, String)], logs: &Path) -> Result<(Process, u32)> {
    let mut command = bare("Xvfb", environment);
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1280x900x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]);
    let log = logs.join("display.log");
    let mut server = Process::start(&mut command, b"", &log)?;
    let number = until("a virtual display", async || {
        if server.has_ended() {
            return Err(Trouble::new("Xvfb ended at once; see display.log"));
        }
        let said = std::fs::read_to_string(&log)?;
        Ok(said
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'))
            .find_map(|line| line.trim().parse().ok()))
    })
    .await?;
    Ok((server, number))
}

/// A window that opens before the window manager is there gets no focus.
pub(super) async fn wait_for_window_manager(world: &World) -> Result<()> {
    until("the window manager", async || {
        let mut command = world.command("xdotool");
        command.arg("get_num_desktops");
        ask(command, b"").await
    })
    .await?;
    wake_keyboard(world).await
}

/// The first key of a display brings its keymap with it, for which Openbox lets go of its own keys and takes them anew: an
/// alt+F4 at that moment would close nothing. It has done so before it shows a window that opens after this.
async fn wake_keyboard(world: &World) -> Result<()> {
    let mut command = world.command("xdotool");
    command.args(["key", "shift"]);
    tell(command, b"").await
}
