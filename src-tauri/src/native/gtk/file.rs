//! GTK's own file window. Not the desktop portal's: that one fails without a word when the process is protected.

use std::path::PathBuf;

use gtk::prelude::*;

use super::super::{Answer, FileWindow, NativeError};
use super::{Reply, Stage};

pub(super) struct GtkFiles(pub(super) Stage);

impl FileWindow for GtkFiles {
    fn pick(&self, title: String) -> Answer<PathBuf> {
        self.0.show(move |parent, reply| show(parent.as_ref(), &title, reply))
    }
}

fn show(parent: Option<&gtk::ApplicationWindow>, title: &str, reply: Reply<PathBuf>) {
    let buttons = [("Cancel", gtk::ResponseType::Cancel), ("Choose", gtk::ResponseType::Accept)];
    let action = gtk::FileChooserAction::Open;
    let dialog = gtk::FileChooserDialog::with_buttons(Some(title), parent, action, &buttons);
    dialog.set_modal(true);
    // A file that is called .env is a hidden file.
    dialog.set_show_hidden(true);
    dialog.set_default_response(gtk::ResponseType::Accept);
    let reply = std::cell::RefCell::new(Some(reply));
    dialog.connect_response(move |dialog, response| {
        let picked = (response == gtk::ResponseType::Accept).then(|| dialog.filename()).flatten();
        if let Some(reply) = reply.borrow_mut().take() {
            let _ = reply.send(picked.ok_or(NativeError::Cancelled));
        }
        dialog.close();
    });
    dialog.show();
    dialog.present();
}
