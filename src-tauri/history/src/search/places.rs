//! Where in a text what was looked for stands.

use std::ops::{ControlFlow, Range};

use super::letters::extends;
use super::query::Term;
use super::words::each_word;

/// Shows every place where a term stands, with the number of the term, in the order in which they end, until enough was seen. Of
/// each term it is known, by a bit for each of its words, with how many of them the text went on just now.
pub(super) fn each_place(
    text: &str,
    terms: &[Term],
    mut show: impl FnMut(usize, Range<usize>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut begun = vec![0_u64; terms.len()];
    let mut starts = [0; LONGEST];
    let mut number = 0;
    each_word(text, |word, at| {
        starts[number % LONGEST] = at.start;
        for (which, (term, begun)) in terms.iter().zip(&mut begun).enumerate() {
            *begun = (*begun << 1 | 1) & fitting(term, word);
            let back = term.words.len() - 1;
            if *begun >> back & 1 == 1 {
                let start = starts[number.wrapping_sub(back) % LONGEST];
                let end = if term.is_one_letter() { one_letter(text, &at) } else { at.end };
                show(which, start..end)?;
            }
        }
        number += 1;
        ControlFlow::Continue(())
    })
}

/// Whether a term stands in a text.
pub(super) fn stands(text: &str, term: &Term) -> bool {
    each_place(text, std::slice::from_ref(term), |_, _| ControlFlow::Break(())).is_break()
}

/// Words of a term at most: one bit for each.
const LONGEST: usize = 64;

/// At which places of a term this word may stand.
fn fitting(term: &Term, word: &str) -> u64 {
    let last = term.words.len() - 1;
    let fits = |(place, asked): (usize, &String)| match term.goes_on && place == last {
        true => word.starts_with(asked.as_str()),
        false => word == asked,
    };
    let places = term.words.iter().enumerate().map(fits);
    places.rev().fold(0, |bits, fits| bits << 1 | u64::from(fits))
}

/// Where the first of the two letters of a pair ends.
fn one_letter(text: &str, pair: &Range<usize>) -> usize {
    let mut rest = text[pair.clone()].char_indices().skip(1);
    rest.find(|(_, letter)| !extends(*letter)).map_or(pair.end, |(at, _)| pair.start + at)
}

#[cfg(test)]
mod tests {
    use super::super::day::Day;
    use super::super::query::Query;
    use super::*;

    fn places(text: &str, typed: &str) -> Vec<(usize, String)> {
        let mut places = Vec::new();
        let _whole = each_place(text, &Query::parse(typed, Day::of(0)).terms, |term, at| {
            places.push((term, text[at].to_owned()));
            ControlFlow::Continue(())
        });
        places
    }

    #[test]
    fn terms_are_found_where_their_words_follow_each_other() {
        type Case = (&'static str, &'static str, &'static [(usize, &'static str)]);
        let cases: [Case; 6] = [
            ("to be, or not to be", "\"to be\"", &[(0, "to be"), (0, "to be")]),
            ("to be, or not to be", "\"be to\" or ", &[(1, "or")]),
            ("a b a b c", "\"a b c\" b ", &[(1, "b"), (1, "b"), (0, "a b c")]),
            ("東京都と京都", "京都", &[(0, "京都"), (0, "京都")]),
            ("東京都", "都", &[(0, "都")]),
            ("C++ and c", "c++ c ", &[(1, "C"), (0, "C++"), (1, "c")]),
        ];
        for (text, typed, expected) in cases {
            let found = places(text, typed);
            let found: Vec<_> = found.iter().map(|(term, at)| (*term, at.as_str())).collect();
            assert_eq!(found, expected, "{text} {typed}");
        }
    }
}
