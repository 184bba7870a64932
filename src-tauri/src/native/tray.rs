//! An icon among the desktop's, with a menu. Where no desktop shows such icons it says so, and may be shown later.

#[cfg(target_os = "linux")]
mod status_notifier;

use std::sync::Arc;

/// What a person chooses there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayAct {
    /// The large window.
    Open,
    /// The small window.
    Ask,
    /// The large window, with a new chat.
    NewChat,
    /// Every answer ends.
    Stop,
    /// The app ends.
    Quit,
}

/// What the icon tells its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayNews {
    /// Something was chosen.
    Chosen(TrayAct),
    /// A desktop shows it from now on, or none does.
    Shown(bool),
}

/// A picture of four bytes a point: red, green, blue, and how much of it is seen.
#[derive(Debug, Clone)]
pub struct TrayPicture {
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// The points.
    pub points: Vec<u8>,
}

/// Who hears of the icon.
pub type TrayEar = Arc<dyn Fn(TrayNews) + Send + Sync>;

/// The icon, as long as this is held.
pub struct Tray {
    #[cfg(target_os = "linux")]
    icon: status_notifier::Icon,
}

impl Tray {
    /// Puts it there. `None` where there is no such place at all; `ear` hears whether a desktop shows it.
    pub fn put(picture: TrayPicture, answering: usize, ear: TrayEar) -> Option<Self> {
        #[cfg(target_os = "linux")]
        {
            Some(Self { icon: status_notifier::Icon::put(picture, answering, ear)? })
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = (picture, answering, ear);
            None
        }
    }

    /// How many answers are being written.
    pub fn say(&self, answering: usize) {
        #[cfg(target_os = "linux")]
        self.icon.say(answering);
        #[cfg(not(target_os = "linux"))]
        let _ = answering;
    }
}
