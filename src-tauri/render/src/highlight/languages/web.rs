//! Languages of the web.

use super::c::SLASHES;
use crate::highlight::program::*;
use crate::highlight::{Language, Syntax};

pub(super) static LANGUAGES: [Language; 10] = [
    Language::program("JavaScript", "javascript js mjs cjs node", &JAVASCRIPT),
    Language::program("JSX", "jsx", &JAVASCRIPT),
    Language::program("TypeScript", "typescript ts mts cts deno", &TYPESCRIPT),
    Language::program("TSX", "tsx", &TSX),
    Language::new("CSS", "css postcss", Syntax::Style),
    Language::new("SCSS", "scss", Syntax::Style),
    Language::new("Sass", "sass stylus styl", Syntax::Style),
    Language::new("Less", "less", Syntax::Style),
    // What is between PHP's own tags.
    Language::program("PHP", "php-code", &PHP),
    Language::program("CoffeeScript", "coffeescript coffee", &COFFEE),
];

const TEMPLATE: &[Quote] =
    &[Quote::line("\""), Quote::line("'"), Quote::lines("`").with_code(&[("${", "}")])];

pub(super) static JAVASCRIPT: Program = Program {
    keywords: "as async await break case catch const continue debugger default delete do else \
        export extends finally for from get if import in instanceof let of return set static \
        super switch this throw try typeof var void while with yield",
    functions: "function",
    types: "class new",
    literals: "Infinity NaN false null true undefined",
    quotes: TEMPLATE,
    begins: "$#",
    continues: "$",
    features: CALLS | CAPITAL_TYPES | CONSTANTS | ANNOTATIONS | PATTERNS | COLON_KEYS | ELEMENTS,
    ..SLASHES
};

pub(super) static TYPESCRIPT: Program =
    Program { features: JAVASCRIPT.features & !ELEMENTS, ..TSX };

static TSX: Program = Program {
    keywords: "abstract as asserts async await break case catch const continue debugger declare \
        default delete do else export extends finally for from get global if implements import in \
        infer instanceof is keyof let module of out override private protected public readonly \
        return satisfies set static super switch this throw try typeof unique using var while \
        with yield",
    types: "class enum interface namespace new type",
    known_types: "any bigint boolean never number object string symbol unknown void",
    ..JAVASCRIPT
};

static COFFEE: Program = Program {
    keywords: "and await break by catch continue debugger delete do else extends finally for from \
        if import in instanceof is isnt loop not of or own return super switch then this throw try \
        typeof unless until when while yield",
    types: "class new",
    literals: "false no null off on true undefined yes",
    line: &["#"],
    block: &[Block::new("###", "###")],
    quotes: &[
        Quote::lines("\"\"\"").with_code(&[("#{", "}")]),
        Quote::lines("'''"),
        Quote::line("\"").with_code(&[("#{", "}")]),
        Quote::line("'"),
    ],
    sigils: "@",
    features: CALLS | CAPITAL_TYPES | CONSTANTS | PATTERNS | COLON_KEYS,
    ..Program::PLAIN
};

static PHP: Program = Program {
    keywords: "abstract and as break case catch clone const continue declare default do echo else \
        elseif empty enddeclare endfor endforeach endif endswitch endwhile eval exit extends final \
        finally for foreach global goto if implements include include_once instanceof insteadof \
        isset list match namespace or print private protected public readonly require require_once \
        return static switch throw try unset use var while xor yield",
    functions: "fn function",
    types: "class enum interface new trait",
    known_types: "array bool callable float int iterable mixed never object self string void",
    literals: "FALSE NULL TRUE false null parent true",
    line: &["//", "#"],
    quotes: &[Quote::lines("\"").with_variables(), Quote::lines("'")],
    sigils: "$",
    features: CALLS | CAPITAL_TYPES | CONSTANTS | ATTRIBUTES | CAPITAL_HERE_DOCUMENTS,
    ..SLASHES
};
