//! The table of key shapes: valid keys, near misses and hostile texts.

use vault::{ApiKey, Flaw, KeyFamily as F, KeyKind as K, KeyRefusal, KeyShape, classify};
use zeroize::Zeroizing;

fn of(unit: &str, count: usize) -> String {
    unit.chars().cycle().take(count).collect()
}

fn classifier_rows() -> Vec<(String, Option<F>, K)> {
    let a = |n| of("aB3", n);
    let hex = |n| of("0a9f", n);
    let low = |n| of("k7z", n);
    let user = format!("{}T3BlbkFJ{}", a(20), a(20));
    let uuid = "12345678-9abc-def0-1234-56789abcdef0";
    let known = |text: String, family, kind| (text, Some(family), kind);
    let unknown = |text: String| (text, None, K::Unknown);
    vec![
        known(format!("sk-ant-admin01-{}AA", a(93)), F::Anthropic, K::Admin),
        known(format!("sk-ant-admin01-{}", a(80)), F::Anthropic, K::Admin),
        known(format!("sk-ant-admin01-{}", a(79)), F::Anthropic, K::Unknown),
        known(format!("sk-ant-api03-{}AA", a(93)), F::Anthropic, K::Api),
        known(format!("sk-ant-api03-{}-", a(94)), F::Anthropic, K::Api),
        known(format!("sk-ant-api03-{}", a(79)), F::Anthropic, K::Unknown),
        known(format!("sk-ant-api04-{}", a(95)), F::Anthropic, K::Unknown),
        known(format!("sk-ant-oat01-{}", a(80)), F::Anthropic, K::OAuth),
        known(format!("sk-ant-ort01-{}", a(20)), F::Anthropic, K::OAuth),
        known(format!("sk-ant-sid99-{}", a(40)), F::Anthropic, K::Unknown),
        unknown(format!("sk-ant-oat01-{}", a(19))),
        unknown(format!("sk-ant-api3-{}", a(95))),
        unknown(format!("sk-ant-01-{}", a(95))),
        unknown(format!("sk-ant-api03-{}!", a(95))),
        unknown(format!("sk-ant-api03-{}é", a(95))),
        known(format!("sk-or-v1-{}", hex(64)), F::OpenRouter, K::Api),
        unknown(format!("sk-or-v1-{}", hex(63))),
        unknown(format!("sk-or-v1-{}", hex(64).to_uppercase())),
        unknown(format!("sk-or-v2-{}", hex(64))),
        known(format!("sk-admin-{}", a(124)), F::OpenAi, K::Admin),
        known(format!("sk-admin-{}", a(40)), F::OpenAi, K::Admin),
        unknown(format!("sk-admin-{}", a(39))),
        unknown(format!("SK-admin-{}", a(124))),
        known(format!("sk-svcacct-{}", a(100)), F::OpenAi, K::ServiceAccount),
        known(format!("sk-service-account-name-{}", a(48)), F::OpenAi, K::ServiceAccount),
        unknown(format!("sk-svcacct-{}", a(19))),
        known(format!("sk-proj-{}", a(48)), F::OpenAi, K::Project),
        known(format!("sk-proj-{}", a(156)), F::OpenAi, K::Project),
        known(format!("sk-proj-{}-", a(123)), F::OpenAi, K::Project),
        known(format!("sk-proj-{}_", a(123)), F::OpenAi, K::Project),
        known(format!("sk-proj-{}", a(20)), F::OpenAi, K::Project),
        unknown(format!("sk-proj-{}", a(19))),
        unknown(format!("sk-proj-{} {}", a(48), a(48))),
        unknown(format!("sk-proj-{}\n{}", a(48), a(48))),
        unknown(format!("sk-proj-{}\0", a(48))),
        unknown(format!("xsk-proj-{}", a(48))),
        known(format!("sk-{user}"), F::OpenAi, K::User),
        known(format!("sk-None-{user}"), F::OpenAi, K::User),
        unknown(format!("sk-{user}x")),
        unknown(format!("sk-none-{user}")),
        unknown(format!("sk-{}T3BlbkFK{}", a(20), a(20))),
        unknown(format!("sk-{}-T3BlbkFJ{}", a(19), a(20))),
        known(format!("sk-lf-{uuid}"), F::Langfuse, K::Foreign),
        (format!("sk-lf-{}", &uuid[..35]), None, K::Foreign),
        (format!("sk-lf-{}", uuid.replace('9', "g")), None, K::Foreign),
        (format!("ghp_{}", a(36)), None, K::Foreign),
        (format!("AKIA{}", of("Q7", 16)), None, K::Foreign),
        unknown(format!("akia{}", of("q7", 16))),
        known(format!("AQ.{}", a(50)), F::Google, K::Api),
        unknown(format!("AQ.{}", a(19))),
        known(format!("tgp_v1_{}", a(43)), F::Together, K::Api),
        known(format!("fw_{}", a(24)), F::Fireworks, K::Api),
        known(format!("csk-{}", low(48)), F::Cerebras, K::Api),
        known(format!("vck_{}", a(56)), F::Vercel, K::Api),
        known(format!("AIza{}", a(35)), F::Google, K::Api),
        known(format!("AIzaSy{}-", a(32)), F::Google, K::Api),
        unknown(format!("AIza{}", a(34))),
        unknown(format!("AIza{}", a(36))),
        unknown(format!("aiza{}", a(35))),
        known(format!("gsk_{}", a(52)), F::Groq, K::Api),
        unknown(format!("gsk_{}-", a(51))),
        known(format!("xai-{}", a(80)), F::Xai, K::Api),
        known(format!("xai-{}_", a(79)), F::Xai, K::Api),
        unknown(format!("xai-{}-", a(79))),
        known(format!("pplx-{}", a(48)), F::Perplexity, K::Api),
        unknown(format!("pplx-{}", a(47))),
        known(format!("r8_{}", a(37)), F::Replicate, K::Api),
        unknown(format!("r8_{}", a(38))),
        known(format!("hf_{}", a(34)), F::HuggingFace, K::User),
        known(format!("api_org_{}", a(34)), F::HuggingFace, K::Api),
        unknown(format!("hf_{}", a(33))),
        known(format!("nvapi-{}-", a(63)), F::Nvidia, K::Api),
        unknown(format!("nvapi-{}", a(65))),
        known(format!("sk_{}", hex(48)), F::ElevenLabs, K::Api),
        unknown(format!("sk_{}g", hex(47))),
        known(format!("ABSK{}", of("aB+/", 109)), F::Bedrock, K::Api),
        known(format!("ABSK{}==", a(269)), F::Bedrock, K::Api),
        unknown(format!("ABSK{}===", a(200))),
        unknown(format!("ABSK{}", a(270))),
        (format!("sk-{}", low(32)), None, K::Ambiguous),
        unknown(format!("sk-{}", low(33))),
        unknown(format!("sk-{}", low(32).to_uppercase())),
        unknown(String::new()),
        unknown("sk-".into()),
        unknown("sk-ant-".into()),
        unknown("ollama".into()),
        known(format!("  sk-proj-{}\r\n", a(48)), F::OpenAi, K::Project),
        known(format!("\t\nhf_{}\n", a(34)), F::HuggingFace, K::User),
    ]
}

#[test]
fn every_row_of_the_shape_table_holds() {
    let rows = classifier_rows();
    assert!(rows.len() >= 60, "only {} rows", rows.len());
    for (text, family, kind) in rows {
        assert_eq!(classify(&text), KeyShape { family, kind }, "{text:?}");
    }
}

#[test]
fn kinds_have_the_names_that_are_stored() {
    for (kind, name) in [
        (K::Project, "project"),
        (K::ServiceAccount, "serviceAccount"),
        (K::User, "user"),
        (K::Api, "api"),
        (K::Ambiguous, "ambiguous"),
        (K::Unknown, "unknown"),
    ] {
        assert_eq!(serde_json::to_value(kind).unwrap(), name);
    }
}

#[test]
fn parsing_trims_and_refuses() {
    let long = "k".repeat(513);
    let admin = format!("sk-ant-admin01-{}", "a".repeat(95));
    let login = format!("sk-ant-oat01-{}", "a".repeat(80));
    let rows: Vec<(&str, KeyRefusal)> = vec![
        ("", KeyRefusal::Empty),
        (" \r\n\t", KeyRefusal::Empty),
        (&long, KeyRefusal::NotAKey { flaw: Flaw::TooLong }),
        ("sk-proj-abc def-ghi", KeyRefusal::NotAKey { flaw: Flaw::WhiteSpace }),
        ("sk-proj-abc\r\nX-Evil: 1", KeyRefusal::NotAKey { flaw: Flaw::WhiteSpace }),
        ("sk-proj-abc\0defghi", KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
        ("sk-proj-абвгдежз", KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
        ("sk-proj-abc\u{200b}def", KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
        ("sk-proj-abc\x7fdefgh", KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
        (&admin, KeyRefusal::Admin { family: Some(F::Anthropic) }),
        (&login, KeyRefusal::OAuth { family: Some(F::Anthropic) }),
    ];
    for (text, refusal) in rows {
        let outcome = ApiKey::parse(Zeroizing::new(text.to_owned()));
        assert_eq!(outcome.err(), Some(refusal), "{text:?}");
    }
    for text in ["1", &"k".repeat(512), "  sk-local-\"quoted\"\\x \r\n"] {
        assert!(ApiKey::parse(Zeroizing::new(text.to_owned())).is_ok(), "{text:?}");
    }
}

#[test]
fn a_key_shows_four_characters_and_no_more() {
    let key = ApiKey::parse(Zeroizing::new(" sk-local-canary-7f3a\n".into())).unwrap();
    assert_eq!(key.last_four().as_str(), "7f3a");
    assert_eq!(key.len(), 20);
    assert_eq!(key.shape().kind, K::Unknown);
    assert!(key.is_text("sk-local-canary-7f3a"));
    assert!(key.is_text("sk-local-canary-7f3a\n"));
    assert!(!key.is_text("sk-local-canary-7f3b"));
    assert!(!key.is_text("sk-local-canary-7f3"));
    let shown = format!("{key:?} {key:#?}");
    assert!(shown.contains("ApiKey(…)") && !shown.contains("canary"), "{shown}");
}

#[test]
fn a_refusal_never_quotes_the_key() {
    for text in ["sk-canary canary", "sk-canary\u{e9}canary"] {
        let refusal = ApiKey::parse(Zeroizing::new(text.to_owned())).err().unwrap();
        assert!(!format!("{refusal} {refusal:?}").contains("canary"));
    }
}
