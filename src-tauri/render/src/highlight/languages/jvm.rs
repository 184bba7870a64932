//! Languages of the Java machine, and Haxe.

use super::c::SLASHES;
use crate::highlight::Language;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 6] = [
    Language::program("Java", "java jsp", &JAVA),
    Language::program("Kotlin", "kotlin kt kts", &KOTLIN),
    Language::program("Scala", "scala sc sbt", &SCALA),
    Language::program("Groovy", "groovy gradle gvy jenkinsfile", &GROOVY),
    Language::program("Apex", "apex", &JAVA),
    Language::program("Haxe", "haxe hx", &HAXE),
];

const JVM: u64 = SLASHES.features | ANNOTATIONS | CAPITAL_TYPES | CONSTANTS;

static JAVA: Program = Program {
    keywords: "abstract assert break case catch const continue default do else exports extends \
        final finally for goto if implements import instanceof module native non-sealed open opens \
        package permits private protected provides public requires return sealed static strictfp \
        super switch synchronized this throw throws to transient transitive try uses var volatile \
        when while with yield",
    types: "class enum interface new record",
    known_types: "boolean byte char double float int long short void",
    literals: "false null true",
    quotes: &[Quote::lines("\"\"\""), Quote::line("\"")],
    features: JVM,
    ..SLASHES
};

const DOLLAR_CODE: &[(&str, &str)] = &[("${", "}")];

static KOTLIN: Program = Program {
    keywords: "abstract actual annotation as break by catch companion const constructor continue \
        crossinline data do dynamic else expect external final finally for get if import in infix \
        init inline inner internal is it lateinit noinline open operator out override package \
        private protected public reified return sealed set super suspend tailrec this throw try \
        typealias val value var vararg when where while",
    functions: "fun",
    types: "class enum interface object",
    literals: "false null true",
    quotes: &[
        Quote { escape: 0, ..Quote::lines("\"\"\"").with_code(DOLLAR_CODE).with_variables() },
        Quote::line("\"").with_code(DOLLAR_CODE).with_variables(),
    ],
    sigils: "$",
    features: JVM | NESTED_COMMENTS,
    ..SLASHES
};

static SCALA: Program = Program {
    keywords: "abstract as case catch derives do else end export extends extension final finally \
        for forSome given if implicit import infix inline lazy macro match new opaque open \
        override package private protected return sealed super then this throw transparent try \
        using val var while with yield",
    functions: "def",
    types: "class enum object trait type",
    literals: "false null true",
    quotes: &[
        Quote { escape: 0, ..Quote::lines("\"\"\"").with_code(DOLLAR_CODE).with_variables() },
        Quote::line("\"").with_code(DOLLAR_CODE).with_variables(),
    ],
    prefixes: "s f raw sql",
    sigils: "$",
    features: JVM | NESTED_COMMENTS | LIFETIMES,
    ..SLASHES
};

static GROOVY: Program = Program {
    keywords: "abstract as assert break case catch continue default do else extends final finally \
        for if implements import in instanceof native package private protected public return \
        static super switch synchronized this throw throws trait transient try var volatile while",
    functions: "def",
    types: "class enum interface new",
    known_types: "boolean byte char double float int long short void",
    literals: "false null true",
    quotes: &[
        Quote::lines("\"\"\"").with_code(DOLLAR_CODE).with_variables(),
        Quote::lines("'''"),
        Quote::line("\"").with_code(DOLLAR_CODE).with_variables(),
        Quote::line("'"),
    ],
    sigils: "$",
    features: CALLS | ANNOTATIONS | CAPITAL_TYPES | CONSTANTS | PATTERNS,
    ..SLASHES
};

static HAXE: Program = Program {
    keywords: "abstract break case cast catch continue default do dynamic else extends extern \
        final for if implements import in inline macro operator overload override package private \
        public return static super switch this throw try typedef untyped using var while",
    functions: "function",
    types: "class enum interface new",
    literals: "false null true",
    quotes: &[Quote::lines("\""), Quote::lines("'").with_code(DOLLAR_CODE).with_variables()],
    sigils: "$",
    features: CALLS | ANNOTATIONS | CAPITAL_TYPES | CONSTANTS | DIRECTIVES,
    ..SLASHES
};
