//! What an answer names, and a person lets out: links and pictures.

use super::Asked;

pub const OPEN: Asked = Asked {
    title: "Open this address?",
    note: "An answer contains this link. It opens in your browser.",
    yes: "Open in browser",
};

pub const LOAD_PICTURE: Asked = Asked {
    title: "Load this picture?",
    note: "An answer names this picture. That host will see your network address and the whole address.",
    yes: "Load picture",
};

pub const LONG_ADDRESS: &str =
    "The address is long. It may carry words of this chat to whoever reads it.";
