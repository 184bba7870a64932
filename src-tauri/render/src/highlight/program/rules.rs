//! What there is to know about a language. The tables in `languages` are made of this.

use crate::highlight::paint::Class;

/// A language as data. Lists of words are separated by spaces.
#[derive(Debug)]
pub(in crate::highlight) struct Program {
    pub(in crate::highlight) keywords: &'static str,
    /// Keywords after which the name of a function comes.
    pub(in crate::highlight) functions: &'static str,
    /// Keywords after which the name of a type comes.
    pub(in crate::highlight) types: &'static str,
    /// Types that the language itself has.
    pub(in crate::highlight) known_types: &'static str,
    /// Functions that the language itself has.
    pub(in crate::highlight) known_functions: &'static str,
    pub(in crate::highlight) literals: &'static str,
    /// Words that make the rest of the line a comment.
    pub(in crate::highlight) remarks: &'static str,
    /// What a comment to the line's end begins with.
    pub(in crate::highlight) line: &'static [&'static str],
    pub(in crate::highlight) block: &'static [Block],
    /// Longer ones before those they begin with.
    pub(in crate::highlight) quotes: &'static [Quote],
    /// Words that may stand right before a quote.
    pub(in crate::highlight) prefixes: &'static str,
    /// Bytes that begin words, besides letters.
    pub(in crate::highlight) begins: &'static str,
    /// Bytes that words go on with, besides letters and digits.
    pub(in crate::highlight) continues: &'static str,
    /// Bytes that a word may end with.
    pub(in crate::highlight) ends: &'static str,
    /// Bytes that variables begin with.
    pub(in crate::highlight) sigils: &'static str,
    /// The class of words that stand where a command does.
    pub(in crate::highlight) command: Option<Class>,
    /// Bytes after which a command comes.
    pub(in crate::highlight) command_after: &'static str,
    /// Whatever else it has.
    pub(in crate::highlight) features: u64,
}

/// A comment that may reach over lines.
#[derive(Debug)]
pub(in crate::highlight) struct Block {
    pub(in crate::highlight) open: &'static str,
    pub(in crate::highlight) close: &'static str,
    /// Only where a line begins.
    pub(in crate::highlight) at_start: bool,
}

/// A kind of string.
#[derive(Debug, Clone, Copy)]
pub(in crate::highlight) struct Quote {
    pub(in crate::highlight) open: &'static str,
    pub(in crate::highlight) close: &'static str,
    pub(in crate::highlight) escape: u8,
    pub(in crate::highlight) doubled: bool,
    pub(in crate::highlight) lines: bool,
    pub(in crate::highlight) variables: bool,
    pub(in crate::highlight) inside: &'static [(&'static str, &'static str)],
}

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* pub(in crate::highlight) const $name: u64 = 1 << $bit;)*
    };
}

features! {
    /// Comments inside comments.
    NESTED_COMMENTS = 0;
    /// Words mean the same in any case.
    ANY_CASE = 1;
    /// `'c'` is a character, and nothing else is in such quotes.
    CHARACTERS = 2;
    /// `'name` is a lifetime or a type variable.
    LIFETIMES = 3;
    /// `name!` is a macro.
    MACROS = 4;
    /// Words that begin with a capital letter are types.
    CAPITAL_TYPES = 5;
    /// Words all in capital letters are constants.
    CONSTANTS = 6;
    /// `name(` is a function.
    CALLS = 7;
    /// `Name(` is one, too.
    CAPITAL_CALLS = 8;
    /// `@name`.
    ANNOTATIONS = 9;
    /// `#[name]`.
    ATTRIBUTES = 10;
    /// `#name` at the start of a line.
    DIRECTIVES = 11;
    /// `/pattern/` where a value is expected.
    PATTERNS = 12;
    /// Elements in the code.
    ELEMENTS = 13;
    /// `<<WORD` begins a document.
    HERE_DOCUMENTS = 14;
    /// The same, but the word has capital letters or quotes: elsewhere that is a shift.
    CAPITAL_HERE_DOCUMENTS = 15;
    /// `name:` where a key may stand.
    COLON_KEYS = 16;
    /// `name =` where a key may stand.
    EQUAL_KEYS = 17;
    /// `r#"…"#`.
    HASH_STRINGS = 18;
    /// `R"x(…)x"`.
    PAREN_STRINGS = 19;
    /// `[==[…]==]`.
    LONG_BRACKETS = 20;
    /// `{x|…|x}`.
    BRACE_STRINGS = 21;
    /// `$x$…$x$`.
    DOLLAR_STRINGS = 22;
    /// `:name`.
    SYMBOLS = 23;
    /// `[name]` alone on a line.
    SECTIONS = 24;
    /// `-name` after a space.
    OPTIONS = 25;
    /// `\name`.
    BACKSLASH_WORDS = 26;
    /// A line begins with a command.
    LINE_COMMANDS = 27;
    /// `name:` at the start of a line is a label or a target.
    LABELS = 28;
    /// A comment needs a space before it.
    SPACED_COMMENTS = 29;
    /// `1'000`, `8'hff`.
    DIGIT_TICKS = 30;
    /// `name :` at the start of a line.
    SIGNATURES = 31;
    /// `.name` at the start of a word.
    DOTTED_WORDS = 32;
    /// Comments that only begin a line.
    FIRST_COMMENTS = 33;
    /// `%name`, `%(…)` and other such words of a template.
    PERCENT_WORDS = 34;
    /// `'` at the end of a value is not a quote.
    TICKS = 35;
}

impl Program {
    pub(in crate::highlight) const PLAIN: Self = Self {
        keywords: "",
        functions: "",
        types: "",
        known_types: "",
        known_functions: "",
        literals: "",
        remarks: "",
        line: &[],
        block: &[],
        quotes: &[],
        prefixes: "",
        begins: "",
        continues: "",
        ends: "",
        sigils: "",
        command: None,
        command_after: "",
        features: 0,
    };

    pub(super) const fn has(&self, feature: u64) -> bool {
        self.features & feature != 0
    }
}

impl Quote {
    /// A string in one line, with backslashes.
    pub(in crate::highlight) const fn line(mark: &'static str) -> Self {
        Self {
            open: mark,
            close: mark,
            escape: b'\\',
            doubled: false,
            lines: false,
            variables: false,
            inside: &[],
        }
    }

    /// A string over any lines, with backslashes.
    pub(in crate::highlight) const fn lines(mark: &'static str) -> Self {
        Self { lines: true, ..Self::line(mark) }
    }

    /// A string over any lines in which nothing means anything.
    pub(in crate::highlight) const fn raw(open: &'static str, close: &'static str) -> Self {
        Self { open, close, escape: 0, ..Self::lines(open) }
    }

    /// A string in one line, where the quote comes twice to stand for itself.
    pub(in crate::highlight) const fn doubled(mark: &'static str) -> Self {
        Self { escape: 0, doubled: true, ..Self::line(mark) }
    }

    pub(in crate::highlight) const fn with_variables(self) -> Self {
        Self { variables: true, ..self }
    }

    pub(in crate::highlight) const fn with_code(
        self,
        inside: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { inside, ..self }
    }
}

impl Block {
    pub(in crate::highlight) const fn new(open: &'static str, close: &'static str) -> Self {
        Self { open, close, at_start: false }
    }

    pub(in crate::highlight) const fn at_start(open: &'static str, close: &'static str) -> Self {
        Self { open, close, at_start: true }
    }
}
