//! What a provider is told so that nobody keeps what goes over it, put into the body of another program. Every other byte stays
//! as it came.

use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Deserializer, Map, Value};

/// An object with these fields in it: one that it has already gives way, but for what else an object in it says. `None` where it
/// is no object.
pub(super) fn with(fields: &Map<String, Value>, object: &[u8]) -> Option<Vec<u8>> {
    let open = object.iter().position(|&byte| byte == b'{')? + 1;
    let there = values(object, open)?;
    let mut changes: Vec<(Range<usize>, Vec<u8>)> = Vec::new();
    for (name, wished) in fields {
        let before = changes.len();
        for (_, place) in there.iter().filter(|(known, _)| known == name) {
            let said = &object[place.clone()];
            let change = match wished {
                Value::Object(wished) if said.starts_with(b"{") => with(wished, said)?,
                _ => wished.to_string().into_bytes(),
            };
            changes.push((place.clone(), change));
        }
        if changes.len() == before {
            let comma = if there.is_empty() { "" } else { "," };
            let field = format!("{}:{wished}{comma}", Value::from(name.as_str()));
            changes.push((open..open, field.into_bytes()));
        }
    }
    // From the end, so that no place moves before its turn.
    changes.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    let mut body = object.to_vec();
    for (place, change) in changes {
        body.splice(place, change);
    }
    Some(body)
}

/// The names of an object's fields, and where their values stand in its text.
fn values(object: &[u8], open: usize) -> Option<Vec<(String, Range<usize>)>> {
    let mut values = Vec::new();
    let mut at = open;
    loop {
        at = past(object, at, b',');
        if object.get(at)? == &b'}' {
            return Some(values);
        }
        let (name, end) = one::<String>(object, at)?;
        at = past(object, end, b':');
        let (_, end) = one::<IgnoredAny>(object, at)?;
        values.push((name, at..end));
        at = end;
    }
}

/// Behind spaces and this mark.
fn past(json: &[u8], at: usize, mark: u8) -> usize {
    let rest = json.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|&&byte| byte == mark || byte.is_ascii_whitespace()).count()
}

fn one<T: DeserializeOwned>(json: &[u8], at: usize) -> Option<(T, usize)> {
    let mut ones = Deserializer::from_slice(json.get(at..)?).into_iter::<T>();
    let one = ones.next()?.ok()?;
    Some((one, at + ones.byte_offset()))
}

#[cfg(test)]
mod tests {
    use wire::Provider;

    use super::*;

    #[test]
    fn nobody_may_keep_it_and_every_other_byte_stays() {
        let denied = |body: &str| {
            let with = with(&Provider::stored("openRouter").dialect().private, body.as_bytes());
            with.map(|with| String::from_utf8(with).unwrap())
        };
        for (body, sent) in [
            ("{}", r#"{"provider":{"data_collection":"deny"}}"#),
            (
                " {\n \"model\" : \"m\\u0041\",\"n\":1e0,\"messages\":[{\"provider\":{}}] }\n",
                " {\"provider\":{\"data_collection\":\"deny\"},\n \"model\" : \"m\\u0041\",\"n\":1e0,\"messages\":[{\"provider\":{}}] }\n",
            ),
            (
                r#"{"n":1,"provider": {"order":["a", "b"],"max_price":{"prompt":1.0}} ,"x":"}{"}"#,
                r#"{"n":1,"provider": {"data_collection":"deny","order":["a", "b"],"max_price":{"prompt":1.0}} ,"x":"}{"}"#,
            ),
            (
                r#"{"pro\u0076ider":{"data_collection" : "allow","only":["a"],"data_collection":null}}"#,
                r#"{"pro\u0076ider":{"data_collection" : "deny","only":["a"],"data_collection":"deny"}}"#,
            ),
            (r#"{"provider":{ }}"#, r#"{"provider":{"data_collection":"deny" }}"#),
            (r#"{"provider":null}"#, r#"{"provider":{"data_collection":"deny"}}"#),
            // Another name to who reads names as they are.
            (
                r#"{"Provider":{"data_collection":"allow"}}"#,
                r#"{"provider":{"data_collection":"deny"},"Provider":{"data_collection":"allow"}}"#,
            ),
        ] {
            assert_eq!(denied(body).as_deref(), Some(sent), "{body}");
        }
        for body in ["", "[]", "null", "{", r#"{"a"}"#] {
            assert_eq!(denied(body), None, "{body}");
        }
    }
}
