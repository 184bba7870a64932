//! The socket itself, from both sides.

use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tauri::{AppHandle, Manager};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use zeroize::Zeroizing;

use super::errand::{Errand, RunWish, answer};
use crate::home::Home;
use crate::lending;
use crate::state::AppState;
use crate::store::blocking;
use crate::window;
use crate::words::cli::reach;

/// A question is one short line.
const LINE_CAP: u64 = 64 * 1024;

/// How long a person may take to say yes.
const PATIENCE: Duration = Duration::from_secs(600);

fn place(home: &Home) -> PathBuf {
    home.door()
}

/// Asks the app that runs; an error of the outer kind means that none does.
pub fn ask(home: &Home, errand: &Errand) -> io::Result<Result<Value, String>> {
    let mut stream = UnixStream::connect(place(home))?;
    exchange(&mut stream, errand)
}

/// What a program is started with, for as long as this is held.
pub struct Lent {
    /// Where it asks.
    pub address: String,
    /// With what.
    pub token: Zeroizing<String>,
    _line: UnixStream,
}

/// Asks the app that runs to lend a key.
pub fn lend(home: &Home, wish: RunWish) -> io::Result<Result<Lent, String>> {
    let mut stream = UnixStream::connect(place(home))?;
    let answer = match exchange(&mut stream, &Errand::Run(wish))? {
        Ok(answer) => answer,
        Err(words) => return Ok(Err(words)),
    };
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let token = Zeroizing::new(text("token"));
    Ok(Ok(Lent { address: text("address"), token, _line: stream }))
}

fn exchange(stream: &mut UnixStream, errand: &Errand) -> io::Result<Result<Value, String>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = serde_json::to_string(errand)?;
    line.push('\n');
    stream.write_all(line.as_bytes())?;
    let mut answer = Zeroizing::new(String::new());
    BufReader::new(&*stream).read_line(&mut answer)?;
    let mut answer: Value = serde_json::from_str(&answer)?;
    Ok(match answer["error"].as_str() {
        Some(words) => Err(words.to_owned()),
        None => Ok(answer["answer"].take()),
    })
}

/// Opens the door. Without it, a terminal finds nobody, which costs the window nothing.
pub fn open(app: &AppHandle) {
    let place = place(&app.state::<AppState>().home);
    // The store is ours, so whoever had this before us is gone.
    let _ = std::fs::remove_file(&place);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Ok(listener) = tokio::net::UnixListener::bind(&place) else { return };
        let _ = std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o600));
        while let Ok((stream, _)) = listener.accept().await {
            // The folder may be open to others; the door is not.
            if stream.peer_cred().is_ok_and(|who| who.uid() == own_user()) {
                tauri::async_runtime::spawn(serve(app.clone(), stream));
            }
        }
    });
}

fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

async fn serve(app: AppHandle, stream: tokio::net::UnixStream) {
    let (reader, mut writer) = stream.into_split();
    let mut reader = tokio::io::BufReader::new(reader.take(LINE_CAP));
    let mut line = String::new();
    if reader.read_line(&mut line).await.is_err() {
        return;
    }
    let state = app.state::<AppState>();
    let errand = serde_json::from_str(&line);
    let (answer, held) = match errand {
        Err(_) => (json!({"error": reach::NOT_UNDERSTOOD}), None),
        Ok(Errand::Ask) => {
            window::ask(&app);
            (json!({"answer": null}), None)
        }
        Ok(Errand::Run(wish)) => match lending::lend_to(&state, wish).await {
            Err(words) => (json!({"error": words}), None),
            Ok(started) => {
                let address = format!("http://127.0.0.1:{}", started.port);
                let token = started.lease.token.text();
                (json!({"answer": {"address": address, "token": token}}), Some(started))
            }
        },
        Ok(errand) => (told(&state, errand).await, None),
    };
    let mut line = Zeroizing::new(answer.to_string());
    line.push('\n');
    let is_told = writer.write_all(line.as_bytes()).await.is_ok();
    let Some(started) = held else { return };
    if is_told {
        // The program holds the line for as long as it runs; however it ends, the system closes it.
        let mut rest = [0; 64];
        while matches!(reader.read(&mut rest).await, Ok(1..)) {}
    }
    let ends = started.ends;
    drop(started);
    if let (Some(id), Ok(history)) = (ends, state.store.history().await) {
        // What cannot be written down has no token any more, and gets none without being asked for again.
        let _ = blocking(move || history.end_application(id, crate::now_ms())).await;
    }
}

async fn told(state: &AppState, errand: Errand) -> Value {
    let Ok(history) = state.store.history().await else {
        return json!({"error": reach::STORE_LOCKED});
    };
    match blocking(move || Ok(answer(&history, &errand))).await {
        Ok(Ok(answer)) => json!({"answer": answer}),
        Ok(Err(words)) => json!({"error": words}),
        Err(_) => json!({"error": reach::STORE_UNREAD}),
    }
}
