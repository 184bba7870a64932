//! Keys as people paste them: the common cases, and the rules they stand for.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use serde::Deserialize;
use vault::{ApiKey, BaseUrl, Extra, Flaw, HandedOver, KeyFamily, KeyRefusal, classify};
use zeroize::Zeroizing;

const CASES: &str = include_str!("../../../tests/fixtures/cases/keys.jsonl");
const OPENAI: &str = "https://api.openai.com/v1";
const GATEWAY: &str = "https://gateway.example.com/v1";
const LOCAL: &str = "http://127.0.0.1:4000/v1";
const KEY: &str = "sk-proj-aaaabbbbccccddddeeeeffffgggghhhhiiiijjjjkkkkllll";

#[derive(Deserialize)]
struct Case {
    text: String,
    address: String,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    act: String,
    label: Option<String>,
    key: Option<String>,
}

fn hand_over(text: &str, address: &str) -> Result<HandedOver, KeyRefusal> {
    ApiKey::hand_over(Zeroizing::new(text.to_owned()), &BaseUrl::parse(address).unwrap())
}

#[test]
fn every_case_of_the_collection() {
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let outcome = hand_over(&case.text, &case.address);
        let act = match &outcome {
            Err(_) => "refuse",
            Ok(key) if key.is_short || key.stranger.is_some() => "warn",
            Ok(key) if !key.removed.is_empty() => "clean",
            Ok(_) => "accept",
        };
        assert_eq!(act, case.expected.act, "{line}\n{outcome:?}");
        let Ok(found) = outcome else { continue };
        if let Some(key) = case.expected.key {
            assert!(found.key.is_text(&key), "{line}");
        }
        if let Some(label) = case.expected.label {
            let shape = serde_json::to_value(found.key.shape()).unwrap();
            let family = shape["family"].as_str().unwrap().to_lowercase();
            assert_eq!(format!("{family}/{}", shape["kind"].as_str().unwrap()), label, "{line}");
        }
    }
}

#[test]
fn what_was_copied_along_is_taken_off_and_named() {
    use Extra::{Brackets, Escapes, HiddenCharacters, Punctuation, Quotes, Surroundings};
    let rows: &[(&str, &[Extra])] = &[
        ("§", &[]),
        (" \t\u{a0}§\r\n", &[]),
        ("“§”", &[Quotes]),
        ("„§“", &[Quotes]),
        ("«§»", &[Quotes]),
        ("「§」", &[Quotes]),
        ("＂§＂", &[Quotes]),
        ("‘§’", &[Quotes]),
        ("\"§", &[Quotes]),
        ("§'", &[Quotes]),
        ("'\"§\"'", &[Quotes]),
        ("(§)", &[Brackets]),
        ("[§]", &[Brackets]),
        ("{§}", &[Brackets]),
        ("【§】", &[Brackets]),
        ("<§", &[Brackets]),
        ("\"§\",", &[Quotes, Punctuation]),
        ("§.", &[Punctuation]),
        ("§；", &[Punctuation]),
        ("§。", &[Punctuation]),
        ("§%", &[Punctuation]),
        ("§\\", &[Punctuation]),
        ("**§**", &[Punctuation]),
        ("| § |", &[Punctuation]),
        ("- §", &[Punctuation]),
        ("• §", &[Punctuation]),
        ("1. §", &[Punctuation]),
        ("$ §", &[Punctuation]),
        ("```\n§\n```", &[Punctuation]),
        ("```text\n§\n```", &[Punctuation]),
        ("§\\r\\n", &[Escapes]),
        ("§%0A", &[Escapes]),
        ("&quot;§&quot;", &[Escapes]),
        ("\\\"§\\\"", &[Escapes]),
        ("\u{200b}§\u{200b}", &[HiddenCharacters]),
        ("\u{202a}§\u{202c}", &[HiddenCharacters]),
        ("sk-proj-aaaabbbbccccdddd\u{ad}eeeeffffgggghhhhiiiijjjjkkkkllll", &[HiddenCharacters]),
        ("\u{feff}\"§\"", &[HiddenCharacters, Quotes]),
        ("Bearer §", &[Surroundings]),
        ("Authorization: Bearer §", &[Surroundings]),
        ("authorization:Bearer §\r\nAccept: */*\r\n", &[Surroundings]),
        ("x-api-key: §", &[Surroundings]),
        ("API key: §", &[Surroundings]),
        ("OPENAI_API_KEY=§", &[Surroundings]),
        ("export OPENAI_API_KEY=\"§\"", &[Surroundings]),
        ("export OPENAI_API_KEY='§' # mine", &[Surroundings]),
        ("OPENAI_API_KEY=§ python main.py", &[Surroundings]),
        ("set OPENAI_API_KEY=§", &[Surroundings]),
        ("setx OPENAI_API_KEY \"§\"", &[Surroundings]),
        ("set -gx OPENAI_API_KEY §", &[Surroundings]),
        ("$env:OPENAI_API_KEY = \"§\"", &[Surroundings]),
        ("ENV OPENAI_API_KEY §", &[Surroundings]),
        ("{\"api_key\":\"§\"}", &[Surroundings]),
        (
            "{\n  \"provider\": \"openai\",\n  \"apiKey\": \"§\",\n  \"max_tokens\": 100\n}",
            &[Surroundings],
        ),
        ("\"OPENAI_API_KEY\": \"§\",", &[Surroundings]),
        ("openai:\n  api_key: §\n  model: gpt-5\n", &[Surroundings]),
        ("api_key = \"§\"", &[Surroundings]),
        ("os.environ[\"OPENAI_API_KEY\"] = \"§\"", &[Surroundings]),
        ("client = OpenAI(api_key=\"§\", base_url=\"https://x.example/v1\")", &[Surroundings]),
        ("const apiKey = '§';", &[Surroundings]),
        (
            "curl https://api.openai.com/v1/models \\\n  -H \"Authorization: Bearer §\" \\\n  -d '{}'",
            &[Surroundings],
        ),
        ("llm --api-key § --model x", &[Surroundings]),
        ("My key is §", &[Surroundings]),
        ("§ # mine", &[Surroundings]),
        ("§  // of the project", &[Surroundings]),
        ("§\n§", &[Surroundings]),
        ("§\0", &[HiddenCharacters]),
        ("<string>§</string>", &[Surroundings]),
        ("<key id=\"a\">§</key>", &[Surroundings]),
        ("&lt;§&gt;", &[Escapes]),
        ("OPENAI_API_KEY->§", &[Surroundings]),
        ("OPENAI_API_KEY => §", &[Surroundings]),
        ("OPENAI_API_KEY ?= \"§\"", &[Surroundings]),
        ("key,§", &[Surroundings]),
        ("api_key\t§", &[Surroundings]),
        ("api-key §", &[Surroundings]),
        ("API key:\n§", &[Surroundings]),
        ("API-Schlüssel: §", &[Surroundings]),
        ("密钥：§", &[Surroundings]),
        ("OPENAI_API_KEY=\nANTHROPIC_API_KEY=§", &[Surroundings]),
        ("Latchkey\n§", &[Surroundings]),
        ("```bash\nexport OPENAI_API_KEY=§\n```", &[Surroundings]),
    ];
    for (text, removed) in rows {
        let text = text.replace('§', KEY);
        let found = hand_over(&text, OPENAI).unwrap_or_else(|e| panic!("{text:?}: {e}"));
        assert!(found.key.is_text(KEY), "{text:?}");
        assert_eq!(found.removed, *removed, "{text:?}");
    }
}

#[test]
fn marks_that_belong_to_a_key_stay() {
    for key in [
        "sk-proj-aaaabbbbccccddddeeeeffffgggg_",
        "sk-proj-aaaabbbbccccddddeeeeffffgggg-",
        "ABSKaaaabbbbccccddddeeeeffffgggghhhh==",
        "0123456789abcdef0123456789abcdef.aaaabbbbccccdddd",
        "aaaabbbb-cccc-dddd-eeee-ffffgggghhhh:00001111222233334444555566667777",
        "gateway+key/with=marks~and.dots",
    ] {
        let found = hand_over(key, GATEWAY).unwrap_or_else(|e| panic!("{key}: {e}"));
        assert!(found.key.is_text(key) && found.removed.is_empty(), "{key}");
    }
}

#[test]
fn a_copy_with_a_part_missing_is_masked() {
    for text in [
        "sk-proj-****************************wwww",
        "sk-proj-aaaa...wwww",
        "sk-proj-aaaa…wwww",
        "sk-…wwww",
        "sk-proj-••••••••wwww",
        "sk-ant-api03-aaaa***",
        "***wwww",
        "•••wwww",
        "AIza…",
        "sk-proj-aaaabbbbccccddddeeeeffff...",
        "\"sk-...wwww\"",
        "sk-proj-XXXXXXXXXXXXXXXXwwww",
        "OPENAI_API_KEY=sk-proj-****wwww",
        "sk-proj-[REDACTED]",
        "sk-aaaa████████wwww",
        "sk-or-v1-aaa...bbb",
        "gsk_****aaaa",
    ] {
        for address in [OPENAI, GATEWAY, LOCAL] {
            assert_eq!(hand_over(text, address).err(), Some(KeyRefusal::Masked), "{text}");
        }
    }
}

#[test]
fn the_example_of_a_manual_is_no_key() {
    for text in [
        "sk-your-secret-key",
        "YOUR_ANTHROPIC_KEY",
        "<paste-your-key-here>",
        "<YOUR_API_KEY>",
        "your_api_key_here",
        "yourApiKeyHere",
        "sk-your-openai-key",
        "INSERT_KEY_HERE",
        "OPENAI_API_KEY",
        "$OPENAI_API_KEY",
        "${OPENAI_API_KEY}",
        "%OPENAI_API_KEY%",
        "{{ OPENAI_API_KEY }}",
        "process.env.OPENAI_API_KEY",
        "[YOUR KEY]",
        "paste your key here",
        "export OPENAI_API_KEY=\"your-api-key\"",
        "sk-ant-your-key-here",
        "Bearer YOUR_API_KEY",
        "Authorization: Bearer $OPENAI_API_KEY",
        "OPENAI_API_KEY=",
        "{{ openai_api_key }}",
        "<api-key>",
        "import.meta.env.VITE_KEY",
        "ENV['OPENAI_API_KEY']",
        "env:OPENAI_API_KEY",
        "sk-YourAPIKeyHere",
    ] {
        for address in [OPENAI, GATEWAY, LOCAL] {
            assert_eq!(hand_over(text, address).err(), Some(KeyRefusal::Placeholder), "{text}");
        }
    }
    for text in
        ["my-secret-api-key-example", "sk-xxxxxxxxxxxxxxxxxxxxxxxx", "secret-token-of-the-test-key"]
    {
        assert!(hand_over(text, OPENAI).is_err(), "{text}");
    }
}

#[test]
fn a_key_in_an_address_is_refused_and_an_address_is_no_key() {
    for text in [
        "https://generativelanguage.googleapis.com/v1beta/models?key=AIzaaaaabbbbccccddddeeeeffffgggghhhhiii",
        "https://gateway.example.com/v1?api_key=abcdefgh12345678",
        "https://user:sk-aaaabbbbccccdddd@gateway.example.com/v1",
        "curl \"https://x.example/v1/models?key=abcdefgh12345678\"",
        "https://x.example/sk-proj-aaaabbbbccccddddeeeeffffgggg/v1",
        "x.example/v1/models?access_token=abcdefgh12345678",
        "<https://x.example/v1?token=abcdefgh12345678>",
        "wss://x.example/v1/realtime?api-key=abcdefgh12345678",
    ] {
        assert_eq!(hand_over(text, GATEWAY).err(), Some(KeyRefusal::InAddress), "{text}");
    }
    for text in
        ["https://api.openai.com/v1", "\"https://api.openai.com/v1\",", "http://127.0.0.1:11434"]
    {
        let refusal = KeyRefusal::NotAKey { flaw: Flaw::Address };
        assert_eq!(hand_over(text, GATEWAY).err(), Some(refusal), "{text}");
    }
}

#[test]
fn tokens_of_other_services_are_refused_except_at_home() {
    let rows = [
        ("ghp_aaaabbbbccccddddeeeeffffgggghhhhiiii", "GitHub"),
        (
            "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",
            "GitHub",
        ),
        ("gho_aaaabbbbccccddddeeeeffffgggghhhhiiii", "GitHub"),
        ("glpat-aaaabbbbccccddddeeee", "GitLab"),
        ("AKIAQQQQRRRRSSSSTTTT", "AWS"),
        ("ASIAQQQQRRRRSSSSTTTT", "AWS"),
        ("xoxb-111122223333-444455556666-aaaabbbbccccddddeeeeffff", "Slack"),
        ("xapp-1-A111-222-aaaabbbbcccc", "Slack"),
        ("sk_live_aaaabbbbccccddddeeeeffff", "Stripe"),
        ("rk_test_aaaabbbbccccddddeeeeffff", "Stripe"),
        ("sk-lf-aaaabbbb-cccc-dddd-eeee-ffffgggghhhh", "Langfuse"),
        ("pk-lf-aaaabbbb-cccc-dddd-eeee-ffffgggghhhh", "Langfuse"),
        ("sess-aaaabbbbccccddddeeeeffffgggghhhhiiiijjjj", "OpenAI’s own site"),
        ("org-aaaabbbbccccddddeeeeffff", "OpenAI’s own site"),
        ("proj_aaaabbbbccccddddeeeeffff", "OpenAI’s own site"),
        ("npm_aaaabbbbccccddddeeeeffffgggghhhhiiii", "npm"),
        ("ya29.aaaabbbbccccddddeeeeffffgggg", "Google Cloud"),
        ("SG.aaaabbbbccccddddeeeeff.aaaabbbbccccddddeeeeffffgggghhhhiiiijjjjkkk", "SendGrid"),
        ("11112222:aaaabbbbccccddddeeeeffffgggghhhhiii", "Telegram"),
        ("aaaabbbbccccddddeeee/fffgggg+hhhiiiijjjj", "AWS"),
        ("arn:aws:iam::111122223333:user/x", "AWS"),
        ("dp.pt.aaaabbbbccccddddeeeeffffgggghhhhiiiijjjj", "Doppler"),
    ];
    for (text, service) in rows {
        for address in [OPENAI, GATEWAY, LOCAL] {
            let refusal = KeyRefusal::NotAModelKey { service };
            assert_eq!(hand_over(text, address).err(), Some(refusal), "{text}");
            assert_eq!(hand_over(&format!("\"{text}\","), address).err(), Some(refusal), "{text}");
        }
    }
    for home in ["https://models.github.ai/inference", "https://api.githubcopilot.com"] {
        assert!(hand_over(rows[0].0, home).is_ok(), "{home}");
    }
    assert!(hand_over(rows[0].0, "https://models.github.ai.evil.example/v1").is_err());
}

#[test]
fn short_keys_are_for_servers_of_ones_own() {
    for text in
        ["ollama", "sk-1234", "EMPTY", "not-needed", "x", "token-abc123", "sk-no-key-required"]
    {
        for address in [LOCAL, GATEWAY, "http://localhost:11434/v1", "https://192.168.0.9/v1"] {
            let found = hand_over(text, address).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(found.is_short, text.len() < 16, "{text}");
            assert!(found.key.last_four().as_str().len() * 4 <= text.len(), "{text}");
        }
        assert!(hand_over(text, OPENAI).is_err(), "{text}");
    }
}

#[test]
fn a_key_on_its_way_to_a_stranger_is_known() {
    let google = "AQ.aaaabbbbccccddddeeeeffffgggg";
    let gemini = "https://generativelanguage.googleapis.com/v1beta/openai";
    for (text, address, stranger) in [
        (KEY, OPENAI, None),
        (KEY, GATEWAY, Some(KeyFamily::OpenAi)),
        (KEY, LOCAL, Some(KeyFamily::OpenAi)),
        (KEY, "https://api.mistral.ai/v1", Some(KeyFamily::OpenAi)),
        (KEY, "https://api.openai.com.evil.example/v1", Some(KeyFamily::OpenAi)),
        (google, gemini, None),
        (google, OPENAI, Some(KeyFamily::Google)),
        ("sk-aaaabbbbccccddddeeeeffffgggghhhh", GATEWAY, None),
    ] {
        assert_eq!(hand_over(text, address).unwrap().stranger, stranger, "{text} {address}");
    }
}

#[test]
fn nobody_guesses() {
    let white = KeyRefusal::NotAKey { flaw: Flaw::WhiteSpace };
    let two = format!("A_KEY={KEY}\nB_KEY={}", KEY.replace("llll", "mmmm"));
    let login = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.aaaabbbbccccdddd";
    for (text, refusal) in [
        (two.as_str(), KeyRefusal::Several),
        ("sk-proj-aaaabbbbccccddddeeeeffff gggghhhhiiiijjjjkkkkllll", white),
        ("sk-proj-aaaabbbbccccddddeeeeffff\ngggghhhhiiiijjjjkkkkllll", white),
        ("API_KEY=sk-proj-aaaabbbbccccddddeeeeffff gggghhhhiiiijjjjkkkkllll", white),
        ("API_KEY=sk-proj-aaaabbbbccccddddeeeeffff\ngggghhhhiiiijjjjkkkkllll", white),
        ("the quick brown fox", white),
        ("", KeyRefusal::Empty),
        ("\u{feff} \u{200b}", KeyRefusal::Empty),
        ("\"\"", KeyRefusal::Empty),
        (login, KeyRefusal::OAuth { family: None }),
        ("sk-proj-аaaabbbbccccddddeeeeffff", KeyRefusal::NotAKey { flaw: Flaw::ForeignCharacter }),
    ] {
        assert_eq!(hand_over(text, OPENAI).err(), Some(refusal), "{text:?}");
    }
    assert!(hand_over(login, GATEWAY).is_ok(), "a gateway may hand out tokens as keys");
    assert!(hand_over(login, "https://api.minimax.io/v1").is_ok());
    assert_eq!(classify(KEY).family, Some(KeyFamily::OpenAi));
}

#[test]
fn a_refusal_never_quotes_the_text() {
    for text in [
        "sk-canary…canary",
        "https://canary:canary@x.example",
        "your-canary-key-here",
        "ghp_canarycanarycanarycanary",
    ] {
        let refusal = hand_over(text, GATEWAY).err().unwrap();
        assert!(!format!("{refusal} {refusal:?}").contains("canary"), "{text}");
    }
}
