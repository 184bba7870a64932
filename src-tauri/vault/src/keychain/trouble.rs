//! Turns the errors of the keychain crates into the vault's own, at once and without their texts:
//! some of them print the stored bytes.

use keyring_core::Error;

use crate::error::VaultError;

pub(crate) fn of(error: Error) -> VaultError {
    match error {
        Error::NoEntry => VaultError::Missing,
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            zeroize::Zeroize::zeroize(&mut bytes);
            VaultError::Damaged
        }
        Error::BadStoreFormat(_) | Error::Ambiguous(_) => VaultError::Damaged,
        Error::NoStorageAccess(inner) => of_platform(inner.as_ref()).unwrap_or(VaultError::Locked),
        Error::PlatformFailure(inner) => of_platform(inner.as_ref()).unwrap_or(VaultError::Failed),
        Error::NoDefaultStore => VaultError::Absent,
        // The enum is open; what it adds is a failure until someone looks at it.
        _ => VaultError::Failed,
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn of_platform(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Option<VaultError> {
    error.downcast_ref().map(super::secret_service::trouble)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn of_platform(_: &(dyn std::error::Error + Send + Sync + 'static)) -> Option<VaultError> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_bytes_never_come_through() {
        let secret = b"sk-canary-canary".to_vec();
        let printed = format!("{:?}", Error::BadEncoding(secret.clone()));
        assert!(printed.contains("115, 107"), "the error below no longer prints bytes: {printed}");
        for error in [
            Error::BadEncoding(secret.clone()),
            Error::BadDataFormat(secret, "sk-canary-canary".into()),
            Error::BadStoreFormat("sk-canary-canary".into()),
            Error::PlatformFailure("sk-canary-canary".into()),
            Error::NoStorageAccess("sk-canary-canary".into()),
            Error::Invalid("sk-canary-canary".into(), "sk-canary-canary".into()),
        ] {
            let ours = of(error);
            let shown = format!("{ours} {ours:?}");
            assert!(!shown.contains("canary") && !shown.contains("115"), "{shown}");
        }
    }
}
