//! The window that shows a token, once.

use gtk::prelude::*;
use zeroize::Zeroizing;

use super::super::{Answer, NativeError, TokenWindow};
use super::window::NativeWindow;
use super::{Reply, Stage};
use crate::words::windows::token as words;

pub(super) struct GtkToken(pub(super) Stage);

impl TokenWindow for GtkToken {
    fn show(&self, application: String, token: Zeroizing<String>) -> Answer<()> {
        let shown = self.0.show(move |parent, reply| {
            show(parent.as_ref(), &application, &token, reply);
        });
        Box::pin(async move {
            match shown.await {
                // Closing it in another way is as good as having read it.
                Err(NativeError::Cancelled) => Ok(()),
                other => other,
            }
        })
    }
}

fn show(
    parent: Option<&gtk::ApplicationWindow>,
    application: &str,
    token: &Zeroizing<String>,
    reply: Reply<()>,
) {
    let native = NativeWindow::new(parent, &words::title(application), reply);
    native.line(words::ONCE);
    let entry = gtk::Entry::new();
    entry.set_editable(false);
    entry.set_activates_default(true);
    entry.set_width_chars(50);
    entry.set_text(token);
    if let Some(accessible) = entry.accessible() {
        accessible.set_name(words::ENTRY);
    }
    native.body.pack_start(&entry, false, false, 0);
    native.line(words::WORTH);

    let copy = native.button(words::COPY);
    let done = native.button(words::DONE);
    done.set_can_default(true);
    native.window.set_default(Some(&done));
    let copied = token.clone();
    copy.connect_clicked(move |button| {
        if let Some(clipboard) = gtk::Clipboard::default(&button.display()) {
            clipboard.set_text(&copied);
            button.set_label(words::COPIED);
        }
    });
    let said = native.clone();
    let shown = entry.clone();
    done.connect_clicked(move |_| {
        // GTK overwrites the buffer it lets go of.
        shown.set_text("");
        said.answer(Ok(()));
    });
    native.show();
    entry.grab_focus();
}
