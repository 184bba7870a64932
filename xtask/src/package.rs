//! `cargo xtask package`: the .deb, built and tried.

use std::path::PathBuf;
use std::time::Duration;

use crate::command::{command, output, says_yes, target, wait};
use crate::{Outcome, setup};

/// Only packaging needs it, and it has a build for every system: the page's lock file is better off without.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

pub fn package(wants_try: bool) -> Outcome {
    setup::build()?;
    setup::packaging()?;
    setup::stage()?;
    let tools = target().join("tauri-cli");
    let tauri = tools.join("node_modules/.bin/tauri");
    if !tauri.exists() {
        let prefix = tools.to_string_lossy().into_owned();
        wait(&mut command(&format!(
            "npm install --no-audit --no-fund --prefix {prefix} {TAURI_CLI}"
        )))?;
    }
    let mut build = command(&tauri.to_string_lossy());
    wait(build.args(["build", "--bundles", "deb"]))?;
    let deb = newest_deb()?;
    let size = deb.metadata().map(|meta| meta.len()).unwrap_or(0);
    println!("{}  {:.1} MB", deb.display(), size as f64 / 1e6);
    println!("installed size: {} kB", field(&deb, "Installed-Size"));
    match wants_try || output("id -u").trim() == "0" {
        true => try_out(&deb),
        false => {
            println!("To try it: sudo apt-get install {}", deb.display());
            Ok(())
        }
    }
}

/// Installs it, looks at what a menu needs, and removes it again.
fn try_out(deb: &std::path::Path) -> Outcome {
    if says_yes("dpkg-query -W latchkey") {
        return Err("Latchkey is installed here already, and trying the package would remove it."
            .to_owned());
    }
    let path = deb.to_string_lossy().into_owned();
    wait(&mut command(&format!("apt-get install -y --no-install-recommends {path}")))?;
    let files = output("dpkg -L latchkey");
    let entry =
        files.lines().find(|line| line.ends_with(".desktop")).unwrap_or_default().to_owned();
    wait(&mut command(&format!("desktop-file-validate {entry}")))?;
    let text = std::fs::read_to_string(&entry).map_err(|error| format!("{entry}: {error}"))?;
    if !text.lines().any(|line| line.starts_with("Exec=latchkey")) {
        return Err(format!("{entry} does not start latchkey"));
    }
    start_it()?;
    wait(&mut command("apt-get remove -y --purge latchkey"))?;
    for line in files.lines().filter(|line| line.contains("atchkey")) {
        if PathBuf::from(line).exists() {
            return Err(format!("{line} was left behind"));
        }
    }
    println!(
        "It installs, its menu entry is valid, what that starts shows its window, and it leaves nothing behind."
    );
    Ok(())
}

/// Starts what the menu entry starts, on a display and in a home of its own, and waits for its window.
fn start_it() -> Outcome {
    let home = target().join("package-home");
    std::fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    let mut display = command("Xvfb :97 -screen 0 1280x900x24 -nolisten tcp");
    let display = display.spawn().map_err(|error| format!("Xvfb: {error}"))?;
    std::thread::sleep(Duration::from_secs(1));
    let mut app = command("latchkey");
    app.env("DISPLAY", ":97").env("HOME", &home).env("XDG_RUNTIME_DIR", &home);
    let app = app.env_remove("DBUS_SESSION_BUS_ADDRESS").spawn();
    let seen = (0..40).any(|_| {
        std::thread::sleep(Duration::from_millis(500));
        says_yes("env DISPLAY=:97 xdotool search --onlyvisible --name ^Latchkey$")
    });
    for child in app.into_iter().chain([display]).collect::<Vec<_>>().iter_mut() {
        let _ = child.kill();
        let _ = child.wait();
    }
    let _ = std::fs::remove_dir_all(&home);
    match seen {
        true => Ok(()),
        false => Err("the installed latchkey showed no window".to_owned()),
    }
}

fn newest_deb() -> Result<PathBuf, String> {
    let folder = target().join("release/bundle/deb");
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let debs = entries.flatten().map(|entry| entry.path());
    debs.filter(|path| path.extension().is_some_and(|end| end == "deb"))
        .max_by_key(|path| path.metadata().and_then(|meta| meta.modified()).ok())
        .ok_or_else(|| format!("{} holds no package", folder.display()))
}

fn field(deb: &std::path::Path, name: &str) -> String {
    output(&format!("dpkg-deb -f {} {name}", deb.display())).trim().to_owned()
}
