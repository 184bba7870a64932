//! The program under test, started by WebDriver so that its page can be looked into.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};

use crate::desktop::Desktop;
use crate::page::Page;
use crate::process::{self, Process};
use crate::world::{Member, World};
use crate::{Result, Trouble, holds, until};

/// The variable that says where the program is.
const PROGRAM: &str = "LATCHKEY_PROGRAM";

/// What WebDriver may take for one command; starting a debug build on a slow machine is the longest.
const COMMAND_LIMIT: Duration = Duration::from_secs(240);

/// A running program and its page.
#[derive(Debug)]
pub struct App {
    page: Page,
    program: PathBuf,
    // It ends with us.
    _driver: Process,
}

impl App {
    /// Starts it in `world` and waits until its page is there.
    pub async fn open(world: &World, program: &Path) -> Result<Self> {
        if !program.is_file() {
            return Err(Trouble::new(format!("there is no program at {}", program.display())));
        }
        let mut capabilities = Capabilities::new();
        capabilities.set("webkitgtk:browserOptions", json!({"binary": program}))?;
        let app = Self::drive(world, capabilities, program).await?;
        holds("the page", async || Ok(!app.page.text().await?.trim().is_empty())).await?;
        Ok(app)
    }

    /// Starts the browser that the engine's driver drives of itself, on an empty page: the same engine without Latchkey.
    pub async fn open_browser(world: &World) -> Result<Self> {
        Self::drive(world, Capabilities::new(), Path::new("MiniBrowser")).await
    }

    async fn drive(world: &World, capabilities: Capabilities, program: &Path) -> Result<Self> {
        let port = free_port()?;
        let mut command = world.command("WebKitWebDriver");
        command.arg(format!("--port={port}"));
        // The driver hands them on; only a build with the feature `automation` listens.
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = Process::start(&mut command, b"", &world.logs().join("app-and-driver.log"))?;
        let session = session(&format!("http://127.0.0.1:{port}"), capabilities).await?;
        Ok(Self { page: Page::new(session), program: program.to_owned(), _driver: driver })
    }

    /// What it shows.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Ends it as a power cut would: no signal it could act on.
    pub async fn kill(self, world: &World) -> Result<()> {
        for member in self.own(world)? {
            process::kill(member.id);
        }
        self.wait_for_end(world).await?;
        self.abandon();
        Ok(())
    }

    /// Closes its window as a person does.
    pub async fn close(&self, world: &World) -> Result<()> {
        Desktop(world).press("Latchkey", "alt+F4").await?;
        self.wait_for_end(world).await
    }

    /// Leaves it to the end of its world, and its driver to its own.
    pub(crate) fn abandon(self) {
        self.page.forget();
    }

    async fn wait_for_end(&self, world: &World) -> Result<()> {
        holds("the program's end", async || Ok(self.own(world)?.is_empty())).await
    }

    fn own(&self, world: &World) -> Result<Vec<Member>> {
        let all = world.members()?.into_iter();
        Ok(all.filter(|member| member.program == self.program).collect())
    }
}

/// The program that the caller of the tests has built.
pub fn program() -> Result<PathBuf> {
    let path = std::env::var_os(PROGRAM).map(PathBuf::from).ok_or_else(|| {
        Trouble::new(format!(
            "{PROGRAM} is not set. `cargo xtask test` sets it; see tests/e2e/README.md"
        ))
    })?;
    Ok(path.canonicalize().unwrap_or(path))
}

async fn session(address: &str, capabilities: Capabilities) -> Result<WebDriver> {
    let listening = address.trim_start_matches("http://").to_owned();
    until("WebDriver", async || {
        tokio::net::TcpStream::connect(&listening).await?;
        Ok(Some(()))
    })
    .await?;
    // Once only: a second attempt would start a second program.
    WebDriver::builder(address, capabilities)
        .request_timeout(COMMAND_LIMIT)
        .connect()
        .await
        .map_err(|error| Trouble::from(error).during("opening a WebDriver session"))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
