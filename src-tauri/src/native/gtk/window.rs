//! What our native windows have in common: a title, lines of text, buttons at the end.

use std::cell::RefCell;
use std::rc::Rc;

use gtk::prelude::*;

use super::super::NativeError;
use super::Reply;

const WIDTH: i32 = 440;
const MARGIN: u32 = 20;

/// A small window above the parent. Closing it in any way answers [`NativeError::Cancelled`].
pub(super) struct NativeWindow<T: 'static> {
    pub(super) window: gtk::Window,
    pub(super) body: gtk::Box,
    pub(super) buttons: gtk::Box,
    scrolled: gtk::ScrolledWindow,
    reply: Rc<RefCell<Option<Reply<T>>>>,
}

impl<T: 'static> Clone for NativeWindow<T> {
    fn clone(&self) -> Self {
        Self {
            window: self.window.clone(),
            body: self.body.clone(),
            buttons: self.buttons.clone(),
            scrolled: self.scrolled.clone(),
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
        window.set_default_size(WIDTH, -1);

        let all = gtk::Box::new(gtk::Orientation::Vertical, 18);
        all.set_border_width(MARGIN);
        let body = gtk::Box::new(gtk::Orientation::Vertical, 10);
        let buttons = gtk::Box::new(gtk::Orientation::Horizontal, 8);
        buttons.set_halign(gtk::Align::End);
        let scrolled = scrolled(&body);
        all.pack_start(&scrolled, true, true, 0);
        all.pack_end(&buttons, false, false, 0);
        window.add(&all);

        let reply = Rc::new(RefCell::new(Some(reply)));
        let native = Self { window, body, buttons, scrolled, reply };
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

    /// As high as what it says, up to a height at which the buttons are still on the screen.
    pub(super) fn show(&self) {
        self.body.show_all();
        let inner = WIDTH - 2 * i32::try_from(MARGIN).unwrap_or_default();
        let width = self.body.preferred_width().1.max(inner);
        let height = self.body.preferred_height_for_width(width).1;
        self.scrolled.set_min_content_height(height.min(highest(&self.window)));
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

/// A part that scrolls where it is higher than its room: the buttons below stay where they are.
fn scrolled(part: &gtk::Box) -> gtk::ScrolledWindow {
    let scrolled = gtk::ScrolledWindow::new(gtk::Adjustment::NONE, gtk::Adjustment::NONE);
    scrolled.set_policy(gtk::PolicyType::Never, gtk::PolicyType::Automatic);
    scrolled.set_overlay_scrolling(false);
    scrolled.add(part);
    scrolled
}

/// Three fifths of the lowest screen there is: the window may open on any.
fn highest(window: &gtk::Window) -> i32 {
    let display = window.display();
    let monitors = (0..display.n_monitors()).filter_map(|number| display.monitor(number));
    let lowest = monitors.map(|monitor| monitor.workarea().height()).min();
    lowest.unwrap_or(600).max(200) * 3 / 5
}

/// Makes a label bold.
pub(super) fn bold(label: &gtk::Label) {
    let attributes = gtk::pango::AttrList::new();
    attributes.insert(gtk::pango::AttrInt::new_weight(gtk::pango::Weight::Bold));
    label.set_attributes(Some(&attributes));
}
