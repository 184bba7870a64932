//! The window that says what is wrong with the page itself.

use gtk::prelude::*;
use tokio::sync::oneshot;

use super::super::{Answer, NativeError, Trouble, TroubleWindow};
use super::window::{NativeWindow, bold};
use super::{Reply, Stage};

pub(super) struct GtkTrouble(pub(super) Stage);

impl TroubleWindow for GtkTrouble {
    fn ask(&self, trouble: Trouble, over: oneshot::Receiver<()>) -> Answer<()> {
        self.0.perform(move |parent, reply| show(parent.as_ref(), &trouble, over, reply))
    }
}

fn show(
    parent: Option<&gtk::ApplicationWindow>,
    trouble: &Trouble,
    over: oneshot::Receiver<()>,
    reply: Reply<()>,
) {
    let native = NativeWindow::new(parent, &trouble.title, reply);
    bold(&native.line(&trouble.reason));
    native.line(&trouble.note);
    let no = native.button(&trouble.no);
    let yes = native.button(&trouble.yes);
    let said = native.clone();
    no.connect_clicked(move |_| said.answer(Err(NativeError::Cancelled)));
    let said = native.clone();
    yes.connect_clicked(move |_| said.answer(Ok(())));
    native.show();
    no.grab_focus();
    gtk::glib::MainContext::default().spawn_local(async move {
        // It also ends when whoever waits for the answer has let go.
        let _ = over.await;
        native.answer(Err(NativeError::Cancelled));
    });
}
