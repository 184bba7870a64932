//! `walk <program> <picture.png>`: a newcomer's first run on a machine without a display, a line a step, and a picture of
//! the window at its end.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its lines are what it is for")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use e2e::canary::Canary;
use e2e::journey::{Stage, provider};
use e2e::world::Keyring;
use e2e::{Result, Trouble, chat, wizard};

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [program, picture] = arguments.as_slice() else {
        eprintln!("usage: walk <program> <picture.png>");
        return ExitCode::FAILURE;
    };
    match run(program, picture) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("The walk stopped: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(program: &Path, picture: &Path) -> Result<()> {
    let program =
        program.canonicalize().map_err(|error| Trouble::from(error).during(program.display()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let start = Instant::now();
        let mut stage = Stage::new(Keyring::Unlocked, program).await?;
        let end = walk(&mut stage, start).await;
        // Also of a walk that stopped: there it says the most.
        let taken = stage.desktop().picture(picture).await;
        stage.leave();
        end.and(taken)
    })
}

async fn walk(stage: &mut Stage, start: Instant) -> Result<()> {
    let done = |step: &str| println!("{:>5.1} s  {step}", start.elapsed().as_secs_f64());
    done("a display, a session bus and a keychain are there");
    stage.open().await?;
    done("Latchkey is open");
    let (page, desktop) = (stage.page()?, stage.desktop());

    page.click("button", "Practise without a key").await?;
    chat::send(page, "Show me a table and some code").await?;
    chat::answer_ends(page).await?;
    done("practised without a key: an answer came");

    let key = Canary::project_key()?;
    let provider = provider(&key).await?;
    page.click("link", "Keys & providers").await?;
    page.click("button", "Add key").await?;
    wizard::to_hand_over(page, &provider.base_url()).await?;
    desktop.copy(&key.text()).await?;
    wizard::paste_key(page, desktop).await?;
    done("handed over a key by the clipboard, with a yes in a native window");

    wizard::start_chatting(page).await?;
    chat::choose_model(page, "practice-thinking").await?;
    chat::send(page, "Where does my key go?").await?;
    chat::answer_ends(page).await?;
    done("chatted with that key: an answer came");
    // The screen follows the page by a frame or two.
    tokio::time::sleep(Duration::from_millis(500)).await;
    Ok(())
}
