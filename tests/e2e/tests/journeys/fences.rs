//! What a page that has turned against its owner can do: reach no network, leave nowhere, call nothing of Tauri's, and
//! get nothing without a yes.

use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

use e2e::journey::play;
use e2e::page::Page;
use e2e::world::Keyring;
use e2e::{Result, holds};
use serde_json::{Value, json};

/// The ways out: `ways`, and `go` to try one.
const WAYS_OUT: &str = include_str!("ways-out.js");

/// Commands of Tauri and of its plugins. None is ours, so none may answer.
const FOREIGN: &[&str] = &[
    "plugin:app|version",
    "plugin:event|emit",
    "plugin:event|listen",
    "plugin:fs|read_file",
    "plugin:image|from_path",
    "plugin:menu|new",
    "plugin:opener|open_url",
    "plugin:path|resolve_directory",
    "plugin:resources|close",
    "plugin:shell|open",
    "plugin:webview|create_webview_window",
    "plugin:webview|internal_toggle_devtools",
    "plugin:window|close",
    "plugin:window|set_title",
    "no_such_command",
];

#[test]
fn no_way_out_of_the_page() -> Result<()> {
    play("no_way_out_of_the_page", Keyring::Unlocked, async |stage| {
        let page = stage.page()?;
        page.find("button", "Practise without a key").await?;
        let ways: Vec<String> =
            page.ask(&format!("{WAYS_OUT}\nreturn Object.keys(ways);"), vec![]).await?;
        assert!(ways.len() > 40, "{ways:?}");
        let ears = ways.iter().map(|_| Ear::new()).collect::<Result<Vec<_>>>()?;
        for (way, ear) in ways.iter().zip(&ears) {
            let go = format!("{WAYS_OUT}\ngo(arguments[0], arguments[1]);");
            let arguments = vec![json!(way), json!(format!("http://127.0.0.1:{}/{way}", ear.port))];
            page.ask::<Value>(&go, arguments).await?;
        }
        // A load that was let through may take a moment to arrive.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let heard: Vec<&String> =
            ways.iter().zip(&ears).filter(|(_, ear)| ear.heard()).map(|(way, _)| way).collect();
        assert!(heard.is_empty(), "the page reached the network by {heard:?}");
        assert!(page.address().await?.starts_with("tauri://localhost"), "the page was left");
        page.find("button", "Practise without a key").await?;
        assert_eq!(stage.desktop().windows("Latchkey").await?.len(), 1, "it opened a window");

        // The control: it would have been heard.
        TcpStream::connect((Ipv4Addr::LOCALHOST, ears[0].port))?;
        assert!(ears[0].heard());
        Ok(())
    })
}

#[test]
fn nothing_without_a_yes() -> Result<()> {
    play("nothing_without_a_yes", Keyring::Unlocked, async |stage| {
        let (page, desktop) = (stage.page()?, stage.desktop());
        let globals: Vec<String> = page.ask("return [typeof window.__TAURI__]", vec![]).await?;
        assert_eq!(globals, ["undefined"]);
        for command in FOREIGN {
            let answer = invoke(page, command, json!({})).await?;
            assert!(answer.get("no").is_some(), "{command} answered {answer}");
        }

        page.click("button", "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        let id = connections(page).await?[0]["id"].clone();
        for _ in 0..3 {
            begin(page, "remove_connection", json!({"id": id})).await?;
            desktop.window("Remove this connection?").await?;
            let second = invoke(page, "remove_connection", json!({"id": id})).await?;
            assert_eq!(second["no"]["code"], "windowOpen", "{second}");
            assert_eq!(connections(page).await?.len(), 1, "removed before a yes");
            desktop.press("Remove this connection?", "Escape").await?;
            desktop.loses("Remove this connection?").await?;
            holds("the refusal", async || Ok(outcome(page).await?["no"]["code"] == "cancelled"))
                .await?;
        }
        let fourth = invoke(page, "remove_connection", json!({"id": id})).await?;
        assert_eq!(fourth["no"]["code"], "tooManyRefusals", "{fourth}");
        assert!(!desktop.shows("Remove this connection?").await?, "it asked a fourth time");
        assert_eq!(connections(page).await?.len(), 1);
        Ok(())
    })
}

/// Hears whoever comes to its port, by TCP or UDP. The system keeps what comes until somebody asks.
struct Ear {
    port: u16,
    connections: TcpListener,
    datagrams: UdpSocket,
}

impl Ear {
    fn new() -> Result<Self> {
        let connections = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        connections.set_nonblocking(true)?;
        let port = connections.local_addr()?.port();
        let datagrams = UdpSocket::bind((Ipv4Addr::LOCALHOST, port))?;
        datagrams.set_nonblocking(true)?;
        Ok(Self { port, connections, datagrams })
    }

    fn heard(&self) -> bool {
        self.connections.accept().is_ok() || self.datagrams.recv(&mut [0; 64]).is_ok()
    }
}

/// Calls a command as a hostile page would; the answer is `{"yes": …}` or `{"no": …}`.
pub(crate) async fn invoke(page: &Page, command: &str, arguments: Value) -> Result<Value> {
    let script = "const done = arguments[2];\
        window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])\
            .then((yes) => done({ yes: yes ?? null }), (no) => done({ no }));";
    page.ask_later(script, vec![json!(command), arguments]).await
}

/// The same without waiting: see [`outcome`].
pub(crate) async fn begin(page: &Page, command: &str, arguments: Value) -> Result<()> {
    let script = "window.outcome = {};\
        window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])\
            .then((yes) => { window.outcome = { yes: yes ?? null }; }, (no) => { window.outcome = { no }; });";
    page.ask::<Value>(script, vec![json!(command), arguments]).await?;
    Ok(())
}

async fn outcome(page: &Page) -> Result<Value> {
    page.ask("return window.outcome", vec![]).await
}

pub(crate) async fn connections(page: &Page) -> Result<Vec<Value>> {
    let boot = invoke(page, "boot", json!({})).await?;
    Ok(boot["yes"]["connections"].as_array().cloned().unwrap_or_default())
}
