//! Bytes as text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The bytes of a file inside a document.
pub(crate) fn base64(data: &[u8]) -> String {
    STANDARD.encode(data)
}

/// The same as an address that names its type.
pub(crate) fn data_url(media_type: &str, data: &[u8]) -> String {
    format!("data:{media_type};base64,{}", base64(data))
}
