//! Numbers out of bytes.

/// Bytes from here on, so many of them.
pub(super) fn at(bytes: &[u8], from: usize, count: usize) -> Option<&[u8]> {
    bytes.get(from..from.checked_add(count)?)
}

/// A number with its first byte first.
pub(super) fn big(bytes: &[u8], from: usize, count: usize) -> Option<u64> {
    let number = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
    Some(at(bytes, from, count)?.iter().fold(0, number))
}

/// A number with its last byte first.
pub(super) fn little(bytes: &[u8], from: usize, count: usize) -> Option<u64> {
    let number = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
    Some(at(bytes, from, count)?.iter().rev().fold(0, number))
}
