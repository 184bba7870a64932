//! Keys in what surrounds them: the stored ones in every form, others by their shape.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use vault::{ApiKey, BaseUrl, Binding, Finder, KeyFamily, KeyId, Patience, Vault, What};
use zeroize::Zeroizing;

const KEY: &str = "sk-proj-Zq3vB7nM1xK9pL2wR8tY4uA6sD0fG5hJ";

fn key(text: &str) -> ApiKey {
    ApiKey::parse(Zeroizing::new(text.to_owned())).unwrap()
}

async fn finder(keys: &[&str]) -> (Arc<Finder>, Vec<KeyId>) {
    let vault = Vault::in_memory();
    let base = BaseUrl::parse("https://api.openai.com/v1").unwrap();
    let binding = Binding { base, provider: "openAi".into() };
    let mut ids = Vec::new();
    for text in keys {
        let id = KeyId::random().unwrap();
        vault.keep_for_session(&id, key(text), &binding);
        ids.push(id);
    }
    let watch = vault.watch(&ids, Patience::Brief).await.unwrap();
    assert!(watch.unknown.is_empty());
    (watch.finder, ids)
}

fn each(text: &str, write: impl Fn(u8) -> String) -> String {
    text.bytes().map(write).collect()
}

/// A local server's key has no shape; Bedrock's is full of what is escaped.
fn kinds_of_key() -> [String; 4] {
    [
        KEY.to_owned(),
        "m7Qx2Lp9Rt4Vw8Zb".to_owned(),
        format!("ABSK{}+/==", "aB3+dE/7".repeat(15)),
        format!("sk-ant-api03-{}-AA", "q7-W_e3R".repeat(11)),
    ]
}

#[tokio::test]
async fn a_stored_key_is_found_in_every_form() {
    for text in &kinds_of_key() {
        let (finder, ids) = finder(&[text]).await;
        let engine = base64::engine::general_purpose::STANDARD;
        let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let mut forms: Vec<Vec<u8>> = vec![
            text.clone().into(),
            each(text, |b| format!("{b:02x}")).into(),
            each(text, |b| format!("{b:02X}")).into(),
            each(text, |b| format!("%{b:02x}")).into(),
            each(text, |b| format!("%{b:02X}")).into(),
            each(text, |b| format!("\\u{b:04x}")).into(),
            each(text, |b| format!("\\u{b:04X}")).into(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
        ];
        for before in ["", "a", "ab", "abc", "Bearer "] {
            for after in ["", "x", "xy", "\n"] {
                forms.push(engine.encode(format!("{before}{text}{after}")).into());
            }
        }
        for form in forms {
            for (before, after) in [("", ""), ("x=", "\n"), ("\"", "\","), ("aZ9", "aZ9")] {
                let bytes = [before.as_bytes(), &form, after.as_bytes()].concat();
                let found = finder.find(&bytes);
                let stored = What::Stored(ids[0].clone());
                let shown = String::from_utf8_lossy(&bytes);
                assert!(found.iter().any(|one| one.what == stored), "{shown}");
            }
        }
        // The control: one character less, and it is another text.
        let other = &text[..text.len() - 1];
        assert!(
            !finder.find(other.as_bytes()).iter().any(|one| matches!(one.what, What::Stored(_)))
        );
    }
}

#[tokio::test]
async fn the_range_is_the_key_and_nothing_else() {
    let (finder, ids) = finder(&[KEY, "m7Qx2Lp9Rt4Vw8Zb"]).await;
    let text = format!("OPENAI_API_KEY={KEY}\nLOCAL=m7Qx2Lp9Rt4Vw8Zb.");
    let found = finder.find(text.as_bytes());
    let what: Vec<_> =
        found.iter().map(|one| (&text[one.range.clone()], one.what.clone())).collect();
    assert_eq!(
        what,
        [(KEY, What::Stored(ids[0].clone())), ("m7Qx2Lp9Rt4Vw8Zb", What::Stored(ids[1].clone()))]
    );
}

#[tokio::test]
async fn a_key_that_cannot_be_fetched_is_said_and_one_that_was_removed_is_not_known() {
    let vault = Vault::in_memory();
    let id = KeyId::random().unwrap();
    let watch = vault.watch(std::slice::from_ref(&id), Patience::Brief).await.unwrap();
    assert_eq!(watch.unknown, std::slice::from_ref(&id));
    let base = BaseUrl::parse("https://api.openai.com/v1").unwrap();
    let binding = Binding { base, provider: "openAi".into() };
    vault.keep_for_session(&id, key("m7Qx2Lp9Rt4Vw8Zb"), &binding);
    let watch = vault.watch(std::slice::from_ref(&id), Patience::Brief).await.unwrap();
    assert_eq!(watch.finder.find(b"m7Qx2Lp9Rt4Vw8Zb").len(), 1);
    assert!(!format!("{:?}", watch.finder).contains("8Zb"));
    vault.remove(&id, Patience::Brief).await.unwrap();
    let watch = vault.watch(std::slice::from_ref(&id), Patience::Brief).await.unwrap();
    assert_eq!(watch.finder.find(b"m7Qx2Lp9Rt4Vw8Zb"), []);
}

#[tokio::test]
async fn a_keychain_that_fails_is_not_asked_for_every_word() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let vault = Vault::with_store(move || {
        count.fetch_add(1, Ordering::SeqCst);
        Err(keyring_core::Error::NoDefaultStore)
    });
    let ids = [KeyId::random().unwrap(), KeyId::random().unwrap()];
    for _ in 0..5 {
        assert_eq!(vault.watch(&ids, Patience::Brief).await.unwrap().unknown, ids);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // Who presses a button is answered anew.
    assert_eq!(vault.watch(&ids, Patience::Person).await.unwrap().unknown, ids);
    assert!(asked.load(Ordering::SeqCst) > 1);
}

fn whats(text: &str) -> Vec<(String, What)> {
    let found = Finder::of_shapes().unwrap().find(text.as_bytes());
    found.into_iter().map(|one| (text[one.range].to_owned(), one.what)).collect()
}

#[test]
fn shapes_are_found_between_anything_that_is_no_part_of_them() {
    let google = "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBW-";
    for (before, after) in [
        ("", ""),
        ("key ", " it is"),
        ("\"", "\","),
        ("\\n", "\\n"),
        ("%22", "%22"),
        ("\\u0022", "\\u0022"),
        ("\u{1b}[32m", "\u{1b}[0m"),
        ("=", "&x"),
        ("“", "”"),
        ("(", ")."),
    ] {
        for text in [google, KEY] {
            let found = whats(&format!("{before}{text}{after}"));
            assert_eq!(found.len(), 1, "{before}{text}{after}");
            assert_eq!(found[0].0, text);
        }
    }
    // A longer word is no key, and a key at the end of a sentence has no dot.
    assert_eq!(whats(&format!("{google}A")), []);
    assert_eq!(whats(&format!("task-{}", &KEY[3..])), []);
    let family = |found: &(String, What)| match found.1 {
        What::Shaped(shape) => shape.family,
        _ => None,
    };
    let found = whats(&format!("It is AQ.{}.", &KEY[8..]));
    assert_eq!(found.iter().map(family).collect::<Vec<_>>(), [Some(KeyFamily::Google)]);
    assert!(!found[0].0.ends_with('.'));
}

#[test]
fn values_that_are_called_keys_are_found() {
    for line in [
        "MISTRAL_API_KEY=aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF",
        "export CO_API_KEY='aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF'",
        "\"apiKey\": \"0123456789abcdef0123456789abcdef\"",
        "  api_key: 0123456789abcdef0123456789abcdef",
        "{\\\"apiKey\\\":\\\"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF\\\"}",
    ] {
        assert_eq!(whats(line).len(), 1, "{line}");
    }
    for line in [
        "OPENAI_API_KEY=your-api-key-goes-right-here-2",
        "apiKey: process.env.OPENAI_API_KEY_FOR_2_TESTS",
        "api_key = get_the_key_for_user_42_of_all(user)",
        "const apiKey = config.providers2.openai3.keys",
        "an api_key has 32 letters",
        "OPENAI_API_KEY=sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "OPENAI_API_KEY=${OPENAI_API_KEY_OF_MY_PROJECT_2026}",
    ] {
        assert_eq!(whats(line), [], "{line}");
    }
}

#[test]
fn many_keys_take_no_more_than_their_number() {
    let text = format!("{KEY}\n").repeat(20_000);
    assert_eq!(whats(&text).len(), 20_000);
}
