//! A journey that fails leaves something to look at, and nothing running.

use std::path::PathBuf;

use e2e::journey::play_into;
use e2e::world::{Keyring, members};
use e2e::{Result, Trouble};

#[test]
fn a_failed_journey_leaves_artifacts_and_nothing_running() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let artifacts = folder.path().join("failed");
    let mut world = PathBuf::new();
    let end = play_into(&artifacts, Keyring::Unlocked, async |stage| {
        world = stage.world.folder().to_owned();
        let living = stage.world.members()?;
        assert!(living.len() > 6, "{living:?}");
        stage.page()?.find("button", "Continue").await?;
        panic!("on purpose");
    });
    let trouble = end.expect_err("it failed");
    assert!(trouble.to_string().contains("on purpose"), "{trouble}");

    let read = |name: &str| {
        std::fs::read(artifacts.join(name)).map_err(|error| Trouble::from(error).during(name))
    };
    assert!(String::from_utf8_lossy(&read("trouble.txt")?).contains("on purpose"));
    assert!(
        String::from_utf8_lossy(&read("page.html")?).contains("Where should answers come from?")
    );
    let picture = read("screen.png")?;
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 2_000, "{} bytes", picture.len());
    for log in ["app-and-driver.log", "bus.log", "display.log", "keyring.log", "openbox.log"] {
        read(log)?;
    }
    assert!(!world.exists(), "the world's folder is still there");
    assert!(members(&world)?.is_empty(), "something still runs");
    Ok(())
}
