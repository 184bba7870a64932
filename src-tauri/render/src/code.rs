//! Code blocks: a figure with the language, two buttons for the window to wire, and the code.
//!
//! The figure is made of a head, escaped lines and a foot, so that a growing block can be sent line by line. (Here a
//! highlighter would come in: it works line by line, too.)

use crate::hidden::{write_attribute, write_text};

/// The empty place after the last line, where a growing block shows the line that is being written. A block that is not
/// inside another one has it also when it is finished, so that it need not be sent again.
pub(crate) const PLACE: &str = "<span data-line=\"\"></span>";

/// What comes after it.
pub(crate) const FOOT: &str = "</code></pre></figure>";

/// What comes before the first line.
pub(crate) fn head(info: &str) -> String {
    let (label, name) = language(info);
    let mut out = String::from("<figure class=\"code\" aria-label=\"");
    write_attribute(&mut out, &name);
    out.push_str("\"><figcaption class=\"code-head\"><span>");
    write_text(&mut out, &label);
    out.push_str("</span><span class=\"push\"></span>");
    for (act, text) in [("wrap-lines", "Wrap lines"), ("copy-code", "Copy code")] {
        out.push_str("<button type=\"button\" class=\"btn btn-quiet\" data-act=\"");
        out.push_str(act);
        out.push_str("\">");
        out.push_str(text);
        out.push_str("</button>");
    }
    out.push_str("</figcaption><pre tabindex=\"0\"><code>");
    out
}

/// A whole code block inside another block.
pub(crate) fn figure(info: &str, code: &str) -> String {
    let mut out = head(info);
    write_text(&mut out, code);
    out.push_str(FOOT);
    out
}

/// The label in the head and the accessible name. The first word of the info string is the language; anything that
/// does not look like the name of one is left out.
fn language(info: &str) -> (String, String) {
    const PLAIN: &str = "Plain text";
    let word = info.split([' ', '\t', ',', '{', ':']).next().unwrap_or_default();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte);
    if word.is_empty() || word.len() > 24 || !word.bytes().all(fits) {
        return (PLAIN.into(), PLAIN.into());
    }
    let label = word.to_ascii_lowercase();
    match name(&label) {
        PLAIN => (PLAIN.into(), PLAIN.into()),
        "" => (label, format!("{word} code")),
        name => (label, format!("{name} code")),
    }
}

/// How people write the language; "" where the word itself has to do.
fn name(label: &str) -> &'static str {
    match label {
        "txt" | "text" | "plain" | "plaintext" => "Plain text",
        "rust" | "rs" => "Rust",
        "python" | "py" | "python3" => "Python",
        "javascript" | "js" | "mjs" => "JavaScript",
        "typescript" | "ts" => "TypeScript",
        "jsx" => "JSX",
        "tsx" => "TSX",
        "css" => "CSS",
        "html" => "HTML",
        "xml" => "XML",
        "json" => "JSON",
        "yaml" | "yml" => "YAML",
        "toml" => "TOML",
        "sql" => "SQL",
        "php" => "PHP",
        "c" => "C",
        "cpp" | "c++" | "cxx" => "C++",
        "csharp" | "cs" | "c#" => "C#",
        "go" | "golang" => "Go",
        "java" => "Java",
        "kotlin" | "kt" => "Kotlin",
        "swift" => "Swift",
        "ruby" | "rb" => "Ruby",
        "bash" | "sh" | "shell" | "zsh" | "console" => "Shell",
        "powershell" | "ps1" => "PowerShell",
        "markdown" | "md" => "Markdown",
        "diff" | "patch" => "Diff",
        "dockerfile" | "docker" => "Dockerfile",
        "latex" | "tex" => "LaTeX",
        "mermaid" => "Mermaid",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_names() {
        for (info, label, name) in [
            ("rust", "rust", "Rust code"),
            ("Rust,ignore", "rust", "Rust code"),
            ("c++", "c++", "C++ code"),
            ("brainfog", "brainfog", "brainfog code"),
            ("", "Plain text", "Plain text"),
            ("text", "Plain text", "Plain text"),
            ("\"><script>", "Plain text", "Plain text"),
        ] {
            assert_eq!(language(info), (label.into(), name.into()), "{info}");
        }
    }
}
