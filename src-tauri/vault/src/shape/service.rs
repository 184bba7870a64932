//! Tokens of services that run no models. Sent to a provider they would be lost, and some of them open a great deal.

use url::Host;

use super::{alphanumeric, lower_alphanumeric, run, token, word};
use crate::address::BaseUrl;

/// A service whose tokens people confuse with keys for models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Service {
    /// What people call it.
    pub(crate) name: &'static str,
    /// Hosts where its tokens do open models.
    homes: &'static [&'static str],
}

/// The service that a text is a token of, if its shape gives one away.
pub(crate) fn service_of(text: &str) -> Option<Service> {
    let marked = |(prefix, least, _): &&(&str, usize, Service)| {
        text.strip_prefix(prefix)
            .is_some_and(|body| body.len() >= *least && body.bytes().all(in_token))
    };
    let by_prefix = PREFIXES.iter().find(marked).map(|(_, _, service)| *service);
    by_prefix.or_else(|| SHAPES.iter().find(|(fits, _)| fits(text)).map(|(_, service)| *service))
}

/// What the secret ones among them begin with. Some are made to be seen by everybody, and an id opens nothing.
pub(super) fn secret_beginnings() -> impl Iterator<Item = &'static str> {
    let prefixes = PREFIXES.iter().filter(|(_, _, service)| service.name != OPENAI_ID.name);
    prefixes
        .map(|(prefix, _, _)| *prefix)
        .filter(|prefix| !MEANT_TO_BE_SEEN.contains(prefix))
        .chain(AWS_SECRET_IDS)
}

impl Service {
    /// Whether the address is one of its own where its tokens are the right keys.
    pub(crate) fn is_at_home(&self, base: &BaseUrl) -> bool {
        let origin = base.origin();
        self.homes.iter().any(|home| is_below(origin.host(), home))
    }
}

/// Whether a host is this name or one below it.
pub(crate) fn is_below(host: &str, name: &str) -> bool {
    let is_name = matches!(Host::parse(host), Ok(Host::Domain(_)));
    is_name && host.strip_suffix(name).is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

const fn service(name: &'static str) -> Service {
    Service { name, homes: &[] }
}

const GITHUB: Service = Service {
    name: "GitHub",
    homes: &["models.github.ai", "models.inference.ai.azure.com", "githubcopilot.com"],
};
const DATABRICKS: Service =
    Service { name: "Databricks", homes: &["databricks.com", "azuredatabricks.net"] };
const AWS: Service = service("AWS");
const GITLAB: Service = service("GitLab");
const SLACK: Service = service("Slack");
const STRIPE: Service = service("Stripe");
const GOOGLE: Service = service("Google Cloud");
const LANGFUSE: Service = service("Langfuse");
const LANGSMITH: Service = service("LangSmith");
const SHOPIFY: Service = service("Shopify");
const SUPABASE: Service = service("Supabase");
const TWILIO: Service = service("Twilio");
const SENTRY: Service = service("Sentry");
const POSTHOG: Service = service("PostHog");
const SQUARE: Service = service("Square");
const DIGITAL_OCEAN: Service = service("DigitalOcean");
/// Of OpenAI, but an id or a login and not a key.
const OPENAI_ID: Service = service("OpenAI’s own site");

/// What a token begins with, how much must follow, and whose it is.
const PREFIXES: &[(&str, usize, Service)] = &[
    ("ghp_", 20, GITHUB),
    ("gho_", 20, GITHUB),
    ("ghu_", 20, GITHUB),
    ("ghs_", 20, GITHUB),
    ("ghr_", 20, GITHUB),
    ("github_pat_", 20, GITHUB),
    ("glpat-", 16, GITLAB),
    ("gldt-", 16, GITLAB),
    ("glrt-", 16, GITLAB),
    ("glcbt-", 16, GITLAB),
    ("glptt-", 16, GITLAB),
    ("gloas-", 16, GITLAB),
    ("xoxb-", 10, SLACK),
    ("xoxp-", 10, SLACK),
    ("xoxa-", 10, SLACK),
    ("xoxr-", 10, SLACK),
    ("xoxs-", 10, SLACK),
    ("xoxc-", 10, SLACK),
    ("xoxd-", 10, SLACK),
    ("xoxe-", 10, SLACK),
    ("xoxe.", 10, SLACK),
    ("xapp-", 10, SLACK),
    ("sk_live_", 10, STRIPE),
    ("sk_test_", 10, STRIPE),
    ("rk_live_", 10, STRIPE),
    ("rk_test_", 10, STRIPE),
    ("pk_live_", 10, STRIPE),
    ("pk_test_", 10, STRIPE),
    ("whsec_", 16, STRIPE),
    ("sk-lf-", 16, LANGFUSE),
    ("pk-lf-", 16, LANGFUSE),
    ("lsv2_", 16, LANGSMITH),
    ("ls__", 16, LANGSMITH),
    ("sess-", 16, OPENAI_ID),
    ("ya29.", 16, GOOGLE),
    ("GOCSPX-", 16, GOOGLE),
    ("npm_", 30, service("npm")),
    ("pypi-", 30, service("PyPI")),
    ("rubygems_", 30, service("RubyGems")),
    ("dckr_pat_", 16, service("Docker")),
    ("dapi", 32, DATABRICKS),
    ("dop_v1_", 30, DIGITAL_OCEAN),
    ("doo_v1_", 30, DIGITAL_OCEAN),
    ("SG.", 30, service("SendGrid")),
    ("shpat_", 16, SHOPIFY),
    ("shpss_", 16, SHOPIFY),
    ("shpca_", 16, SHOPIFY),
    ("sntrys_", 16, SENTRY),
    ("sntryu_", 16, SENTRY),
    ("lin_api_", 16, service("Linear")),
    ("ntn_", 30, service("Notion")),
    ("secret_", 40, service("Notion")),
    ("figd_", 16, service("Figma")),
    ("hvs.", 16, service("Vault")),
    ("glsa_", 16, service("Grafana")),
    ("sbp_", 16, SUPABASE),
    ("sb_secret_", 16, SUPABASE),
    ("PMAK-", 16, service("Postman")),
    ("phc_", 16, POSTHOG),
    ("phx_", 16, POSTHOG),
    ("pcsk_", 16, service("Pinecone")),
    ("tvly-", 16, service("Tavily")),
    ("sq0atp-", 16, SQUARE),
    ("sq0csp-", 16, SQUARE),
    ("ATATT3", 30, service("Atlassian")),
    ("tskey-", 16, service("Tailscale")),
    ("pat-na1-", 16, service("HubSpot")),
    ("dp.pt.", 30, service("Doppler")),
    ("dp.st.", 30, service("Doppler")),
    ("ops_eyJ", 40, service("1Password")),
    ("nfp_", 30, service("Netlify")),
    ("HRKU-", 30, service("Heroku")),
    ("sgp_", 30, service("Sourcegraph")),
    ("EAAC", 80, service("Meta")),
    ("AGE-SECRET-KEY-", 16, service("age")),
];

/// Keys of web pages, which anybody can read there.
const MEANT_TO_BE_SEEN: &[&str] = &["pk_live_", "pk_test_", "pk-lf-", "phc_"];

/// The ids that stand beside a secret wherever one is.
const AWS_SECRET_IDS: [&str; 2] = ["AKIA", "ASIA"];

type Shape = fn(&str) -> bool;

/// Tokens without a telling beginning of their own.
const SHAPES: &[(Shape, Service)] = &[
    (aws_id, AWS),
    (aws_secret, AWS),
    (|t| t.starts_with("arn:aws"), AWS),
    (|t| run(t, "org-", alphanumeric, 20..=40), OPENAI_ID),
    (|t| run(t, "proj_", alphanumeric, 20..=40), OPENAI_ID),
    (|t| run(t, "user-", alphanumeric, 20..=40), OPENAI_ID),
    (|t| run(t, "asst_", alphanumeric, 20..=40), OPENAI_ID),
    (|t| run(t, "AC", lower_alphanumeric, 32..=32), TWILIO),
    (|t| run(t, "SK", lower_alphanumeric, 32..=32), TWILIO),
    (|t| run(t, "key-", lower_alphanumeric, 32..=32), service("Mailgun")),
    (telegram, service("Telegram")),
    (
        |t| t.starts_with("-----BEGIN") || t.starts_with("ssh-rsa") || t.starts_with("ssh-ed25519"),
        service("SSH or TLS"),
    ),
];

fn aws_id(text: &str) -> bool {
    ["AKIA", "ASIA", "ABIA", "ACCA", "AIDA", "AROA"]
        .iter()
        .any(|prefix| run(text, prefix, |b| b.is_ascii_uppercase() || b.is_ascii_digit(), 16..=16))
}

/// Forty characters of base64, with one that keys for models do not have.
fn aws_secret(text: &str) -> bool {
    let in_secret = |byte: u8| alphanumeric(byte) || matches!(byte, b'+' | b'/');
    text.contains(['+', '/']) && run(text, "", in_secret, 40..=40)
}

/// A bot's number, a colon, and 35 characters.
fn telegram(text: &str) -> bool {
    text.split_once(':').is_some_and(|(bot, secret)| {
        (8..=10).contains(&bot.len())
            && bot.bytes().all(|b| b.is_ascii_digit())
            && run(secret, "", token, 35..=35)
    })
}

pub(crate) fn in_token(byte: u8) -> bool {
    word(byte) || matches!(byte, b'-' | b'.' | b'+' | b'/' | b'=')
}
