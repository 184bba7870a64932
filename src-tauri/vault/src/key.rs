//! An API key that can be used but not read.
//!
//! The bytes are private to this crate, wiped on drop, and reach the outside only as a header of a
//! request to the key's own origin. Each of these does not compile:
//!
//! ```compile_fail,E0277
//! fn needs<T: serde::Serialize>() {}
//! needs::<vault::ApiKey>(); // no Serialize
//! ```
//! ```compile_fail,E0277
//! fn needs<T: Clone>() {}
//! needs::<vault::ApiKey>(); // no Clone
//! ```
//! ```compile_fail,E0277
//! fn needs<T: std::fmt::Display>() {}
//! needs::<vault::ApiKey>(); // no Display
//! ```
//! ```compile_fail,E0277
//! fn needs<T: std::ops::Deref>() {}
//! needs::<vault::ApiKey>(); // no Deref
//! ```
//! ```compile_fail,E0277
//! fn needs<T: PartialEq>() {}
//! needs::<vault::ApiKey>(); // no PartialEq
//! ```
//! ```compile_fail,E0277
//! fn needs<T: AsRef<[u8]>>() {}
//! needs::<vault::ApiKey>(); // no AsRef
//! ```
//! ```compile_fail,E0624
//! fn read(key: &vault::ApiKey) { key.bytes(); } // the accessor is the crate's own
//! ```
//! ```compile_fail,E0616
//! fn read(key: &vault::ApiKey) { let _ = &key.bytes; } // so is the field
//! ```
//!
//! The control, which does: `Debug` is there, and redacted.
//! ```
//! fn needs<T: std::fmt::Debug + Send + Sync>() {}
//! needs::<vault::ApiKey>();
//! ```

use std::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

use crate::shape::{KeyFamily, KeyKind, KeyShape, classify};

/// An API key. It can be used by the vault and shown by its last four characters.
pub struct ApiKey {
    bytes: Zeroizing<Vec<u8>>,
}

/// The last four characters of a key, which a person may see.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LastFour(String);

/// Why a text is not accepted as a key. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyRefusal {
    /// There is nothing but white space.
    #[error("there is no key in the text")]
    Empty,
    /// No provider's key looks like this.
    #[error("the text is not a key: {flaw}")]
    NotAKey {
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// A key that manages an organisation; a chat needs no such power.
    #[error("this is an admin key")]
    Admin {
        /// Whose it is.
        family: Option<KeyFamily>,
    },
    /// A login token of another product, which its provider refuses here.
    #[error("this is a login token, not an API key")]
    OAuth {
        /// Whose it is.
        family: Option<KeyFamily>,
    },
    /// A secret of a service that runs no models.
    #[error("this is a token of {service}, not a key for models")]
    NotAModelKey {
        /// Whose it is.
        service: &'static str,
    },
    /// A copy in which dots or stars stand for a part of it.
    #[error("this is a masked copy of a key")]
    Masked,
    /// The example of a manual.
    #[error("this is an example, not a key")]
    Placeholder,
    /// A key inside an address.
    #[error("this is an address with a key in it")]
    InAddress,
    /// Several different keys.
    #[error("there are several keys in the text")]
    Several,
}

/// What makes a text no key at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// Too few characters for whoever lives at the address.
    #[error("too short")]
    TooShort,
    /// More than 512 characters.
    #[error("too long")]
    TooLong,
    /// A space, tab or line break inside.
    #[error("white space inside")]
    WhiteSpace,
    /// The address of a server.
    #[error("an address")]
    Address,
    /// A character outside printable ASCII.
    #[error("a character that no key has")]
    ForeignCharacter,
}

impl ApiKey {
    /// Takes a text as it is, without white space around it, and accepts it if it can be a model key. What a person
    /// handed over goes through [`ApiKey::hand_over`].
    pub fn parse(text: Zeroizing<String>) -> Result<ApiKey, KeyRefusal> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(KeyRefusal::Empty);
        }
        if let Some(flaw) = flaw_of(trimmed) {
            return Err(KeyRefusal::NotAKey { flaw });
        }
        let KeyShape { family, kind } = classify(trimmed);
        match kind {
            KeyKind::Admin => Err(KeyRefusal::Admin { family }),
            KeyKind::OAuth => Err(KeyRefusal::OAuth { family }),
            // Where it is the right key depends on the address.
            KeyKind::Foreign
            | KeyKind::Project
            | KeyKind::ServiceAccount
            | KeyKind::User
            | KeyKind::Api
            | KeyKind::Ambiguous
            | KeyKind::Unknown => Ok(ApiKey { bytes: Zeroizing::new(trimmed.into()) }),
        }
    }

    /// What kind of key it seems to be.
    pub fn shape(&self) -> KeyShape {
        classify(self.text())
    }

    /// The four characters that a person may see; fewer of a key so short that four would tell much of it.
    pub fn last_four(&self) -> LastFour {
        let text = self.text();
        LastFour(text[text.len() - (text.len() / 4).min(4)..].to_owned())
    }

    /// How many characters it has.
    #[allow(clippy::len_without_is_empty, reason = "a key is never empty")]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether a text, such as the clipboard's, still is this key. Takes the same time wherever the
    /// first difference is.
    pub fn is_text(&self, text: &str) -> bool {
        let other = text.trim().as_bytes();
        let difference = self.bytes.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
        other.len() == self.bytes.len() && std::hint::black_box(difference) == 0
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn text(&self) -> &str {
        // `parse` let only ASCII in.
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

impl LastFour {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LastFour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn flaw_of(text: &str) -> Option<Flaw> {
    if text.contains(|c: char| c.is_whitespace()) {
        Some(Flaw::WhiteSpace)
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some(Flaw::ForeignCharacter)
    } else if text.len() > 512 {
        Some(Flaw::TooLong)
    } else {
        None
    }
}
