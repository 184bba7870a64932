//! What our native windows have in common: a title, lines of text, buttons at the end.

use std::cell::RefCell;
use std::rc::Rc;

use gtk::prelude::*;

use super::super::NativeError;
use super::Reply;

/// A small window above the parent. Closing it in any way answers [`NativeError::Cancelled`].
pub(super) struct NativeWindow<T: 'static> {
    pub(super) window: gtk::Window,
    pub(super) body: gtk::Box,
    pub(super) buttons: gtk::Box,
    reply: Rc<RefCell<Option<Reply<T>>>>,
}

impl<T: 'static> Clone for NativeWindow<T> {
    fn clone(&self) -> Self {
        Self {
            window: self.window.clone(),
            body: self.body.clone(),
            buttons: self.buttons.clone(),
            reply: Rc::clone(&self.reply),
        }
    }
}

impl<T: 'static> NativeWindow<T> {
    pub(super) fn new(
        parent: Option<&gtk::ApplicationWindow>,
        title: &str,
        reply: Reply<T>,
    ) -> Self {
        let window = gtk::Window::new(gtk::WindowType::Toplevel);
        window.set_title(title);
        window.set_type_hint(gtk::gdk::WindowTypeHint::Dialog);
        window.set_modal(true);
        window.set_resizable(false);
        window.set_skip_taskbar_hint(true);
        window.set_position(gtk::WindowPosition::CenterOnParent);
        window.set_transient_for(parent);
        window.set_default_size(440, -1);

        let all = gtk::Box::new(gtk::Orientation::Vertical, 18);
        all.set_border_width(20);
        let body = gtk::Box::new(gtk::Orientation::Vertical, 10);
        let buttons = gtk::Box::new(gtk::Orientation::Horizontal, 8);
        buttons.set_halign(gtk::Align::End);
        all.pack_start(&body, true, true, 0);
        all.pack_end(&buttons, false, false, 0);
        window.add(&all);

        let native = Self { window, body, buttons, reply: Rc::new(RefCell::new(Some(reply))) };
        native.close_means_cancel();
        native
    }

    /// A line of plain text; never markup, because parts of it come from elsewhere.
    pub(super) fn line(&self, text: &str) -> gtk::Label {
        let label = gtk::Label::new(Some(text));
        label.set_xalign(0.0);
        label.set_line_wrap(true);
        label.set_line_wrap_mode(gtk::pango::WrapMode::WordChar);
        label.set_max_width_chars(52);
        label.set_selectable(false);
        self.body.pack_start(&label, false, false, 0);
        label
    }

    pub(super) fn button(&self, words: &str) -> gtk::Button {
        let button = gtk::Button::with_label(words);
        self.buttons.pack_start(&button, false, false, 0);
        button
    }

    /// Answers once and closes.
    pub(super) fn answer(&self, answer: Result<T, NativeError>) {
        if let Some(reply) = self.reply.borrow_mut().take() {
            // The one who asked may have gone; then nobody needs the answer.
            let _ = reply.send(answer);
        }
        self.window.close();
    }

    pub(super) fn show(&self) {
        self.window.show_all();
        self.window.present();
    }

    fn close_means_cancel(&self) {
        let reply = Rc::clone(&self.reply);
        self.window.connect_destroy(move |_| {
            if let Some(reply) = reply.borrow_mut().take() {
                let _ = reply.send(Err(NativeError::Cancelled));
            }
        });
        let native = self.clone();
        self.window.connect_key_press_event(move |_, event| {
            if event.keyval() == gtk::gdk::keys::constants::Escape {
                native.answer(Err(NativeError::Cancelled));
                return gtk::glib::Propagation::Stop;
            }
            gtk::glib::Propagation::Proceed
        });
    }
}

/// Makes a label bold.
pub(super) fn bold(label: &gtk::Label) {
    let attributes = gtk::pango::AttrList::new();
    attributes.insert(gtk::pango::AttrInt::new_weight(gtk::pango::Weight::Bold));
    label.set_attributes(Some(&attributes));
}
