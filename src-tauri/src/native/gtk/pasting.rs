//! Pictures and files of the clipboard, for whoever has just pressed the keys that paste. The web engine hands a page text only,
//! and a page that could ask at any time would see what a person has copied for somebody else.

use std::path::PathBuf;

use gtk::gdk::keys::constants as key;
use gtk::prelude::*;

use super::super::{Pasted, Pressed};
use super::Reply;

/// No more files are taken at once.
const MOST: usize = 100;

/// Whether the keys that paste were pressed, and nobody has asked yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Pasting(Pressed);

impl Pasting {
    pub(super) fn notice(&self, window: &gtk::ApplicationWindow) {
        let pressed = self.clone();
        window.connect_key_press_event(move |_, event| {
            if pastes(event) {
                pressed.0.note();
            }
            gtk::glib::Propagation::Proceed
        });
    }

    /// Whether they were; once only.
    pub(super) fn take(&self) -> bool {
        self.0.take()
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
