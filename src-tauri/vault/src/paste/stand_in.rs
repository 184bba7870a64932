//! What stands where a key should be: a masked copy, or the example of a manual.

/// Whether the middle or all of it was replaced by dots, stars or blocks.
pub(super) fn is_masked(text: &str) -> bool {
    const MASKS: &str = "•●∙⋅◦○■▪█▇▓▒░＊∗⁎✱…‥⋯⋮․";
    let has = |part: &str| text.contains(part);
    text.chars().any(|c| MASKS.contains(c))
        || has("..")
        || has("***")
        || has("**") && !has(" ")
        || has("####")
        || has("[...]")
        || is_redacted(text)
        || longest_run(text, |b| matches!(b, b'x' | b'X')) >= 8
        || longest_run(text, |b| b == b'_') >= 4
        || longest_run(text, |b| b == b'-') >= 4 && !text.starts_with("-----BEGIN")
}

/// Whether a text is the example of a manual. At a server of one's own, a word such as `my-secret-key` may be the key.
pub(super) fn is_placeholder(text: &str, own: bool) -> bool {
    if is_variable(text) || is_template(text) || is_glued(text) {
        return true;
    }
    let words = words_of(text);
    if words.is_empty() || words.len() > 12 || !words.iter().all(|word| is_plain_word(word)) {
        return false;
    }
    let is = |list: &[&str], word: &&str| {
        list.iter().any(|known| known.eq_ignore_ascii_case(word)) || is_crossed_out(word)
    };
    let asks = words.iter().any(|word| is(ASKING, word) && !is_crossed_out(word));
    let all_example = words.iter().all(|word| is(EXAMPLE, word) || is(ASKING, word));
    asks && words.len() > 1 || all_example && !own
}

/// Words by which a manual asks its reader for a key.
const ASKING: &[&str] = &[
    "your",
    "yours",
    "paste",
    "insert",
    "replace",
    "enter",
    "put",
    "here",
    "placeholder",
    "youropenaikey",
    "yourapikey",
    "yourkey",
    "yourkeyhere",
];

/// Words that examples of keys are made of.
const EXAMPLE: &[&str] = &[
    "a",
    "of",
    "api",
    "apikey",
    "key",
    "keys",
    "my",
    "the",
    "sk",
    "pk",
    "proj",
    "secret",
    "token",
    "access",
    "auth",
    "openai",
    "anthropic",
    "claude",
    "gemini",
    "google",
    "mistral",
    "openrouter",
    "groq",
    "gsk",
    "ant",
    "or",
    "v1",
    "xai",
    "hf",
    "test",
    "dummy",
    "example",
    "sample",
    "fake",
    "demo",
    "changeme",
    "change",
    "me",
    "this",
    "with",
    "real",
    "actual",
    "value",
    "string",
    "todo",
    "fixme",
    "none",
    "null",
    "undefined",
    "nil",
    "true",
    "false",
    "empty",
    "not",
    "needed",
    "required",
    "no",
    "some",
    "foo",
    "bar",
    "abc",
    "abcd",
    "abcdef",
    "123",
    "1234",
    "12345",
    "123456",
    "model",
    "llm",
    "ai",
    "provider",
    "project",
    "service",
    "user",
    "password",
    "api03",
];

/// `OPENAI_API_KEY` itself, `$OPENAI_API_KEY`, `%OPENAI_API_KEY%`, `process.env.OPENAI_API_KEY`.
fn is_variable(text: &str) -> bool {
    let bare = text
        .trim_start_matches("process.env.")
        .trim_start_matches("$env:")
        .trim_start_matches("env:")
        .trim_matches(['$', '%', '{', '}', '(', ')', ' ', '=']);
    let shouts = bare.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    shouts
        && bare.contains('_')
        && ["KEY", "TOKEN", "SECRET"]
            .iter()
            .any(|end| bare.ends_with(end) || bare.ends_with(&format!("{end}_HERE")))
}

/// `${…}`, `{{…}}`, `os.environ[…`, `secrets.…`.
pub(super) fn is_template(text: &str) -> bool {
    const MARKS: [&str; 14] = [
        "${",
        "{{",
        "$(",
        "<%",
        "os.environ",
        "os.getenv",
        "process.env",
        "import.meta.",
        "secrets.",
        "env.",
        "ENV[",
        "env(",
        "!secret ",
        "@env",
    ];
    MARKS.iter().any(|mark| text.starts_with(mark)) && !text.contains(['=', '\n'])
}

/// `sk-YourAPIKeyHere`: the words of a manual without anything between them.
fn is_glued(text: &str) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_lowercase();
    let words = ["yourapikey", "yourkey", "yoursecret", "yourtoken", "youropenai", "apikeyhere"];
    letters.len() < 40 && words.iter().any(|words| letters.contains(words))
}

fn is_redacted(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    ["REDACTED", "[HIDDEN", "[MASKED", "(HIDDEN", "(MASKED"].iter().any(|word| upper.contains(word))
}

/// Split at marks and blanks, and where small letters are followed by a capital.
fn words_of(text: &str) -> Vec<&str> {
    let apart = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    apart.flat_map(humps).collect()
}

/// The words of `yourApiKey`. A word with digits in it, or with many humps, is none of anybody's writing.
fn humps(word: &str) -> Vec<&str> {
    let bytes = word.as_bytes();
    let cuts: Vec<usize> = (1..bytes.len())
        .filter(|at| bytes[at - 1].is_ascii_lowercase() && bytes[*at].is_ascii_uppercase())
        .collect();
    if cuts.len() > 5 || !word.is_ascii() {
        return vec![word];
    }
    let mut words = Vec::new();
    let mut start = 0;
    for cut in cuts.into_iter().chain([bytes.len()]) {
        words.push(&word[start..cut]);
        start = cut;
    }
    words
}

/// Letters of one case, or a short number: what a person writes, not what chance does.
fn is_plain_word(word: &str) -> bool {
    let rest = word.get(1..).unwrap_or_default();
    let all = |fits: fn(&u8) -> bool| word.bytes().all(|b| fits(&b));
    (word.len() <= 16
        && (all(u8::is_ascii_lowercase)
            || all(u8::is_ascii_uppercase)
            || all(u8::is_ascii_digit) && word.len() <= 6
            || word.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
                && rest.bytes().all(|b| b.is_ascii_lowercase())
            || matches!(word, "v1" | "api03")))
        || is_crossed_out(word)
}

/// `xxxx`.
fn is_crossed_out(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| matches!(b, b'x' | b'X'))
}

fn longest_run(text: &str, counts: fn(u8) -> bool) -> usize {
    text.as_bytes().split(|byte| !counts(*byte)).map(<[u8]>::len).max().unwrap_or(0)
}
