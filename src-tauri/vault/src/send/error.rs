//! Why a request got no answer, in classes that the app can act on.
//!
//! `reqwest` errors print URLs and whatever lies below them, so only their class and the host's
//! name come through.

use std::error::Error as _;
use std::io;

use thiserror::Error;

use crate::address::Origin;
use crate::error::VaultError;

/// Why a request got no answer. The texts name hosts and classes of failure, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SendError {
    /// The key could not be fetched.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The key belongs to another origin; nothing was sent.
    #[error("the key belongs to {bound}, not to {asked}")]
    OriginMismatch {
        /// Where the key may go.
        bound: Origin,
        /// Where it was asked to go.
        asked: Origin,
    },
    /// The server points elsewhere. Redirects are never followed.
    #[error("the server redirects to {to_host}")]
    Redirected {
        /// The host it points to.
        to_host: String,
    },
    /// The answer is compressed, which was not asked for.
    #[error("the answer is compressed")]
    Encoded,
    /// The server cannot be reached.
    #[error("{detail}")]
    Offline {
        /// Host and reason.
        detail: String,
    },
    /// Nothing listens at this address on this computer.
    #[error("{detail}")]
    Refused {
        /// Host and reason.
        detail: String,
    },
    /// No secure connection came about.
    #[error("{detail}")]
    Tls {
        /// Host and reason.
        detail: String,
    },
    /// The server stayed silent for too long.
    #[error("{detail}")]
    TimedOut {
        /// Host and reason.
        detail: String,
    },
    /// The connection broke before the answer was whole.
    #[error("{detail}")]
    Broken {
        /// Host and reason.
        detail: String,
    },
    /// The proxy of the environment cannot be used, or does not let through.
    #[error("{detail}")]
    Proxy {
        /// Host, variable and the proxy's address.
        detail: String,
    },
    /// The request could not be built.
    #[error("{detail}")]
    InvalidRequest {
        /// The reason.
        detail: String,
    },
}

impl SendError {
    /// A short text that is safe to show and to log.
    pub fn detail(&self) -> String {
        self.to_string()
    }

    pub(crate) fn invalid(detail: &str) -> SendError {
        SendError::InvalidRequest { detail: detail.to_owned() }
    }

    /// The same error for a request that went through this proxy: no connection is the proxy's doing as far as anybody can
    /// tell, and whatever else failed may be.
    pub(crate) fn by_way_of(self, proxy: Option<String>) -> SendError {
        let Some(proxy) = proxy else { return self };
        let through = |detail: String| format!("{detail} through the proxy {proxy}");
        match self {
            SendError::Offline { detail } => SendError::Proxy { detail: through(detail) },
            SendError::Tls { detail } => SendError::Tls { detail: through(detail) },
            SendError::TimedOut { detail } => SendError::TimedOut { detail: through(detail) },
            other => other,
        }
    }

    /// Takes the class of an error and forgets the rest.
    pub(crate) fn of(error: &reqwest::Error, origin: &Origin, loopback: bool) -> SendError {
        let detail = |what: &str| format!("{} {what}", origin.host());
        if error.is_builder() {
            SendError::invalid("the request could not be built")
        // Who was never reached was sent nothing, also where it took long to find that out.
        } else if error.is_connect() {
            match io_kind(error) {
                Some(io::ErrorKind::InvalidData) => {
                    SendError::Tls { detail: detail("has no trusted secure connection") }
                }
                Some(io::ErrorKind::ConnectionRefused) if loopback => {
                    SendError::Refused { detail: detail("has nothing listening at this port") }
                }
                _ => SendError::Offline { detail: detail("cannot be reached") },
            }
        } else if error.is_timeout() {
            SendError::TimedOut { detail: detail("stayed silent for too long") }
        } else {
            SendError::Broken { detail: detail("broke the connection") }
        }
    }
}

/// The kind of the innermost I/O error. TLS errors arrive as `InvalidData`.
fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut kind = None;
    let mut below = error.source();
    while let Some(error) = below {
        let io = error.downcast_ref::<io::Error>();
        kind = io.map(io::Error::kind).or(kind);
        // The source of an I/O error skips the error it wraps, which may be another one.
        let wrapped = io.and_then(io::Error::get_ref).map(|inner| inner as &dyn std::error::Error);
        below = wrapped.or_else(|| error.source());
    }
    kind
}
