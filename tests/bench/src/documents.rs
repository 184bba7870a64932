//! Varied markdown in the manner of models' answers, made from a seed: always the same documents for the same seed.

use std::fmt::Write;

/// A small generator of numbers; chance that repeats itself.
pub struct Dice(u64);

impl Dice {
    /// The dice of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number from 0 to before this one.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or(0)
    }

    /// A number from 0 to before 1.
    pub fn part(&mut self) -> f64 {
        self.below(1 << 32) as f64 / f64::from(u32::MAX)
    }

    /// One of some.
    pub fn pick<'t>(&mut self, some: &[&'t str]) -> &'t str {
        some[self.below(some.len())]
    }
}

/// One answer of three to twelve parts.
pub fn document(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut text = String::new();
    for _ in 0..3 + dice.below(10) {
        part(&mut dice, &mut text);
    }
    text
}

/// One answer of at least `bytes` bytes, cut to that.
pub fn long_document(seed: u64, bytes: usize) -> String {
    let mut dice = Dice::new(seed);
    let mut text = String::new();
    while text.len() < bytes {
        part(&mut dice, &mut text);
    }
    while !text.is_char_boundary(bytes) {
        text.pop();
    }
    text.truncate(bytes);
    text
}

// Writing to a String cannot fail, so its results are dropped.
fn part(dice: &mut Dice, text: &mut String) {
    match dice.below(10) {
        0 => {
            let _ = write!(text, "{} {}\n\n", dice.pick(&["##", "##", "###"]), phrase(dice, 4));
        }
        1..=4 => {
            let _ = write!(text, "{}\n\n", paragraph(dice));
        }
        5 => list(dice, text, 0),
        6 => table(dice, text),
        7 | 8 => code(dice, text),
        _ => math(dice, text),
    }
}

const WORDS: &str = "the a service client request answer queue index cache record field value limit error retry delay \
    window thread process message stream token budget history branch key origin server page layout table column row \
    is was becomes takes keeps returns waits grows depends holds fails starts ends changes needs makes \
    small large slow fast first last same other whole empty stable pending shared local early late safe \
    when because although while until before after without between within against and or but so then";

fn phrase(dice: &mut Dice, words: usize) -> String {
    let all: Vec<&str> = WORDS.split_whitespace().collect();
    (0..words).map(|_| dice.pick(&all)).collect::<Vec<_>>().join(" ")
}

fn paragraph(dice: &mut Dice) -> String {
    let mut out = String::new();
    for _ in 0..2 + dice.below(4) {
        let (before, within, after) = (3 + dice.below(8), 1 + dice.below(2), 2 + dice.below(8));
        let word = phrase(dice, within);
        let marked = match dice.below(8) {
            0 => format!("**{word}**"),
            1 => format!("*{word}*"),
            2 | 3 => format!("`{}`", word.replace(' ', "_")),
            4 => format!("[{word}](https://example.com/{})", word.replace(' ', "/")),
            5 => format!("$x_{{{}}} \\le {}$", dice.below(9), dice.below(90)),
            _ => word,
        };
        let _ = write!(out, "{} {marked} {}. ", phrase(dice, before), phrase(dice, after));
    }
    out.trim_end().to_owned()
}

fn list(dice: &mut Dice, text: &mut String, depth: usize) {
    let numbered = dice.below(2) == 0;
    for number in 1..=2 + dice.below(5) {
        let mark = if numbered { format!("{number}.") } else { "-".to_owned() };
        let words = 4 + dice.below(14);
        let _ = writeln!(
            text,
            "{}{mark} **{}**: {}",
            "   ".repeat(depth),
            phrase(dice, 1),
            phrase(dice, words)
        );
        if depth < 2 && dice.below(5) == 0 {
            list(dice, text, depth + 1);
        }
    }
    if depth == 0 {
        text.push('\n');
    }
}

fn table(dice: &mut Dice, text: &mut String) {
    let columns = 2 + dice.below(4);
    let rows = 3 + dice.below(8);
    for number in 0..rows {
        let cells: Vec<String> = (0..columns).map(|_| phrase(dice, 2)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
        if number == 0 {
            let _ = writeln!(text, "|{}", "---|".repeat(columns));
        }
    }
    text.push('\n');
}

fn math(dice: &mut Dice, text: &mut String) {
    const FORMULAS: [&str; 8] = [
        r"\sum_{i=1}^{N} i^2 = \frac{N(N+1)(2N+1)}{6}",
        r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a} \quad (a \ne N)",
        r"\int_0^{N} e^{-x^2} \, dx \le \frac{\sqrt{\pi}}{2}",
        r"\begin{pmatrix} a & b \\ c & N \end{pmatrix} \begin{pmatrix} x \\ y \end{pmatrix}",
        r"f(x) = \begin{cases} x^2 & x < N \\ 0 & \text{otherwise} \end{cases}",
        r"\lim_{n \to \infty} \left(1 + \frac{N}{n}\right)^n = e^{N}",
        r"\mathbb{E}[X] = \int_{-\infty}^{\infty} x \, f_N(x) \, dx",
        r"\nabla \cdot \vec{E} = \frac{\rho}{\varepsilon_0} + N",
    ];
    let number = (2 + dice.below(97)).to_string();
    let formula = dice.pick(&FORMULAS).replace('N', &number);
    let _ = write!(text, "$$\n{formula}\n$$\n\n");
}

fn code(dice: &mut Dice, text: &mut String) {
    let (language, template) = SNIPPETS[dice.below(SNIPPETS.len())];
    let _ = writeln!(text, "```{language}");
    for _ in 0..1 + dice.below(3) {
        let name = phrase(dice, 2).replace(' ', "_");
        text.push_str(
            &template.replace("NAME", &name).replace("NUM", &dice.below(900).to_string()),
        );
    }
    text.push_str("```\n\n");
}

/// Of each language one piece, to be repeated with other names and numbers.
const SNIPPETS: [(&str, &str); 10] = [
    ("rust", include_str!("documents/sample.rs.txt")),
    ("python", include_str!("documents/sample.py.txt")),
    ("typescript", include_str!("documents/sample.ts.txt")),
    ("go", include_str!("documents/sample.go.txt")),
    ("java", include_str!("documents/sample.java.txt")),
    ("cpp", include_str!("documents/sample.cpp.txt")),
    ("bash", include_str!("documents/sample.sh.txt")),
    ("sql", include_str!("documents/sample.sql.txt")),
    ("html", include_str!("documents/sample.html.txt")),
    ("json", include_str!("documents/sample.json.txt")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_one_document() {
        assert_eq!(document(7), document(7));
        assert_ne!(document(7), document(8));
        assert_eq!(long_document(1, 50_000).len(), 50_000);
    }

    #[test]
    fn there_is_some_of_everything() {
        let all: String = (1..=200).map(document).collect();
        for part in ["\n## ", "\n| ", "\n- ", "\n1. ", "\n$$\n", "**", "](https://"] {
            assert!(all.contains(part), "{part:?}");
        }
        for (language, _) in SNIPPETS {
            assert!(all.contains(&format!("```{language}\n")), "{language}");
        }
    }
}
