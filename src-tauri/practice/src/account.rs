//! Who may ask.

use crate::refusal::Refusal;

/// A key the server knows, and what it may do.
#[derive(Debug, Clone)]
pub struct Account {
    /// The key itself. Only made-up keys belong here.
    pub key: String,
    /// What happens when it is used.
    pub standing: Standing,
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everything.
    Good,
    /// The account is empty.
    NoCredit,
    /// The key lacks a permission.
    Restricted,
}

impl Account {
    /// A key that may do everything.
    pub fn good(key: impl Into<String>) -> Self {
        Self { key: key.into(), standing: Standing::Good }
    }
}

/// The refusal for a request with this key; `None` if it may go on.
pub(crate) fn refusal(accounts: &[Account], key: Option<&str>) -> Option<Refusal> {
    if accounts.is_empty() {
        return None;
    }
    match accounts.iter().find(|account| Some(account.key.as_str()) == key) {
        None => Some(Refusal::WrongKey(key.unwrap_or_default().to_owned())),
        Some(account) => match account.standing {
            Standing::Good => None,
            Standing::NoCredit => Some(Refusal::NoCredit),
            Standing::Restricted => Some(Refusal::Restricted),
        },
    }
}
