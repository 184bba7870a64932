//! Text that is not a program.

use crate::highlight::program::*;
use crate::highlight::{Language, Syntax};

pub(super) static LANGUAGES: [Language; 4] = [
    Language::new("Plain text", "plaintext txt text plain", Syntax::Plain),
    Language::new("Mermaid", "mermaid", Syntax::Plain),
    Language::new("Diff", "diff patch udiff", Syntax::Diff),
    Language::program("LaTeX", "latex tex bibtex sty cls", &LATEX),
];

static LATEX: Program = Program { line: &["%"], features: BACKSLASH_WORDS, ..Program::PLAIN };
