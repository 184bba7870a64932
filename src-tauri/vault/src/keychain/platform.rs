//! Opens this system's own keychain.

/// What it is called when it cannot say so itself.
pub(crate) const NAME: &str = if cfg!(target_os = "macos") {
    "Keychain"
} else if cfg!(target_os = "windows") {
    "Credential Manager"
} else {
    "Secret Service"
};

#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) use super::secret_service::open;

/// These two are part of the system and are always there, so that one opening serves the whole run.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(crate) fn open() -> Result<super::Opened, crate::error::VaultError> {
    use crate::error::VaultError;

    if keyring::Entry::store_status().is_err() {
        return Err(VaultError::Absent);
    }
    let store = keyring_core::get_default_store().ok_or(VaultError::Absent)?;
    Ok(super::Opened { store, door: None })
}
