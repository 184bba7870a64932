//! The answer of `/v1/models`, page by page.

mod listed;

use std::collections::HashSet;

use serde_json::Value;

use crate::encoded::query_value;
use crate::failure::{nonsense, told_with_200};
use crate::json::{count, parse, words};
use crate::money::decimal_nano;
use crate::words::{Said, is_nothing};
use crate::{Failure, FailureKind};

pub use listed::ListedFacts;

/// No name of a model is longer.
const NAME_CAP: usize = 256;

/// More models than anybody offers.
const LIST_CAP: usize = 100_000;

/// A list that goes on longer is not followed.
const PAGE_CAP: usize = 50;

/// A model that a server offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What it is called.
    pub name: String,
    /// The host that its server passes the question on to, where it says so.
    pub passed_to: Option<String>,
    /// What it costs, where the list says so.
    pub price: Option<ListedPrice>,
    /// What else the list says of it.
    pub facts: ListedFacts,
}

/// What a list says that a model costs, in billionths of a dollar for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedPrice {
    /// Read.
    pub input: u64,
    /// Written.
    pub output: u64,
}

/// A provider's models, gathered from the pages of its list.
#[derive(Debug, Default)]
pub struct ModelList {
    found: Vec<(Option<u64>, Listed)>,
    known: HashSet<String>,
    pages: usize,
}

impl ModelList {
    /// Reads a page. Gives back the query of the page after it, if there is one worth asking for.
    ///
    /// Entries may be objects or plain names; odd ones are left out, and so is what was there before. An error that is told
    /// with status 200 is an error, and anything else is nonsense, both in the server's own words.
    pub fn add(&mut self, body: &str) -> Result<Option<String>, Failure> {
        let Some(value) = parse(body.trim_start_matches('\u{feff}')) else {
            return Err(nonsense(body));
        };
        let entries = entries(&value).ok_or_else(|| no_list(&value, body))?;
        if entries.is_empty() && is_error(&value) {
            return Err(no_list(&value, body));
        }
        let before = self.found.len();
        for (made, listed) in entries.iter().filter_map(entry) {
            if self.found.len() < LIST_CAP && self.known.insert(listed.name.clone()) {
                self.found.push((made, listed));
            }
        }
        self.pages += 1;
        let goes_on = self.found.len() > before && self.pages < PAGE_CAP;
        Ok(next(&value, entries).filter(|_| goes_on))
    }

    /// The models: newest first where the server says when they were made, else in its order.
    pub fn into_models(mut self) -> Vec<Listed> {
        self.found.sort_by_key(|(made, _)| std::cmp::Reverse(*made));
        self.found.into_iter().map(|(_, listed)| listed).collect()
    }
}

/// Where the entries stand. Ollama before its OpenAI layer, Together and a few proxies send the bare array.
fn entries(value: &Value) -> Option<&Vec<Value>> {
    let names = ["/data", "/models", "/data/models", "/data/data", "/items", "/result", "/results"];
    let named = names.into_iter().filter_map(|name| value.pointer(name)?.as_array());
    value.as_array().or_else(|| {
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|entries| entries.is_empty());
        named.into_iter().next()
    })
}

/// An entry, and when it was made.
fn entry(value: &Value) -> Option<(Option<u64>, Listed)> {
    let field = |name: &str| value.get(name).and_then(words);
    const NAMES: [&str; 6] = ["id", "name", "model", "model_id", "model_name", "modelId"];
    if !generates(value) {
        return None;
    }
    let name = words(value).or_else(|| NAMES.into_iter().find_map(field))?.trim();
    // Google's list calls its models "models/…".
    let name = name.strip_prefix("models/").unwrap_or(name);
    let passed_to = remote_host(value);
    (!name.is_empty() && name.len() <= NAME_CAP).then(|| {
        let listed = Listed {
            name: name.to_owned(),
            passed_to,
            price: value.get("pricing").and_then(price),
            facts: listed::of(value),
        };
        (value.get("created").and_then(count), listed)
    })
}

/// Whom a server passes the question on to, in Ollama’s own words: an address, or a host alone. Where it names only the model there,
/// that is told instead: it leaves this computer all the same.
pub(crate) fn remote_host(value: &Value) -> Option<String> {
    let field = |name: &str| value.get(name).and_then(words);
    let host = field("remote_host").map(|host| host.trim().trim_end_matches('/'));
    let host = host.map(|host| host.split_once("://").map_or(host, |(_, host)| host));
    let told = [host, field("remote_model").map(str::trim)].into_iter().flatten();
    told.map(str::to_owned).find(|told| !told.is_empty() && told.len() <= NAME_CAP)
}

/// OpenRouter's way: dollars for one token, as text. What costs by the request as well, more for thoughts than for words, or more
/// for long requests, has a price that two numbers do not tell.
fn price(pricing: &Value) -> Option<ListedPrice> {
    let of = |name: &str| pricing.get(name).and_then(Value::as_str).and_then(decimal_nano);
    let (input, output) = (of("prompt")?, of("completion")?);
    let has_tiers = pricing.get("overrides").is_some_and(|tiers| {
        !tiers.is_null() && tiers.as_array().is_none_or(|tiers| !tiers.is_empty())
    });
    let is_whole = !has_tiers
        && of("request").unwrap_or(0) == 0
        && of("internal_reasoning").is_none_or(|reasoning| reasoning <= output);
    let million = |nano: u64| nano.checked_mul(1_000_000).filter(|nano| *nano < 1 << 53);
    Some(ListedPrice { input: million(input)?, output: million(output)? }).filter(|_| is_whole)
}

/// Whether a model answers with words. Google says so of each; most say nothing.
fn generates(entry: &Value) -> bool {
    let methods = entry.get("supportedGenerationMethods").and_then(Value::as_array);
    methods.is_none_or(|methods| methods.iter().any(|method| method == "generateContent"))
}

/// The query of the next page, in whichever way the list is paged.
fn next(value: &Value, entries: &[Value]) -> Option<String> {
    if value.get("has_more") == Some(&Value::Bool(true)) {
        let last = value.get("last_id").and_then(words);
        let last = last.or_else(|| entries.last().and_then(entry_id))?;
        return Some(format!("after_id={}", query_value(last)));
    }
    // An address of the next page: only what stands behind its path is taken over.
    let address = ["/next", "/links/next", "/pagination/next", "/next_page"];
    if let Some((_, query)) =
        address.iter().find_map(|place| value.pointer(place).and_then(words)?.split_once('?'))
    {
        let tame = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%=&+,".contains(&byte);
        let is_tame = query.bytes().all(tame) && !query.contains("..");
        return (is_tame && query.len() <= 500).then(|| query.to_owned());
    }
    // Each takes the token back under the name that goes with its own way of writing.
    const TOKENS: [(&str, &str); 6] = [
        ("/nextPageToken", "pageToken"),
        ("/next_page_token", "page_token"),
        ("/next_cursor", "cursor"),
        ("/nextCursor", "cursor"),
        ("/pagination/next_cursor", "cursor"),
        ("/meta/next_cursor", "cursor"),
    ];
    let token = TOKENS.iter().find_map(|(given, taken)| {
        let token = value.pointer(given).and_then(words).filter(|token| !token.is_empty())?;
        Some(format!("{taken}={}", query_value(token)))
    });
    token.or_else(|| numbered(value))
}

/// The page after this one of a list whose pages have numbers and say how many they are.
fn numbered(value: &Value) -> Option<String> {
    let whose = ["", "/meta", "/pagination"].into_iter().find_map(|place| {
        let holder = value.pointer(place)?;
        let number = |names: &[&str]| names.iter().find_map(|name| count(holder.get(name)?));
        Some((
            number(&["page", "current_page", "currentPage"])?,
            number(&["total_pages", "totalPages", "last_page", "pages", "page_count"])?,
        ))
    });
    let (page, pages) = whose?;
    (page < pages).then(|| format!("page={}", page + 1))
}

fn entry_id(entry: &Value) -> Option<&str> {
    words(entry).or_else(|| entry.get("id").and_then(words))
}

/// Whether a document says that something went wrong, beside an empty list or instead of one.
fn is_error(value: &Value) -> bool {
    let says = |name: &&str| value.get(name).is_some_and(|held| !is_nothing(held));
    let denies = value.get("success") == Some(&Value::Bool(false));
    denies || ["error", "message", "detail", "msg", "errors"].iter().any(says)
}

/// A document that holds no list: an error, or something else altogether.
fn no_list(value: &Value, body: &str) -> Failure {
    let said = Said::in_value(value);
    match is_error(value) && !said.is_empty() {
        true => told_with_200(&said),
        false => Failure { kind: FailureKind::Nonsense, ..nonsense(body) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(body: &str) -> Vec<String> {
        let mut list = ModelList::default();
        list.add(body).unwrap();
        list.into_models().into_iter().map(|model| model.name).collect()
    }

    #[test]
    fn lists() {
        let table: &[(&str, &[&str])] = &[
            (
                r#"{"object":"list","data":[{"id":"gpt-5.1","object":"model"},{"id":"o4"}]}"#,
                &["gpt-5.1", "o4"],
            ),
            (
                r#"{"data":[{"id":"models/gemini-3"},{"id":null},{},null,3,[],"x",""]}"#,
                &["gemini-3", "x"],
            ),
            (r#"{"models":[{"name":"qwen3:8b"}]}"#, &["qwen3:8b"]),
            (r#"[{"id":"a"}]"#, &["a"]),
            (
                r#"{"models":[{"name":"models/a","supportedGenerationMethods":["generateContent"]},{"name":"models/b","supportedGenerationMethods":["embedContent"]}]}"#,
                &["a"],
            ),
            (
                r#"{"data":[{"id":"old","created":1},{"id":"new","created":2},{"id":"x","created":"?"}]}"#,
                &["new", "old", "x"],
            ),
            (r#"{"data":[{"id":"a/b","name":"Maker: B"}],"models":[]}"#, &["a/b"]),
            (r#"{"data":[],"models":["a"]}"#, &["a"]),
            (r#"{"data":[{"id":"a"},{"id":"models/a"},{"id":"a"}]}"#, &["a"]),
            (r#"{"data":[{"id":"a","score":NaN}]}"#, &["a"]),
            (r#"{"data":[]}"#, &[]),
            (r#"{"data":[],"error":null,"message":""}"#, &[]),
            (
                r#"{"data":[{"model_name":"a"},{"modelId":"b"},{"id":3,"name":"c"}]}"#,
                &["a", "b", "c"],
            ),
        ];
        for (json, expected) in table {
            assert_eq!(names(json), *expected, "{json}");
        }
    }

    #[test]
    fn prices_of_a_list_are_whole_or_unknown() {
        let price = |pricing: &str| {
            let mut list = ModelList::default();
            list.add(&format!(r#"{{"data":[{{"id":"m","pricing":{pricing}}}]}}"#)).unwrap();
            list.into_models().remove(0).price.map(|price| (price.input, price.output))
        };
        let table = [
            (
                r#"{"prompt":"0.00000125","completion":"0.00001"}"#,
                Some((1_250_000_000, 10_000_000_000)),
            ),
            (r#"{"prompt":"0","completion":"0","request":"0"}"#, Some((0, 0))),
            // Which model it will be is not known yet.
            (r#"{"prompt":"-1","completion":"-1"}"#, None),
            (r#"{"prompt":"0.000001","completion":"0.000002","request":"0.01"}"#, None),
            (
                r#"{"prompt":"0.000001","completion":"0.000002","internal_reasoning":"0.000009"}"#,
                None,
            ),
            (
                r#"{"prompt":"0.000001","completion":"0.000002","overrides":[{"min_prompt_tokens":200000}]}"#,
                None,
            ),
            (r#"{"prompt":"0","completion":"0","overrides":[]}"#, Some((0, 0))),
            (r#"{"prompt":"0.000001"}"#, None),
            (r#"{"prompt":"9999999999","completion":"1"}"#, None),
            ("7", None),
        ];
        for (pricing, expected) in table {
            assert_eq!(price(pricing), expected, "{pricing}");
        }
    }

    #[test]
    fn nonsense_is_told_with_what_was_said() {
        for json in ["", "<html>", "{}", r#"{"data":3}"#, "null", r#"{"a":{"b":1}}"#] {
            let failure = ModelList::default().add(json).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Nonsense, "{json}");
            assert!(!failure.said.contains('{'), "{json}");
        }
        let failure = ModelList::default().add("Not here, sorry").unwrap_err();
        assert_eq!(failure.said, "Not here, sorry");
        let failure = ModelList::default().add(r#"{"error":"Unexpected endpoint"}"#).unwrap_err();
        assert_eq!(failure.kind, FailureKind::AddressNotFound);
        assert_eq!(failure.said, "Unexpected endpoint");
        for json in [
            r#"{"data":[],"error":{"message":"Not today"}}"#,
            r#"{"data":[],"success":false,"msg":"Not today"}"#,
        ] {
            assert_eq!(ModelList::default().add(json).unwrap_err().said, "Not today", "{json}");
        }
    }

    #[test]
    fn pages_end() {
        let page = r#"{"data":[{"id":"a/b c"}],"has_more":true,"last_id":"a/b c"}"#;
        let mut list = ModelList::default();
        assert_eq!(list.add(page).unwrap().as_deref(), Some("after_id=a%2Fb%20c"));
        assert_eq!(list.add(page).unwrap(), None, "a page that brings nothing new is the last");
        for (page, query) in [
            (r#"{"data":["a"],"has_more":true}"#, Some("after_id=a")),
            (
                r#"{"data":["a"],"next":"https://x.example/v1/models?page=2&n=5"}"#,
                Some("page=2&n=5"),
            ),
            (r#"{"data":["a"],"links":{"next":"/v1/models?cursor=b%2Fc"}}"#, Some("cursor=b%2Fc")),
            (r#"{"data":["a"],"next":"?a=/../b"}"#, None),
            (r#"{"data":["a"],"next":null}"#, None),
            (r#"{"models":["a"],"nextPageToken":"t/1"}"#, Some("pageToken=t%2F1")),
            (r#"{"models":["a"],"next_page_token":"t"}"#, Some("page_token=t")),
            (r#"{"data":["a"],"next_cursor":"c=="}"#, Some("cursor=c%3D%3D")),
            (r#"{"data":["a"],"next_cursor":""}"#, None),
            (r#"{"data":["a"],"next_cursor":null}"#, None),
            (r#"{"data":["a"],"meta":{"next_cursor":"c"}}"#, Some("cursor=c")),
            (r#"{"data":["a"],"page":1,"total_pages":3}"#, Some("page=2")),
            (r#"{"data":["a"],"page":3,"total_pages":3}"#, None),
            (r#"{"data":["a"],"page":"x","total_pages":3}"#, None),
            (r#"{"data":["a"],"pagination":{"current_page":0,"last_page":2}}"#, Some("page=1")),
        ] {
            assert_eq!(ModelList::default().add(page).unwrap().as_deref(), query, "{page}");
        }
        let mut list = ModelList::default();
        let asked = (0..1_000).take_while(|number| {
            let page = format!(r#"{{"data":["m{number}"],"nextPageToken":"t"}}"#);
            list.add(&page).unwrap().is_some()
        });
        assert_eq!(asked.count(), PAGE_CAP - 1);
    }

    #[test]
    fn a_very_long_list_is_read_whole() {
        let entries: Vec<String> =
            (0..50_000).map(|n| format!(r#"{{"id":"maker/m-{n}"}}"#)).collect();
        assert_eq!(names(&format!(r#"{{"data":[{}]}}"#, entries.join(","))).len(), 50_000);
    }
}
