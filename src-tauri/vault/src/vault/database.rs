//! The key of the encrypted history: 32 random bytes in the keychain, made once and never replaced. What stands in its
//! place and is none can be kept under another name, never thrown away.
//!
//! Losing it loses the history, so nothing here overwrites it, not even a call that timed out and
//! completes later.

use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::keychain::{Opened, Turn};
use crate::vault::{Patience, Vault};

const USER: &str = "history";
/// What is set aside stands under this name and a number.
const ASIDE: &str = "history.aside";

type DatabaseKey = Zeroizing<[u8; 32]>;

impl Vault {
    /// The history's key, or none if it was never made.
    pub async fn existing_database_key(
        &self,
        patience: Patience,
    ) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        self.keychain.ask(self.deadline(patience), move |opened| existing(opened, patience)).await
    }

    /// Makes the history's key. Where one exists this fails with [`VaultError::Exists`].
    pub async fn create_database_key(
        &self,
        patience: Patience,
    ) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let mut key: DatabaseKey = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key).map_err(|_| VaultError::Failed)?;
        let deadline = self.deadline(patience);
        // The turn stays with the errand until it really ends: no second key can be made beside
        // one whose making only seemed to have failed.
        let turn = self.keychain.turn(deadline).await?;
        self.keychain.ask(deadline, move |opened| create(opened, &key, patience, &turn)).await
    }

    /// Keeps what stands in the place of the history's key and is none under a name of its own, so that a key can be made.
    /// A key that can be read is left where it is.
    pub async fn set_database_key_aside(&self, patience: Patience) -> Result<(), VaultError> {
        let deadline = self.deadline(patience);
        let turn = self.keychain.turn(deadline).await?;
        self.keychain.ask(deadline, move |opened| set_aside(opened, patience, &turn)).await
    }
}

fn existing(opened: &Opened, patience: Patience) -> Result<Option<DatabaseKey>, VaultError> {
    match opened.read(USER, patience) {
        Ok(text) => from_hex(&text).map(Some).ok_or(VaultError::Damaged),
        Err(VaultError::Missing) => Ok(None),
        Err(error) => Err(error),
    }
}

fn create(
    opened: &Opened,
    key: &DatabaseKey,
    patience: Patience,
    _: &Turn,
) -> Result<DatabaseKey, VaultError> {
    match existing(opened, patience)? {
        // The connection broke after the first try had written it.
        Some(found) if found == *key => return Ok(found),
        Some(_) => return Err(VaultError::Exists),
        None => opened.write(USER, &to_hex(key), patience)?,
    }
    match existing(opened, patience)? {
        Some(found) if found == *key => Ok(found),
        _ => Err(VaultError::Failed),
    }
}

fn set_aside(opened: &Opened, patience: Patience, _: &Turn) -> Result<(), VaultError> {
    let text = match opened.read(USER, patience) {
        Ok(text) if from_hex(&text).is_some() => return Ok(()),
        Ok(text) => text,
        Err(VaultError::Missing) => return Ok(()),
        // What can't be read can't be kept either.
        Err(error) => return Err(error),
    };
    for number in 1_u32.. {
        let name = format!("{ASIDE}-{number}");
        match opened.read(&name, patience) {
            // The connection broke after the first try had written it.
            Ok(kept) if kept == text => {}
            Ok(_) | Err(VaultError::Damaged) => continue,
            Err(VaultError::Missing) => opened.write(&name, &text, patience)?,
            Err(error) => return Err(error),
        }
        if opened.read(&name, patience)? != text {
            return Err(VaultError::Failed);
        }
        return opened.remove(USER, patience);
    }
    Err(VaultError::Failed)
}

/// Text, because KWallet keeps nothing else.
fn to_hex(key: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = Zeroizing::new(Vec::with_capacity(64));
    for byte in key {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}

fn from_hex(text: &[u8]) -> Option<DatabaseKey> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut key: DatabaseKey = Zeroizing::new([0; 32]);
    (text.len() == 64).then_some(())?;
    for (byte, pair) in key.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_goes_both_ways_and_nothing_else_is_read() {
        let key: [u8; 32] = std::array::from_fn(|i| (i * 37 + 5) as u8);
        let text = to_hex(&key);
        assert_eq!(from_hex(&text).map(|k| *k), Some(key));
        let upper = text.to_ascii_uppercase();
        for wrong in [&text[..63], &text[..62], b"", &[b'g'; 64], &upper] {
            assert!(from_hex(wrong).is_none());
        }
    }
}
