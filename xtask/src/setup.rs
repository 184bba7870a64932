//! What a bare machine lacks: Debian packages by apt, JavaScript packages by npm.

use std::path::Path;

use crate::Outcome;
use crate::command::{command, output, says_yes, top, wait};

/// To build.
const BUILD: &[&str] =
    &["build-essential", "pkg-config", "perl", "libwebkit2gtk-4.1-dev", "libgtk-3-dev"];

/// To run the app in a virtual desktop of its own, look at it, and drive it.
const STAGE: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "openbox",
    "xdotool",
    "xclip",
    "openssl",
    "imagemagick",
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "adwaita-icon-theme",
    "fonts-dejavu-core",
    "curl",
    // A sound server without a sound card, and a voice.
    "pulseaudio",
    "pulseaudio-utils",
    "espeak-ng",
    "util-linux",
];

/// What the benches measure against.
const PEERS: &[&str] = &["ripgrep"];

/// To check a finished package.
const PACKAGE: &[&str] = &["desktop-file-utils", "file"];

/// Everything any command needs.
pub fn everything() -> Outcome {
    build()?;
    stage()?;
    packaging()
}

/// What building needs, and the page itself.
pub fn build() -> Outcome {
    packages(BUILD)?;
    page()
}

/// What the benches measure against, beside what they run in.
pub fn peers() -> Outcome {
    packages(PEERS)?;
    packages_of(&top().join("tests/bench/peers"))
}

/// What a virtual desktop needs.
pub fn stage() -> Outcome {
    packages(STAGE)
}

/// What checking a package needs.
pub fn packaging() -> Outcome {
    packages(PACKAGE)
}

/// Builds the page that the app shows.
pub fn page() -> Outcome {
    let ui = top().join("ui");
    if !says_yes("node --version") {
        return Err(
            "Node is missing. Install Node 20 or newer, with npm, and try again.".to_owned()
        );
    }
    packages_of(&ui)?;
    wait(command("npm run --silent build").current_dir(&ui))
}

fn packages_of(folder: &Path) -> Outcome {
    if is_older(&folder.join("node_modules/.package-lock.json"), &folder.join("package-lock.json"))
    {
        wait(command("npm ci --no-audit --no-fund").current_dir(folder))?;
    }
    Ok(())
}

fn is_older(made: &Path, source: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
    match (time(made), time(source)) {
        (Some(made), Some(source)) => made < source,
        _ => true,
    }
}

fn packages(wanted: &[&str]) -> Outcome {
    if !cfg!(target_os = "linux") {
        println!("On this system, install what tauri.app lists under Prerequisites.");
        return Ok(());
    }
    if !says_yes("dpkg --version") {
        println!(
            "This is not Debian or Ubuntu. Its names for these packages are needed: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing = missing(wanted);
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let by_hand =
        format!("Install these packages, then try again:\n  sudo apt-get install {names}");
    let root = output("id -u").trim() == "0";
    let sudo = if root { "" } else { "sudo " };
    if !root && !says_yes("sudo -n true") && std::env::var_os("CI").is_some() {
        return Err(by_hand);
    }
    println!("Installing {names}");
    wait(&mut command(&format!("{sudo}apt-get update")))?;
    let install = format!(
        "{sudo}env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends {names}"
    );
    wait(&mut command(install.trim())).map_err(|error| format!("{error}\n{by_hand}"))
}

fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    let query = format!("dpkg-query -W -f ${{Package}}:${{Status}}\\n {}", wanted.join(" "));
    let known = output(&query);
    let is_here =
        |name: &&str| known.lines().any(|line| line == format!("{name}:install ok installed"));
    wanted.iter().copied().filter(|name| !is_here(name)).collect()
}
