//! JSON as servers write it. What a strict parser refuses for one odd value is mended, so that the value is lost and not
//! the document around it.

mod kept;

use serde_json::Value;

use kept::Kept;

/// Reads one document. `None` if it is no JSON, mended or not.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let read = |text: &str| serde_json::from_str(text).ok().map(|Kept(value)| value);
    read(text).or_else(|| read(&mended(text)?))
}

/// Reads a document, or each line of a text that holds one a line.
pub(crate) fn parse_all(text: &str) -> Vec<Value> {
    if let Some(value) = parse(text) {
        return vec![value];
    }
    if !text.contains('\n') {
        return Vec::new();
    }
    text.lines().filter(|line| !line.trim().is_empty()).filter_map(parse).collect()
}

/// A text that says something.
pub(crate) fn words(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// A count: a whole number that is not negative, however it is written, and that can be one: nobody reads or writes a trillion
/// tokens, and what adds counts up must not run over.
pub(crate) fn count(value: &Value) -> Option<u64> {
    const IMPOSSIBLE: u64 = 1_000_000_000_000;
    let count = value.as_u64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0)?;
        (number < IMPOSSIBLE as f64).then_some(number as u64)
    });
    count.filter(|count| *count < IMPOSSIBLE)
}

/// Takes out what JSON does not know but servers write all the same: `NaN` and `Infinity` (Python), halves of characters
/// (an emoji cut in two), control characters in a text. `None` if there is nothing of that.
fn mended(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    let mut inside = false;
    while let Some(character) = rest.chars().next() {
        let (kept, taken) = match (inside, character) {
            (true, '\\') => escape(rest),
            (true, c) if c < ' ' => (Piece::Escaped(c), 1),
            (false, '-' | 'N' | 'I') if number_word(rest) > 0 => (Piece::Null, number_word(rest)),
            (false, c) if c.is_ascii_digit() || c == '-' => number(rest),
            (_, '"') => {
                inside = !inside;
                (Piece::Same, 1)
            }
            (_, c) => (Piece::Same, c.len_utf8()),
        };
        changed |= !matches!(kept, Piece::Same);
        match kept {
            Piece::Same => out.push_str(&rest[..taken]),
            Piece::Null => out.push_str("null"),
            Piece::Unknown => out.push('\u{fffd}'),
            Piece::Escaped(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
        rest = &rest[taken..];
    }
    changed.then_some(out)
}

/// What becomes of a piece of the text.
enum Piece {
    Same,
    Null,
    Unknown,
    Escaped(char),
}

/// The escape at the beginning, and how long it is. Two halves that belong together stay together.
fn escape(text: &str) -> (Piece, usize) {
    let half = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok().filter(|code| (0xd800..0xe000).contains(code))
    };
    match half(text) {
        None => {
            let next = text.chars().nth(1).map_or(0, char::len_utf8);
            (Piece::Same, 1 + next)
        }
        Some(high) if high < 0xdc00 && half(&text[6..]).is_some_and(|low| low >= 0xdc00) => {
            (Piece::Same, 12)
        }
        Some(_) => (Piece::Unknown, 6),
    }
}

/// The number at the beginning, and how long it is. One that is beyond all numbers is none.
fn number(text: &str) -> (Piece, usize) {
    let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    let length = text.find(|c| !in_number(c)).unwrap_or(text.len());
    let is_beyond = text[..length].parse().is_ok_and(f64::is_infinite);
    (if is_beyond { Piece::Null } else { Piece::Same }, length)
}

/// How long the word for a number that is none is.
fn number_word(text: &str) -> usize {
    ["NaN", "Infinity", "-Infinity", "-NaN"]
        .into_iter()
        .find(|word| text.starts_with(word))
        .map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_odd_value_is_lost_and_nothing_else() {
        let table = [
            (r#"{"a":NaN,"b":[-Infinity,Infinity,1]}"#, json!({"a":null,"b":[null,null,1]})),
            (r#"{"a":"\ud83d","b":"\ude00 x"}"#, json!({"a":"\u{fffd}","b":"\u{fffd} x"})),
            (r#"{"a":"\ud83d\ude00 \ud83d."}"#, json!({"a":"😀 \u{fffd}."})),
            ("{\"a\":\"one\ttwo\nthree\"}", json!({"a":"one\ttwo\nthree"})),
            (r#"{"a":"NaN \\ \" Infinity","b":NaN}"#, json!({"a":"NaN \\ \" Infinity","b":null})),
            (r#"{"a":1e400,"b":[-2E999],"c":"1e400"}"#, json!({"a":null,"b":[null],"c":"1e400"})),
            (r#"{"a":"\ud83d\u0041"}"#, json!({"a":"\u{fffd}A"})),
        ];
        for (text, value) in table {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["", "{", "still-here", "{\"a\":}", "\"\\", "\"\\ud83d", "None"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn twice_the_same_field_is_one() {
        let table = [
            (r#"{"a":1,"a":2}"#, json!({"a":2})),
            (r#"{"a":"word","a":null}"#, json!({"a":"word"})),
            (r#"{"a":{"b":1},"a":{}}"#, json!({"a":{"b":1}})),
            (r#"{"a":{"b":"word"},"a":{"b":"","c":2}}"#, json!({"a":{"b":"word","c":2}})),
            (r#"{"a":[{"b":"","b":"word"}]}"#, json!({"a":[{"b":"word"}]})),
            (r#"{"a":"word","a":""}"#, json!({"a":"word"})),
            (r#"[true,-3,2.5,"x",null,{}]"#, json!([true, -3, 2.5, "x", null, {}])),
        ];
        for (text, value) in table {
            assert_eq!(parse(text), Some(value), "{text}");
        }
    }

    #[test]
    fn counts() {
        let table = [
            (json!(3), Some(3)),
            (json!(3.0), Some(3)),
            (json!(3.5), None),
            (json!(-1), None),
            (json!(1e300), None),
            (json!(999_999_999_999_u64), Some(999_999_999_999)),
            (json!(9_000_000_000_000_000_000_u64), None),
            (json!(1e12), None),
            (json!("3"), None),
            (json!(null), None),
        ];
        for (value, number) in table {
            assert_eq!(count(&value), number, "{value}");
        }
    }
}
