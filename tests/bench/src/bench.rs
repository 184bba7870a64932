//! What every row needs: the programs, a way to set up a world, and how often to measure.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use e2e::page::Page;
use e2e::world::{Keyring, World};

use crate::fill::Amount;
use crate::provider::Provider;
use crate::screen::Screen;
use crate::window::Window;

/// The colour of the ring around a composer that is ready to be typed into, and of the whole empty page.
const READY: [u8; 3] = [0x28, 0x57, 0xc4];

/// Enough of it to be sure.
const READY_PIXELS: usize = 1_000;

/// Tells the engine to draw by itself.
const DRAWN_BY_ITSELF: (&str, &str) = ("WEBKIT_DISABLE_COMPOSITING_MODE", "1");

/// One run of the benches.
pub struct Bench {
    /// Latchkey.
    pub program: PathBuf,
    /// The empty window.
    pub floor: PathBuf,
    /// Whether the floor's windows are drawn the way Latchkey's is without a graphics card, and not as Tauri makes them.
    pub alike: bool,
    /// How often each thing is measured.
    pub rounds: usize,
    /// Where pictures go, to see that what was measured was on the screen.
    pub pictures: PathBuf,
}

impl Bench {
    /// A world with a filled history, ready for the app.
    pub async fn world(&self, provider: &Provider, model: &str, amount: Amount) -> World {
        self.world_at(&provider.base_url(), model, amount).await
    }

    /// The same, connected to this address.
    pub async fn world_at(&self, address: &str, model: &str, amount: Amount) -> World {
        let world = World::new(Keyring::Unlocked).await.expect("a world");
        let data = world.folder().join("home/.local/share/app.latchkey.desktop");
        let status = world
            .command(std::env::current_exe().expect("ourselves"))
            .args(["--fill", address, model])
            .args([amount.messages.to_string(), amount.in_newest.to_string()])
            .arg(data)
            .status();
        assert!(status.expect("ourselves").success(), "the history could not be filled");
        world
    }

    /// Opens the app and waits until it can be typed into; says how long that took.
    pub fn open_app(&self, world: &World) -> (Window, Duration) {
        open(world, world.command(&self.program))
    }

    /// Opens the floor on a page.
    pub fn open_floor(&self, world: &World, page: &str) -> Window {
        Window::open(self.floor_on(world, page))
    }

    /// Opens the floor on a page, drawn as Latchkey is without a graphics card, whatever was asked for.
    pub fn open_floor_alike(&self, world: &World, page: &str) -> Window {
        let mut command = self.floor_on(world, page);
        command.env(DRAWN_BY_ITSELF.0, DRAWN_BY_ITSELF.1);
        Window::open(command)
    }

    /// Opens the empty window and waits until it is painted; says how long that took.
    pub fn open_empty(&self, world: &World, provider: &Provider) -> (Window, Duration) {
        open(world, self.floor_on(world, &format!("{}/empty.html", provider.origin)))
    }

    /// Keeps a picture of what was measured.
    pub fn picture(&self, world: &World, name: &str) {
        std::fs::create_dir_all(&self.pictures).expect("a folder");
        let file = self.pictures.join(format!("{name}.png"));
        let status = world.command("import").args(["-window", "root"]).arg(file).status();
        assert!(status.expect("import").success());
    }

    fn floor_on(&self, world: &World, page: &str) -> Command {
        let mut command = world.command(&self.floor);
        command.arg(page);
        if self.alike {
            command.env(DRAWN_BY_ITSELF.0, DRAWN_BY_ITSELF.1);
        }
        command
    }
}

/// Waits until the page can be typed into. Not asked as assistive technology would: an engine that has been asked so keeps
/// the page in a second form from then on, which the floor's page does not have.
pub async fn ready(page: &Page) {
    let there = "return document.querySelector('textarea')?.isConnected ?? false";
    while !page.ask::<bool>(there, vec![]).await.expect("an answer") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
}

/// Sends a message with the keyboard.
pub fn send(world: &World) {
    press(world, &["type", "Go"]);
    press(world, &["key", "Return"]);
}

/// Presses keys in whatever window has the focus: what `xdotool` is told.
pub fn press(world: &World, words: &[&str]) {
    let status = world.command("xdotool").args(words).status();
    assert!(status.expect("xdotool").success(), "xdotool {words:?}");
}

fn open(world: &World, command: Command) -> (Window, Duration) {
    let display = world.command("printenv").arg("DISPLAY").output().expect("printenv").stdout;
    let screen = Screen::open(String::from_utf8_lossy(&display).trim());
    let start = Instant::now();
    let window = Window::open(command);
    let took = screen.wait_for(READY, READY_PIXELS, start);
    (window, took)
}
