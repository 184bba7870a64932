//! The Linux desktop, through the GTK that the web view brings along.

mod clipboard;
mod command;
mod confirm;
mod file;
mod notice;
mod open;
mod password;
mod pasting;
mod token;
mod trouble;
mod window;

use std::time::Instant;

use tauri::AppHandle;
use tokio::sync::oneshot;

use super::{Answer, Desktop, Gate, NativeError, Pass};

/// Runs work on the thread that owns GTK, beside the parent window.
#[derive(Clone)]
pub(super) struct Stage {
    app: AppHandle,
    parent: &'static str,
    gate: Gate,
}

/// Where a window leaves its answer.
pub(super) type Reply<T> = oneshot::Sender<Result<T, NativeError>>;

pub(super) fn desktop(app: &AppHandle, parent: &'static str) -> Desktop {
    let stage = Stage { app: app.clone(), parent, gate: Gate::default() };
    Desktop {
        password: Box::new(password::GtkPassword(stage.clone())),
        command: Box::new(command::GtkCommand(stage.clone())),
        confirm: Box::new(confirm::GtkConfirm(stage.clone())),
        clipboard: Box::new(clipboard::GtkClipboard(stage.clone(), pasting::Pasting::default())),
        files: Box::new(file::GtkFiles(stage.clone())),
        opener: Box::new(open::GtkOpener(stage.clone())),
        token: Box::new(token::GtkToken(stage.clone())),
        notices: Box::new(notice::GtkNotices(stage.clone())),
        trouble: Box::new(trouble::GtkTrouble(stage)),
        has_windows: true,
    }
}

impl Stage {
    /// Does `work` on GTK's thread; it must see that `reply` is answered, now or later.
    fn perform<T, F>(&self, work: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(Option<gtk::ApplicationWindow>, Reply<T>) + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let (app, parent) = (self.app.clone(), self.parent);
        let asked = self.app.run_on_main_thread(move || {
            let window =
                crate::window::in_front(&app, parent).and_then(|window| window.gtk_window().ok());
            work(window, reply);
        });
        Box::pin(async move {
            asked.map_err(|_| NativeError::Unavailable)?;
            answer.await.unwrap_or(Err(NativeError::Unavailable))
        })
    }

    /// The same for a window: it passes the gate first, and the answer counts there.
    fn show<T, F>(&self, work: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(Option<gtk::ApplicationWindow>, Reply<T>) + Send + 'static,
    {
        let pass = match self.gate.enter(Instant::now()) {
            Ok(pass) => pass,
            Err(error) => return Box::pin(async move { Err(error) }),
        };
        let answer = self.perform(work);
        Box::pin(async move {
            let answer = answer.await;
            count(pass, &answer);
            answer
        })
    }
}

fn count<T>(pass: Pass, answer: &Result<T, NativeError>) {
    match answer {
        Ok(_) => pass.accepted(),
        Err(NativeError::Cancelled) => pass.refused(Instant::now()),
        Err(NativeError::TooManyRefusals | NativeError::WindowOpen | NativeError::Unavailable) => {}
    }
}
