//! HPACK's Huffman code (RFC 7541, appendix B), as far as keys use it: a header that is sent over HTTP/2 looks like this.

/// The letters of each code length, in the order of their codes. The code is canonical: within a length it counts up.
const BY_LENGTH: [(u32, &str); 4] = [
    (5, "012aceiost"),
    (6, " %-./3456789=A_bdfghlmnpru"),
    (7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"),
    (8, "&*,;XZ"),
];

/// The bits of `text`, one a byte; `None` if it has letters with longer codes, which no key has.
pub(super) fn bits(text: &str) -> Option<Vec<u8>> {
    let mut bits = Vec::with_capacity(text.len() * 8);
    for letter in text.chars() {
        let (code, length) = code(letter)?;
        bits.extend((0..length).rev().map(|bit| u8::from(code >> bit & 1 == 1)));
    }
    Some(bits)
}

/// The whole bytes of `text` when its first bit stands at `offset` in a byte: bits shared with neighbours are left out,
/// so that it is found wherever it stands in a longer header value.
pub(super) fn bytes_within(text: &str, offset: usize) -> Option<Vec<u8>> {
    let bits = bits(text)?;
    let shared = (8 - offset) % 8;
    Some(bits.get(shared..)?.chunks_exact(8).map(byte).collect())
}

fn byte(bits: &[u8]) -> u8 {
    bits.iter().fold(0, |byte, bit| byte << 1 | bit)
}

fn code(letter: char) -> Option<(u32, u32)> {
    let (mut next, mut length) = (0, 0);
    for (bits, letters) in BY_LENGTH {
        next <<= bits - length;
        length = bits;
        for candidate in letters.chars() {
            if candidate == letter {
                return Some((next, length));
            }
            next += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a header is sent: the last byte is filled with ones.
    fn padded(text: &str) -> String {
        let mut bits = bits(text).unwrap();
        bits.resize(bits.len().div_ceil(8) * 8, 1);
        bits.chunks(8).map(|bits| format!("{:02x}", byte(bits))).collect()
    }

    #[test]
    fn the_examples_of_the_rfc() {
        for (text, coded) in [
            ("www.example.com", "f1e3c2e5f23a6ba0ab90f4ff"),
            ("no-cache", "a8eb10649cbf"),
            ("custom-key", "25a849e95ba97d7f"),
            ("custom-value", "25a849e95bb8e8b4bf"),
            ("302", "6402"),
            ("private", "aec3771a4b"),
            ("Mon, 21 Oct 2013 20:13:21 GMT", "d07abe941054d444a8200595040b8166e082a62d1bff"),
            ("https://www.example.com", "9d29ad171863c78f0b97c8e9ae82ae43d3"),
            ("307", "640eff"),
            ("gzip", "9bd9ab"),
        ] {
            assert_eq!(padded(text), coded, "{text}");
        }
    }

    #[test]
    fn every_letter_of_a_key_has_a_code() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_. ";
        assert!(bits(letters).is_some());
        assert!(bits("<").is_none());
    }
}
