//! Makefiles, and sessions at a terminal.

use super::paint::{Class, Painter};
use super::{Highlighter, language};

/// Where a line of a session ends.
#[derive(Debug, Clone)]
pub(super) struct Session {
    shell: Option<Box<Highlighter>>,
    /// The line before ended in a backslash.
    continued: bool,
}

impl Default for Session {
    fn default() -> Self {
        let shell = language("sh").map(|shell| Box::new(Highlighter::new(shell)));
        Self { shell, continued: false }
    }
}

/// `in_rule`: the line before ended in a backslash.
pub(super) fn makefile(in_rule: &mut bool, paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let text = &paint.line()[start..end];
    let is_recipe = text.starts_with('\t') || text.starts_with("    ");
    let continued = std::mem::replace(in_rule, text.ends_with('\\'));
    if is_recipe || continued {
        return variables(paint, start, end);
    }
    let word = text.find(' ').unwrap_or(text.len());
    const DIRECTIVES: [&str; 13] = [
        "include", "-include", "define", "endef", "ifeq", "ifneq", "ifdef", "ifndef", "else",
        "endif", "export", "override", "unexport",
    ];
    if text.starts_with('#') {
        paint.mark(Class::Comment, start, end);
    } else if DIRECTIVES.contains(&&text[..word]) {
        paint.mark(Class::Keyword, start, start + word);
        variables(paint, start + word, end);
    } else if let Some(mark) = text.find(['=', ':']) {
        let is_value = text.as_bytes()[mark] == b'=' || text[mark..].starts_with(":=");
        let name = text[..mark].trim_end_matches([' ', '?', '+', ':', '!']);
        if name.contains('$') {
            return variables(paint, start, end);
        }
        let class = if is_value { Class::Attribute } else { Class::Function };
        paint.mark(class, start, start + name.len());
        variables(paint, start + mark + 1, end);
    } else {
        variables(paint, start, end);
    }
}

/// `$(NAME)`, and a comment at the end.
fn variables(paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let line = paint.line();
    let mut at = start;
    while let Some(found) = line.get(at..end).and_then(|rest| rest.find(['$', '#'])) {
        at += found;
        if line.as_bytes()[at] == b'#' {
            return paint.mark(Class::Comment, at, end);
        }
        let close = match line.as_bytes().get(at + 1) {
            Some(b'(') => ')',
            Some(b'{') => '}',
            _ => {
                paint.mark(Class::Attribute, at, at + 2);
                at += 1;
                continue;
            }
        };
        let Some(length) = line[at..end].find(close) else { return };
        paint.mark(Class::Attribute, at, at + length + 1);
        at += length + 1;
    }
}

/// A session at a terminal: what follows a prompt is the shell's, the rest is what programs said.
pub(super) fn session(state: &mut Session, paint: &mut Painter<'_, '_>, start: usize, end: usize) {
    let text = &paint.line()[start..end];
    let prompt =
        ["$ ", "% ", "# ", "> ", "❯ ", "PS> "].iter().find(|&&mark| text.starts_with(mark));
    let length = match prompt {
        Some(prompt) => prompt.len(),
        None if state.continued => 0,
        None => match text.find("$ ") {
            Some(at) if text[..at].contains('@') && !text[..at].contains(' ') => at + 2,
            _ => return,
        },
    };
    state.continued = text.ends_with('\\');
    paint.mark(Class::Meta, start, start + length);
    if let Some(shell) = &mut state.shell {
        shell.part(paint, start + length, end);
    }
}
