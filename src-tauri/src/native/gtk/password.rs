//! The window to type a key into.

use gtk::glib::translate::ToGlibPtr;
use gtk::prelude::*;
use vault::classify;
use zeroize::Zeroizing;

use super::super::{Answer, KeyQuestion, NativeError, PasswordWindow};
use super::window::NativeWindow;
use super::{Reply, Stage};
use crate::words::windows::{CANCEL, key as words};

pub(super) struct GtkPassword(pub(super) Stage);

impl PasswordWindow for GtkPassword {
    fn ask(&self, question: KeyQuestion) -> Answer<Zeroizing<String>> {
        self.0.show(move |parent, reply| show(parent.as_ref(), &question, reply))
    }
}

fn show(
    parent: Option<&gtk::ApplicationWindow>,
    question: &KeyQuestion,
    reply: Reply<Zeroizing<String>>,
) {
    let native = NativeWindow::new(parent, &words::title(&question.provider), reply);
    native.line(words::GOES_TO);
    super::window::bold(&native.line(&question.address.origin().to_string()));

    let entry = hidden_entry();
    let row = gtk::Box::new(gtk::Orientation::Horizontal, 8);
    let reveal = gtk::ToggleButton::with_label(words::SHOW);
    row.pack_start(&entry, true, true, 0);
    row.pack_start(&reveal, false, false, 0);
    native.body.pack_start(&row, false, false, 0);
    let hint = native.line(" ");

    let cancel = native.button(CANCEL);
    let store = native.button(words::STORE);
    store.set_sensitive(false);
    store.set_can_default(true);
    native.window.set_default(Some(&store));

    let shown = entry.clone();
    reveal.connect_toggled(move |reveal| shown.set_visibility(reveal.is_active()));
    let ready = store.clone();
    entry.connect_changed(move |entry| {
        let text = text_of(entry);
        ready.set_sensitive(!text.trim().is_empty());
        hint.set_text(&describe(text.trim()));
    });
    let said = native.clone();
    cancel.connect_clicked(move |_| said.answer(Err(NativeError::Cancelled)));
    let said = native.clone();
    let typed = entry.clone();
    store.connect_clicked(move |_| {
        let text = text_of(&typed);
        // GTK overwrites the buffer it lets go of.
        typed.set_text("");
        said.answer(Ok(text));
    });
    native.show();
    entry.grab_focus();
}

fn hidden_entry() -> gtk::Entry {
    let entry = gtk::Entry::new();
    entry.set_visibility(false);
    entry.set_input_purpose(gtk::InputPurpose::Password);
    entry.set_input_hints(gtk::InputHints::NO_SPELLCHECK | gtk::InputHints::NO_EMOJI);
    entry.set_activates_default(true);
    entry.set_width_chars(36);
    entry.set_max_length(4_096);
    if let Some(accessible) = entry.accessible() {
        accessible.set_name(words::ENTRY);
    }
    entry
}

/// What the text looks like so far, in words that give none of it away.
fn describe(text: &str) -> String {
    match text.chars().count() {
        0 => " ".to_owned(),
        count => words::so_far(classify(text).kind, count),
    }
}

/// The entry's text, copied once into memory that is wiped; the safe accessor would leave a copy behind.
#[allow(unsafe_code)]
fn text_of(entry: &gtk::Entry) -> Zeroizing<String> {
    let entry: *mut gtk::ffi::GtkEntry = entry.to_glib_none().0;
    // SAFETY: the pointer comes from a live entry on GTK's thread; the text belongs to it and is copied before anything can
    // change it. GTK's texts are NUL-terminated UTF-8.
    unsafe {
        let text = std::ffi::CStr::from_ptr(gtk::ffi::gtk_entry_get_text(entry));
        Zeroizing::new(text.to_string_lossy().into_owned())
    }
}
