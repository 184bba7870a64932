//! The words after `cargo xtask`, read before anything begins: an unknown one starts nothing.

use std::fmt::Write;

/// One command as it may be called.
pub struct Command {
    pub name: &'static str,
    pub about: &'static str,
    /// Each with what it does.
    pub options: &'static [(&'static str, &'static str)],
    pub words: Words,
}

/// What may follow a command, beside its options.
pub enum Words {
    None,
    /// Any of these; what they are called.
    Some(&'static str, &'static [&'static str]),
    /// One number; what it counts.
    Number(&'static str),
}

/// A call that was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Call {
    pub name: &'static str,
    /// Options and words, as they may be handed on.
    pub rest: Vec<String>,
}

/// Why nothing is called.
#[derive(Debug, PartialEq, Eq)]
pub enum Stop {
    /// What was asked for.
    Help(String),
    /// What is wrong, and what would be right.
    Wrong(String),
}

impl Call {
    pub fn has(&self, option: &str) -> bool {
        self.rest.iter().any(|word| word == option)
    }

    /// What is no option.
    pub fn words(&self) -> Vec<&str> {
        let words = self.rest.iter().map(String::as_str);
        words.filter(|word| !word.starts_with("--")).collect()
    }
}

/// Reads the words by this table.
pub fn read(words: &[String], table: &'static [Command]) -> Result<Call, Stop> {
    let Some((first, rest)) = words.split_first() else {
        return Err(Stop::Wrong(overview(table)));
    };
    if is_help(first) {
        return Err(Stop::Help(overview(table)));
    }
    let Some(command) = table.iter().find(|command| command.name == first) else {
        return Err(Stop::Wrong(format!("there is no command {first}\n\n{}", overview(table))));
    };
    if rest.iter().any(|word| is_help(word)) {
        return Err(Stop::Help(command.help()));
    }
    if let Some(wrong) = rest.iter().find(|word| !command.takes(word)) {
        let what = format!("`{}` takes no {wrong}", command.name);
        return Err(Stop::Wrong(format!("{what}\n\n{}", command.help())));
    }
    let call = Call { name: command.name, rest: rest.to_vec() };
    if matches!(command.words, Words::Number(_)) && call.words().len() > 1 {
        let what = format!("`{}` takes one number", command.name);
        return Err(Stop::Wrong(format!("{what}\n\n{}", command.help())));
    }
    Ok(call)
}

impl Command {
    fn takes(&self, word: &str) -> bool {
        if word.starts_with('-') {
            return self.options.iter().any(|(option, _)| *option == word);
        }
        match self.words {
            Words::None => false,
            Words::Some(_, known) => known.contains(&word),
            Words::Number(_) => word.parse::<u32>().is_ok_and(|number| number > 0),
        }
    }

    fn help(&self) -> String {
        let (name, about) = (self.name, self.about);
        let mut text = format!("cargo xtask {name}");
        match self.words {
            Words::None => {}
            Words::Some(what, _) => _ = write!(text, " [{what} …]"),
            Words::Number(what) => _ = write!(text, " [{what}]"),
        }
        for (option, _) in self.options {
            _ = write!(text, " [{option}]");
        }
        _ = write!(text, "\n\n{about}");
        for (option, about) in self.options {
            _ = write!(text, "\n  {option:<12} {about}");
        }
        if let Words::Some(what, known) = self.words {
            _ = write!(text, "\n  {what:<12} {}", known.join(" "));
        }
        text
    }
}

fn overview(table: &[Command]) -> String {
    let line = |command: &Command| format!("cargo xtask {:<9} {}", command.name, command.about);
    let lines: Vec<String> = table.iter().map(line).collect();
    format!("{}\n\nMore of each: cargo xtask NAME --help", lines.join("\n"))
}

fn is_help(word: &str) -> bool {
    matches!(word, "--help" | "-h" | "help")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::COMMANDS;

    fn call(line: &str) -> Result<Call, Stop> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        read(&words, COMMANDS)
    }

    #[test]
    fn what_is_known_is_called() {
        for (line, name, rest) in [
            ("run --release", "run", vec!["--release"]),
            ("test", "test", vec![]),
            ("test ui rust", "test", vec!["ui", "rust"]),
            ("bench 2 code --short", "bench", vec!["2", "code", "--short"]),
            ("fuzz 500", "fuzz", vec!["500"]),
        ] {
            let called = call(line).expect(line);
            assert_eq!(
                (called.name, called.rest),
                (name, rest.into_iter().map(str::to_owned).collect())
            );
        }
    }

    #[test]
    fn what_is_not_known_starts_nothing() {
        for line in [
            "",
            "benhc",
            "bench 99",
            "bench --shrot",
            "bench short",
            "test uii",
            "run now",
            "fuzz many",
            "fuzz 0",
            "fuzz 5 6",
            "setup --all",
            "catalogue openAi",
            "package --help-me",
            "-x",
        ] {
            assert!(matches!(call(line), Err(Stop::Wrong(_))), "{line}");
        }
    }

    #[test]
    fn each_command_says_what_it_takes() {
        for command in COMMANDS {
            for word in ["--help", "-h", "help"] {
                let Err(Stop::Help(text)) = call(&format!("{} {word}", command.name)) else {
                    panic!("{} {word}", command.name)
                };
                assert!(text.contains(command.about));
                assert!(command.options.iter().all(|(option, _)| text.contains(option)));
            }
        }
        assert!(matches!(call("--help"), Err(Stop::Help(_))));
    }
}
