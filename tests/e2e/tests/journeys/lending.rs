//! A program that uses a key without holding it: started from a terminal, asked about natively, ended with its token.

use std::path::Path;
use std::process::Stdio;

use e2e::canary::Canary;
use e2e::journey::{Stage, play, provider};
use e2e::page::Name;
use e2e::world::Keyring;
use e2e::{Result, Trouble, holds, until, wizard};
use serde_json::Value;
use tokio::process::{Child, Command};

use crate::scan::expect_no_leak;

/// The title of the native window that asks about a program begins like this.
const ASKS: &str = "Let “demo” use";

#[test]
fn a_program_uses_a_key_and_never_holds_it() -> Result<()> {
    play("a_program_uses_a_key_and_never_holds_it", Keyring::Unlocked, async |stage| {
        let key = Canary::project_key()?;
        let provider = provider(&key).await?;
        let (page, desktop) = (stage.page()?, stage.desktop());
        wizard::to_hand_over(page, &provider.base_url()).await?;
        desktop.copy(&key.text()).await?;
        wizard::paste_key(page, desktop).await?;
        wizard::start_chatting(page).await?;

        let off = said(stage, &["run", "--app", "demo", "--", "true"]).await?;
        assert!(off.1.contains("Lending keys is off"), "{off:?}");
        page.click("link", Name::Starts("Keys & providers")).await?;
        page.click("link", "Applications").await?;
        page.click("switch", "Lend keys to other programs").await?;
        wizard::say_yes(desktop, "Lend keys to other programs").await?;
        page.says("Listening on").await?;

        let (go, token, answer) = (at(stage, "go"), at(stage, "token"), at(stage, "answer"));
        let running = start(stage, &[&token, &answer, &go])?;
        desktop.window(ASKS).await?;
        // Yes sleeps for a second.
        tokio::time::sleep(std::time::Duration::from_millis(1_300)).await;
        desktop.press(ASKS, "Tab Tab Return").await?;
        holds("an answer", async || Ok(read(&answer).contains("[DONE]"))).await?;
        page.find("article", "Application demo").await?;
        page.says("Running").await?;
        expect_no_leak(stage, &key, "while a program uses the key")?;
        let lent = read(&token);
        assert!(lent.starts_with("lk-"), "a token of its own, and not the key");
        std::fs::write(&go, "")?;
        let ended = running.wait_with_output().await?;
        assert_eq!(ended.status.code(), Some(7), "it ends as the program ends");

        let address = at(stage, "address");
        let dead = status(stage, &read(&address), lent.trim()).await?;
        assert_eq!(dead, "401", "the token died with its program");
        // The same program is not asked about again.
        let again = start(stage, &[&token, &answer, &go])?.wait_with_output().await?;
        assert_eq!(again.status.code(), Some(7));
        assert_ne!(read(&token), lent, "each run has a token of its own");

        terminal(stage, &key).await?;
        page.click("button", "Revoke application demo").await?;
        page.says("No application yet.").await?;
        added(stage).await?;
        expect_no_leak(stage, &key, "after all of it")?;

        stage.close().await?;
        let (keys, trouble) = said(stage, &["keys"]).await?;
        assert!(
            keys.contains("Ends in"),
            "without the window, by the store itself: {keys}{trouble}"
        );
        Ok(())
    })
}

/// An application with a token of its own: made natively, shown once, asked about at its first use.
async fn added(stage: &Stage) -> Result<()> {
    let (page, desktop) = (stage.page()?, stage.desktop());
    page.click("button", "Add application").await?;
    page.type_into("textbox", "Name", "Editor").await?;
    // The provider of this journey is nobody whose prices are known.
    page.type_into("textbox", "Monthly limit", "\u{e003}").await?;
    page.click("button", "Make the token").await?;
    wizard::say_yes(desktop, "Let an application use this key").await?;
    desktop.window("Token for “Editor”").await?;
    assert!(!page.text().await?.contains("lk-"), "the page never sees a token");
    desktop.press("Token for “Editor”", "Return").await?;
    page.says("Editor may use").await?;
    page.click("button", "Copy token").await?;
    page.says("Shown once").await?;
    let token = until("the token on the clipboard", async || {
        let text = desktop.clipboard().await?;
        Ok(text.starts_with("lk-").then_some(text))
    })
    .await?;
    let address = read(&at(stage, "address"));
    assert_eq!(status(stage, &address, &token).await?, "200", "a list of models asks nobody");
    let asks = asks(stage, &address, &token);
    let refuse = async {
        desktop.window("Let “Editor” use").await?;
        desktop.press("Let “Editor” use", "Escape").await
    };
    let (refused, closed) = tokio::join!(asks, refuse);
    closed?;
    assert!(refused?.contains("said no"), "no is no");
    page.click("button", "Revoke application Editor").await?;
    page.says("No application yet.").await?;
    assert_eq!(status(stage, &address, &token).await?, "401", "revoked at once");
    Ok(())
}

/// What a program is told that asks with a token.
async fn asks(stage: &Stage, address: &str, token: &str) -> Result<String> {
    let mut command = Command::from(stage.world.command("curl"));
    let bearer = format!("Authorization: Bearer {token}");
    let body = r#"{"model":"practice","messages":[{"role":"user","content":"Hello"}]}"#;
    let address = format!("{address}/chat/completions");
    command.args([
        "-s",
        &address,
        "-H",
        &bearer,
        "-H",
        "Content-Type: application/json",
        "-d",
        body,
    ]);
    let output = command.output().await?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a terminal is told, by the window that runs.
async fn terminal(stage: &Stage, key: &Canary) -> Result<()> {
    let (keys, _) = said(stage, &["keys", "--json"]).await?;
    let listed: Value = serde_json::from_str(&keys)?;
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "{keys}");
    let (usage, _) = said(stage, &["usage"]).await?;
    assert!(usage.contains("application  demo"), "{usage}");
    let (audit, _) = said(stage, &["audit"]).await?;
    assert!(audit.contains("demo") && audit.contains("answered"), "{audit}");
    let (verified, _) = said(stage, &["audit", "--verify", "--json"]).await?;
    assert_eq!(serde_json::from_str::<Value>(&verified)?["brokenAt"], Value::Null);
    for text in [&keys, &usage, &audit, &verified] {
        assert!(!text.contains(key.random()) && !text.contains("lk-"), "a secret: {text}");
    }
    Ok(())
}

fn at(stage: &Stage, name: &str) -> std::path::PathBuf {
    stage.world.folder().join("tmp").join(name)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn latchkey(stage: &Stage) -> Command {
    let mut command = Command::from(stage.world.command(stage.program()));
    command.stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// A program that writes down its token, asks once, waits until it may go, and ends with 7.
fn start(stage: &Stage, files: &[&Path]) -> Result<Child> {
    let [token, answer, go] = files else { return Err(Trouble::new("three files")) };
    let script = format!(
        "printf %s \"$OPENAI_API_KEY\" > {token}; printf %s \"$OPENAI_BASE_URL\" > {address}
         curl -sN \"$OPENAI_BASE_URL/chat/completions\" -H \"Authorization: Bearer $OPENAI_API_KEY\" \\
              -H 'Content-Type: application/json' -d '{body}' > {answer}
         n=0; while [ ! -e {go} ] && [ $n -lt 900 ]; do sleep 0.1; n=$((n+1)); done; exit 7",
        token = token.display(),
        address = at(stage, "address").display(),
        answer = answer.display(),
        go = go.display(),
        body = r#"{"model":"practice","stream":true,"messages":[{"role":"user","content":"Hello"}]}"#,
    );
    let mut command = latchkey(stage);
    command.args(["run", "--app", "demo", "--limit", "none", "--", "sh", "-c", &script]);
    Ok(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
}

/// What a command says, beside the answer too.
async fn said(stage: &Stage, arguments: &[&str]) -> Result<(String, String)> {
    let output = latchkey(stage).args(arguments).output().await?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&output.stdout), text(&output.stderr)))
}

/// How a token is answered.
async fn status(stage: &Stage, address: &str, token: &str) -> Result<String> {
    let mut command = Command::from(stage.world.command("curl"));
    let bearer = format!("Authorization: Bearer {token}");
    let address = format!("{address}/models");
    command.args(["-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", &bearer, &address]);
    let output = command.output().await?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
