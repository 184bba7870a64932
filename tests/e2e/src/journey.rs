//! One journey: a world, the program in it, a story with an end, and artifacts when it fails.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use practice::{Account, Options, Running};

use crate::app::{App, program};
use crate::canary::Canary;
use crate::desktop::Desktop;
use crate::page::Page;
use crate::world::{Keyring, World};
use crate::{Result, Trouble, artifacts};

/// Longer than any journey takes on a slow machine.
const LIMIT: Duration = Duration::from_secs(900);

/// Where a journey takes place.
#[derive(Debug)]
pub struct Stage {
    /// The world around the program.
    pub world: World,
    app: Option<App>,
    program: PathBuf,
}

impl Stage {
    /// A stage with this keychain, the program not started yet.
    pub async fn new(keyring: Keyring, program: PathBuf) -> Result<Self> {
        Ok(Self { world: World::new(keyring).await?, app: None, program })
    }

    /// Starts the program.
    pub async fn open(&mut self) -> Result<()> {
        self.app = Some(App::open(&self.world, &self.program).await?);
        Ok(())
    }

    /// Closes its window.
    pub async fn close(&mut self) -> Result<()> {
        // It stays on the stage until it has ended: the artifacts shall show what would not close.
        if let Some(app) = &self.app {
            app.close(&self.world).await?;
        }
        self.leave();
        Ok(())
    }

    /// Kills it.
    pub async fn kill(&mut self) -> Result<()> {
        match self.app.take() {
            Some(app) => app.kill(&self.world).await,
            None => Ok(()),
        }
    }

    /// Leaves the program to the end of its world.
    pub fn leave(&mut self) {
        if let Some(app) = self.app.take() {
            app.abandon();
        }
    }

    /// The running program's page.
    pub fn page(&self) -> Result<&Page> {
        let app = self.app.as_ref().ok_or_else(|| Trouble::new("the program is not running"))?;
        Ok(app.page())
    }

    /// The desktop around it.
    pub fn desktop(&self) -> Desktop<'_> {
        Desktop(&self.world)
    }

    /// The program under test.
    pub fn program(&self) -> &Path {
        &self.program
    }
}

/// Plays `story` on a stage with this keychain and the program running. Whatever goes wrong leaves artifacts under `name`.
pub fn play<F>(name: &str, keyring: Keyring, story: F) -> Result<()>
where
    F: AsyncFnOnce(&mut Stage) -> Result<()>,
{
    play_into(&artifacts::folder(name), keyring, story)
}

/// The same, with the artifacts in `folder`.
pub fn play_into<F>(folder: &Path, keyring: Keyring, story: F) -> Result<()>
where
    F: AsyncFnOnce(&mut Stage) -> Result<()>,
{
    artifacts::clear(folder);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut stage = Stage::new(keyring, program()?).await?;
        let start = Instant::now();
        let told = AssertUnwindSafe(tell(&mut stage, story)).catch_unwind();
        let end = match tokio::time::timeout(LIMIT, told).await {
            Ok(Ok(end)) => end,
            Ok(Err(panic)) => Err(Trouble::new(words_of(panic.as_ref()))),
            Err(_) => Err(Trouble::new(format!("not at its end after {} s", LIMIT.as_secs()))),
        };
        let Err(trouble) = end else {
            stage.leave();
            return Ok(());
        };
        let trouble = trouble.during(format!("after {} s", start.elapsed().as_secs()));
        artifacts::save(folder, &stage.world, stage.app.as_ref(), &trouble).await?;
        stage.leave();
        Err(Trouble::new(format!("{trouble}\n(artifacts: {})", folder.display())))
    })
}

/// A provider on loopback that accepts this key and lists its faults as models.
pub async fn provider(key: &Canary) -> Result<Running> {
    let accounts = vec![Account::good(key.text())];
    Ok(practice::start(Options { accounts, list_faults: true, ..Options::default() }).await?)
}

async fn tell<F>(stage: &mut Stage, story: F) -> Result<()>
where
    F: AsyncFnOnce(&mut Stage) -> Result<()>,
{
    stage.open().await?;
    story(stage).await
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}
