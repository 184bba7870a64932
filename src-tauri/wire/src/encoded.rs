//! Bytes as text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The bytes of a file inside a document.
pub(crate) fn base64(data: &[u8]) -> String {
    STANDARD.encode(data)
}

/// A name as steps of a path. What is no plain character is spelled out, so that no name can mean another path.
pub(crate) fn path_of(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~@/".contains(&byte);
    let mut path = String::with_capacity(name.len());
    for byte in name.bytes() {
        match is_plain(byte) {
            true => path.push(char::from(byte)),
            false => path.push_str(&format!("%{byte:02X}")),
        }
    }
    path
}

/// The bytes of a file as an address that names its type.
pub(crate) fn data_url(media_type: &str, data: &[u8]) -> String {
    format!("data:{media_type};base64,{}", base64(data))
}
