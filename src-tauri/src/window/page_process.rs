//! The page's process: when it dies, the page is loaded again; when it hangs, that is offered.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use gtk::glib;
use gtk::prelude::*;
use tauri::{AppHandle, Manager};
use tokio::sync::oneshot;
use webkit2gtk::{WebProcessTerminationReason, WebView, WebViewExt};

use super::life::{AfterDeath, Life, Look, SILENCE};
use crate::ipc::CameBack;
use crate::native::{NativeError, Trouble};
use crate::state::AppState;
use crate::window::TextStep;
use crate::words::windows;

/// The least script there is.
const SIGN_OF_LIFE: &str = "0";

struct PageProcess {
    app: AppHandle,
    webview: WebView,
    life: RefCell<Life>,
    /// Ends the window that says that the page hangs.
    over: RefCell<Option<oneshot::Sender<()>>>,
}

/// Watches over the page of this web view as long as it exists.
pub(super) fn keep_alive(app: AppHandle, webview: &WebView) {
    let page = Rc::new(PageProcess {
        app,
        webview: webview.clone(),
        life: RefCell::default(),
        over: RefCell::default(),
    });
    let dying = Rc::clone(&page);
    webview.connect_web_process_terminated(move |_, reason| dying.died(reason));
    glib::timeout_add_local(SILENCE, move || {
        page.look();
        glib::ControlFlow::Continue
    });
}

impl PageProcess {
    fn died(self: &Rc<Self>, reason: WebProcessTerminationReason) {
        self.over.take();
        let came_back = match reason {
            WebProcessTerminationReason::TerminatedByApi => CameBack::Hung,
            _ => CameBack::Crashed,
        };
        self.app.state::<AppState>().note_death(came_back);
        let verdict = self.life.borrow_mut().died(Instant::now());
        match verdict {
            AfterDeath::LoadAgain => self.webview.reload(),
            AfterDeath::Ask => self.ask_after_deaths(),
        }
    }

    /// Asks the page for a sign of life, if anybody is looking at it.
    fn look(self: &Rc<Self>) {
        let is_seen = self.window().is_none_or(|window| window.is_active());
        if !is_seen || self.over.borrow().is_some() {
            return;
        }
        let look = self.life.borrow_mut().look(Instant::now());
        match look {
            Look::Ask => {
                let page = Rc::clone(self);
                let answered = move |said: Result<_, _>| {
                    // A page that died gives its answer by that.
                    if said.is_ok() {
                        page.life.borrow_mut().answered();
                        page.over.take();
                    }
                };
                let nobody = gtk::gio::Cancellable::NONE;
                self.webview.evaluate_javascript(SIGN_OF_LIFE, None, None, nobody, answered);
            }
            Look::Wait => {}
            Look::Hangs => self.offer_to_load_again(),
        }
    }

    fn offer_to_load_again(self: &Rc<Self>) {
        let (over, is_over) = oneshot::channel();
        *self.over.borrow_mut() = Some(over);
        self.ask(windows::PAGE_HANGS.into(), is_over, |page, answer| {
            page.over.take();
            match answer {
                Ok(()) => page.webview.terminate_web_process(),
                // Waiting begins anew.
                Err(_) => page.life.borrow_mut().answered(),
            }
        });
    }

    fn ask_after_deaths(self: &Rc<Self>) {
        // This trouble does not go by itself.
        let (never, is_over) = oneshot::channel();
        self.ask(windows::PAGE_DIES.into(), is_over, move |page, answer| {
            drop(never);
            match answer {
                Ok(()) => page.app.exit(1),
                Err(NativeError::Cancelled) => page.begin_elsewhere(),
                // Without a window to ask in, another try could only be a loop.
                Err(_) => {}
            }
        });
    }

    /// What was shown where it died may be the reason, or how large that was drawn.
    fn begin_elsewhere(&self) {
        self.life.borrow_mut().forgive();
        let state = self.app.state::<AppState>();
        state.note_death(CameBack::Failing);
        state.text_size.step(TextStep::Usual);
        self.webview.reload();
    }

    fn ask(
        self: &Rc<Self>,
        trouble: Trouble,
        is_over: oneshot::Receiver<()>,
        then: impl FnOnce(&Self, Result<(), NativeError>) + 'static,
    ) {
        let answer = self.app.state::<AppState>().desktop.trouble.ask(trouble, is_over);
        let page = Rc::clone(self);
        glib::MainContext::default().spawn_local(async move {
            let answer = answer.await;
            then(&page, answer);
        });
    }

    fn window(&self) -> Option<gtk::Window> {
        self.webview.toplevel()?.downcast().ok()
    }
}
