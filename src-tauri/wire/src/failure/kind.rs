//! Which class a refusal is of: by its codes first, then by its status, by its words only where nothing else tells.

use super::FailureKind;
use crate::words::Said;

/// The class of what was said, with this status if there was one.
pub(super) fn of(status: Option<u16>, said: &Said) -> FailureKind {
    let text = said.message.to_ascii_lowercase();
    if passes_a_minute(&text) {
        return FailureKind::PaceTooSmall;
    }
    if said.is_called(&TOO_LONG) || is_too_long(&text) {
        return FailureKind::ContextTooLong;
    }
    if lacks_credit(said) {
        return FailureKind::NoCredit;
    }
    if said.is_called(&NO_MODEL) || is_retired(&text) || text.starts_with("no endpoints found for ")
    {
        return FailureKind::ModelNotFound;
    }
    if has_no_takers(&text) {
        return FailureKind::NoTakers;
    }
    // Neither another key nor another model of the same provider helps there.
    if said.is_called(&["unsupported_country_region_territory"]) || is_elsewhere(&text) {
        return FailureKind::NotServed;
    }
    if said.is_called(&MODERATED) || is_moderated(&text) {
        return FailureKind::Moderated;
    }
    // OpenAI has answered a key that lacks a permission with 401, too.
    if lacks_scope(said) {
        return FailureKind::NotAllowed;
    }
    // Google answers a wrong key with 400, and says so in words only.
    if said.is_called(&BAD_KEY)
        || ["api key not valid", "incorrect api key", "invalid api token"]
            .iter()
            .any(|words| text.starts_with(words))
    {
        return FailureKind::KeyRejected;
    }
    match status {
        Some(401) => FailureKind::KeyRejected,
        Some(402) => FailureKind::NoCredit,
        Some(403) => FailureKind::NotAllowed,
        Some(404) => missing(&text),
        Some(410) => FailureKind::ModelNotFound,
        Some(405) => FailureKind::AddressNotFound,
        // A gateway that gave up waiting, while whoever it waited for may have answered, and charges for it.
        Some(408 | 504 | 524) => FailureKind::TimedOut,
        // Cohere's word for a token that is none, and Groq's for a queue that is full.
        Some(498) if said.is_called(&["capacity_exceeded"]) => FailureKind::Busy,
        Some(498) => FailureKind::KeyRejected,
        Some(429 | 529) => FailureKind::Busy,
        Some(500..) if said.is_called(&["overloaded_error", "engine_overloaded"]) => {
            FailureKind::Busy
        }
        Some(500..) => FailureKind::ProviderDown,
        Some(400 | 422) if names_no_model(&text) => FailureKind::ModelNotFound,
        Some(400..=499) => FailureKind::RequestRefused,
        Some(_) => FailureKind::Nonsense,
        None => by_name(said, &text),
    }
}

/// Whether a key is refused for a permission that it was not given.
pub(super) fn lacks_scope(said: &Said) -> bool {
    said.message.to_ascii_lowercase().contains("missing scopes")
}

/// Whether it is said that there is no money left.
pub(super) fn lacks_credit(said: &Said) -> bool {
    said.is_called(&NO_CREDIT) || is_out_of_credit(&said.message.to_ascii_lowercase())
}

/// Without a status, only the names of things are left.
fn by_name(said: &Said, text: &str) -> FailureKind {
    if said.is_called(&BUSY) {
        FailureKind::Busy
    } else if said.is_called(&["authentication_error", "AuthenticationError", "UNAUTHENTICATED"]) {
        FailureKind::KeyRejected
    } else if said.is_called(&["permission_error", "PermissionDeniedError", "PERMISSION_DENIED"]) {
        FailureKind::NotAllowed
    } else if said.is_called(&["not_found_error", "NotFoundError", "NOT_FOUND"]) || is_no_path(text)
    {
        missing(text)
    } else if said.is_called(&REFUSED) {
        FailureKind::RequestRefused
    } else {
        FailureKind::ProviderDown
    }
}

const NO_CREDIT: [&str; 15] = [
    "credit_balance_exhausted",
    "project_spend_limit_exceeded",
    "organization_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "enforced_spend_limit_reached",
    "insufficient_quota",
    "billing_hard_limit_reached",
    "insufficient_credits",
    "insufficient_balance",
    "insufficient_funds",
    "budget_exceeded",
    "BudgetExceededError",
    "credit_balance_too_low",
    "billing_not_active",
    "quota_exhausted",
];

const NO_MODEL: [&str; 8] = [
    "model_decommissioned",
    "model_deprecated",
    "model_not_found",
    "model_not_exist",
    "ModelNotFound",
    "unknown_model",
    "invalid_model",
    "DeploymentNotFound",
];

const BAD_KEY: [&str; 3] = ["invalid_api_key", "API_KEY_INVALID", "ACCESS_TOKEN_TYPE_UNSUPPORTED"];

const TOO_LONG: [&str; 8] = [
    "context_length_exceeded",
    "string_above_max_length",
    "exceed_context_size_error",
    "ContextWindowExceededError",
    "context_window_exceeded",
    "model_max_prompt_tokens_exceeded",
    "tokens_limit_reached",
    "model_context_window_exceeded",
];

const BUSY: [&str; 8] = [
    "rate_limit_exceeded",
    "rate_limit_error",
    "RateLimitError",
    "overloaded_error",
    "too_many_requests",
    "RESOURCE_EXHAUSTED",
    "engine_overloaded",
    "rate_limit_reached",
];

const MODERATED: [&str; 5] = [
    "content_policy_violation",
    "image_content_policy_violation",
    "content_filter",
    "moderation_blocked",
    "bio_policy",
];

/// The request itself is at fault: asked again, or of somebody else, it is refused again.
const REFUSED: [&str; 13] = [
    "BadRequestError",
    "INVALID_ARGUMENT",
    "UnprocessableEntityError",
    "invalid_request_error",
    "invalid_prompt",
    "data_residency_mismatch",
    "invalid_image",
    "invalid_image_format",
    "invalid_base64_image",
    "invalid_image_url",
    "image_too_large",
    "image_too_small",
    "image_parse_error",
];

/// OpenRouter's words where settings, or what is asked, leave nobody of those who run a model.
fn has_no_takers(text: &str) -> bool {
    text.contains("no allowed providers")
        || ["no endpoints found ", "no endpoints available "].iter().any(|words| {
            // Without a condition, it is the model that nobody has.
            text.split_once(words).is_some_and(|(_, rest)| !rest.starts_with("for "))
        })
}

/// A provider that does not serve the place that is asked from.
fn is_elsewhere(text: &str) -> bool {
    let says = [
        "user location is not supported",
        "country, region, or territory not supported",
        "not available in your country",
        "not available in your region",
        "unsupported countries, regions, or territories",
    ];
    says.iter().any(|words| text.contains(words))
}

/// What was said is refused, whoever says it: OpenRouter answers so with 403.
fn is_moderated(text: &str) -> bool {
    text.contains("requires moderation") || text.contains("input was flagged")
}

/// A model that there was once.
fn is_retired(text: &str) -> bool {
    text.contains("model")
        && [
            "decommissioned",
            "has been retired",
            "has been deprecated",
            "no longer available",
            "no longer supported",
        ]
        .iter()
        .any(|words| text.contains(words))
}

/// Local servers answer an unknown model and an unknown path both with a bare 404; only the words differ.
fn missing(text: &str) -> FailureKind {
    match text.contains("model") && !is_no_path(text) {
        true => FailureKind::ModelNotFound,
        false => FailureKind::AddressNotFound,
    }
}

/// Gateways refuse a model that they do not have as they refuse anything else, and say so in words only.
fn names_no_model(text: &str) -> bool {
    let says = [
        "invalid model name",
        "not a valid model",
        "no such model",
        "unknown model",
        "model not found",
        "model does not exist",
    ];
    says.iter().any(|words| text.contains(words))
}

fn is_no_path(text: &str) -> bool {
    let says = ["unexpected endpoint", "nothing at ", "no route", "cannot get /", "cannot post /"];
    says.iter().any(|words| text.contains(words))
        || ["get /", "post /"].iter().any(|verb| text.contains(verb)) && text.contains("not found")
}

/// An empty account, in words.
fn is_out_of_credit(text: &str) -> bool {
    let says = [
        "credit balance is too low",
        "budget has been exceeded",
        "exceeded budget",
        "over budget",
        "insufficient balance",
        "insufficient credit",
        "insufficient funds",
        "insufficient quota",
        "out of credits",
        "no credits left",
        "requires more credits",
        "exceeded your monthly",
        "reached your specified api usage limits",
        "key limit exceeded",
        "budget exceeded",
        "limit for this key",
        "spending limit",
    ];
    says.iter().any(|words| text.contains(words)) || allows_nothing(text)
}

/// Google's words for a quota of nothing, which no pause fills: "…, limit: 0, model: …"
fn allows_nothing(text: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_ascii_digit() || next == '.');
    text.contains("quota") && text.split("limit: 0").skip(1).any(|rest| !goes_on(rest))
}

/// OpenAI's and Groq's words for one request that is more than a minute may have at all: waiting never helps, another model may.
fn passes_a_minute(text: &str) -> bool {
    text.starts_with("request too large")
        && text.contains("requested")
        && ["per min", "tpm"].iter().any(|pace| text.contains(pace))
}

/// The many ways to say that a conversation is longer than a model can read. What is counted by the minute is a pace, and
/// what is said of the answer's own length is no reproach to the conversation.
fn is_too_long(text: &str) -> bool {
    if ["per minute", "per min", "per day", "tpm", "rate limit"]
        .iter()
        .any(|pace| text.contains(pace))
    {
        return false;
    }
    let says = [
        "maximum context length",
        "context length exceeded",
        "exceeds the available context",
        "exceeds the context",
        "exceed the context",
        "exceed context",
        "exceeds context",
        "context window",
        "context size",
        "prompt is too long",
        "prompt too long",
        "input is too long",
        "input too long",
        "maximum prompt length",
        "maximum input length",
        "prompt token count",
        "input token count",
        "maximum number of tokens allowed",
        "reduce the length of the messages",
        "context overflow",
        "contextwindowexceeded",
        "too many input tokens",
        "too many tokens",
        "longest prompt",
        "maximum model length",
        "maximum allowed input length",
        "range of input length",
        "context length of only",
        "context the overflows",
        "model token limit",
        "input tokens exceed",
        "number of tokens exceeds",
        "too many total text bytes",
    ];
    says.iter().any(|words| text.contains(words)) || is_sum_of_tokens(text) || is_too_large(text)
}

/// "`inputs` tokens + `max_new_tokens` must be <= 8193"
fn is_sum_of_tokens(text: &str) -> bool {
    text.contains("tokens + `max_new_tokens`") || text.contains("tokens + max_new_tokens")
}

/// "Prompt contains 40000 tokens …, too large for model with 32768 maximum context length"
fn is_too_large(text: &str) -> bool {
    text.contains("token") && text.contains("prompt") && text.contains("too large for model")
}
