//! What a file is called: a name for people, without a path, and without what nobody sees.

/// No name is longer; what a file system allows is.
const MOST: usize = 120;

/// The name that is shown and kept. It is never sent.
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.chars().filter(|letter| !is_hidden(*letter)).collect();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if seen.is_empty() {
        return "file".to_owned();
    }
    match seen.chars().count() {
        0..=MOST => seen,
        // Its end says what kind of file it is.
        count => {
            let head: String = seen.chars().take(MOST - 20).collect();
            let tail: String = seen.chars().skip(count - 19).collect();
            format!("{head}…{tail}")
        }
    }
}

/// Controls, marks of direction and spaces of no width: they can make a name read as another.
fn is_hidden(letter: char) -> bool {
    (letter.is_control() && !letter.is_whitespace())
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let table = [
            ("cat.png", "cat.png"),
            ("/home/ada/secret/plan.pdf", "plan.pdf"),
            ("C:\\Users\\ada\\plan.pdf", "plan.pdf"),
            ("gpj\u{202e}.exe", "gpj.exe"),
            ("a\nb\0c.png", "a bc.png"),
            ("", "file"),
            ("../", "file"),
            ("\u{200b}", "file"),
        ];
        for (name, plain) in table {
            assert_eq!(plain_name(name), plain, "{name:?}");
        }
        let long = plain_name(&format!("{}.png", "é".repeat(300)));
        assert!(long.chars().count() == MOST && long.ends_with("é.png"), "{long}");
    }
}
