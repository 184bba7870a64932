//! What models write, in the words that the library knows.

/// Environments that look the same here under another name. Numbers of equations mean nothing in an answer.
const ENVIRONMENTS: [(&str, &str); 17] = [
    ("align", "aligned"),
    ("align*", "aligned"),
    ("alignat", "aligned"),
    ("alignat*", "aligned"),
    ("alignedat", "aligned"),
    ("split", "aligned"),
    ("eqnarray", "aligned"),
    ("eqnarray*", "aligned"),
    ("gather", "gathered"),
    ("gather*", "gathered"),
    ("multline", "gathered"),
    ("multline*", "gathered"),
    ("equation", ""),
    ("equation*", ""),
    ("displaymath", ""),
    ("smallmatrix", "matrix"),
    ("math", ""),
];

/// Commands with another name or none, and how many arguments of theirs are dropped.
const COMMANDS: [(&str, &str, usize); 12] = [
    // What it is written as is a class of its own once it is typeset.
    ("boxed", "\\bcancel", 0),
    ("textcolor", "", 1),
    ("colorbox", "", 1),
    ("color", "", 1),
    ("label", "", 1),
    ("mbox", "\\text", 0),
    ("bcancel", "\\cancel", 0),
    ("pmb", "\\bm", 0),
    ("nonumber", "", 0),
    ("notag", "", 0),
    ("dv", "\\frac", 0),
    ("vcentcolon", ":", 0),
];

/// Around the argument of a command.
const AROUND: [(&str, &str, &str); 5] = [
    ("substack", "\\begin{subarray}{c}", "\\end{subarray}"),
    ("tag", "\\qquad\\text{(", ")}"),
    ("norm", "\\left\\lVert ", "\\right\\rVert "),
    ("abs", "\\left\\lvert ", "\\right\\rvert "),
    ("set", "\\{", "\\}"),
];

/// The formula for the library. None if it is not worth a try.
pub(super) fn translate(tex: &str) -> Option<String> {
    let mut reader = Reader { rest: tex, out: String::with_capacity(tex.len() + 64) };
    // What is to be written where the group ends that is open now.
    let mut groups: Vec<&'static str> = vec![];
    while let Some(first) = reader.rest.chars().next() {
        match first {
            '\\' => reader.command(&mut groups)?,
            '{' => {
                groups.push("}");
                reader.copy(1);
            }
            '}' => {
                reader.rest = &reader.rest[1..];
                reader.out.push_str(groups.pop()?);
            }
            _ => reader.copy(first.len_utf8()),
        }
    }
    groups.is_empty().then_some(reader.out)
}

/// In the place of an escaped dollar sign. No text has it.
const MONEY: &str = "\u{fdd0}";

struct Reader<'t> {
    rest: &'t str,
    out: String,
}

impl Reader<'_> {
    fn copy(&mut self, length: usize) {
        let (text, rest) = self.rest.split_at(length);
        self.out.push_str(text);
        self.rest = rest;
    }

    fn command(&mut self, groups: &mut Vec<&'static str>) -> Option<()> {
        let after = &self.rest[1..];
        let letters =
            after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        if letters == 0 {
            let length = 1 + after.chars().next().map_or(0, char::len_utf8);
            self.copy(length);
            return Some(());
        }
        let name = &after[..letters];
        if name == "begin" || name == "end" {
            return self.environment(name == "begin");
        }
        if name == "text" && after[letters..].starts_with('{') {
            return self.text();
        }
        if let Some(&(_, with, dropped)) = COMMANDS.iter().find(|(known, ..)| *known == name) {
            self.rest = after[letters..].trim_start();
            self.out.push_str(with);
            return (0..dropped).try_for_each(|_| self.group().map(|_| ()));
        }
        let around = AROUND.iter().find(|(known, ..)| *known == name);
        if let Some(&(_, open, close)) = around {
            let argument = after[letters..].trim_start_matches('*').trim_start();
            self.rest = argument.strip_prefix('{')?;
            self.out.push('{');
            self.out.push_str(open);
            self.push_close(close, groups);
            return Some(());
        }
        self.copy(1 + letters);
        Some(())
    }

    fn push_close(&self, close: &'static str, groups: &mut Vec<&'static str>) {
        groups.push(match close {
            "\\end{subarray}" => "\\end{subarray}}",
            ")}" => ")}}",
            "\\right\\rVert " => "\\right\\rVert }",
            "\\right\\rvert " => "\\right\\rvert }",
            _ => "\\}}",
        });
    }

    /// The group that comes next, without its braces; none is dropped that has none.
    fn group(&mut self) -> Option<&str> {
        let inside = self.rest.strip_prefix('{')?;
        let end = inside.find(['{', '}']).filter(|&end| inside[end..].starts_with('}'))?;
        self.rest = inside[end + 1..].trim_start();
        Some(&inside[..end])
    }

    fn environment(&mut self, begins: bool) -> Option<()> {
        let after = self.rest.get(if begins { "\\begin".len() } else { "\\end".len() }..)?;
        let inside = after.trim_start().strip_prefix('{')?;
        let (name, rest) = inside.split_once('}')?;
        self.rest = rest;
        let known = ENVIRONMENTS.iter().find(|(known, _)| *known == name);
        let to = known.map_or(name, |&(_, to)| to);
        if begins && ["alignat", "alignat*", "alignedat"].contains(&name) {
            self.group()?;
        }
        if begins && ["aligned", "gathered", "split"].contains(&name) && rest.starts_with('[') {
            self.rest = rest.split_once(']')?.1;
        }
        self.out.push_str(match (to.is_empty(), begins) {
            (true, true) => "{",
            (true, false) => "}",
            (false, true) => "\\begin{",
            (false, false) => "\\end{",
        });
        if !to.is_empty() {
            self.out.push_str(to);
            self.out.push('}');
        }
        Some(())
    }

    /// Text, with formulas in it: they are taken out, and the text goes on after them.
    fn text(&mut self) -> Option<()> {
        let inside = &self.rest["\\text{".len()..];
        let mut depth = 0_usize;
        let mut end = None;
        let mut escaped = false;
        for (at, character) in inside.char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '{' => depth += 1,
                '}' if depth == 0 => {
                    end = Some(at);
                    break;
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        let end = end?;
        // A dollar sign that is money stays with its backslash.
        let parts = inside[..end].replace("\\$", MONEY);
        for (number, part) in parts.split('$').enumerate() {
            self.out.push_str(if number % 2 == 0 { "\\text{" } else { "{" });
            self.out.push_str(&part.replace(MONEY, "\\$"));
            self.out.push('}');
        }
        self.rest = &inside[end + 1..];
        Some(())
    }
}
