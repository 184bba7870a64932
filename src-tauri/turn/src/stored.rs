//! Which keys the vault keeps, and whose they are.

use history::{Connection, History};
use vault::KeyId;

/// A key that is kept, and the connection it belongs to.
#[derive(Debug, Clone)]
pub struct StoredKey {
    /// Its name in the vault.
    pub id: KeyId,
    /// What the person calls it.
    pub name: String,
    /// Its last four characters.
    pub last_four: String,
    /// The connection.
    pub connection: Connection,
}

/// Every key that is kept, those of a session too.
pub fn stored_keys(history: &History) -> Result<Vec<StoredKey>, history::Error> {
    let of = |connection: Connection| {
        let last_four = connection.key.as_ref()?.last_four.clone();
        let id = KeyId::parse(connection.key_item())?;
        Some(StoredKey { id, name: connection.name.clone(), last_four, connection })
    };
    Ok(history.connections()?.into_iter().filter_map(of).collect())
}
