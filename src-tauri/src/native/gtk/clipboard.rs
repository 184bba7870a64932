//! The clipboard, asked through our own window: the only way that works on every desktop.

use std::time::Duration;

use zeroize::Zeroizing;

use super::super::{Answer, Clipboard, NativeError, Pasted};
use super::Stage;
use super::pasting::Pasting;

/// The program that owns the clipboard may be stuck; people should not wait for it.
const PATIENCE: Duration = Duration::from_secs(4);

/// Without it some programs take the bytes for Latin letters.
const CHARSET: &str = "<meta charset=\"utf-8\">";

const HTML: u32 = 0;
const PLAIN: u32 = 1;

pub(super) struct GtkClipboard(pub(super) Stage, pub(super) Pasting);

impl GtkClipboard {
    fn text_of(
        &self,
        board: impl FnOnce() -> gtk::Clipboard + Send + 'static,
    ) -> Answer<Option<Zeroizing<String>>> {
        let answer = self.0.perform(|_, reply| {
            board().request_text(move |_, text| {
                let _ = reply.send(Ok(text.map(|text| Zeroizing::new(text.to_owned()))));
            });
        });
        Box::pin(async move { tokio::time::timeout(PATIENCE, answer).await.unwrap_or(Ok(None)) })
    }
}

impl Clipboard for GtkClipboard {
    fn read(&self) -> Answer<Option<Zeroizing<String>>> {
        self.text_of(clipboard)
    }

    fn selection(&self) -> Answer<Option<Zeroizing<String>>> {
        self.text_of(|| gtk::Clipboard::get(&gtk::gdk::SELECTION_PRIMARY))
    }

    fn pasted(&self) -> Answer<Pasted> {
        if !self.1.take() {
            return Box::pin(async { Ok(Pasted::Nothing) });
        }
        let answer = self.0.perform(|_, reply| super::pasting::request(&clipboard(), reply));
        let late = Ok(Pasted::Nothing);
        Box::pin(async move { tokio::time::timeout(PATIENCE, answer).await.unwrap_or(late) })
    }

    fn notice_pastes(&self) {
        let pasting = self.1.clone();
        // Without a window there is nothing to paste into.
        drop(self.0.perform(move |window, reply| {
            if let Some(window) = window {
                pasting.notice(&window);
            }
            let _ = reply.send(Ok(()));
        }));
    }

    fn write(&self, text: String) -> Answer<()> {
        self.0.perform(move |_, reply| {
            clipboard().set_text(&text);
            let _ = reply.send(Ok(()));
        })
    }

    fn write_rich(&self, text: String, html: String) -> Answer<()> {
        self.0.perform(move |_, reply| {
            let owned = clipboard().set_with_data(&targets(), move |_, selection, form| {
                if form == HTML {
                    selection.set(&selection.target(), 8, [CHARSET, &html].concat().as_bytes());
                } else {
                    selection.set_text(&text);
                }
            });
            let _ = reply.send(if owned { Ok(()) } else { Err(NativeError::Unavailable) });
        })
    }
}

/// What other programs may ask for, and in which of the two forms they get it.
fn targets() -> Vec<gtk::TargetEntry> {
    const PLAIN_NAMES: [&str; 4] =
        ["UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "STRING"];
    let entry = |name: &str, form| gtk::TargetEntry::new(name, gtk::TargetFlags::empty(), form);
    let plain = PLAIN_NAMES.iter().map(|name| entry(name, PLAIN));
    std::iter::once(entry("text/html", HTML)).chain(plain).collect()
}

fn clipboard() -> gtk::Clipboard {
    gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD)
}
