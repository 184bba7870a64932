//! Newer languages that compile to machine code.

use super::c::SLASHES;
use crate::highlight::Language;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 12] = [
    Language::program("Rust", "rust rs", &RUST),
    Language::program("Go", "go golang gomod", &GO),
    Language::program("Swift", "swift", &SWIFT),
    Language::program("Zig", "zig zon", &ZIG),
    Language::program("Dart", "dart flutter", &DART),
    Language::program("V", "v vlang vsh", &V),
    Language::program("Nim", "nim nims nimble", &NIM),
    Language::program("Crystal", "crystal cr", &CRYSTAL),
    Language::program("Odin", "odin", &ODIN),
    Language::program("Mojo", "mojo", &super::script::PYTHON),
    Language::program("Vala", "vala vapi", &VALA),
    Language::program("Gleam", "gleam", &GLEAM),
];

static RUST: Program = Program {
    keywords: "Self as async await box break const continue crate do dyn else extern final for if \
        impl in let loop macro match mod move mut override priv pub ref return self static super \
        try unsafe unsized use virtual where while yield",
    functions: "fn macro_rules",
    types: "enum struct trait type union",
    known_types: "bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize",
    literals: "false true",
    quotes: &[Quote::lines("\"")],
    prefixes: "b r br c cr",
    features: SLASHES.features
        | NESTED_COMMENTS
        | LIFETIMES
        | MACROS
        | CAPITAL_TYPES
        | CONSTANTS
        | ATTRIBUTES
        | HASH_STRINGS,
    ..SLASHES
};

static GO: Program = Program {
    keywords: "break case chan const continue default defer else fallthrough for go goto if import \
        interface map package range return select struct switch var",
    functions: "func",
    types: "type",
    known_types: "any bool byte comparable complex128 complex64 error float32 float64 int int16 \
        int32 int64 int8 rune string uint uint16 uint32 uint64 uint8 uintptr",
    known_functions: "append cap clear close complex copy delete imag len make max min new panic \
        print println real recover",
    literals: "false iota nil true",
    quotes: &[Quote::line("\""), Quote::raw("`", "`")],
    // A capital letter only says that a name is exported.
    features: SLASHES.features | CAPITAL_CALLS,
    ..SLASHES
};

static SWIFT: Program = Program {
    keywords: "actor as associatedtype async await break case catch consume continue convenience \
        default defer deinit didSet discardable do dynamic each else fallthrough fileprivate final \
        for get guard if import in indirect infix init inout internal is isolated lazy let \
        mutating nonisolated nonmutating open operator optional override package postfix \
        precedencegroup prefix private public repeat required rethrows return self set some static \
        subscript super switch throw throws try unowned var weak where while willSet any",
    functions: "func macro",
    types: "class enum extension protocol struct typealias",
    literals: "false nil true",
    quotes: &[
        Quote::lines("\"\"\"").with_code(&[("\\(", ")")]),
        Quote::line("\"").with_code(&[("\\(", ")")]),
    ],
    features: CALLS | NESTED_COMMENTS | CAPITAL_TYPES | ANNOTATIONS | DIRECTIVES | HASH_STRINGS,
    ..SLASHES
};

static ZIG: Program = Program {
    keywords: "addrspace align allowzero and anyframe anytype asm async await break callconv catch \
        comptime const continue defer else errdefer error export extern for if inline \
        linksection noalias noinline nosuspend opaque or orelse packed pub resume return \
        suspend switch test threadlocal try union unreachable usingnamespace var volatile while \
        enum struct",
    functions: "fn",
    known_types: "anyerror anyopaque bool c_int comptime_float comptime_int f16 f32 f64 i128 i16 \
        i32 i64 i8 isize noreturn type u1 u128 u16 u32 u64 u8 usize void",
    literals: "false null true undefined",
    block: &[],
    quotes: &[Quote::line("\""), Quote { escape: 0, close: "\n", ..Quote::line("\\\\") }],
    features: SLASHES.features | CAPITAL_TYPES | ANNOTATIONS,
    ..SLASHES
};

static DART: Program = Program {
    keywords: "abstract as assert async await base break case catch const continue covariant \
        default deferred do else export extends extension external factory final finally for get \
        hide if implements import in is late library mixin of on operator part required rethrow \
        return sealed set show static super switch sync this throw try typedef var when while with \
        yield",
    types: "class enum new",
    known_types: "bool double dynamic int num void",
    literals: "false null true",
    quotes: &[
        Quote::lines("'''").with_code(&[("${", "}")]).with_variables(),
        Quote::lines("\"\"\"").with_code(&[("${", "}")]).with_variables(),
        Quote::line("'").with_code(&[("${", "}")]).with_variables(),
        Quote::line("\"").with_code(&[("${", "}")]).with_variables(),
    ],
    prefixes: "r",
    sigils: "$",
    features: CALLS | NESTED_COMMENTS | CAPITAL_TYPES | ANNOTATIONS,
    ..SLASHES
};

static V: Program = Program {
    keywords: "__global as asm assert atomic break const continue defer else for go goto if import \
        in is isreftype lock match module mut or pub return rlock select shared sizeof spawn \
        static typeof unsafe volatile",
    functions: "fn",
    types: "enum interface struct type union",
    known_types: "bool byte f32 f64 i16 i64 i8 int isize map rune string u16 u32 u64 u8 usize \
        voidptr",
    literals: "false nil none true",
    quotes: &[Quote::lines("'").with_code(&[("${", "}")]), Quote::lines("\"")],
    prefixes: "r c",
    features: CALLS | CAPITAL_TYPES | NESTED_COMMENTS,
    ..SLASHES
};

static NIM: Program = Program {
    keywords: "addr and as asm bind block break case cast concept const continue converter defer \
        discard distinct div do elif else end enum except export finally for from if import in \
        include interface is isnot let mixin mod nil not notin object of or out ptr raise ref \
        return shl shr static try tuple using var when while xor yield",
    functions: "func iterator macro method proc template",
    types: "type",
    known_types: "array bool byte char cstring float float32 float64 int int16 int32 int64 int8 \
        openArray range seq set string uint uint16 uint32 uint64 uint8 void",
    known_functions: "echo len",
    literals: "false true",
    line: &["#"],
    block: &[Block::new("#[", "]#")],
    quotes: &[Quote::raw("\"\"\"", "\"\"\""), Quote::line("\"")],
    prefixes: "r fmt",
    features: CHARACTERS | CALLS | CAPITAL_TYPES | NESTED_COMMENTS,
    ..Program::PLAIN
};

static CRYSTAL: Program = Program {
    keywords: "abstract alias annotation as asm begin break case do else elsif end ensure extend \
        for forall if in include instance_sizeof is_a? next of out pointerof private protected \
        require rescue responds_to? return select self sizeof super then typeof uninitialized \
        union unless until verbatim when while with yield",
    functions: "def fun macro",
    types: "class enum lib module struct type",
    literals: "false nil true",
    line: &["#"],
    quotes: &[Quote::lines("\"").with_code(&[("#{", "}")]), Quote::lines("`")],
    ends: "?!",
    sigils: "@$",
    features: CHARACTERS
        | CALLS
        | CAPITAL_TYPES
        | CONSTANTS
        | SYMBOLS
        | PATTERNS
        | CAPITAL_HERE_DOCUMENTS,
    ..Program::PLAIN
};

static ODIN: Program = Program {
    keywords: "asm auto_cast bit_set break case cast context continue defer distinct do dynamic \
        else enum fallthrough for foreign if import in map matrix not_in or_else or_return package \
        proc return struct switch transmute typeid union using when where",
    known_types: "any b32 bool byte complex64 cstring f16 f32 f64 i128 i16 i32 i64 i8 int rawptr \
        rune string u128 u16 u32 u64 u8 uint uintptr",
    literals: "false nil true",
    quotes: &[Quote::line("\""), Quote::raw("`", "`")],
    features: SLASHES.features | NESTED_COMMENTS | CAPITAL_TYPES | ANNOTATIONS | DIRECTIVES,
    ..SLASHES
};

static VALA: Program = Program {
    keywords: "abstract as async base break case catch const construct continue default delegate \
        delete do dynamic else ensures errordomain extern finally for foreach get if in inline \
        internal is lock out override owned params private protected public ref requires return \
        set signal sizeof static switch this throw throws try typeof unowned using value var \
        virtual weak while yield",
    types: "class enum interface namespace new struct",
    known_types: "bool char double float int int64 long short string uint uint8 void",
    literals: "false null true",
    quotes: &[Quote::raw("\"\"\"", "\"\"\""), Quote::line("\"")],
    features: SLASHES.features | CAPITAL_TYPES | CONSTANTS,
    ..SLASHES
};

static GLEAM: Program = Program {
    keywords: "as assert auto case const delegate derive echo else if implement import let macro \
        opaque panic pub test todo use",
    functions: "fn",
    types: "type",
    quotes: &[Quote::lines("\"")],
    block: &[],
    features: CALLS | CAPITAL_TYPES | ANNOTATIONS,
    ..SLASHES
};
