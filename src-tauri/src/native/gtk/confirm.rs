//! The window that asks for a yes.

use std::time::Duration;

use gtk::prelude::*;

use super::super::{Answer, ConfirmWindow, HowLong, NativeError, Question};
use super::window::{NativeWindow, bold};
use super::{Reply, Stage};
use crate::words::quoted;
use crate::words::windows::CANCEL;

/// Long enough that a key press meant for something else does not say yes.
const ASLEEP: Duration = Duration::from_secs(1);

pub(super) struct GtkConfirm(pub(super) Stage);

impl ConfirmWindow for GtkConfirm {
    fn ask(&self, question: Question) -> Answer<()> {
        let asked = self.0.show(move |parent, reply| show(parent.as_ref(), &question, None, reply));
        Box::pin(async move { asked.await.map(|_| ()) })
    }

    fn ask_how_long(&self, question: Question, once: String) -> Answer<HowLong> {
        self.0.show(move |parent, reply| show(parent.as_ref(), &question, Some(&once), reply))
    }
}

fn show(
    parent: Option<&gtk::ApplicationWindow>,
    question: &Question,
    once: Option<&str>,
    reply: Reply<HowLong>,
) {
    let native = NativeWindow::new(parent, &question.title, reply);
    native.body.pack_start(&facts(&question.facts, &question.claims), false, false, 0);
    if let Some(warning) = &question.warning {
        bold(&native.line(warning));
    }
    native.line(&question.note);

    let cancel = native.button(CANCEL);
    cancel.set_can_default(true);
    native.window.set_default(Some(&cancel));
    let said = native.clone();
    cancel.connect_clicked(move |_| said.answer(Err(NativeError::Cancelled)));
    if let Some(once) = once {
        yes(&native, once, HowLong::Once);
    }
    yes(&native, &question.yes, HowLong::Always);
    native.show();
    cancel.grab_focus();
}

/// A button that says yes, once it is awake.
fn yes(native: &NativeWindow<HowLong>, words: &str, how_long: HowLong) {
    let yes = native.button(words);
    yes.set_sensitive(false);
    let said = native.clone();
    yes.connect_clicked(move |_| said.answer(Ok(how_long)));
    wake_up(&yes);
}

fn wake_up(yes: &gtk::Button) {
    let yes = yes.downgrade();
    gtk::glib::timeout_add_local_once(ASLEEP, move || {
        if let Some(yes) = yes.upgrade() {
            yes.set_sensitive(true);
        }
    });
}

/// Our own facts in bold, then what others chose: small, and never where it could be taken for ours.
fn facts(facts: &[(String, String)], claims: &[(String, String)]) -> gtk::Grid {
    let grid = gtk::Grid::new();
    grid.set_row_spacing(6);
    grid.set_column_spacing(16);
    let own = facts.iter().map(|(label, value)| (label, value.clone(), Source::Ours));
    let others = claims.iter().map(|(label, value)| (label, quoted(value), Source::Others));
    for (row, (label, value, source)) in (0..).zip(own.chain(others)) {
        let label = gtk::Label::new(Some(label));
        label.set_xalign(0.0);
        label.set_yalign(0.0);
        label.style_context().add_class("dim-label");
        grid.attach(&label, 0, row, 1, 1);
        grid.attach(&value_label(&value, source), 1, row, 1, 1);
    }
    grid
}

#[derive(Clone, Copy)]
enum Source {
    Ours,
    Others,
}

fn value_label(value: &str, source: Source) -> gtk::Label {
    let look = match source {
        Source::Ours => "weight=\"bold\"",
        Source::Others => "size=\"small\"",
    };
    // A hyphen at a line's end would be part of the address for whoever reads it.
    let text = gtk::glib::markup_escape_text(value);
    let label = gtk::Label::new(None);
    label.set_markup(&format!("<span {look} insert_hyphens=\"false\">{text}</span>"));
    label.set_xalign(0.0);
    label.set_line_wrap(true);
    label.set_line_wrap_mode(gtk::pango::WrapMode::Char);
    label.set_max_width_chars(44);
    label
}
