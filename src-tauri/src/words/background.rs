//! The icon, its menu, and what is said when a window is hidden.

use super::Told;

pub const HIDDEN: Told = Told {
    title: "Latchkey goes on in the background",
    body: "Its icon opens the window again. Answers go on. Quit is in the icon’s menu.",
};

/// How many answers are being written.
pub fn answering(count: usize) -> String {
    match count {
        0 => "No answer is being written".to_owned(),
        1 => "1 answer is being written".to_owned(),
        many => format!("{many} answers are being written"),
    }
}

pub const OPEN: &str = "Open Latchkey";
pub const QUICK_ASK: &str = "Quick ask";
pub const NEW_CHAT: &str = "New chat";
pub const STOP_ANSWERS: &str = "Stop answers";
pub const QUIT: &str = "Quit";
