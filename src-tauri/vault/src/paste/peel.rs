//! Takes off what stands at the ends of a key: quotes, brackets, commas, escapes, bullets.

use super::{Extra, note};

/// The text without them.
pub(super) fn peel<'a>(text: &'a str, removed: &mut Vec<Extra>) -> &'a str {
    let mut rest = text.trim();
    loop {
        let step = escape(rest)
            .or_else(|| element(rest))
            .or_else(|| comment(rest))
            .or_else(|| lonely_word(rest))
            .or_else(|| mark(rest))
            .or_else(|| scheme(rest));
        match step {
            Some((shorter, extra)) => {
                note(removed, extra);
                rest = shorter.trim();
            }
            None => return rest,
        }
    }
}

type Step<'a> = Option<(&'a str, Extra)>;

const QUOTES: &str = "\"'`“”„‟‘’‚‛«»‹›「」『』〝〞〟＂＇´｀′″‶‵❛❜❝❞";
const BRACKETS: &str = "<>()[]{}⟨⟩〈〉《》【】〔〕（）［］｛｝＜＞｟｠";
/// Marks that end a phrase or a field, in several scripts. A key may end with an equals sign.
const BEHIND: &str = ",;:.!?|\\%*،؛。、，；：！？．·•¶↵⏎";
const BEFORE: &str = ",;:=|*،؛。、，；：·•→▶➜❯";

/// One quote, bracket or mark at one of the ends.
fn mark(text: &str) -> Step<'_> {
    if let Some(inner) = text.strip_prefix("**").and_then(|text| text.strip_suffix("**")) {
        return Some((inner, Extra::Punctuation));
    }
    let (mut ahead, mut back) = (text.chars(), text.chars().rev());
    let (first, second) = (ahead.next()?, ahead.next());
    let (last, last_but_one) = (back.next()?, back.next());
    for (marks, extra) in [(QUOTES, Extra::Quotes), (BRACKETS, Extra::Brackets)] {
        if marks.contains(first) {
            return Some((&text[first.len_utf8()..], extra));
        }
        if marks.contains(last) {
            return Some((&text[..text.len() - last.len_utf8()], extra));
        }
    }
    // Several of one kind stand for what is missing, and are left for whoever looks for that.
    if BEFORE.contains(first) && second != Some(first) {
        return Some((&text[first.len_utf8()..], Extra::Punctuation));
    }
    (BEHIND.contains(last) && last_but_one != Some(last))
        .then(|| (&text[..text.len() - last.len_utf8()], Extra::Punctuation))
}

/// A line end, blank or quote as programs write it, at one of the ends.
fn escape(text: &str) -> Step<'_> {
    const ESCAPES: [&str; 30] = [
        "\\n", "\\r", "\\t", "\\\"", "\\'", "\\u0022", "\\u0027", "\\u0000", "\\u000a", "\\u200b",
        "\\ufeff", "\\x0a", "\\x00", "\\0", "%0A", "%0a", "%0D", "%0d", "%20", "%22", "%27",
        "&quot;", "&#39;", "&#34;", "&nbsp;", "&lt;", "&gt;", "&apos;", "&amp;", "<br>",
    ];
    ESCAPES.iter().find_map(|escape| {
        let shorter = text.strip_suffix(escape).or_else(|| text.strip_prefix(escape))?;
        Some((shorter, Extra::Escapes))
    })
}

/// What an element of XML or HTML holds: `<string>…</string>`.
fn element(text: &str) -> Step<'_> {
    let (name, behind) = text.strip_prefix('<')?.split_once('>')?;
    let (inner, end) = behind.rsplit_once("</")?;
    let name = name.split_whitespace().next()?;
    (end.strip_suffix('>')? == name).then_some((inner, Extra::Surroundings))
}

/// A remark behind it, as people leave in a file: the first word is all there is before it.
fn comment(text: &str) -> Step<'_> {
    let (first, behind) = text.split_once(char::is_whitespace)?;
    let behind = behind.trim_start();
    let is_remark = ["#", "//", "--", ";"].iter().any(|sign| behind.starts_with(sign));
    (is_remark && first.len() >= 16).then_some((first, Extra::Surroundings))
}

/// A first word that is a prompt, a bullet, a number or a fence's language; a last one that is only marks.
fn lonely_word(text: &str) -> Step<'_> {
    let (first, behind) = text.split_once(char::is_whitespace)?;
    let (before, last) = text.rsplit_once(char::is_whitespace)?;
    if is_only_marks(first) || is_number(first) || is_fence(first) {
        Some((behind, Extra::Punctuation))
    } else if is_only_marks(last) || is_fence(last) {
        Some((before, Extra::Punctuation))
    } else {
        None
    }
}

fn is_only_marks(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_punctuation() || QUOTES.contains(c) || BEFORE.contains(c))
}

fn is_number(word: &str) -> bool {
    word.strip_suffix(['.', ')'])
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn is_fence(word: &str) -> bool {
    ["```", "~~~"].iter().any(|fence| {
        word.strip_prefix(fence).is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphabetic()))
    })
}

/// The word in front of a key in a header.
fn scheme(text: &str) -> Step<'_> {
    let (first, behind) = text.split_once(char::is_whitespace)?;
    let is_scheme = ["bearer", "token", "key", "apikey"]
        .iter()
        .any(|scheme| first.trim_end_matches(':').eq_ignore_ascii_case(scheme));
    is_scheme.then_some((behind, Extra::Surroundings))
}
