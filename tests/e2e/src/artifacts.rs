//! What a failed journey leaves behind, in `tests/artifacts/<journey>/`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::app::App;
use crate::desktop::Desktop;
use crate::world::World;
use crate::{Result, Trouble};

/// Where the artifacts of a journey go.
pub fn folder(journey: &str) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.with_file_name("artifacts").join(journey)
}

/// Removes what an earlier run left, so that what is there belongs to this one.
pub fn clear(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// Saves what went wrong, the whole screen, the page and every log. What cannot be saved is noted in place of it.
pub async fn save(
    folder: &Path,
    world: &World,
    app: Option<&App>,
    trouble: &Trouble,
) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("trouble.txt"), trouble.to_string())?;
    note(folder, "screen", Desktop(world).picture(&folder.join("screen.png")).await)?;
    if let Some(app) = app {
        match app.page().source().await {
            Ok(source) => fs::write(folder.join("page.html"), source)?,
            Err(error) => note(folder, "page", Err(error))?,
        }
    }
    for log in fs::read_dir(world.logs())?.flatten() {
        fs::copy(log.path(), folder.join(log.file_name()))?;
    }
    Ok(())
}

fn note(folder: &Path, what: &str, saved: Result<()>) -> Result<()> {
    if let Err(error) = saved {
        fs::write(folder.join(format!("no-{what}.txt")), error.to_string())?;
    }
    Ok(())
}
