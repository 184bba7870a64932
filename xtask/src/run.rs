//! `cargo xtask run`: the app, as a newcomer meets it.

use crate::command::{cargo, target, wait};
use crate::{Outcome, setup};

pub fn run(release: bool) -> Outcome {
    setup::build()?;
    match has_display() {
        true => open(release),
        false => walk(),
    }
}

fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some())
}

fn open(release: bool) -> Outcome {
    let profile = if release { "--release" } else { "" };
    // The page is inside the program, as in the installed app: nothing is served by a development server.
    wait(&mut cargo(&format!("run {profile} --package latchkey")))
}

/// Without a display: the first run under a virtual one, against the practice provider, with a picture to look at.
fn walk() -> Outcome {
    println!("There is no display here, so the first run is walked through under a virtual one.");
    setup::stage()?;
    let picture = target().join("first-run.png");
    wait(&mut cargo(APP))?;
    let program = target().join("debug/latchkey");
    let mut walk = cargo("run --quiet --package e2e --bin walk --");
    wait(walk.arg(program).arg(&picture))?;
    println!("\nThe window at its end: {}", picture.display());
    Ok(())
}

/// The app in the build that WebDriver may drive.
pub const APP: &str = "build --package latchkey --features automation";
