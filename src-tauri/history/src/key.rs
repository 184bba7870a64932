//! Hands the raw key to SQLCipher. It goes through the C API: as SQL text it would stay in statement buffers, traces
//! and error messages.
#![allow(unsafe_code)]

use std::os::raw::{c_char, c_int};

use rusqlite::{Connection, ffi};
use zeroize::Zeroizing;

use crate::Error;

/// The 32 bytes that encrypt the file.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// `x'` + 64 hex digits + `'`: SQLCipher takes this form as the key itself. Bytes in any other form would go through a
/// password derivation of 256,000 rounds, which a random key does not need and every start would wait for.
const RAW_LENGTH: usize = 67;

/// Sets the key of a connection that has not read anything yet.
pub(crate) fn set(connection: &Connection, key: &Key) -> Result<(), Error> {
    let raw = raw_form(key);
    let length = c_int::try_from(RAW_LENGTH).map_err(|_| Error::Failed(ffi::SQLITE_MISUSE))?;
    // SAFETY: the handle belongs to `connection`, which outlives the call; "main" ends in a zero byte; `raw` holds
    // `length` readable bytes, and SQLCipher copies them before it returns.
    let code = unsafe {
        ffi::sqlite3_key_v2(
            connection.handle(),
            c"main".as_ptr().cast::<c_char>(),
            raw.as_ptr().cast(),
            length,
        )
    };
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(Error::Failed(code)) }
}

fn raw_form(key: &Key) -> Zeroizing<[u8; RAW_LENGTH]> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut raw = Zeroizing::new([b'\''; RAW_LENGTH]);
    raw[0] = b'x';
    for (pair, byte) in raw[2..].chunks_exact_mut(2).zip(key.iter()) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_form_is_a_hex_blob() {
        let mut key = Zeroizing::new([0; 32]);
        key[0] = 0x2d;
        key[31] = 0xf9;
        let raw = raw_form(&key);
        let text = std::str::from_utf8(&*raw).unwrap();
        assert!(text.starts_with("x'2d00") && text.ends_with("00f9'"));
        assert_eq!(text.len(), RAW_LENGTH);
    }
}
