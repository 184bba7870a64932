//! Keys where they should not be: in a message that is about to be sent, and in files of a project.

use std::path::Path;
use std::time::Duration;

use e2e::canary::Canary;
use e2e::desktop::Desktop;
use e2e::journey::{Stage, play, provider};
use e2e::page::{Name, Page};
use e2e::world::Keyring;
use e2e::{Result, chat, wizard};
use practice::Running;

use crate::scan::expect_no_leak;

/// The title of the native window that asks before a stored key is sent.
const SEND: &str = "Send your key in a message?";

/// The native window that picks folders.
const PICK: &str = "Choose folders to check";

async fn connected(page: &Page, desktop: Desktop<'_>, key: &Canary) -> Result<Running> {
    let provider = provider(key).await?;
    wizard::to_hand_over(page, &provider.base_url()).await?;
    desktop.copy(&key.text()).await?;
    wizard::paste_key(page, desktop).await?;
    wizard::start_chatting(page).await?;
    chat::choose_model(page, "practice").await?;
    Ok(provider)
}

fn asked(provider: &Running) -> Vec<String> {
    let seen = provider.log().seen().into_iter();
    seen.filter(|seen| seen.method == "POST").map(|seen| seen.body).collect()
}

#[test]
fn a_stored_key_in_a_message_stays_here() -> Result<()> {
    play("a_stored_key_in_a_message_stays_here", Keyring::Unlocked, async |stage| {
        let key = Canary::project_key()?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        let provider = connected(page, desktop, &key).await?;
        let text = format!("Why does {} not work with postgres://app:p4ss-demo@db?", key.text());
        page.type_into("textbox", "Message", &text).await?;
        page.click("button", "Send").await?;
        page.says("Two secrets are in this message").await?;
        page.find("list", "Secrets found").await?;
        page.click("button", "Send as it is").await?;
        desktop.window(SEND).await?;
        desktop.press(SEND, "Escape").await?;
        desktop.loses(SEND).await?;
        assert_eq!(asked(&provider), Vec::<String>::new(), "nothing was sent");

        page.click("button", "Send redacted").await?;
        page.says("Sent redacted, 2 placeholders").await?;
        chat::answer_ends(page).await?;
        let sent = asked(&provider).pop().expect("a question");
        assert!(sent.contains("⟪password-1⟫") && sent.contains("-key⟫"), "{sent}");
        assert!(!sent.contains(key.random()) && !sent.contains("p4ss-demo"), "{sent}");
        Ok(())
    })
}

#[test]
fn a_key_in_a_project_is_found_in_the_window_and_in_a_terminal() -> Result<()> {
    let name = "a_key_in_a_project_is_found_in_the_window_and_in_a_terminal";
    play(name, Keyring::Unlocked, async |stage| {
        let (key, folder) = (Canary::project_key()?, tempfile::tempdir()?);
        let shop = folder.path().join("shop");
        project(stage, &shop, &key)?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        let _provider = connected(page, desktop, &key).await?;
        page.click("link", Name::Starts("Keys & providers")).await?;
        page.click("link", "Leak check").await?;
        page.click("button", "Choose folders").await?;
        desktop.window(PICK).await?;
        desktop.copy(&shop.display().to_string()).await?;
        desktop.press(PICK, "ctrl+l ctrl+a ctrl+v").await?;
        // It looks the path up before it takes it.
        tokio::time::sleep(Duration::from_secs(2)).await;
        // And it completes what it guesses.
        desktop.press(PICK, "Delete Return").await?;
        desktop.loses(PICK).await?;
        page.find("button", "Remove shop").await?;
        page.click("button", "Check").await?;
        page.says("2 places, 1 key").await?;
        page.says("A planted test key was found").await?;
        page.find("list", "Findings").await?;
        page.says("In git history").await?;
        expect_no_leak(stage, &key, "after a leak check")?;

        page.click("button", "Add to .gitignore").await?;
        wizard::say_yes(desktop, "Add a line to .gitignore?").await?;
        page.says("File, git ignores it").await?;
        assert_eq!(std::fs::read_to_string(shop.join(".gitignore"))?, "/.env\n");

        let output = stage.world.command(stage.program()).arg("scan").arg(&shop).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains(".env:1") && !said.contains(key.random()), "{said}");
        Ok(())
    })
}

/// A repository whose history had the key, and whose folder has it again.
fn project(stage: &Stage, shop: &Path, key: &Canary) -> Result<()> {
    std::fs::create_dir(shop)?;
    let file = shop.join(".env");
    std::fs::write(&file, format!("KEY={}\n", key.text()))?;
    for arguments in [
        &["init", "-q"][..],
        &["add", ".env"],
        &["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "All"],
        &["rm", "-q", "--cached", ".env"],
        &["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Not that"],
    ] {
        let done = stage.world.command("git").arg("-C").arg(shop).args(arguments).output()?;
        assert!(done.status.success(), "git {arguments:?}");
    }
    Ok(())
}
