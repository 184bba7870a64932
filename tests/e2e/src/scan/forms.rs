//! The forms in which a secret may lie about.

use super::huffman;

/// A way to write bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// As it is.
    Raw,
    /// Two bytes a letter, in either order: JavaScript, Windows.
    Utf16,
    /// Base64, wherever it starts in the encoded text; both alphabets.
    Base64,
    /// Hexadecimal, in both cases.
    Hex,
    /// `%41`, in both cases; letters that stay themselves are found as raw.
    Percent,
    /// `\u0041`, in both cases; letters that stay themselves are found as raw.
    Json,
    /// HPACK's Huffman code, at every bit.
    Huffman,
    /// Last letter first.
    Reversed,
}

/// All of them.
pub const FORMS: [Form; 8] = [
    Form::Raw,
    Form::Utf16,
    Form::Base64,
    Form::Hex,
    Form::Percent,
    Form::Json,
    Form::Huffman,
    Form::Reversed,
];

impl Form {
    /// What to look for to find `piece` in this form, whatever stands before and after it.
    pub(super) fn patterns(self, piece: &str) -> Vec<Vec<u8>> {
        let each =
            |write: fn(u8) -> String| piece.bytes().map(write).collect::<String>().into_bytes();
        match self {
            Self::Raw => vec![piece.as_bytes().to_vec()],
            // Between the first letter and the last both orders are the same.
            Self::Utf16 => {
                let mut bytes: Vec<u8> = piece.encode_utf16().flat_map(u16::to_le_bytes).collect();
                bytes.pop();
                vec![bytes]
            }
            Self::Base64 => base64(piece.as_bytes()),
            Self::Hex => {
                vec![each(|byte| format!("{byte:02x}")), each(|byte| format!("{byte:02X}"))]
            }
            Self::Percent => {
                vec![each(|byte| format!("%{byte:02x}")), each(|byte| format!("%{byte:02X}"))]
            }
            Self::Json => {
                vec![each(|byte| format!("\\u{byte:04x}")), each(|byte| format!("\\u{byte:04X}"))]
            }
            Self::Huffman => {
                (0..8).filter_map(|offset| huffman::bytes_within(piece, offset)).collect()
            }
            Self::Reversed => vec![piece.bytes().rev().collect()],
        }
    }
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The digits that only `bytes` decide, for each of the three places in a group where they may start.
fn base64(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut patterns = Vec::new();
    for before in 0..3 {
        let mut padded = vec![0; before];
        padded.extend_from_slice(bytes);
        let bits: Vec<u8> =
            padded.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
        let sixes = bits.chunks_exact(6).skip((before * 8).div_ceil(6));
        let digits: Vec<usize> =
            sixes.map(|six| six.iter().fold(0, |sum, bit| sum << 1 | usize::from(*bit))).collect();
        for alphabet in [STANDARD, URL] {
            let pattern: Vec<u8> = digits.iter().map(|digit| alphabet[*digit]).collect();
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
    }
    patterns
}
