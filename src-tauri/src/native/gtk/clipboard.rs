//! The clipboard, asked through our own window: the only way that works on every desktop.

use std::time::Duration;

use zeroize::Zeroizing;

use super::super::{Answer, Clipboard};
use super::Stage;

/// The program that owns the clipboard may be stuck; people should not wait for it.
const PATIENCE: Duration = Duration::from_secs(4);

pub(super) struct GtkClipboard(pub(super) Stage);

impl Clipboard for GtkClipboard {
    fn read(&self) -> Answer<Option<Zeroizing<String>>> {
        let answer = self.0.perform(|_, reply| {
            clipboard().request_text(move |_, text| {
                let _ = reply.send(Ok(text.map(|text| Zeroizing::new(text.to_owned()))));
            });
        });
        Box::pin(async move { tokio::time::timeout(PATIENCE, answer).await.unwrap_or(Ok(None)) })
    }

    fn write(&self, text: String) -> Answer<()> {
        self.0.perform(move |_, reply| {
            clipboard().set_text(&text);
            let _ = reply.send(Ok(()));
        })
    }
}

fn clipboard() -> gtk::Clipboard {
    gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD)
}
