//! Bytes as text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The bytes of a file inside a document.
pub(crate) fn base64(data: &[u8]) -> String {
    STANDARD.encode(data)
}

/// A name as steps of a path. What is no plain character is spelled out, so that no name can mean another path.
pub(crate) fn path_of(name: &str) -> String {
    percent(name, b"-_.~@/")
}

/// A value of a query.
pub(crate) fn query_value(text: &str) -> String {
    percent(text, b"-_~")
}

fn percent(text: &str, plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The bytes of a file as an address that names its type.
pub(crate) fn data_url(media_type: &str, data: &[u8]) -> String {
    format!("data:{media_type};base64,{}", base64(data))
}
