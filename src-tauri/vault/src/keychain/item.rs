//! The text of one keychain item: the key, and inside the same secret the origin it belongs to.
//!
//! Whoever can change the app's files cannot move a key to another server, because the binding is
//! not in those files.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::address::Origin;
use crate::error::VaultError;
use crate::key::ApiKey;
use crate::session::BoundKey;

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    origin: &'a Origin,
    provider: &'a str,
    secret: &'a str,
}

#[derive(Deserialize)]
struct Read<'a> {
    version: u32,
    origin: Origin,
    // Borrowed, so that the parser makes no copy that nobody wipes.
    #[serde(borrow)]
    secret: Cow<'a, str>,
}

pub(crate) fn write(
    key: &ApiKey,
    origin: &Origin,
    provider: &str,
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    // Room for the worst escaping: growing would leave copies behind.
    let origin_room = 6 * origin.host().len() + 32;
    let room = 64 + origin_room + 6 * provider.len() + 2 * key.len();
    let mut text = Zeroizing::new(Vec::with_capacity(room));
    let item = Written { version: VERSION, origin, provider, secret: key.text() };
    serde_json::to_writer(&mut *text, &item).map_err(|_| VaultError::Failed)?;
    Ok(text)
}

pub(crate) fn read(text: &[u8]) -> Result<BoundKey, VaultError> {
    // The parser's errors can quote what they stumble over.
    let item: Read<'_> = serde_json::from_slice(text).map_err(|_| VaultError::Damaged)?;
    if item.version != VERSION {
        return Err(VaultError::Damaged);
    }
    let secret = Zeroizing::new(item.secret.into_owned());
    let key = ApiKey::parse(secret).map_err(|_| VaultError::Damaged)?;
    Ok(BoundKey { key, origin: item.origin })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::BaseUrl;

    #[test]
    fn an_item_reads_back_and_never_grows_its_buffer() {
        let origin = BaseUrl::parse("https://api.example.com/v1").unwrap().origin();
        for secret in ["sk-local-1234", "sk\\\"\\\"\\\"\\\"\\\"", &"\\".repeat(512)] {
            let key = ApiKey::parse(Zeroizing::new(secret.to_owned())).unwrap();
            let text = write(&key, &origin, "ex\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}ample").unwrap();
            let room = 64 + 6 * origin.host().len() + 32 + 6 * 13 + 2 * key.len();
            assert_eq!(text.capacity(), room, "the buffer has grown");
            let bound = read(&text).unwrap();
            assert!(bound.key.is_text(secret));
            assert_eq!(bound.origin, origin);
        }
    }

    #[test]
    fn a_foreign_item_is_damaged() {
        for text in [
            "",
            "sk-local-1234",
            "{}",
            r#"{"version":2,"origin":"https://h","provider":"p","secret":"sk-local-1234"}"#,
            r#"{"version":1,"origin":"https://h/","provider":"p","secret":"sk-local-1234"}"#,
            r#"{"version":1,"origin":"https://h","provider":"p","secret":"two words"}"#,
            r#"{"version":1,"origin":"https://h","provider":"p"}"#,
            r#"{"version":1,"provider":"p","secret":"sk-local-1234"}"#,
        ] {
            assert_eq!(read(text.as_bytes()).err(), Some(VaultError::Damaged), "{text}");
        }
        assert!(read(b"\xff\xfe").is_err());
    }
}
