//! Recognises what kind of key a text is, by its shape alone.
//!
//! A shape labels and refuses. It never routes: the person chooses the origin, and a `sk-` key can
//! belong to anyone.

mod home;
mod service;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

pub(crate) use home::{Home, home_of};
pub(crate) use service::{in_token, service_of};

/// Who issues keys of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each variant is the name of a company")]
pub enum KeyFamily {
    OpenAi,
    Anthropic,
    OpenRouter,
    Google,
    Groq,
    Xai,
    Perplexity,
    Replicate,
    HuggingFace,
    Nvidia,
    ElevenLabs,
    Bedrock,
    Together,
    Fireworks,
    Cerebras,
    Vercel,
    Langfuse,
}

/// What a key of a shape is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyKind {
    /// Bound to one project: the kind to prefer.
    Project,
    /// Belongs to a machine account, not to a person.
    ServiceAccount,
    /// Acts as a person, often in all their projects.
    User,
    /// A plain model key of its family.
    Api,
    /// A shape that several providers share.
    Ambiguous,
    /// No known shape; local servers accept anything.
    Unknown,
    /// Manages an organisation. Never stored.
    Admin,
    /// A login token of another product. Never stored.
    OAuth,
    /// A secret of a service that runs no models. Never stored.
    Foreign,
}

/// The outcome of looking at a text: whose key it seems to be, and of what kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyShape {
    /// The issuer, where the shape gives it away.
    pub family: Option<KeyFamily>,
    /// The purpose.
    pub kind: KeyKind,
}

/// Looks at a text and says what key it seems to be. White space around it does not count.
pub fn classify(text: &str) -> KeyShape {
    let text = text.trim();
    match RULES.iter().find(|rule| (rule.fits)(text)) {
        Some(rule) => KeyShape { family: rule.family, kind: rule.kind },
        None if service_of(text).is_some() => KeyShape { family: None, kind: KeyKind::Foreign },
        None => KeyShape { family: None, kind: KeyKind::Unknown },
    }
}

/// How the keys of one kind look: one row of the table by which keys are recognised, and found in what surrounds them.
struct Rule {
    /// What every one begins with; nothing else is looked at before this was seen.
    begins: &'static str,
    /// Whether a whole text is one.
    fits: fn(&str) -> bool,
    family: Option<KeyFamily>,
    kind: KeyKind,
}

const fn rule(
    begins: &'static str,
    fits: fn(&str) -> bool,
    family: KeyFamily,
    kind: KeyKind,
) -> Rule {
    Rule { begins, fits, family: Some(family), kind }
}

/// What keys and tokens begin with: where a text has none of these, it has no key of a known shape.
pub(crate) fn beginnings() -> impl Iterator<Item = &'static str> {
    let keys = RULES.iter().map(|rule| rule.begins);
    keys.chain(service::secret_beginnings())
}

// The first match wins, so a refused shape stands before the wider one that would let it in.
const RULES: &[Rule] = &[
    rule(
        "sk-ant-admin01-",
        |t| run(t, "sk-ant-admin01-", token, 80..=MANY),
        KeyFamily::Anthropic,
        KeyKind::Admin,
    ),
    rule(
        "sk-ant-api03-",
        |t| run(t, "sk-ant-api03-", token, 80..=MANY),
        KeyFamily::Anthropic,
        KeyKind::Api,
    ),
    rule("sk-ant-o", anthropic_login, KeyFamily::Anthropic, KeyKind::OAuth),
    rule("sk-ant-", anthropic_other, KeyFamily::Anthropic, KeyKind::Unknown),
    rule(
        "sk-or-v1-",
        |t| run(t, "sk-or-v1-", lower_hex, 64..=64),
        KeyFamily::OpenRouter,
        KeyKind::Api,
    ),
    rule("sk-admin-", |t| run(t, "sk-admin-", token, 40..=MANY), KeyFamily::OpenAi, KeyKind::Admin),
    rule("sk-s", openai_service, KeyFamily::OpenAi, KeyKind::ServiceAccount),
    rule("sk-proj-", |t| run(t, "sk-proj-", token, 20..=MANY), KeyFamily::OpenAi, KeyKind::Project),
    rule("sk-", openai_user, KeyFamily::OpenAi, KeyKind::User),
    rule("sk-lf-", langfuse, KeyFamily::Langfuse, KeyKind::Foreign),
    rule("AIza", |t| run(t, "AIza", token, 35..=35), KeyFamily::Google, KeyKind::Api),
    rule("AQ.", |t| run(t, "AQ.", token, 20..=MANY), KeyFamily::Google, KeyKind::Api),
    rule("gsk_", |t| run(t, "gsk_", alphanumeric, 52..=52), KeyFamily::Groq, KeyKind::Api),
    rule("xai-", |t| run(t, "xai-", word, 80..=80), KeyFamily::Xai, KeyKind::Api),
    rule("pplx-", |t| run(t, "pplx-", alphanumeric, 48..=48), KeyFamily::Perplexity, KeyKind::Api),
    rule("r8_", |t| run(t, "r8_", token, 37..=37), KeyFamily::Replicate, KeyKind::Api),
    rule("hf_", |t| run(t, "hf_", alphanumeric, 34..=34), KeyFamily::HuggingFace, KeyKind::User),
    rule(
        "api_org_",
        |t| run(t, "api_org_", alphanumeric, 34..=34),
        KeyFamily::HuggingFace,
        KeyKind::Api,
    ),
    rule("nvapi-", |t| run(t, "nvapi-", token, 64..=64), KeyFamily::Nvidia, KeyKind::Api),
    rule("sk_", |t| run(t, "sk_", lower_hex, 48..=48), KeyFamily::ElevenLabs, KeyKind::Api),
    rule("ABSK", bedrock, KeyFamily::Bedrock, KeyKind::Api),
    rule("tgp_v1_", |t| run(t, "tgp_v1_", token, 20..=MANY), KeyFamily::Together, KeyKind::Api),
    rule("fw_", |t| run(t, "fw_", alphanumeric, 20..=MANY), KeyFamily::Fireworks, KeyKind::Api),
    rule(
        "csk-",
        |t| run(t, "csk-", lower_alphanumeric, 40..=MANY),
        KeyFamily::Cerebras,
        KeyKind::Api,
    ),
    rule("vck_", |t| run(t, "vck_", alphanumeric, 20..=MANY), KeyFamily::Vercel, KeyKind::Api),
    Rule {
        begins: "sk-",
        fits: |t| run(t, "sk-", lower_alphanumeric, 32..=32),
        family: None,
        kind: KeyKind::Ambiguous,
    },
];

const MANY: usize = usize::MAX;

/// A prefix, then only characters of one alphabet, a given number of them.
fn run(
    text: &str,
    prefix: &str,
    in_alphabet: fn(u8) -> bool,
    count: RangeInclusive<usize>,
) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|body| count.contains(&body.len()) && body.bytes().all(in_alphabet))
}

fn anthropic_login(text: &str) -> bool {
    ["sk-ant-oat", "sk-ant-ort"]
        .iter()
        .filter_map(|prefix| text.strip_prefix(prefix))
        .any(numbered_body)
}

fn anthropic_other(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("sk-ant-") else { return false };
    let name = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    name > 0 && numbered_body(&rest[name..])
}

/// Two digits, a dash, and at least twenty characters of a token.
fn numbered_body(rest: &str) -> bool {
    match rest.as_bytes() {
        [a, b, b'-', body @ ..] => {
            a.is_ascii_digit()
                && b.is_ascii_digit()
                && body.len() >= 20
                && body.iter().copied().all(token)
        }
        _ => false,
    }
}

fn openai_service(text: &str) -> bool {
    run(text, "sk-svcacct-", token, 20..=MANY) || run(text, "sk-service-", token, 20..=MANY)
}

fn openai_user(text: &str) -> bool {
    const MARK: &[u8] = b"T3BlbkFJ";
    let Some(rest) = text.strip_prefix("sk-") else { return false };
    let body = rest.strip_prefix("None-").unwrap_or(rest).as_bytes();
    body.len() == 40 + MARK.len()
        && &body[20..20 + MARK.len()] == MARK
        && body.iter().copied().all(alphanumeric)
}

fn langfuse(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("sk-lf-") else { return false };
    let groups: Vec<&str> = rest.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(lower_hex))
}

fn bedrock(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len() - body.len() <= 2
        && run(body, "ABSK", |b| alphanumeric(b) || b == b'+' || b == b'/', 109..=269)
}

pub(crate) fn token(byte: u8) -> bool {
    word(byte) || byte == b'-'
}

fn word(byte: u8) -> bool {
    alphanumeric(byte) || byte == b'_'
}

fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn lower_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}
