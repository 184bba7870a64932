//! The window that asks for a yes.

use std::time::Duration;

use gtk::prelude::*;

use super::super::{Answer, ConfirmWindow, NativeError, Question};
use super::window::{NativeWindow, bold};
use super::{Reply, Stage};

/// Long enough that a key press meant for something else does not say yes.
const ASLEEP: Duration = Duration::from_secs(1);

pub(super) struct GtkConfirm(pub(super) Stage);

impl ConfirmWindow for GtkConfirm {
    fn ask(&self, question: Question) -> Answer<()> {
        self.0.show(move |parent, reply| show(parent.as_ref(), &question, reply))
    }
}

fn show(parent: Option<&gtk::ApplicationWindow>, question: &Question, reply: Reply<()>) {
    let native = NativeWindow::new(parent, &question.title, reply);
    bold(&native.line(&question.title));
    native.body.pack_start(&facts(&question.facts), false, false, 0);
    if let Some(warning) = &question.warning {
        bold(&native.line(warning));
    }
    native.line(&question.note);

    let cancel = native.button("Cancel");
    let yes = native.button(&question.yes);
    yes.set_sensitive(false);
    cancel.set_can_default(true);
    native.window.set_default(Some(&cancel));
    let said = native.clone();
    cancel.connect_clicked(move |_| said.answer(Err(NativeError::Cancelled)));
    let said = native.clone();
    yes.connect_clicked(move |_| said.answer(Ok(())));
    native.show();
    cancel.grab_focus();
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

fn facts(facts: &[(String, String)]) -> gtk::Grid {
    let grid = gtk::Grid::new();
    grid.set_row_spacing(6);
    grid.set_column_spacing(16);
    for (row, (label, value)) in (0..).zip(facts) {
        let label = gtk::Label::new(Some(label));
        label.set_xalign(0.0);
        label.set_yalign(0.0);
        label.style_context().add_class("dim-label");
        // A hyphen at a line's end would be part of the address for whoever reads it.
        let text = gtk::glib::markup_escape_text(value);
        let value = gtk::Label::new(None);
        value.set_markup(&format!("<span weight=\"bold\" insert_hyphens=\"false\">{text}</span>"));
        value.set_xalign(0.0);
        value.set_line_wrap(true);
        value.set_line_wrap_mode(gtk::pango::WrapMode::Char);
        value.set_max_width_chars(44);
        grid.attach(&label, 0, row, 1, 1);
        grid.attach(&value, 1, row, 1, 1);
    }
    grid
}
