//! Where a sentence ends, as far as that can be told without knowing its language.

/// The sentences of a text, none longer than `most` characters.
pub(super) fn sentences(text: &str, most: usize) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pieces = Vec::new();
    let mut begin = 0;
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    for (number, &(at, sign)) in signs.iter().enumerate() {
        let end = at + sign.len_utf8();
        if ends(&signs, number, &text[begin..at]) {
            add(&mut pieces, &text[begin..end], most);
            begin = end;
        }
    }
    add(&mut pieces, &text[begin..], most);
    pieces
}

/// Whether a sentence ends with this sign, of which `before` was said already.
fn ends(signs: &[(usize, char)], number: usize, before: &str) -> bool {
    let (_, sign) = signs[number];
    if matches!(sign, '。' | '！' | '？') {
        return true;
    }
    // What closes belongs to the sentence before it.
    let closes = |sign: char| matches!(sign, '"' | '”' | '’' | ')' | ']' | '»');
    let is_mark = |sign: char| matches!(sign, '.' | '!' | '?' | '…');
    let marked = match closes(sign) {
        true => number > 0 && is_mark(signs[number - 1].1),
        false => is_mark(sign),
    };
    if !marked || signs.get(number + 1).is_none_or(|(_, next)| *next != ' ') {
        return false;
    }
    let Some((_, next)) = signs.get(number + 2) else { return false };
    // “e.g. this”, “No. 7”, “J. Doe”: what goes on in small letters goes on, and no sentence ends with one letter.
    let last_word = before.rsplit(' ').next().unwrap_or_default();
    let is_short =
        sign == '.' && last_word.trim_matches(|c: char| !c.is_alphanumeric()).chars().count() < 2;
    !next.is_lowercase() && !is_short
}

/// Adds a piece, or several where it is too long: split at a comma, at a space, anywhere.
fn add(pieces: &mut Vec<String>, piece: &str, most: usize) {
    let mut rest = piece.trim();
    while rest.chars().count() > most {
        let end = rest.char_indices().nth(most).map_or(rest.len(), |(at, _)| at);
        let head = &rest[..end];
        let comma = head.rfind([',', ';', ':', '，', '、']).filter(|at| *at > end / 2);
        let at = comma.or_else(|| head.rfind(' ')).filter(|at| *at > 0).unwrap_or(end);
        let at = at + rest[at..].chars().next().filter(|_| at < end).map_or(0, char::len_utf8);
        pieces.push(rest[..at].trim().to_owned());
        rest = rest[at..].trim();
    }
    if rest.chars().any(char::is_alphanumeric) {
        pieces.push(rest.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_one_would_breathe() {
        for (text, expected) in [
            ("One. Two? Three!", vec!["One.", "Two?", "Three!"]),
            (
                "It is 3.5 m, e.g. here. Mr. A. Doe said \"No.\" Then left.",
                vec!["It is 3.5 m, e.g. here.", "Mr.", "A. Doe said \"No.\"", "Then left."],
            ),
            ("你好。再见！", vec!["你好。", "再见！"]),
            ("no end", vec!["no end"]),
            (" … ", vec![]),
        ] {
            assert_eq!(sentences(text, 300), expected, "{text}");
        }
    }

    #[test]
    fn no_piece_is_longer_than_it_may_be() {
        let long = "word ".repeat(100);
        let pieces = sentences(&long, 40);
        assert!(pieces.iter().all(|piece| piece.chars().count() <= 40), "{pieces:?}");
        assert_eq!(pieces.join(" "), long.trim());
        let letters = "长".repeat(95);
        assert_eq!(sentences(&letters, 40).concat(), letters);
    }
}
