//! GTK's own file window. Not the desktop portal's: that one fails without a word when the process is protected.

use std::path::PathBuf;

use gtk::FileChooserAction as Action;
use gtk::prelude::*;

use super::super::{Answer, FileWindow, NativeError};
use super::{Reply, Stage};
use crate::words::windows::{CANCEL, file as words};

pub(super) struct GtkFiles(pub(super) Stage);

impl FileWindow for GtkFiles {
    fn pick(&self, title: String) -> Answer<PathBuf> {
        self.0.show(move |parent, reply| {
            // A file that is called .env is a hidden file.
            let dialog = dialog(parent.as_ref(), &title, words::CHOOSE, Action::Open);
            dialog.set_show_hidden(true);
            show(&dialog, reply, |dialog| dialog.filename());
        })
    }

    fn pick_some(&self, title: String) -> Answer<Vec<PathBuf>> {
        self.0.show(move |parent, reply| {
            let dialog = dialog(parent.as_ref(), &title, words::ATTACH, Action::Open);
            dialog.set_select_multiple(true);
            for filter in [sendable(), everything()] {
                dialog.add_filter(filter);
            }
            show(&dialog, reply, |dialog| Some(dialog.filenames()));
        })
    }

    fn pick_folders(&self, title: String) -> Answer<Vec<PathBuf>> {
        self.0.show(move |parent, reply| {
            let dialog = dialog(parent.as_ref(), &title, words::CHOOSE, Action::SelectFolder);
            dialog.set_select_multiple(true);
            // Among what was used lately there is no folder to choose.
            if let Some(home) = std::env::home_dir() {
                dialog.set_current_folder(home);
            }
            show(&dialog, reply, |dialog| Some(dialog.filenames()));
        })
    }

    fn pick_new(&self, title: String, name: String) -> Answer<PathBuf> {
        self.0.show(move |parent, reply| {
            let dialog = dialog(parent.as_ref(), &title, words::SAVE, Action::Save);
            dialog.set_do_overwrite_confirmation(true);
            dialog.set_current_name(&name);
            show(&dialog, reply, |dialog| dialog.filename());
        })
    }
}

/// As the desktop calls them.
const SENDABLE: [&str; 15] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.ms-excel",
    "application/epub+zip",
    "application/json",
    "text/*",
];

/// What the bytes are is looked at afterwards; this only spares people the sight of the rest.
fn sendable() -> gtk::FileFilter {
    let filter = gtk::FileFilter::new();
    filter.set_name(Some(words::SENDABLE));
    for kind in SENDABLE {
        filter.add_mime_type(kind);
    }
    filter
}

fn everything() -> gtk::FileFilter {
    let filter = gtk::FileFilter::new();
    filter.set_name(Some(words::EVERYTHING));
    filter.add_pattern("*");
    filter
}

fn dialog(
    parent: Option<&gtk::ApplicationWindow>,
    title: &str,
    yes: &str,
    action: Action,
) -> gtk::FileChooserDialog {
    let buttons = [(CANCEL, gtk::ResponseType::Cancel), (yes, gtk::ResponseType::Accept)];
    let dialog = gtk::FileChooserDialog::with_buttons(Some(title), parent, action, &buttons);
    dialog.set_modal(true);
    dialog.set_default_response(gtk::ResponseType::Accept);
    dialog
}

fn show<T: 'static>(
    dialog: &gtk::FileChooserDialog,
    reply: Reply<T>,
    picked: impl Fn(&gtk::FileChooserDialog) -> Option<T> + 'static,
) {
    let reply = std::cell::RefCell::new(Some(reply));
    dialog.connect_response(move |dialog, response| {
        let picked = (response == gtk::ResponseType::Accept).then(|| picked(dialog)).flatten();
        if let Some(reply) = reply.borrow_mut().take() {
            let _ = reply.send(picked.ok_or(NativeError::Cancelled));
        }
        dialog.close();
    });
    dialog.show();
    dialog.present();
}
