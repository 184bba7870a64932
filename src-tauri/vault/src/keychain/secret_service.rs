//! The Secret Service: GNOME Keyring, KWallet, KeePassXC and others behind one D-Bus name.
//!
//! The store crate prompts whenever something is locked. The second connection here asks first, so
//! that a prompt appears only when a person is there to answer it.

use std::collections::HashMap;

use secret_service::EncryptionType;
use secret_service::blocking::SecretService;
use zbus::DBusError;
use zbus::blocking::Connection;
use zbus::names::BusName;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

use super::Opened;
use super::opened::{Door, SERVICE};
use super::trouble as keychain_trouble;
use crate::error::VaultError;

const BUS_NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const INTERFACE: &str = "org.freedesktop.Secret.Service";

struct ServiceDoor {
    bus: Connection,
}

/// Opens a new connection. `keyring` itself would remember a first failure for the whole run.
pub(crate) fn open() -> Result<Opened, VaultError> {
    let store = zbus_secret_service_keyring_store::Store::new().map_err(keychain_trouble::of)?;
    let bus = Connection::session().map_err(|error| of_zbus(&error))?;
    Ok(Opened { store, door: Some(Box::new(ServiceDoor { bus })) })
}

/// The class of a failure of the service.
pub(crate) fn trouble(error: &secret_service::Error) -> VaultError {
    use secret_service::Error;
    match error {
        Error::Locked | Error::NoResult => VaultError::Locked,
        Error::Prompt => VaultError::Dismissed,
        Error::Unavailable => VaultError::Absent,
        Error::Zbus(error) => of_zbus(error),
        Error::ZbusFdo(error) => of_fdo(error),
        // A broken prompt, broken encryption, or a variant that is new.
        _ => VaultError::Failed,
    }
}

impl Door for ServiceDoor {
    fn is_shut_for_reading(&self, user: &str) -> Result<bool, VaultError> {
        let (_, locked) = self.find(user)?;
        Ok(!locked.is_empty())
    }

    fn is_shut_for_writing(&self, user: &str) -> Result<bool, VaultError> {
        let (open, locked) = self.find(user)?;
        if !locked.is_empty() || !open.is_empty() {
            return Ok(!locked.is_empty());
        }
        match self.default_collection()? {
            Some(collection) => self.is_locked(&collection),
            None => Ok(true),
        }
    }

    fn make_room(&self) -> Result<(), VaultError> {
        if self.default_collection()?.is_some() {
            return Ok(());
        }
        // No secret crosses this connection, so it needs no encryption.
        let service = SecretService::connect_with_existing(EncryptionType::Plain, self.bus.clone());
        let service = service.map_err(|error| trouble(&error))?;
        let made = service.create_collection("Default keyring", "default");
        made.map(drop).map_err(|error| trouble(&error))
    }

    fn name(&self) -> String {
        match self.owner().as_deref() {
            Some(owner) if owner.starts_with("gnome-keyring") => "GNOME Keyring",
            Some(owner) if owner.starts_with("kwallet") || owner.starts_with("ksecret") => {
                "KWallet"
            }
            Some(owner) if owner.starts_with("keepassxc") => "KeePassXC",
            _ => super::platform::NAME,
        }
        .to_owned()
    }
}

impl ServiceDoor {
    /// The open and the locked items of a name.
    fn find(&self, user: &str) -> Result<(Vec<OwnedObjectPath>, Vec<OwnedObjectPath>), VaultError> {
        let attributes = HashMap::from([("service", SERVICE), ("username", user)]);
        self.call(PATH, INTERFACE, "SearchItems", &(attributes,))
    }

    fn default_collection(&self) -> Result<Option<OwnedObjectPath>, VaultError> {
        let path: OwnedObjectPath = self.call(PATH, INTERFACE, "ReadAlias", &("default",))?;
        Ok((path.as_str() != "/").then_some(path))
    }

    fn is_locked(&self, collection: &OwnedObjectPath) -> Result<bool, VaultError> {
        let asked = ("org.freedesktop.Secret.Collection", "Locked");
        let properties = "org.freedesktop.DBus.Properties";
        let value: OwnedValue = self.call(collection.as_str(), properties, "Get", &asked)?;
        bool::try_from(value).map_err(|_| VaultError::Failed)
    }

    fn call<B, R>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> Result<R, VaultError>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
        R: serde::de::DeserializeOwned + zbus::zvariant::Type,
    {
        self.bus
            .call_method(Some(BUS_NAME), path, Some(interface), method, body)
            .and_then(|reply| reply.body().deserialize())
            .map_err(|error| of_zbus(&error))
    }

    /// The name of the process that owns the service. Asking does not start one.
    fn owner(&self) -> Option<String> {
        let bus = zbus::blocking::fdo::DBusProxy::new(&self.bus).ok()?;
        let name = BusName::try_from(BUS_NAME).ok()?;
        let process = bus.get_connection_unix_process_id(name).ok()?;
        std::fs::read_to_string(format!("/proc/{process}/comm")).ok()
    }
}

fn of_zbus(error: &zbus::Error) -> VaultError {
    match error {
        zbus::Error::MethodError(name, _, _) => of_name(name.as_str()),
        zbus::Error::FDO(error) => of_fdo(error),
        zbus::Error::InputOutput(_)
        | zbus::Error::Connection(_, _)
        | zbus::Error::Address(_)
        | zbus::Error::Handshake(_)
        | zbus::Error::InterfaceNotFound => VaultError::Absent,
        _ => VaultError::Failed,
    }
}

fn of_fdo(error: &zbus::fdo::Error) -> VaultError {
    match error {
        zbus::fdo::Error::ZBus(error) => of_zbus(error),
        error => of_name(error.name().as_str()),
    }
}

/// D-Bus and the Secret Service tell their failures apart by name.
fn of_name(name: &str) -> VaultError {
    match name.strip_prefix("org.freedesktop.DBus.Error.") {
        Some("ServiceUnknown" | "NameHasNoOwner" | "NoServer" | "Disconnected") => {
            VaultError::Absent
        }
        Some(spawning) if spawning.starts_with("Spawn.") => VaultError::Absent,
        _ if name == "org.freedesktop.Secret.Error.IsLocked" => VaultError::Locked,
        _ => VaultError::Failed,
    }
}
