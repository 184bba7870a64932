//! Pictures and files of the clipboard, for whoever has just pressed the keys that paste. The web engine hands a page text only,
//! and a page that could ask at any time would see what a person has copied for somebody else.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use gtk::gdk::keys::constants as key;
use gtk::prelude::*;

use super::super::Pasted;
use super::Reply;

/// From the keys to the page's question.
const SOON: Duration = Duration::from_secs(2);

/// No more files are taken at once.
const MOST: usize = 100;

/// Whether the keys that paste were pressed, and nobody has asked yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Pasting(Arc<Mutex<Option<Instant>>>);

impl Pasting {
    pub(super) fn notice(&self, window: &gtk::ApplicationWindow) {
        let pressed = self.clone();
        window.connect_key_press_event(move |_, event| {
            if pastes(event) {
                *pressed.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            }
            gtk::glib::Propagation::Proceed
        });
    }

    /// Whether they were; once only.
    pub(super) fn take(&self) -> bool {
        let pressed = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        pressed.is_some_and(|pressed| pressed.elapsed() < SOON)
    }
}

fn pastes(event: &gtk::gdk::EventKey) -> bool {
    let (pressed, held) = (event.keyval(), event.state());
    let with_control = held.contains(gtk::gdk::ModifierType::CONTROL_MASK);
    let with_shift = held.contains(gtk::gdk::ModifierType::SHIFT_MASK);
    (with_control && (pressed == key::v || pressed == key::V))
        || (with_shift && (pressed == key::Insert || pressed == key::KP_Insert))
        || pressed == key::Paste
}

/// Looks for files first: a file manager offers their pictures too.
pub(super) fn request(clipboard: &gtk::Clipboard, reply: Reply<Pasted>) {
    clipboard.request_uris(move |clipboard, uris| {
        let files: Vec<PathBuf> = uris.iter().filter_map(|uri| local(uri)).take(MOST).collect();
        if !files.is_empty() {
            let _ = reply.send(Ok(Pasted::Files(files)));
            return;
        }
        let reply = std::cell::RefCell::new(Some(reply));
        clipboard.request_image(move |_, picture| {
            let file = picture.and_then(|picture| picture.save_to_bufferv("png", &[]).ok());
            if let Some(reply) = reply.borrow_mut().take() {
                let _ = reply.send(Ok(file.map_or(Pasted::Nothing, Pasted::Picture)));
            }
        });
    });
}

fn local(uri: &str) -> Option<PathBuf> {
    url::Url::parse(uri).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}
