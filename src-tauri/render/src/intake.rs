//! Text on its way in: one kind of line end, no zero bytes, no citation marks, whatever pieces it comes in.

use crate::citations::Citations;

/// Makes lines end the same way across pieces.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    started: bool,
    /// The last piece ended in a carriage return, which has become a line end already. A line feed after it is its
    /// second half.
    after_return: bool,
    citations: Citations,
}

impl Intake {
    /// Adds a piece to `text`.
    pub(crate) fn take(&mut self, piece: &str, text: &mut String) {
        let mut piece = piece;
        if piece.is_empty() {
            return;
        }
        if !self.started {
            self.started = true;
            piece = piece.strip_prefix('\u{feff}').unwrap_or(piece);
        }
        if self.after_return {
            piece = piece.strip_prefix('\n').unwrap_or(piece);
        }
        self.after_return = piece.ends_with('\r');
        let mut rest = piece;
        while let Some(at) = rest.find(is_replaced) {
            self.citations.take(&rest[..at], text);
            let character = rest[at..].chars().next().unwrap_or_default();
            let after = &rest[at + character.len_utf8()..];
            if character == '\r' {
                self.citations.take("\n", text);
                rest = after.strip_prefix('\n').unwrap_or(after);
            } else {
                self.citations.take("\u{fffd}", text);
                rest = after;
            }
        }
        self.citations.take(rest, text);
    }

    /// Adds what was held back of a text that has ended.
    pub(crate) fn finish(&mut self, text: &mut String) {
        self.citations.finish(text);
    }
}

/// Line ends of other systems, and characters that no text has and that mean something here.
fn is_replaced(character: char) -> bool {
    matches!(character, '\r' | '\0') || crate::math::is_stand_in(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_the_same_way_in_any_pieces() {
        let whole = "\u{feff}a\r\nb\rc\n\r\n\r\rd\0\u{fdd2}e\r";
        let expected = "a\nb\nc\n\n\n\nd\u{fffd}\u{fffd}e\n";
        let cuts: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
        for &first in &cuts {
            for &second in cuts.iter().filter(|&&cut| cut >= first) {
                let (mut intake, mut text) = (Intake::default(), String::new());
                for piece in [&whole[..first], &whole[first..second], &whole[second..]] {
                    intake.take(piece, &mut text);
                }
                assert_eq!(text, expected, "cut at {first} and {second}");
            }
        }
    }
}
