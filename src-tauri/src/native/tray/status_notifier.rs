//! The icon as the desktops of Linux know it: over the session's bus, without a library of theirs.

use std::sync::atomic::{AtomicBool, Ordering};

use ksni::blocking::{Handle, TrayMethods};
use ksni::menu::{MenuItem, StandardItem};
use ksni::{OfflineReason, ToolTip};

use super::{TrayAct, TrayEar, TrayNews, TrayPicture};
use crate::words::background as words;
use crate::words::windows::LATCHKEY;

/// The icon on the bus.
pub(super) struct Icon(Handle<Item>);

struct Item {
    picture: TrayPicture,
    answering: usize,
    ear: TrayEar,
    is_shown: AtomicBool,
}

impl Icon {
    /// Puts it on the bus; whether anybody shows it is told.
    pub(super) fn put(picture: TrayPicture, answering: usize, ear: TrayEar) -> Option<Self> {
        let item = Item { picture, answering, ear: ear.clone(), is_shown: AtomicBool::new(true) };
        let handle = item.assume_sni_available(true).spawn().ok()?;
        let is_shown = handle.update(|item| item.is_shown.load(Ordering::Relaxed))?;
        ear(TrayNews::Shown(is_shown));
        Some(Self(handle))
    }

    /// Says how many answers are being written.
    pub(super) fn say(&self, answering: usize) {
        self.0.update(|item| item.answering = answering);
    }
}

impl Drop for Icon {
    fn drop(&mut self) {
        // It goes with its connection, whoever waits for that.
        drop(self.0.shutdown());
    }
}

impl Item {
    fn state(&self) -> String {
        words::answering(self.answering)
    }

    fn note(&self, is_shown: bool) {
        self.is_shown.store(is_shown, Ordering::Relaxed);
        (self.ear)(TrayNews::Shown(is_shown));
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "latchkey".to_owned()
    }

    fn title(&self) -> String {
        LATCHKEY.to_owned()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.title(), description: self.state(), ..ToolTip::default() }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        let TrayPicture { width, height, points } = &self.picture;
        let (Ok(width), Ok(height)) = (i32::try_from(*width), i32::try_from(*height)) else {
            return Vec::new();
        };
        // The bus wants how much of a point is seen first.
        let turned =
            points.chunks_exact(4).flat_map(|point| [point[3], point[0], point[1], point[2]]);
        vec![ksni::Icon { width, height, data: turned.collect() }]
    }

    fn activate(&mut self, _: i32, _: i32) {
        (self.ear)(TrayNews::Chosen(TrayAct::Open));
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let state = StandardItem { label: self.state(), enabled: false, ..StandardItem::default() };
        let act = |label: &str, act: TrayAct, enabled: bool| {
            let activate = Box::new(move |item: &mut Self| (item.ear)(TrayNews::Chosen(act)));
            MenuItem::from(StandardItem {
                label: label.to_owned(),
                enabled,
                activate,
                ..StandardItem::default()
            })
        };
        vec![
            state.into(),
            MenuItem::Separator,
            act(words::OPEN, TrayAct::Open, true),
            act(words::QUICK_ASK, TrayAct::Ask, true),
            act(words::NEW_CHAT, TrayAct::NewChat, true),
            MenuItem::Separator,
            act(words::STOP_ANSWERS, TrayAct::Stop, self.answering > 0),
            act(words::QUIT, TrayAct::Quit, true),
        ]
    }

    fn watcher_online(&self) {
        self.note(true);
    }

    fn watcher_offline(&self, _: OfflineReason) -> bool {
        self.note(false);
        // One may come: at the start of a session programs begin in any order.
        true
    }
}
