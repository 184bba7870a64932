//! What the desktop tells of answers that ended while nobody looked.

use super::quoted;

pub const ENDED: &str = "An answer has ended";
pub const BROKE_OFF: &str = "An answer broke off";
pub const FAILED: &str = "An answer failed";

/// Where no text of it is wished.
pub const IN_ITS_CHAT: &str = "It is in its chat, and saved.";

/// The chat's title and the answer's beginning, where there is one.
pub fn beginning(chat: &str, shown: &str) -> String {
    match shown.is_empty() {
        true => quoted(chat),
        false => format!("{}: {shown}", quoted(chat)),
    }
}
