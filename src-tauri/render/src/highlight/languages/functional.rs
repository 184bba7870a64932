//! Lisps, the ML family, and languages of logic and proof.

use crate::highlight::Language;
use crate::highlight::paint::Class;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 16] = [
    Language::program("Haskell", "haskell hs lhs", &HASKELL),
    Language::program("PureScript", "purescript purs", &HASKELL),
    Language::program("Elm", "elm", &ELM),
    Language::program("OCaml", "ocaml ml mli", &OCAML),
    Language::program("Reason", "reason re reasonml rescript res", &REASON),
    Language::program("F#", "fsharp fs f# fsx fsi", &FSHARP),
    Language::program("Standard ML", "sml", &OCAML),
    Language::program("Common Lisp", "commonlisp common-lisp lisp cl lsp", &LISP),
    Language::program("Emacs Lisp", "elisp emacs-lisp el", &LISP),
    Language::program("Scheme", "scheme scm ss", &SCHEME),
    Language::program("Racket", "racket rkt", &SCHEME),
    Language::program("Clojure", "clojure clj cljs cljc edn", &CLOJURE),
    Language::program("Prolog", "prolog pro swipl", &PROLOG),
    Language::program("Lean", "lean lean4", &LEAN),
    Language::program("Coq", "coq rocq", &COQ),
    Language::program("Agda", "agda idris idr", &HASKELL),
];

static HASKELL: Program = Program {
    keywords: "as case default deriving do else family forall foreign hiding if import in infix \
        infixl infixr instance let mdo of qualified rec then via where",
    types: "class data module newtype type",
    line: &["--"],
    block: &[Block::new("{-", "-}")],
    quotes: &[Quote::line("\"")],
    continues: "'",
    features: CHARACTERS | NESTED_COMMENTS | CAPITAL_TYPES | SIGNATURES,
    ..Program::PLAIN
};

static ELM: Program = Program {
    keywords: "as case else exposing if import in let module of port then where",
    types: "alias type",
    quotes: &[Quote::lines("\"\"\""), Quote::line("\"")],
    features: CHARACTERS | NESTED_COMMENTS | CAPITAL_TYPES | SIGNATURES,
    ..HASKELL
};

static OCAML: Program = Program {
    keywords: "and as assert begin constraint do done downto else end exception external for fun \
        function functor if in include inherit initializer lazy match method mutable nonrec of \
        open or private rec sig then to try virtual when while with case datatype fn handle local \
        raise structure signature val andalso orelse",
    functions: "let",
    types: "class module object struct type",
    known_types: "array bool bytes char exn float int list option result string unit",
    literals: "false true",
    block: &[Block::new("(*", "*)")],
    quotes: &[Quote::lines("\"")],
    continues: "'",
    features: CHARACTERS | LIFETIMES | NESTED_COMMENTS | CAPITAL_TYPES | BRACE_STRINGS,
    ..Program::PLAIN
};

static REASON: Program = Program {
    line: &["//"],
    block: &[Block::new("/*", "*/")],
    features: OCAML.features | CALLS | ANNOTATIONS,
    ..OCAML
};

static FSHARP: Program = Program {
    keywords: "abstract and as assert async base begin default delegate do done downcast downto \
        elif else end exception extern finally fixed for fun function global if in inherit inline \
        interface internal lazy match mutable not null of open or override private public rec \
        return select sig static task then to try upcast use val void when while with yield",
    functions: "let member",
    types: "class module namespace new struct type",
    known_types: "array bool byte char decimal double float int int64 list obj option seq string \
        uint unit",
    literals: "false null true",
    line: &["//"],
    block: &[Block::new("(*", "*)")],
    quotes: &[
        Quote::raw("\"\"\"", "\"\"\""),
        Quote { open: "$\"", inside: &[("{", "}")], ..Quote::line("\"") },
        Quote { open: "@\"", lines: true, ..Quote::doubled("\"") },
        Quote::lines("\""),
    ],
    features: CHARACTERS | LIFETIMES | NESTED_COMMENTS | CAPITAL_TYPES | DIRECTIVES,
    ..OCAML
};

const SYMBOLS_OF_LISP: &str = "-+*/<>=!?.&%$^~";

static LISP: Program = Program {
    keywords: "and block case cond declare defconstant defgeneric defmethod defpackage defparameter \
        defstruct deftype defvar defcustom do dolist dotimes error eval-when flet function \
        handler-case if in-package interactive labels lambda let let* loop macrolet not or \
        otherwise progn provide quote require return return-from save-excursion setf setq t \
        tagbody unless unwind-protect when while with-open-file",
    functions: "defmacro defun defsubst",
    types: "defclass",
    literals: "nil",
    line: &[";"],
    block: &[Block::new("#|", "|#")],
    quotes: &[Quote::lines("\"")],
    begins: SYMBOLS_OF_LISP,
    continues: SYMBOLS_OF_LISP,
    command: Some(Class::Function),
    command_after: "(",
    features: NESTED_COMMENTS | SYMBOLS,
    ..Program::PLAIN
};

static SCHEME: Program = Program {
    keywords: "and begin begin0 call-with-current-continuation call/cc case case-lambda cond \
        define define-record-type define-syntax define-values delay do else export for for/list if \
        import in lambda let let* let-syntax let-values letrec letrec* library match module not or \
        provide quasiquote quote require set! struct syntax-case syntax-rules unless unquote when",
    functions: "",
    types: "",
    literals: "#f #t #false #true",
    begins: "-+*/<>=!?.&%$^~#",
    features: NESTED_COMMENTS,
    ..LISP
};

static CLOJURE: Program = Program {
    keywords: "and as-> binding case catch comment cond cond-> condp declare def defonce do \
        dorun doseq dosync dotimes finally fn for if if-let if-not import in-ns let letfn \
        loop monitor-enter new not ns or quote recur refer require set! throw try use var when \
        when-let when-not while with-open -> ->>",
    functions: "defmacro defmethod defmulti defn defn-",
    types: "defprotocol defrecord deftype",
    literals: "false nil true",
    block: &[],
    begins: SYMBOLS_OF_LISP,
    continues: "-+*/<>=!?.&%$^~'#",
    ..LISP
};

static PROLOG: Program = Program {
    keywords: "discontiguous dynamic is mod module not rem use_module",
    literals: "fail false true",
    line: &["%"],
    block: &[Block::new("/*", "*/")],
    quotes: &[Quote::lines("\""), Quote::line("'")],
    features: CALLS | CAPITAL_TYPES,
    ..Program::PLAIN
};

static LEAN: Program = Program {
    keywords: "at axiom by calc case deriving do else end example exact export extends for from \
        fun have if import in instance intro let macro match mut mutual namespace notation open \
        private protected return rfl rw section set_option show simp sorry syntax termination_by \
        then universe variable where with",
    functions: "abbrev def lemma theorem",
    types: "class inductive structure",
    known_types: "Prop Sort Type",
    line: &["--"],
    block: &[Block::new("/-", "-/")],
    quotes: &[Quote::lines("\"")],
    prefixes: "s",
    continues: "'",
    features: NESTED_COMMENTS | CAPITAL_TYPES | ANNOTATIONS,
    ..Program::PLAIN
};

static COQ: Program = Program {
    keywords: "Admitted Arguments Axiom Check Context End Export Hypothesis Import Instance Module \
        Notation Open Parameter Proof Qed Require Section Scope Set Variable Variables as at cofix \
        else end exists fix for forall fun if in let match return then using where with",
    functions: "Corollary Definition Example Fixpoint Lemma Proposition Theorem",
    types: "Class Inductive Record Structure",
    known_types: "Prop Set Type bool list nat",
    block: &[Block::new("(*", "*)")],
    quotes: &[Quote::lines("\"")],
    continues: "'",
    features: NESTED_COMMENTS,
    ..Program::PLAIN
};
