//! A team's file, from the native file window to a chat with the team's key, and a `.env` file that git would take.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use e2e::canary::Canary;
use e2e::desktop::Desktop;
use e2e::journey::{play, provider};
use e2e::page::{Name, Page};
use e2e::world::{Keyring, World};
use e2e::{Result, chat, wizard};

use crate::scan::expect_no_leak;

const PICK: &str = "Choose a latchkey.team.toml";
const PICK_ENV: &str = "Choose a file that sets";

/// Picks the file at this path: pasted, because the window completes what is typed.
async fn pick(desktop: Desktop<'_>, window: &str, path: &Path) -> Result<()> {
    desktop.window(window).await?;
    desktop.copy(&path.display().to_string()).await?;
    desktop.press(window, "ctrl+l ctrl+a ctrl+v").await?;
    // It looks the path up before it takes it.
    tokio::time::sleep(Duration::from_secs(2)).await;
    desktop.press(window, "Return").await?;
    desktop.loses(window).await
}

/// Puts a key where `secret-tool` finds it.
fn store(world: &World, title: &str, key: &str) -> Result<()> {
    let mut command = world.command("secret-tool");
    command.args(["store", "--label", title, "Title", title]).stdin(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut told) = child.stdin.take() {
        told.write_all(key.as_bytes())?;
    }
    assert!(child.wait()?.success(), "the key was not stored");
    Ok(())
}

fn file(version: u32, address: &str, month: &str) -> String {
    format!(
        "format = 1\nversion = {version}\nteam = \"Shop\"\n\n[[connection]]\nname = \"Shop, gateway\"\nprovider = \"other\"\n\
         address = \"{address}\"\nlabel = \"work\"\nkey = {{ manager = \"secret-tool\", reference = \"Shop key\" }}\n\
         limits = {{ month_usd = {month}, requests_a_minute = 60 }}\n"
    )
}

async fn choose(page: &Page, desktop: Desktop<'_>, button: &str, path: &Path) -> Result<()> {
    page.click("button", button).await?;
    pick(desktop, PICK, path).await
}

#[test]
fn a_teams_file_is_taken_held_to_and_never_an_older_one() -> Result<()> {
    play("a_teams_file_is_taken_held_to_and_never_an_older_one", Keyring::Unlocked, async |stage| {
        let (own, shared) = (Canary::project_key()?, Canary::project_key()?);
        let server = provider(&shared).await?;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("latchkey.team.toml");
        std::fs::write(&path, file(3, &server.base_url(), "50"))?;
        store(&stage.world, "Shop key", &shared.text())?;
        let (page, desktop) = (stage.page()?, stage.desktop());

        // A key of the person's own from a file that git would take: the native window says so.
        let repository = folder.path().join("shop");
        std::fs::create_dir(&repository)?;
        let made =
            std::process::Command::new("git").arg("init").arg("-q").arg(&repository).status()?;
        assert!(made.success());
        let env = repository.join(".env");
        std::fs::write(&env, format!("OPENAI_API_KEY={}\n", own.text()))?;
        let provider = provider(&own).await?;
        wizard::to_hand_over(page, &provider.base_url()).await?;
        page.click("button", "Choose a .env file").await?;
        pick(desktop, PICK_ENV, &env).await?;
        wizard::confirm(desktop).await?;
        page.find("heading", "The key works").await?;
        wizard::start_chatting(page).await?;

        page.click("link", Name::Starts("Keys & providers")).await?;
        choose(page, desktop, "Use a team file", &path).await?;
        wizard::say_yes(desktop, "Use this team file").await?;
        page.click("button", "Set up Shop, gateway").await?;
        wizard::say_yes(desktop, "Ask this program").await?;
        page.find("article", "Key Shop, gateway").await?;
        page.says("$50.00 hard cap").await?;

        std::fs::write(&path, file(4, &server.base_url(), "80"))?;
        choose(page, desktop, "Choose a newer team file", &path).await?;
        wizard::say_yes(desktop, "Accept the team").await?;
        page.says("$80.00 hard cap").await?;
        std::fs::write(&path, file(3, &server.base_url(), "5000"))?;
        choose(page, desktop, "Choose a newer team file", &path).await?;
        page.says("version 4 was accepted before").await?;
        let with_key = format!("{}# {}\n", file(5, &server.base_url(), "90"), own.text());
        std::fs::write(&path, with_key)?;
        choose(page, desktop, "Choose a newer team file", &path).await?;
        page.says("looks like a key").await?;

        page.click("button", "More for Shop, gateway").await?;
        page.click("menuitem", "New chat with it").await?;
        chat::choose_model(page, "practice").await?;
        expect_no_leak(stage, &shared, "with a team's key")?;
        Ok(())
    })
}
