//! The table of addresses: what a person may type, and what must never get a key.

use vault::{AddressError as E, BaseUrl, Origin};

#[test]
fn every_accepted_address_is_normalised() {
    for (text, base, origin) in [
        ("https://api.openai.com/v1", "https://api.openai.com/v1", "https://api.openai.com"),
        ("  https://api.openai.com/v1/ \n", "https://api.openai.com/v1", "https://api.openai.com"),
        ("https://api.openai.com", "https://api.openai.com", "https://api.openai.com"),
        ("https://api.openai.com:443/v1", "https://api.openai.com/v1", "https://api.openai.com"),
        ("https://API.OpenAI.com/v1", "https://api.openai.com/v1", "https://api.openai.com"),
        ("https://h:8443/v1", "https://h:8443/v1", "https://h:8443"),
        ("https://h:80", "https://h:80", "https://h:80"),
        ("api.openai.com/v1", "https://api.openai.com/v1", "https://api.openai.com"),
        ("api.openai.com:8443", "https://api.openai.com:8443", "https://api.openai.com:8443"),
        ("localhost:11434", "http://localhost:11434", "http://localhost:11434"),
        ("LOCALHOST:11434/v1", "http://localhost:11434/v1", "http://localhost:11434"),
        ("127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("[::1]:8080", "http://[::1]:8080", "http://[::1]:8080"),
        ("http://[::1]:11434", "http://[::1]:11434", "http://[::1]:11434"),
        ("http://127.0.0.1", "http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.255.255.254:1", "http://127.255.255.254:1", "http://127.255.255.254:1"),
        ("https://localhost:8443", "https://localhost:8443", "https://localhost:8443"),
        // The URL standard reads these as dotted addresses, and so does every resolver.
        ("http://2130706433", "http://127.0.0.1", "http://127.0.0.1"),
        ("http://0x7f000001", "http://127.0.0.1", "http://127.0.0.1"),
        ("http://0177.0.0.1", "http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.1", "http://127.0.0.1", "http://127.0.0.1"),
        ("https://192.168.0.9/v1", "https://192.168.0.9/v1", "https://192.168.0.9"),
        ("https://127.0.0.1.evil.com", "https://127.0.0.1.evil.com", "https://127.0.0.1.evil.com"),
        (
            "https://bücher.example/v1",
            "https://xn--bcher-kva.example/v1",
            "https://xn--bcher-kva.example",
        ),
        (
            "https://аpi.openai.com",
            "https://xn--pi-6kc.openai.com",
            "https://xn--pi-6kc.openai.com",
        ),
        ("https://h/v1/chat/completions", "https://h/v1", "https://h"),
        ("https://h/v1/chat/completions/", "https://h/v1", "https://h"),
        ("https://h/v1//models//", "https://h/v1", "https://h"),
        ("https://h/models", "https://h", "https://h"),
        ("https://h/mymodels", "https://h/mymodels", "https://h"),
        ("https://h/a/../v1/./", "https://h/v1", "https://h"),
        ("https://h/a/%2e%2e/v1", "https://h/v1", "https://h"),
        ("https://h/@team/v1", "https://h/@team/v1", "https://h"),
    ] {
        let parsed = BaseUrl::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(parsed.as_str(), base, "{text}");
        assert_eq!(parsed.origin().to_string(), origin, "{text}");
        assert_eq!(BaseUrl::parse(base).unwrap(), parsed, "{text} is stable");
    }
}

#[test]
fn every_dangerous_address_is_refused() {
    let long = format!("https://h/{}", "a".repeat(2048));
    for (text, error) in [
        ("", E::Empty),
        (" \t\n", E::Empty),
        (long.as_str(), E::TooLong),
        ("http://api.openai.com/v1", E::Plaintext),
        ("http://127.0.0.1.evil.com", E::Plaintext),
        ("http://localhost.evil.com", E::Plaintext),
        ("http://evil.localhost", E::Plaintext),
        ("http://localhost.", E::Plaintext),
        ("http://0.0.0.0:8080", E::Plaintext),
        ("http://128.0.0.1", E::Plaintext),
        ("http://192.168.0.9", E::Plaintext),
        ("http://3232235529", E::Plaintext),
        ("http://0xc0a80009", E::Plaintext),
        ("http://0300.0250.0.011", E::Plaintext),
        ("http://[::]:8080", E::Plaintext),
        ("http://[::2]", E::Plaintext),
        ("http://[::ffff:127.0.0.1]", E::Plaintext),
        ("http://[fe80::1]", E::Plaintext),
        ("http://xn--lcalhost-mbg", E::Plaintext),
        ("http://lоcalhost", E::Plaintext),
        ("https://user@x", E::UserInfo),
        ("https://user:pass@x/v1", E::UserInfo),
        ("https://@x", E::UserInfo),
        ("https://api.openai.com@evil.com", E::UserInfo),
        ("user@x", E::UserInfo),
        ("http://127.0.0.1:80@evil.com", E::UserInfo),
        ("https://h/v1?key=1", E::Query),
        ("https://h/v1?", E::Query),
        ("https://h/v1#x", E::Fragment),
        ("ftp://h/v1", E::Scheme),
        ("file:///etc/passwd", E::Scheme),
        ("ws://localhost", E::Scheme),
        ("javascript:alert(1)", E::Malformed),
        ("https:", E::Malformed),
        ("https://", E::Malformed),
        ("https://h:99999", E::Malformed),
        ("https://h:0", E::Malformed),
        ("https://a b/v1", E::Malformed),
        ("https://api.openai\n.com", E::Malformed),
        ("https://api.openai.com\\@evil.com", E::Malformed),
        ("https:\\\\evil.com", E::Malformed),
        ("https://[::1", E::Malformed),
        ("https://256.0.0.1", E::Malformed),
        ("https://\u{202e}moc.evil", E::Hidden),
        ("http://127.0.0.1:8080/v1\u{200b}", E::Hidden),
        ("\u{feff}https://api.example.com/v1", E::Hidden),
        ("https://api.example.com\u{2060}/v1", E::Hidden),
        ("https://api.exam\u{ad}ple.com/v1", E::Hidden),
        ("api\u{200d}.example.com", E::Hidden),
    ] {
        assert_eq!(BaseUrl::parse(text).err(), Some(error), "{text:?}");
    }
}

#[test]
fn loopback_is_known() {
    for text in ["http://localhost:1", "https://localhost", "127.0.0.9", "[::1]:9"] {
        assert!(BaseUrl::parse(text).unwrap().is_loopback(), "{text}");
    }
    for text in ["https://api.openai.com", "https://localhost.evil.com", "https://192.168.0.1"] {
        assert!(!BaseUrl::parse(text).unwrap().is_loopback(), "{text}");
    }
}

#[test]
fn an_origin_is_stored_as_its_canonical_text() {
    let origin = BaseUrl::parse("https://api.openai.com:8443/v1").unwrap().origin();
    let text = serde_json::to_string(&origin).unwrap();
    assert_eq!(text, "\"https://api.openai.com:8443\"");
    assert_eq!(serde_json::from_str::<Origin>(&text).unwrap(), origin);
    for wrong in ["https://h:443", "https://H", "https://h/", "ftp://h", "h", "https://u@h"] {
        let text = serde_json::to_string(wrong).unwrap();
        assert!(serde_json::from_str::<Origin>(&text).is_err(), "{wrong}");
    }
}

#[derive(serde::Deserialize)]
struct Case {
    text: String,
    expected: Expected,
}

#[derive(serde::Deserialize)]
struct Expected {
    act: String,
    base: Option<String>,
}

const CASES: &str = include_str!("../../../tests/fixtures/cases/addresses.jsonl");

#[test]
fn every_case_of_the_collection() {
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let outcome = BaseUrl::parse_pasted(&case.text);
        let act = match &outcome {
            Ok((_, Some(_))) => "clean",
            Ok((_, None)) => "accept",
            Err(_) => "refuse",
        };
        assert_eq!(act, case.expected.act, "{line}");
        let base = outcome.ok().map(|(base, _)| base.as_str().to_owned());
        assert_eq!(base, case.expected.base, "{line}");
    }
}

#[test]
fn a_known_endpoint_at_the_end_is_cut_and_named() {
    let base = "https://h/team/v1";
    for endpoint in [
        "/chat/completions",
        "/completions",
        "/messages",
        "/messages/count_tokens",
        "/responses/compact",
        "/fim/completions",
        "/models/gpt-5",
        "/models/maker/oak-7b",
        "/infill",
        "/key",
        "/responses",
        "/models",
        "/embeddings",
        "/images/generations",
        "/audio/transcriptions",
        "/moderations",
        "/chat",
        "/complete",
        "/rerank",
        "/Chat/Completions",
        "/models/gemini-2.5-pro:generateContent",
        "/models/gemini-2.5-pro:streamGenerateContent",
    ] {
        for end in ["", "/", "//"] {
            let (parsed, cut) = BaseUrl::parse_pasted(&format!("{base}{endpoint}{end}")).unwrap();
            assert_eq!(parsed.as_str(), base, "{endpoint}{end}");
            assert_eq!(cut.as_deref(), Some(endpoint), "{endpoint}{end}");
        }
    }
    let ollama = BaseUrl::parse_pasted("http://127.0.0.1:11434/api/chat").unwrap();
    assert_eq!(ollama.0.as_str(), "http://127.0.0.1:11434");
    for stays in [
        "/messages/v1",
        "/v1/models/oak/v1",
        "/models/v1",
        "/chat",
        "/team/chat",
        "/mymessages",
        "/v1",
        "/openai/v1",
    ] {
        let (parsed, cut) = BaseUrl::parse_pasted(&format!("https://h{stays}")).unwrap();
        assert_eq!((parsed.as_str(), cut), (format!("https://h{stays}").as_str(), None));
    }
}
