//! Who may ask.

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
    /// The account is empty: 429 `insufficient_quota`.
    NoCredit,
    /// The key lacks a permission: 403.
    Restricted,
}

impl Account {
    /// A key that may do everything.
    pub fn good(key: impl Into<String>) -> Self {
        Self { key: key.into(), standing: Standing::Good }
    }
}

/// The refusal for a request with this `authorization` header: status, code and words; `None` if it may go on.
pub(crate) fn refusal(
    accounts: &[Account],
    authorization: Option<&str>,
) -> Option<(u16, &'static str, String)> {
    if accounts.is_empty() {
        return None;
    }
    let key = authorization.and_then(|value| value.strip_prefix("Bearer "));
    match accounts.iter().find(|account| Some(account.key.as_str()) == key) {
        // Real servers repeat it too, some of them whole.
        None => {
            let words = format!("Incorrect API key provided: {}.", key.unwrap_or_default());
            Some((401, "invalid_api_key", words))
        }
        Some(account) => match account.standing {
            Standing::Good => None,
            Standing::NoCredit => {
                Some((429, "insufficient_quota", "You exceeded your current quota.".to_owned()))
            }
            Standing::Restricted => Some((
                403,
                "insufficient_permissions",
                "This key lacks the scope for this.".to_owned(),
            )),
        },
    }
}
