//! Why something was not passed on, and how whoever asked is told.

use history::ApplicationKind;
use turn::{Cap, Failure, Span, Trouble, Unfit};

/// A reason of our own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Asked under a name that is not this computer's.
    Host,
    /// A page that nobody has let ask.
    Origin,
    /// Another user's program.
    OtherUser,
    /// No token.
    NoToken,
    /// A token that is none, or none any more.
    WrongToken,
    /// One whose time is over.
    Expired,
    /// A token in an address.
    TokenInAddress,
    /// Nothing is there.
    NotFound,
    /// Something else is done there.
    Method,
    /// Not JSON, or not said to be.
    NotJson,
    /// More than any question has.
    TooLarge,
    /// It did not come to its end in time.
    TooSlow,
    /// Too much at once.
    Busy,
    /// A model that this application may not ask.
    Model(String),
    /// See [`Unfit`].
    Unfit(Unfit),
    /// More than names in a header that names what a provider tries out.
    Betas(&'static str),
    /// The person said no.
    SaidNo,
    /// There was nobody to ask.
    Nobody,
    /// It could not be sent, or may not be.
    Failed {
        /// Why.
        failure: Box<Failure>,
        /// What the application is called.
        application: String,
        /// What it is.
        kind: ApplicationKind,
    },
    /// The store is not open.
    Closed,
}

/// How it is told.
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) words: String,
    /// In seconds.
    pub(crate) retry_after: Option<u64>,
}

impl Refusal {
    /// How it is told: what happened, and what to do next.
    pub(crate) fn told(&self) -> Told {
        let told = |status, code, words: &str| Told {
            status,
            code,
            words: words.to_owned(),
            retry_after: None,
        };
        match self {
            Self::Host => {
                told(403, "latchkey_host", "Ask this computer by 127.0.0.1 or localhost.")
            }
            Self::Origin => told(
                403,
                "latchkey_origin",
                "This page may not ask here. Add it in Latchkey, under Applications.",
            ),
            Self::OtherUser => told(
                403,
                "latchkey_user",
                "Only programs of the person who runs Latchkey may ask here.",
            ),
            Self::NoToken => told(
                401,
                "invalid_api_key",
                "There is no token. Add this program in Latchkey, under Applications.",
            ),
            Self::WrongToken => told(
                401,
                "invalid_api_key",
                "This token is not one of Latchkey’s, or it was revoked.",
            ),
            Self::Expired => told(
                401,
                "invalid_api_key",
                "This token has expired. Extend it in Latchkey, under Applications.",
            ),
            Self::TokenInAddress => told(
                400,
                "latchkey_address",
                "A token does not belong into an address. Send it as a header.",
            ),
            Self::NotFound => told(
                404,
                "unknown_url",
                "Latchkey passes on chat completions, responses, embeddings, messages and lists of models.",
            ),
            Self::Method => {
                told(405, "method_not_allowed", "This address is asked in another way.")
            }
            Self::NotJson => {
                told(415, "unsupported_media_type", "What is sent must be application/json.")
            }
            Self::TooLarge => told(413, "request_too_large", "The request is larger than 32 MiB."),
            Self::TooSlow => told(408, "timeout", "The request did not come to its end in time."),
            Self::Busy => Told {
                retry_after: Some(1),
                ..told(503, "latchkey_busy", "Too much is being sent at once.")
            },
            Self::Model(model) => told(
                403,
                "model_not_allowed",
                &format!(
                    "This application may not ask {model}. Allow it in Latchkey, under Applications."
                ),
            ),
            Self::Unfit(unfit) => told(400, "invalid_request", &unfit.to_string()),
            Self::Betas(header) => told(
                400,
                "invalid_request",
                &format!(
                    "{header} may hold names of letters, digits, -, ., _ and =, with commas between them."
                ),
            ),
            Self::SaidNo => told(403, "latchkey_refused", "The person at this computer said no."),
            Self::Nobody => told(
                403,
                "latchkey_unasked",
                "Latchkey could not ask the person at this computer, so nothing was sent.",
            ),
            Self::Closed => Told {
                retry_after: Some(2),
                ..told(
                    503,
                    "latchkey_locked",
                    "Latchkey’s store is not open. Unlock it and try again.",
                )
            },
            Self::Failed { failure, application, .. } => failed(failure, application),
        }
    }

    /// Whether trying again by itself may help. Libraries try a 429 and a 5xx again unless they are told.
    pub(crate) fn may_retry(&self) -> bool {
        match self {
            Self::Busy | Self::Closed => true,
            Self::Failed { failure, .. } => matches!(
                failure.trouble,
                Trouble::PaceReached
                    | Trouble::KeychainLocked
                    | Trouble::KeychainSilent
                    | Trouble::Offline
                    | Trouble::Unreachable
                    | Trouble::ProviderDown
                    | Trouble::HistoryMoved
            ),
            _ => false,
        }
    }
}

fn failed(failure: &Failure, application: &str) -> Told {
    let told = |status, code, words: String| Told { status, code, words, retry_after: None };
    let name = failure.provider.clone().unwrap_or_else(|| "The provider".to_owned());
    match failure.trouble {
        Trouble::CapReached => {
            let whose = if failure.of_application { application } else { "This key" };
            let cap = failure.cap.as_deref().map_or_else(|| "its limit".to_owned(), words_of);
            let words = format!(
                "{whose} has reached {cap} Nothing was sent. Raise the limit in Latchkey, or ask for a shorter answer."
            );
            told(429, "latchkey_limit", words)
        }
        Trouble::PaceReached => {
            let words = "As much was sent in this minute as may be.".to_owned();
            let seconds = failure.retry_after_ms.map(|ms| ms.div_ceil(1_000).max(1));
            Told { retry_after: seconds, ..told(429, "latchkey_pace", words) }
        }
        Trouble::ModelNotAllowed => {
            let words =
                "This key may not ask that model. Allow it in Latchkey, under Keys & providers.";
            told(403, "model_not_allowed", words.to_owned())
        }
        Trouble::PriceUnknown => {
            let words = "This model has no known price, so the limit cannot be checked. Enter its price in Latchkey, or choose another model.";
            told(403, "latchkey_price", words.to_owned())
        }
        Trouble::Overcharged => {
            let words = "This key was charged more than it could have been. Look at it in Latchkey before it is used again.";
            told(429, "latchkey_overcharged", words.to_owned())
        }
        Trouble::KeychainLocked | Trouble::KeychainSilent | Trouble::KeychainDismissed => {
            let words = "The keychain is locked. Unlock it and try again.".to_owned();
            Told { retry_after: Some(2), ..told(503, "latchkey_locked", words) }
        }
        Trouble::KeychainAbsent
        | Trouble::KeychainFailed
        | Trouble::KeyMissing
        | Trouble::KeyDamaged => told(
            503,
            "latchkey_key",
            "The key cannot be fetched. Look at it in Latchkey.".to_owned(),
        ),
        Trouble::OriginMismatch => {
            told(403, "latchkey_origin", "The key belongs to another address.".to_owned())
        }
        Trouble::NotFound => told(401, "invalid_api_key", "This token was revoked.".to_owned()),
        Trouble::AddressNotFound => {
            told(404, "unknown_url", format!("{name} does not speak this format."))
        }
        Trouble::TimedOut => {
            told(504, "latchkey_timeout", format!("{name} did not answer in time."))
        }
        Trouble::DiskFull | Trouble::HistoryFailed | Trouble::HistoryMoved | Trouble::Internal => {
            told(
                500,
                "latchkey_store",
                "Latchkey could not write down what this may cost, so nothing was sent.".to_owned(),
            )
        }
        _ => told(502, "latchkey_upstream", format!("{name} could not be reached.")),
    }
}

fn words_of(cap: &Cap) -> String {
    let Cap { span, limit_nano, spent_nano, at_most_nano } = *cap;
    let limit = dollars(limit_nano);
    let most = dollars(at_most_nano);
    match span {
        Span::Request => {
            format!("its limit of {limit} for one answer: this one could cost up to {most}.")
        }
        Span::Day => format!(
            "its limit: {} of {limit} today. This answer could cost up to {most}.",
            dollars(spent_nano)
        ),
        Span::Month => format!(
            "its limit: {} of {limit} this month. This answer could cost up to {most}.",
            dollars(spent_nano)
        ),
    }
}

/// To the cent, and never less than it is.
fn dollars(nano: i64) -> String {
    const CENT: i64 = 10_000_000;
    let cents = nano.saturating_add(CENT - 1) / CENT;
    format!("${}.{:02}", cents / 100, cents % 100)
}
