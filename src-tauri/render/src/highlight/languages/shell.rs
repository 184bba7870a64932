//! Shells, and files that tell tools what to do.

use crate::highlight::Language;
use crate::highlight::paint::Class;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 10] = [
    Language::program("Shell", "bash sh shell zsh ksh dash ash bashrc zshrc profile", &SHELL),
    Language::program("Fish", "fish", &FISH),
    Language::program("PowerShell", "powershell ps1 pwsh ps psm1 psd1", &POWERSHELL),
    Language::program("Batch", "batch bat cmd dos dosbatch", &BATCH),
    Language::program("Vim script", "vim viml vimscript vimrc", &VIM),
    Language::program("Dockerfile", "dockerfile docker containerfile", &DOCKERFILE),
    Language::program("CMake", "cmake", &CMAKE),
    Language::program("nginx", "nginx nginxconf", &NGINX),
    Language::program("Apache", "apache apacheconf htaccess", &APACHE),
    Language::program(
        "Ignored files",
        "gitignore ignore dockerignore npmignore gitattributes codeowners",
        &IGNORED,
    ),
];

pub(super) static SHELL: Program = Program {
    keywords: "case do done elif else esac export fi for function if in local readonly return \
        select set shift source then time trap typeset unset until while declare",
    literals: "false true",
    line: &["#"],
    quotes: &[
        Quote { lines: true, ..Quote::lines("\"") }.with_variables().with_code(&[("$(", ")")]),
        Quote::raw("'", "'"),
        Quote::raw("$'", "'"),
    ],
    continues: "-./:+~@%,",
    begins: "./~",
    sigils: "$",
    command: Some(Class::Function),
    command_after: "|;&(!`",
    features: LINE_COMMANDS | HERE_DOCUMENTS | SPACED_COMMENTS,
    ..Program::PLAIN
};

static FISH: Program = Program {
    keywords: "and begin break case continue else end for if in not or return set source string \
        switch test while",
    functions: "function",
    features: LINE_COMMANDS | SPACED_COMMENTS,
    ..SHELL
};

static POWERSHELL: Program = Program {
    keywords: "begin break catch class continue data do dynamicparam else elseif end enum exit \
        finally for foreach from if in param process return switch throw trap try until using \
        while",
    functions: "filter function",
    line: &["#"],
    block: &[Block::new("<#", "#>")],
    quotes: &[
        Quote { close: "\"@", escape: 0, ..Quote::lines("@\"") }.with_variables(),
        Quote::raw("@'", "'@"),
        Quote { escape: b'`', ..Quote::lines("\"") }.with_variables().with_code(&[("$(", ")")]),
        Quote { lines: true, ..Quote::doubled("'") },
    ],
    known_types: "array bool datetime double hashtable int object pscustomobject string switch",
    continues: "-",
    sigils: "$",
    command: Some(Class::Function),
    command_after: "|;({=&",
    features: ANY_CASE | LINE_COMMANDS | OPTIONS | CALLS | EQUAL_KEYS | SPACED_COMMENTS,
    ..Program::PLAIN
};

static BATCH: Program = Program {
    keywords: "call cd choice cls cmd copy defined del do echo else endlocal equ errorlevel exist \
        exit for geq goto gtr if in leq lss md mkdir move neq not off on pause popd pushd rd ren \
        rmdir set setlocal shift start title xcopy",
    remarks: "rem",
    line: &["::"],
    quotes: &[Quote { escape: 0, ..Quote::line("\"") }],
    continues: "-.\\",
    sigils: "",
    command: Some(Class::Function),
    command_after: "&|(@",
    features: ANY_CASE | LINE_COMMANDS | PERCENT_WORDS | SYMBOLS,
    ..Program::PLAIN
};

static VIM: Program = Program {
    keywords: "abort au augroup autocmd call catch colorscheme command const else elseif end \
        endfor endfunction endif endtry endwhile execute filetype finally finish for if in inoremap \
        let map nmap nnoremap noremap normal autocmd! call runtime return set setlocal silent \
        source syntax throw tnoremap try unlet vmap vnoremap while xnoremap",
    functions: "function function!",
    line: &["\""],
    quotes: &[Quote::doubled("'"), Quote::line("\"")],
    continues: ":#",
    ends: "!",
    sigils: "&",
    features: CALLS | CAPITAL_CALLS | FIRST_COMMENTS,
    ..Program::PLAIN
};

static DOCKERFILE: Program = Program {
    keywords: "as",
    line: &["#"],
    quotes: &[Quote::line("\"").with_variables(), Quote::line("'")],
    continues: "-./:@",
    sigils: "$",
    command: Some(Class::Keyword),
    features: ANY_CASE | LINE_COMMANDS | SPACED_COMMENTS | HERE_DOCUMENTS | EQUAL_KEYS,
    ..Program::PLAIN
};

static CMAKE: Program = Program {
    keywords: "and break continue else elseif endforeach endfunction endif endmacro endwhile \
        equal exists foreach function greater if include less macro matches not or return set \
        strequal target version while",
    literals: "false off on true",
    line: &["#"],
    block: &[Block::new("#[[", "]]")],
    quotes: &[Quote::lines("\"").with_variables(), Quote::raw("[[", "]]")],
    sigils: "$",
    features: ANY_CASE | CALLS | CAPITAL_CALLS,
    ..Program::PLAIN
};

static NGINX: Program = Program {
    keywords: "events geo http if limit_except location mail map server stream types upstream",
    literals: "off on",
    line: &["#"],
    quotes: &[Quote::line("\"").with_variables(), Quote::line("'")],
    continues: "-./:*@",
    begins: "/",
    sigils: "$",
    command: Some(Class::Attribute),
    command_after: ";{}",
    features: LINE_COMMANDS | SPACED_COMMENTS,
    ..Program::PLAIN
};

static APACHE: Program = Program {
    literals: "all denied granted none off on",
    line: &["#"],
    quotes: &[Quote::line("\"")],
    continues: "-./:*@",
    begins: "/",
    sigils: "$",
    command: Some(Class::Attribute),
    command_after: "<",
    features: LINE_COMMANDS | SPACED_COMMENTS | ANY_CASE,
    ..Program::PLAIN
};

static IGNORED: Program =
    Program { line: &["#"], continues: "-.*/", features: FIRST_COMMENTS, ..Program::PLAIN };
