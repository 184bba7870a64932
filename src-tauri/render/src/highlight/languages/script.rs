//! Languages that are run from their source.

use crate::highlight::Language;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 17] = [
    Language::program("Python", "python py python3 py3 pyw pyi ipython pycon sage", &PYTHON),
    Language::program("Starlark", "starlark bazel bzl build", &PYTHON),
    Language::program("Ruby", "ruby rb rake gemfile podfile", &RUBY),
    Language::program("Perl", "perl pl pm raku", &PERL),
    Language::program("Lua", "lua luau", &LUA),
    Language::program("R", "r rscript rlang", &R),
    Language::program("Julia", "julia jl", &JULIA),
    Language::program("MATLAB", "matlab", &MATLAB),
    Language::program("Octave", "octave", &MATLAB),
    Language::program("Elixir", "elixir ex exs heex", &ELIXIR),
    Language::program("Erlang", "erlang erl hrl", &ERLANG),
    Language::program("GDScript", "gdscript gd", &GDSCRIPT),
    Language::program("AWK", "awk gawk", &AWK),
    Language::program("Tcl", "tcl tk", &TCL),
    Language::program("AppleScript", "applescript scpt", &APPLESCRIPT),
    Language::program("Sed", "sed", &SED),
    Language::program("jq", "jq", &JQ),
];

const CODE: &[(&str, &str)] = &[("#{", "}")];

pub(super) static PYTHON: Program = Program {
    keywords: "and as assert async await break case continue del elif else except finally for \
        from global if import in is lambda load match nonlocal not or pass raise return try \
        while with yield",
    functions: "def fn",
    types: "class struct",
    known_types: "bool bytearray bytes complex dict float frozenset int list memoryview object set \
        str tuple type",
    literals: "Ellipsis False None NotImplemented True self cls",
    line: &["#"],
    quotes: &[Quote::lines("\"\"\""), Quote::lines("'''"), Quote::line("\""), Quote::line("'")],
    prefixes: "r u b f t rb br fr rf tr rt",
    features: CALLS | CAPITAL_TYPES | CONSTANTS | ANNOTATIONS,
    ..Program::PLAIN
};

static RUBY: Program = Program {
    keywords: "BEGIN END __FILE__ __LINE__ __method__ alias and attr_accessor attr_reader \
        attr_writer begin break case defined? do else elsif end ensure extend for if in include \
        next not or prepend private protected public raise redo require require_relative rescue \
        retry return self super then undef unless until when while yield",
    functions: "def",
    types: "class module",
    known_functions: "lambda p print printf proc puts",
    literals: "false nil true",
    line: &["#"],
    block: &[Block::at_start("=begin", "=end")],
    quotes: &[
        Quote::lines("\"").with_code(CODE),
        Quote::lines("'"),
        Quote::lines("`").with_code(CODE),
        Quote::raw("%w[", "]"),
        Quote::raw("%i[", "]"),
        Quote::raw("%w(", ")"),
        Quote::raw("%i(", ")"),
    ],
    ends: "?!",
    sigils: "@$",
    features: CALLS | CAPITAL_TYPES | CONSTANTS | SYMBOLS | PATTERNS | CAPITAL_HERE_DOCUMENTS,
    ..Program::PLAIN
};

static PERL: Program = Program {
    keywords: "and cmp continue do else elsif eq for foreach ge given goto gt if last le local lt \
        my ne next no not or our redo require return say state unless until use when while xor",
    functions: "method sub",
    types: "class package role",
    known_functions: "bless chomp chop close defined delete die each eval exists grep join keys \
        length map open pop print printf push ref reverse scalar shift sort splice split sprintf \
        substr uc lc undef unlink unshift values wantarray warn",
    line: &["#"],
    block: &[
        Block::at_start("=pod", "=cut"),
        Block::at_start("=head", "=cut"),
        Block::at_start("=begin", "=cut"),
        Block::at_start("=over", "=cut"),
    ],
    quotes: &[
        Quote::lines("\"").with_variables(),
        Quote::lines("'"),
        Quote::lines("`").with_variables(),
    ],
    sigils: "$@%",
    features: CALLS | PATTERNS | CAPITAL_HERE_DOCUMENTS | SPACED_COMMENTS | CONSTANTS,
    ..Program::PLAIN
};

static LUA: Program = Program {
    keywords: "and break continue do else elseif end export for goto if in local not or repeat \
        return then until while",
    functions: "function",
    types: "type",
    known_functions: "assert error ipairs next pairs pcall print rawget rawset require select \
        setmetatable tonumber tostring type xpcall",
    literals: "false nil true self",
    line: &["--"],
    quotes: &[Quote::line("\""), Quote::line("'")],
    features: CALLS | LONG_BRACKETS | CONSTANTS,
    ..Program::PLAIN
};

static R: Program = Program {
    keywords: "break else for function if in next repeat return while library require",
    literals: "FALSE Inf NA NA_character_ NA_integer_ NULL NaN TRUE",
    line: &["#"],
    quotes: &[Quote::lines("\""), Quote::lines("'"), Quote::raw("`", "`")],
    prefixes: "r",
    continues: ".",
    features: CALLS | CAPITAL_CALLS | PAREN_STRINGS,
    ..Program::PLAIN
};

static JULIA: Program = Program {
    keywords: "abstract baremodule begin break catch const continue do else elseif end export \
        finally for global if import in isa let local mutable primitive quote return try using \
        where while",
    functions: "function macro",
    types: "module struct type",
    literals: "Inf NaN false missing nothing true",
    line: &["#"],
    block: &[Block::new("#=", "=#")],
    quotes: &[
        Quote::lines("\"\"\"").with_code(&[("$(", ")")]),
        Quote::lines("\"").with_code(&[("$(", ")")]),
        Quote::lines("`"),
    ],
    prefixes: "r raw b v s",
    ends: "!",
    features: CHARACTERS | TICKS | CALLS | CAPITAL_TYPES | NESTED_COMMENTS | ANNOTATIONS | SYMBOLS,
    ..Program::PLAIN
};

static MATLAB: Program = Program {
    keywords: "arguments break case catch continue do else elseif end end_try_catch end_while \
        endfor endfunction endif endwhile events for global if methods otherwise parfor persistent \
        properties return spmd switch try until unwind_protect while",
    functions: "function",
    types: "classdef",
    literals: "Inf NaN eps false i inf nan pi true",
    line: &["%", "#"],
    block: &[Block::new("%{", "%}")],
    quotes: &[Quote::doubled("\""), Quote::doubled("'")],
    features: CALLS | TICKS,
    ..Program::PLAIN
};

static ELIXIR: Program = Program {
    keywords: "after alias and case catch cond do else end fn for if import in not or quote raise \
        receive require rescue super throw try unless unquote use when with",
    functions: "def defguard defmacro defmacrop defp defdelegate",
    types: "defimpl defmodule defprotocol",
    literals: "false nil true __MODULE__",
    line: &["#"],
    quotes: &[
        Quote::lines("\"\"\"").with_code(CODE),
        Quote::lines("'''"),
        Quote::lines("\"").with_code(CODE),
        Quote::lines("'"),
        Quote::raw("~r/", "/"),
        Quote::raw("~w(", ")"),
        Quote::raw("~w[", "]"),
    ],
    ends: "?!",
    features: CALLS | CAPITAL_TYPES | ANNOTATIONS | SYMBOLS,
    ..Program::PLAIN
};

static ERLANG: Program = Program {
    keywords: "after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun \
        if let maybe not of or orelse receive rem try when xor",
    literals: "false true undefined",
    line: &["%"],
    quotes: &[Quote::lines("\""), Quote::line("'")],
    sigils: "?",
    features: CALLS | CAPITAL_TYPES | SIGNATURES,
    ..Program::PLAIN
};

static GDSCRIPT: Program = Program {
    keywords: "and as assert await break breakpoint const continue elif else export extends for if \
        in is match not onready or pass preload return self setget signal static super var when \
        while yield",
    functions: "func",
    types: "class class_name enum",
    known_types: "bool float int void",
    literals: "INF NAN PI TAU false null true",
    sigils: "$",
    ..PYTHON
};

static AWK: Program = Program {
    keywords: "BEGIN END BEGINFILE ENDFILE break case continue default delete do else exit for \
        getline if in next nextfile print printf return switch while",
    functions: "func function",
    known_functions: "gensub gsub index int length match rand sin split sprintf sqrt strftime sub \
        substr system tolower toupper",
    literals: "FILENAME FNR FS NF NR OFS ORS RS",
    line: &["#"],
    quotes: &[Quote::line("\"")],
    sigils: "$",
    features: CALLS | PATTERNS,
    ..Program::PLAIN
};

static TCL: Program = Program {
    keywords: "break catch continue else elseif error eval expr finally for foreach global if \
        namespace on package return set switch then throw try unset uplevel upvar variable while",
    functions: "method proc",
    types: "class",
    line: &["#"],
    quotes: &[Quote::lines("\"").with_variables()],
    continues: ":",
    sigils: "$",
    command: Some(crate::highlight::paint::Class::Function),
    command_after: "[;{",
    features: LINE_COMMANDS | SPACED_COMMENTS | OPTIONS,
    ..Program::PLAIN
};

static APPLESCRIPT: Program = Program {
    keywords: "after and as at back before beginning by considering contains copy delay display do \
        document else end every exit first from get given if in into is it last me my not of on or \
        put repeat return script second set some tell than the then through timeout times to try \
        until where while whose with without",
    literals: "false missing null true",
    line: &["--", "#"],
    block: &[Block::new("(*", "*)")],
    quotes: &[Quote::line("\"")],
    features: NESTED_COMMENTS | ANY_CASE,
    ..Program::PLAIN
};

static SED: Program =
    Program { line: &["#"], features: PATTERNS | SPACED_COMMENTS, ..Program::PLAIN };

static JQ: Program = Program {
    keywords: "and as catch elif else end foreach if import include label limit not or reduce then \
        try",
    functions: "def",
    known_functions: "add all any ascii_downcase contains del empty error first flatten from_entries \
        fromjson group_by has inside join keys last length map map_values max min paths range \
        recurse select sort sort_by split startswith test to_entries tojson tonumber tostring type \
        unique unique_by values with_entries",
    literals: "false null true",
    line: &["#"],
    quotes: &[Quote::line("\"").with_code(&[("\\(", ")")])],
    sigils: "$",
    features: CALLS,
    ..Program::PLAIN
};
