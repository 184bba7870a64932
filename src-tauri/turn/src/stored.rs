//! Which keys the vault keeps, and whose they are.

use history::{Connection, History, KeyFacts};
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

/// Every key that is kept, those of a session too, and those that wait beside the one that is used.
pub fn stored_keys(history: &History) -> Result<Vec<StoredKey>, history::Error> {
    let connections = history.connections()?;
    let of = |connection: &Connection| {
        let stored = |key: &KeyFacts| {
            let id = KeyId::parse(&key.item)?;
            let (name, last_four) = (connection.name.clone(), key.last_four.clone());
            Some(StoredKey { id, name, last_four, connection: connection.clone() })
        };
        connection.keys().filter_map(stored).collect::<Vec<_>>()
    };
    Ok(connections.iter().flat_map(of).collect())
}
