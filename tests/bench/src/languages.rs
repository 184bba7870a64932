//! Messages in seven languages, made from a seed. Their words are nobody's, but they are as long as words are, and as often said:
//! the commoner the shorter. Half of them are one of the few that like to follow the one before.

use crate::documents::Dice;

/// All of them.
pub struct Languages(Vec<Language>);

/// One of them.
pub struct Language {
    /// The commonest first.
    words: Vec<String>,
    /// How often each is said, with those before it.
    sums: Vec<f64>,
    has_spaces: bool,
}

/// Of a hundred conversations, how many are in each.
const SHARES: [usize; 7] = [45, 12, 8, 8, 12, 8, 7];

/// Words that like to follow one.
const FOLLOWERS: usize = 16;

/// Messages of a conversation.
pub const IN_A_CHAT: usize = 10;

impl Languages {
    /// Thinks them up.
    pub fn new() -> Self {
        let mut dice = Dice::new(1);
        let latin = |dice: &mut Dice, begin: &[&str], middle: &[&str], end: &[&str], count| {
            Language::new(count, true, |rank| {
                let syllables = syllables(dice, rank);
                let one =
                    |_| format!("{}{}{}", dice.pick(begin), dice.pick(middle), dice.pick(end));
                (0..syllables).map(one).collect()
            })
        };
        let begin =
            ["", "t", "th", "s", "w", "h", "b", "c", "r", "l", "m", "st", "pr", "d", "n", "f"];
        let english = latin(
            &mut dice,
            &begin,
            &["a", "e", "i", "o", "u", "ea"],
            &["", "n", "r", "t", "s", "d"],
            60_000,
        );
        let begin = ["", "d", "s", "sch", "w", "g", "b", "k", "r", "l", "m", "st", "z", "n", "f"];
        let german = latin(
            &mut dice,
            &begin,
            &["a", "e", "i", "ie", "u", "ei", "ä", "ö"],
            &["", "n", "r", "t", "ch"],
            60_000,
        );
        let begin = ["", "d", "s", "c", "l", "p", "m", "t", "v", "n", "r"];
        let french = latin(
            &mut dice,
            &begin,
            &["a", "e", "i", "o", "u", "é", "ou", "è"],
            &["", "s", "r", "t", "n"],
            40_000,
        );
        let begin = ["", "б", "в", "г", "д", "з", "к", "л", "м", "н", "п", "р", "ст", "пр"];
        let russian = latin(
            &mut dice,
            &begin,
            &["а", "е", "и", "о", "у", "ы", "я"],
            &["", "й", "л", "т", "н", "в"],
            60_000,
        );
        let chinese = Language::new(40_000, false, |rank| {
            let letters = if rank < 60 {
                1
            } else if rank < 30_000 {
                2
            } else {
                3
            };
            (0..letters).map(|_| han(&mut dice)).collect()
        });
        let japanese = Language::new(30_000, false, |rank| match rank {
            0..80 => (0..1 + rank / 26).map(|_| kana(&mut dice)).collect(),
            _ if dice.below(10) < 6 => [han(&mut dice), han(&mut dice)].iter().collect(),
            _ => (0..3).map(|_| kana(&mut dice)).collect(),
        });
        let korean = Language::new(40_000, true, |rank| {
            let letters = if rank < 20 {
                1
            } else if rank < 3_000 {
                2
            } else {
                3
            };
            (0..letters).map(|_| common(&mut dice, 0xac00, 1_200, 9)).collect()
        });
        Self(vec![english, german, french, russian, chinese, japanese, korean])
    }

    /// What the message of this number says: questions and answers in turn, some of these with code.
    pub fn message(&self, number: usize) -> String {
        let language = self.of_chat(number / IN_A_CHAT);
        let mut dice = Dice::new(3 * number as u64 + 7);
        let least = if number.is_multiple_of(2) { 8.0 } else { 40.0 };
        let words = (least * 2_f64.powf(4.5 * dice.part())) as usize;
        let mut text = String::new();
        let mut rank = 0;
        for place in 1..=words {
            rank = language.next(rank, &mut dice);
            text.push_str(&language.words[rank]);
            match (place % 13, language.has_spaces) {
                (0, true) => text.push_str(". "),
                (0, false) => text.push('。'),
                (_, true) => text.push(' '),
                (_, false) => {}
            }
        }
        if !number.is_multiple_of(2) && dice.below(4) == 0 {
            self.code(&mut dice, &mut text);
        }
        text
    }

    /// The language of a message.
    pub fn of_chat(&self, chat: usize) -> &Language {
        let mut share = Dice::new(chat as u64 + 11).below(100);
        for (language, of_hundred) in self.0.iter().zip(SHARES) {
            if share < of_hundred {
                return language;
            }
            share -= of_hundred;
        }
        &self.0[0]
    }

    fn code(&self, dice: &mut Dice, text: &mut String) {
        text.push_str("\n```rust\n");
        for _ in 0..3 + dice.below(20) {
            let [name, other, called] = [(); 3].map(|()| self.0[0].word(dice));
            text.push_str(&format!("    let {name}_{other} = {called}({});\n", dice.below(1_000)));
        }
        text.push_str("```\n");
    }
}

impl Language {
    fn new(count: usize, has_spaces: bool, mut make: impl FnMut(usize) -> String) -> Self {
        let (mut words, mut seen) = (Vec::new(), std::collections::HashSet::new());
        while words.len() < count {
            let mut word = make(words.len());
            while !seen.insert(word.clone()) {
                word.push_str(&make(words.len()));
            }
            words.push(word);
        }
        let mut sum = 0.0;
        let sums = (0..count).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7).powf(1.05);
            sum
        });
        Self { sums: sums.collect(), words, has_spaces }
    }

    /// One of its words, as often as it is said.
    pub fn word(&self, dice: &mut Dice) -> &str {
        &self.words[self.rank(dice)]
    }

    fn rank(&self, dice: &mut Dice) -> usize {
        let whole = self.sums.last().copied().unwrap_or_default();
        let at = dice.part() * whole;
        self.sums.partition_point(|sum| *sum <= at).min(self.words.len() - 1)
    }

    /// What is said after a word.
    fn next(&self, before: usize, dice: &mut Dice) -> usize {
        match dice.below(2) {
            0 => self.rank(dice),
            _ => {
                self.rank(&mut Dice::new((before * FOLLOWERS + dice.below(FOLLOWERS)) as u64 + 13))
            }
        }
    }

    /// One of its twenty commonest words.
    pub fn common(&self, dice: &mut Dice) -> &str {
        &self.words[dice.below(20)]
    }
}

fn syllables(dice: &mut Dice, rank: usize) -> usize {
    match (rank, dice.below(10)) {
        (0..150, _) | (150..2_000, 0..4) => 1,
        (150..2_000, 5..9) | (_, 0..5) => 2,
        (150..2_000, _) | (_, 5..9) => 3,
        _ => 4,
    }
}

fn han(dice: &mut Dice) -> char {
    common(dice, 0x4e00, 3_500, 5)
}

fn kana(dice: &mut Dice) -> char {
    common(dice, 0x3042, 78, 1)
}

/// A letter of so many, of which the first are common.
fn common(dice: &mut Dice, first: u32, count: u32, apart: u32) -> char {
    let place = (f64::from(count) * dice.part().powi(2)) as u32;
    char::from_u32(first + place * apart).unwrap_or('?')
}
