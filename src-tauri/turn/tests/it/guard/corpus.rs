//! Two corpora from seeds: secrets of every known shape, drawn letter by letter from the alphabet and the length of their
//! kind; and messages of people without any, drawn from templates with words, code, logs, numbers, ids and hashes.

/// A small generator: the same seed, the same corpus, on every computer.
pub(super) struct Chance(u64);

const ALPHANUMERIC: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const TOKEN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const WORD: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &str = "0123456789abcdef";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn letters(&mut self, alphabet: &str, count: usize) -> String {
        (0..count).map(|_| char::from(alphabet.as_bytes()[self.below(alphabet.len())])).collect()
    }

    /// A secret as people send it.
    pub(super) fn surround(&mut self, secret: &str) -> String {
        let (before, after) = [
            ("", ""),
            ("my key is ", " and it fails"),
            ("KEY=", "\n"),
            ("\"key\": \"", "\","),
            ("'", "'"),
            ("`", "`"),
            ("(", ")"),
            ("curl -H 'x-api-key: ", "' https://example.org/"),
            ("see: ", "."),
            ("», «", "»"),
            ("token:", ", but"),
            ("https://example.org/?key=", "&x=1"),
            ("{\\\"key\\\":\\\"", "\\\"}"),
            ("line\\n", "\\nline"),
        ][self.below(14)];
        format!("{} {before}{secret}{after} {}", self.sentence(), self.sentence())
    }

    fn sentence(&mut self) -> String {
        let count = 3 + self.below(12);
        let words: Vec<&str> = (0..count).map(|_| self.one(WORDS)).collect();
        words.join(" ")
    }
}

type Make = fn(&mut Chance) -> String;

/// Every kind, by name.
pub(super) fn secrets() -> Vec<(&'static str, Make)> {
    vec![
        ("anthropic/admin", |c| format!("sk-ant-admin01-{}AA", c.letters(TOKEN, 91))),
        ("anthropic/api", |c| format!("sk-ant-api03-{}AA", c.letters(TOKEN, 93))),
        ("anthropic/oauth", |c| format!("sk-ant-oat01-{}", c.letters(TOKEN, 95))),
        ("openrouter", |c| format!("sk-or-v1-{}", c.letters(HEX, 64))),
        ("openai/admin", |c| format!("sk-admin-{}", c.letters(TOKEN, 58))),
        ("openai/service", |c| format!("sk-svcacct-{}", c.letters(TOKEN, 58))),
        ("openai/project", |c| {
            format!("sk-proj-{}T3BlbkFJ{}", c.letters(TOKEN, 74), c.letters(TOKEN, 74))
        }),
        ("openai/short project", |c| format!("sk-proj-{}", c.letters(TOKEN, 20))),
        ("openai/user", |c| {
            format!("sk-{}T3BlbkFJ{}", c.letters(ALPHANUMERIC, 20), c.letters(ALPHANUMERIC, 20))
        }),
        ("langfuse", |c| {
            let parts = [8, 4, 4, 4, 12].map(|count| c.letters(HEX, count));
            format!("sk-lf-{}", parts.join("-"))
        }),
        ("google", |c| format!("AIza{}", c.letters(TOKEN, 35))),
        ("google/auth", |c| format!("AQ.{}", c.letters(TOKEN, 40))),
        ("groq", |c| format!("gsk_{}", c.letters(ALPHANUMERIC, 52))),
        ("xai", |c| format!("xai-{}", c.letters(WORD, 80))),
        ("perplexity", |c| format!("pplx-{}", c.letters(ALPHANUMERIC, 48))),
        ("replicate", |c| format!("r8_{}", c.letters(TOKEN, 37))),
        ("huggingface", |c| format!("hf_{}", c.letters(ALPHANUMERIC, 34))),
        ("huggingface/org", |c| format!("api_org_{}", c.letters(ALPHANUMERIC, 34))),
        ("nvidia", |c| format!("nvapi-{}", c.letters(TOKEN, 64))),
        ("elevenlabs", |c| format!("sk_{}", c.letters(HEX, 48))),
        ("bedrock", |c| format!("ABSK{}", c.letters(BASE64, 128))),
        ("together", |c| format!("tgp_v1_{}", c.letters(TOKEN, 43))),
        ("fireworks", |c| format!("fw_{}", c.letters(ALPHANUMERIC, 24))),
        ("cerebras", |c| format!("csk-{}", c.letters(LOWER, 48))),
        ("vercel", |c| format!("vck_{}", c.letters(ALPHANUMERIC, 56))),
        ("deepseek", |c| format!("sk-{}", c.letters(LOWER, 32))),
        ("github", |c| format!("ghp_{}", c.letters(ALPHANUMERIC, 36))),
        ("github/fine", |c| {
            format!("github_pat_{}_{}", c.letters(ALPHANUMERIC, 22), c.letters(ALPHANUMERIC, 59))
        }),
        ("gitlab", |c| format!("glpat-{}", c.letters(TOKEN, 20))),
        ("slack", |c| {
            let numbers = [11, 13].map(|count| c.letters("0123456789", count));
            format!("xoxb-{}-{}", numbers.join("-"), c.letters(ALPHANUMERIC, 24))
        }),
        ("stripe", |c| format!("sk_live_{}", c.letters(ALPHANUMERIC, 24))),
        ("aws id", |c| format!("AKIA{}", c.letters(UPPER, 16))),
        ("npm", |c| format!("npm_{}", c.letters(ALPHANUMERIC, 36))),
        ("sendgrid", |c| format!("SG.{}.{}", c.letters(TOKEN, 22), c.letters(TOKEN, 43))),
        ("named mistral", |c| format!("MISTRAL_API_KEY={}", c.letters(ALPHANUMERIC, 32))),
        ("named azure", |c| format!("\"apiKey\": \"{}", c.letters(HEX, 32))),
        ("address", |c| {
            let password = c.letters(TOKEN, 16);
            format!("postgres://app:{password}@db.example.org/app")
                .replace("@db.example.org/app", "@d")
        }),
        ("jwt", |c| {
            format!(
                "eyJ{}.eyJ{}.{}",
                c.letters(TOKEN, 33),
                c.letters(TOKEN, 80),
                c.letters(TOKEN, 43)
            )
        }),
        ("private key", |c| {
            let lines: Vec<String> = (0..8).map(|_| c.letters(BASE64, 64)).collect();
            let body = lines.join("\n");
            format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----")
        }),
    ]
}

const WORDS: &[&str] = &[
    "the",
    "worker",
    "can",
    "not",
    "reach",
    "a",
    "provider",
    "when",
    "it",
    "starts",
    "risk-based",
    "task-list",
    "disk-usage",
    "ask-me-anything",
    "sk-learn",
    "sklearn",
    "we",
    "should",
    "retry",
    "with",
    "jitter",
    "please",
    "explain",
    "this",
    "error",
    "and",
    "fix",
    "my",
    "function",
    "key",
    "token",
    "secret",
    "password",
    "api-key",
    "API_KEY",
    "apiKey",
    "bearer",
    "how",
    "do",
    "I",
    "rotate",
    "keys",
    "für",
    "größer",
    "日本語",
    "naïve",
    "🙂",
    "über",
    "html",
    "css",
    "org-chart",
    "user-agent",
    "proj_dir",
    "key-value",
    "secret_sauce",
    "dapi",
    "SG",
    "AC/DC",
    "pk",
    "hf_hub",
    "fw_lite",
    "sk_buff",
    "struct",
    "npm_config",
    "data-testid",
    "aria-label",
    "sess-ion",
];

/// A message of a person's.
pub(super) fn ordinary_message(chance: &mut Chance) -> String {
    let count = 1 + chance.below(5);
    let parts: Vec<String> = (0..count).map(|_| ordinary_part(chance)).collect();
    parts.join("\n")
}

fn ordinary_part(c: &mut Chance) -> String {
    let number = c.below(100_000);
    match c.below(24) {
        0..5 => c.sentence(),
        5 => format!("commit {} broke it, {}", c.letters(HEX, 40), c.sentence()),
        6 => format!("sha256:{} {}", c.letters(HEX, 64), c.sentence()),
        7 => {
            let id = [8, 4, 4, 4, 12].map(|count| c.letters(HEX, count)).join("-");
            format!("{{\"id\": \"{id}\", \"n\": {number}}}")
        }
        8 => format!("![image](data:image/png;base64,{}==)", c.letters(BASE64, 200)),
        9 => format!(
            "https://{}.example.org/{}?q={number}#a",
            c.letters(LOWER, 6),
            c.letters(TOKEN, 11)
        ),
        10 => format!("const apiKey = process.env.{}_API_KEY;", c.letters(UPPER, 6)),
        11 => format!("OPENAI_API_KEY=your-api-key-here-{}", c.sentence().replace(' ', "-")),
        12 => {
            format!("postgres://user:password@localhost:{number}/db or redis://:$PASS@cache:6379")
        }
        13 => format!(
            "ssh git@github.com:acme/{}.git, mail me@example.org:{number}",
            c.letters(LOWER, 8)
        ),
        14 => format!("let sk_{} = task_{}(x)?; // sk-{number}", c.one(WORDS), c.letters(LOWER, 6)),
        15 => format!(
            "2026-11-29T10:{:02}:07Z ERROR request_id=req_{} took {number} ms",
            c.below(60),
            c.letters(ALPHANUMERIC, 24)
        ),
        16 => {
            format!("[{}] segfault at 0x{} ip {}", number, c.letters(HEX, 16), c.letters(HEX, 12))
        }
        17 => format!("\"integrity\": \"sha512-{}==\"", c.letters(BASE64, 86)),
        18 => {
            format!("use an `sk-…` key, such as sk-proj-xxxxxxxxxxxxxxxxxxxxxxxx, {}", c.sentence())
        }
        19 => format!("Authorization: Bearer $OPENAI_API_KEY or Bearer <token>, {}", c.sentence()),
        20 => format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----",
            c.letters(BASE64, 64)
        ),
        21 => format!(
            "A file begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----, {}",
            c.sentence()
        ),
        22 => format!(
            "<div class=\"css-{} sk-{} fw_{}\">",
            c.letters(LOWER, 7),
            c.letters(LOWER, 9),
            c.letters(LOWER, 8)
        ),
        _ => format!("| {} | {} | {} |", c.one(WORDS), number, c.letters(ALPHANUMERIC, 12)),
    }
}

pub(super) fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte));
        let group = group << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = usize::try_from(group >> (18 - 6 * place) & 63).unwrap();
            let is_letter = place <= chunk.len();
            out.push(if is_letter { char::from(BASE64.as_bytes()[letter]) } else { '=' });
        }
    }
    out
}
