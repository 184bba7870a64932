//! Keys: handing one over, what kind it is and whose, removing one, and a secret manager that prints one.

use std::fmt::Display;

use vault::{Extra, KeyFamily, KeyKind};

use super::{Asked, numbers::ending};

pub const KIND: &str = "Kind";
pub const CUT_FROM_ADDRESS: &str = "Cut from the address";
pub const CUT_OFF: &str = "Cut off";
pub const TAKEN_OFF: &str = "Taken off";
pub const FROM_FILE: &str = "From the file";
pub const FROM: &str = "From";
pub const PRINTED_BY: &str = "Printed by";

const KEPT: &str =
    "It is tried once and then kept in the keychain. If you didn’t ask for this, press Cancel.";
const ASKED_FOR_AGAIN: &str = "It is tried once and kept nowhere: the program is asked again after each start. If you didn’t ask for this, press Cancel.";

/// A key that takes another's place.
pub const REPLACE: Asked = Asked { title: "Replace this key?", note: KEPT, yes: "Replace" };

/// A key that waits to take another's place.
pub const KEEP_NEXT: Asked =
    Asked { title: "Keep this as the next key?", note: KEPT, yes: "Keep it" };

/// A key of its own.
pub fn use_key(with: &str) -> Asked<String> {
    Asked { title: format!("Use this key with {with}?"), note: KEPT, yes: "Use this key" }
}

impl<T> Asked<T> {
    /// The same about a key that a program prints.
    pub fn printed(self) -> Self {
        Self { note: ASKED_FOR_AGAIN, ..self }
    }
}

/// What an address is called that the page chose: it has no name of its own in a title.
pub const THIS_ADDRESS: &str = "this address";

pub const MAY_BE_SHORT: &str = "This is short for a key. Servers of your own may take any word.";

/// A key that looks like somebody else's.
pub fn stranger(family: KeyFamily, server: &str) -> String {
    format!("This looks like a key from {}. It would be sent to {server}.", family_name(family))
}

/// A key by its kind and its end.
pub fn of_kind(kind: KeyKind, last_four: impl Display) -> String {
    format!("{} {}", kind_name(kind), ending(last_four))
}

/// A key by its provider and its end.
pub fn of_provider(name: &str, last_four: impl Display) -> String {
    format!("{name} {}", ending(last_four))
}

/// Several keys by their ends.
pub fn endings<'k>(last_fours: impl Iterator<Item = &'k str>) -> String {
    last_fours.map(ending).collect::<Vec<_>>().join(", ")
}

/// Which line of a file sets a key.
pub fn set_in_line(line: usize, times: usize) -> String {
    let again =
        if times > 1 { format!(", the last of {times} that set it") } else { String::new() };
    format!("{line}{again}")
}

/// Everything that was copied along.
pub fn taken_off(extras: &[Extra]) -> String {
    extras.iter().map(|extra| extra_words(*extra)).collect::<Vec<_>>().join(", ")
}

/// What was copied along, in words that give none of it away.
fn extra_words(extra: Extra) -> &'static str {
    match extra {
        Extra::HiddenCharacters => "hidden characters",
        Extra::Surroundings => "the words around it",
        Extra::Quotes => "quotation marks",
        Extra::Brackets => "brackets",
        Extra::Punctuation => "punctuation",
        Extra::Escapes => "an escaped line end or mark",
    }
}

/// What native windows call a kind of key.
pub fn kind_name(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Project => "Project key",
        KeyKind::ServiceAccount => "Service account key",
        KeyKind::User => "User key, valid for all projects",
        KeyKind::Api => "API key",
        KeyKind::Ambiguous => "Key of a shape that several providers use",
        KeyKind::Unknown => "Unknown kind",
        KeyKind::Admin => "Admin key, not accepted",
        KeyKind::OAuth => "Login token, not accepted",
        KeyKind::Foreign => "Not a key for models",
    }
}

/// What people call whoever issues such keys.
pub fn family_name(family: KeyFamily) -> &'static str {
    match family {
        KeyFamily::OpenAi => "OpenAI",
        KeyFamily::Anthropic => "Anthropic",
        KeyFamily::OpenRouter => "OpenRouter",
        KeyFamily::Google => "Google",
        KeyFamily::Groq => "Groq",
        KeyFamily::Xai => "xAI",
        KeyFamily::Perplexity => "Perplexity",
        KeyFamily::Replicate => "Replicate",
        KeyFamily::HuggingFace => "Hugging Face",
        KeyFamily::Nvidia => "NVIDIA",
        KeyFamily::ElevenLabs => "ElevenLabs",
        KeyFamily::Bedrock => "Amazon Bedrock",
        KeyFamily::Together => "Together AI",
        KeyFamily::Fireworks => "Fireworks AI",
        KeyFamily::Cerebras => "Cerebras",
        KeyFamily::Vercel => "Vercel",
        KeyFamily::Langfuse => "Langfuse",
    }
}

/// An address that wants no key.
pub const CHAT_WITHOUT_KEY: Asked = Asked {
    title: "Send chats to this address?",
    note: "Your messages will be sent there without a key.",
    yes: "Use this address",
};

/// A key that lies about.
pub const MOVE: Asked = Asked {
    title: "Move this key into the keychain?",
    note: "The file isn’t changed. Take the key out of it afterwards, or rotate it.",
    yes: "Store the key",
};

/// Where a key lies about.
pub fn lies_in(file: &str, line: Option<u64>) -> String {
    let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
    format!("{file}{line}")
}

/// Removing a connection with its key.
pub const REMOVE: Asked = Asked {
    title: "Remove this key?",
    note: "The key is removed from this computer. It still works until you revoke it at the provider.",
    yes: "Remove",
};

/// Removing a connection that has none.
pub const REMOVE_CONNECTION: Asked = Asked {
    title: "Remove this connection?",
    note: "Chats stay. You can connect again at any time.",
    yes: "Remove",
};

/// Who adds it again would take it for as bounded as before.
pub const CAPS_GO: &str = "Its caps go with it. Added again, it begins without any, and what it has spent this month is not counted against new ones.";

/// The title of the window in which a file is picked.
pub fn choose_file(variable: &str) -> String {
    format!("Choose a file that sets {variable}")
}

pub const GIT_WOULD_TAKE: &str = "Git would take this file with the next “git add”.";
pub const GIT_HAS: &str = "Git has this file, so this key may be in its history: change the key soon, and take the file out with “git rm --cached”.";
pub const NOT_TO_BE_IGNORED: &str = "Its name is not one that a plain line of .gitignore can say: move the key into a file of another name.";

/// The line for `.gitignore`, to be copied letter by letter.
pub fn to_be_ignored(file: &str, line: &str) -> String {
    format!("Add this line to {file}: {line}")
}

/// A warning and what helps.
pub fn with_remedy(warning: &str, remedy: &str) -> String {
    format!("{warning} {remedy}")
}
