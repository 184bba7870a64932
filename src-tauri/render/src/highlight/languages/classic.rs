//! Older languages, hardware, and assembly.

use super::c::SLASHES;
use crate::highlight::Language;
use crate::highlight::paint::Class;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 12] = [
    Language::program("Visual Basic", "vb vbnet vb.net visualbasic vba vbs vbscript", &BASIC),
    Language::program("BASIC", "basic bas qbasic freebasic", &BASIC),
    Language::program("Pascal", "pascal pas delphi dpr freepascal lpr", &PASCAL),
    Language::program("Fortran", "fortran f f90 f95 f03 f08 for", &FORTRAN),
    Language::program("Ada", "ada adb ads", &ADA),
    Language::program("COBOL", "cobol cob cbl", &COBOL),
    Language::program("Verilog", "verilog systemverilog sv svh vh", &VERILOG),
    Language::program("VHDL", "vhdl vhd", &VHDL),
    Language::program(
        "Assembly",
        "assembly asm nasm masm gas s x86asm x86 armasm arm riscv",
        &ASSEMBLY,
    ),
    Language::program("WebAssembly", "wasm wat wast", &WAT),
    Language::program("LLVM IR", "llvm ll", &LLVM),
    Language::program("AutoHotkey", "autohotkey ahk", &AUTOHOTKEY),
];

static BASIC: Program = Program {
    keywords: "addhandler addressof alias and andalso as async await byref byval call case catch \
        const continue declare default delegate dim do each else elseif end endif erase error exit \
        finally for friend get global gosub goto handles if implements imports in inherits input \
        is isnot let lib like loop me mod mustinherit mustoverride mybase namespace next not \
        notinheritable on operator option optional or orelse overloads overridable overrides \
        paramarray print private property protected public raiseevent readonly redim resume return \
        select set shadows shared static step stop synclock then throw to try typeof until using \
        wend when while with withevents writeonly xor",
    functions: "function sub",
    types: "class enum interface module new structure",
    known_types: "boolean byte char date decimal double integer long object short single string \
        uinteger ulong variant",
    literals: "false nothing null true",
    remarks: "rem",
    line: &["'"],
    quotes: &[Quote::doubled("\"")],
    features: ANY_CASE | CALLS | CAPITAL_CALLS | DIRECTIVES,
    ..Program::PLAIN
};

static PASCAL: Program = Program {
    keywords: "abstract and array as asm begin case class const div do downto else end except \
        exports external file finalization finally for forward goto if implementation in \
        inherited initialization interface is label library mod not object of on or override \
        packed private program property protected public published raise record repeat set shl shr \
        then threadvar to try unit until uses var virtual while with xor",
    functions: "constructor destructor function procedure",
    types: "type",
    known_types: "ansistring boolean byte cardinal char currency double extended int64 integer \
        longint pchar real shortint single string tobject widestring word",
    literals: "false nil true",
    line: &["//"],
    block: &[Block::new("{", "}"), Block::new("(*", "*)")],
    quotes: &[Quote::doubled("'")],
    features: ANY_CASE | CALLS | CAPITAL_CALLS,
    ..Program::PLAIN
};

static FORTRAN: Program = Program {
    keywords: "allocatable allocate associate block call case close common contains continue cycle \
        data deallocate default deferred do else elseif elsewhere end enddo endif endfunction \
        endmodule endprogram endsubroutine entry equivalence exit extends external final forall \
        format go goto if implicit import in inout inquire intent interface intrinsic kind none \
        only open optional out parameter pause pointer private procedure public pure read \
        recursive result return save select sequence stop target then to use where while write \
        print",
    functions: "function subroutine",
    types: "class module program type",
    known_types: "character complex double integer logical precision real",
    literals: ".false. .true.",
    line: &["!"],
    quotes: &[Quote::doubled("\""), Quote::doubled("'")],
    features: ANY_CASE | CALLS | CAPITAL_CALLS,
    ..Program::PLAIN
};

static ADA: Program = Program {
    keywords: "abort abs abstract accept access aliased all and array at begin body case constant \
        declare delay delta digits do else elsif end entry exception exit for generic goto if in \
        interface is limited loop mod new not null of or others out overriding parallel pragma \
        private protected raise range record rem renames requeue return reverse select separate \
        some synchronized tagged terminate then until use when while with xor",
    functions: "function procedure",
    types: "package subtype task type",
    known_types: "boolean character duration float integer natural positive string",
    literals: "false true",
    line: &["--"],
    quotes: &[Quote::doubled("\"")],
    features: ANY_CASE | CHARACTERS | TICKS | CAPITAL_CALLS | CALLS,
    ..Program::PLAIN
};

static COBOL: Program = Program {
    keywords: "accept add advancing after all and are assign at before by call close compute \
        configuration contains continue control copy data delete depending display divide division \
        else end end-evaluate end-if end-perform end-read environment evaluate exit fd file \
        file-control from giving go goback greater identification if in indexed initialize \
        input-output into is key less line linkage move multiply no not occurs of open or \
        organization output perform pic picture procedure program program-id read record redefines \
        replacing rewrite rounded run search section select sequential set size sort stop string \
        subtract than then thru times to unstring until usage using value values varying when with \
        working-storage write",
    literals: "false high-values low-values space spaces true zero zeroes zeros",
    line: &["*>", "*"],
    quotes: &[Quote::doubled("\""), Quote::doubled("'")],
    continues: "-",
    features: ANY_CASE | FIRST_COMMENTS,
    ..Program::PLAIN
};

static VERILOG: Program = Program {
    keywords: "always always_comb always_ff always_latch and assert assign automatic begin bind \
        break case casex casez clocking const constraint continue cover default defparam disable \
        do else end endcase endclass endclocking endfunction endgenerate endinterface endmodule \
        endpackage endproperty endsequence endtask enum extends final for foreach forever fork \
        generate genvar if iff import initial inout input inside join join_any join_none local \
        localparam modport negedge new not or output packed parameter posedge priority property \
        protected pure rand randc repeat return static super this typedef union unique unsigned \
        virtual wait while xor signed",
    functions: "function task",
    types: "class interface module package program struct",
    known_types: "bit byte event int integer logic longint real realtime reg shortint string supply0 \
        supply1 time tri void wire",
    quotes: &[Quote::line("\"")],
    begins: "$`",
    continues: "$",
    features: CALLS | DIGIT_TICKS | CONSTANTS,
    ..SLASHES
};

static VHDL: Program = Program {
    keywords: "after alias all and array assert attribute begin block body buffer bus case constant \
        disconnect downto else elsif end exit file for generate generic group guarded if impure in \
        inertial inout is label library linkage literal loop map mod nand new next nor not null of \
        on open or others out port postponed process pure range register reject rem report return \
        rol ror select severity shared signal sla sll sra srl then to transport unaffected units \
        until use variable wait when while with xnor xor",
    functions: "function procedure",
    types: "architecture component configuration entity package record subtype type",
    known_types: "bit bit_vector boolean character integer natural positive real signed std_logic \
        std_logic_vector string time unsigned",
    literals: "false true",
    line: &["--"],
    quotes: &[Quote::doubled("\"")],
    features: ANY_CASE | CHARACTERS | TICKS | CALLS,
    ..Program::PLAIN
};

static ASSEMBLY: Program = Program {
    keywords: "bits db dd default dq dw equ extern global section segment times",
    known_types: "byte dword ptr qword word",
    line: &[";", "#", "//"],
    block: &[Block::new("/*", "*/")],
    quotes: &[Quote::line("\""), Quote::line("'")],
    continues: ".$",
    sigils: "%",
    command: Some(Class::Keyword),
    command_after: ":",
    features: LINE_COMMANDS | LABELS | DOTTED_WORDS | SPACED_COMMENTS,
    ..Program::PLAIN
};

static WAT: Program = Program {
    known_types: "externref f32 f64 funcref i32 i64 v128",
    line: &[";;"],
    block: &[Block::new("(;", ";)")],
    quotes: &[Quote::line("\"")],
    continues: "._-",
    sigils: "$",
    command: Some(Class::Keyword),
    command_after: "(",
    features: NESTED_COMMENTS,
    ..Program::PLAIN
};

static LLVM: Program = Program {
    keywords: "add align alloca and ashr attributes bitcast br call constant declare define eq \
        external fadd fcmp fdiv fmul fsub getelementptr global icmp inbounds inttoptr invoke label \
        load lshr mul ne nounwind nsw nuw or phi private ptrtoint ret sdiv select sext sge sgt shl \
        sle slt source_filename srem store sub switch target to trunc type udiv uge ugt ule ult \
        unnamed_addr unreachable urem xor zext",
    known_types: "double float half i1 i128 i16 i32 i64 i8 metadata ptr void",
    literals: "false null poison true undef zeroinitializer",
    line: &[";"],
    quotes: &[Quote::line("\"")],
    continues: ".",
    sigils: "%",
    features: ANNOTATIONS | LABELS,
    ..Program::PLAIN
};

static AUTOHOTKEY: Program = Program {
    keywords: "and break case catch continue critical default else exit exitapp finally for global \
        goto if in is local loop not or return static switch throw try until while",
    types: "class extends new",
    literals: "false true unset",
    line: &[";"],
    block: &[Block::new("/*", "*/")],
    quotes: &[Quote::line("\""), Quote::line("'")],
    features: ANY_CASE | CALLS | CAPITAL_CALLS | SPACED_COMMENTS | DIRECTIVES,
    ..Program::PLAIN
};
