//! What can go wrong with the keychain, in the words the app acts on.
//!
//! No variant carries text from below: the errors of `keyring_core` print stored bytes.

use thiserror::Error;

use crate::command::CommandError;

/// Why the keychain did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VaultError {
    /// It needs the person: an unlock password, or a first one. Ask again with
    /// [`Patience::Person`](crate::Patience::Person).
    #[error("the keychain is locked")]
    Locked,
    /// There is no keychain on this system, or it is gone.
    #[error("there is no keychain")]
    Absent,
    /// It did not answer in time. What was asked may still happen.
    #[error("the keychain did not answer in time")]
    Silent,
    /// The person closed its prompt.
    #[error("the keychain's prompt was dismissed")]
    Dismissed,
    /// It holds no such item.
    #[error("the keychain holds no such item")]
    Missing,
    /// The item is not one of ours, or cannot be read.
    #[error("the item in the keychain is damaged")]
    Damaged,
    /// The database key exists already and is not replaced.
    #[error("the item exists already")]
    Exists,
    /// The key is printed by a program of the person's, and that gave none.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// It failed in another way.
    #[error("the keychain failed")]
    Failed,
}
