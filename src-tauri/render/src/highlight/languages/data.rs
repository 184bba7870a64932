//! Data, schemas and queries.

use super::c::SLASHES;
use crate::highlight::Language;
use crate::highlight::paint::Class;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 15] = [
    Language::program("JSON", "json jsonl ndjson geojson webmanifest ipynb", &JSON),
    Language::program("JSON with comments", "jsonc json5 hjson", &JSON),
    Language::program("TOML", "toml lock", &TOML),
    Language::program(
        "SQL",
        "sql mysql sqlite postgresql postgres pgsql plpgsql tsql plsql psql mssql mariadb duckdb bigquery",
        &SQL,
    ),
    Language::program("GraphQL", "graphql gql graphqls", &GRAPHQL),
    Language::program("Protocol Buffers", "protobuf proto proto3", &PROTOBUF),
    Language::program("Thrift", "thrift", &PROTOBUF),
    Language::program("HCL", "hcl terraform tf tfvars", &HCL),
    Language::program("Nix", "nix", &NIX),
    Language::program("Bicep", "bicep", &BICEP),
    Language::program("Cypher", "cypher cql", &CYPHER),
    Language::program("SPARQL", "sparql rq turtle ttl", &SPARQL),
    Language::program("CSV", "csv tsv", &CSV),
    Language::program("Prisma", "prisma", &PRISMA),
    Language::program("Graphviz", "dot graphviz gv", &DOT),
];

static JSON: Program = Program {
    literals: "Infinity NaN false null true",
    quotes: &[Quote::line("\""), Quote::line("'")],
    continues: "$-",
    features: COLON_KEYS,
    ..SLASHES
};

static TOML: Program = Program {
    literals: "false inf nan true",
    line: &["#"],
    quotes: &[
        Quote::lines("\"\"\""),
        Quote::raw("'''", "'''"),
        Quote::line("\""),
        Quote { escape: 0, ..Quote::line("'") },
    ],
    continues: "-.:",
    features: EQUAL_KEYS | SECTIONS,
    ..Program::PLAIN
};

static SQL: Program = Program {
    keywords: "add after all alter analyze and any as asc attach autoincrement before begin \
        between both by cascade case cast check cluster collate column comment commit concurrently \
        conflict constraint create cross cube current cursor database declare default deferrable \
        delete desc describe distinct do drop each else elsif end escape except exclude execute \
        exists explain extension fetch filter first following for foreign from full function \
        global grant group grouping having if ignore ilike in index inner insert instead intersect \
        into is isnull join key language last lateral leading left like limit local lock loop \
        materialized merge natural next no not nothing notnull nulls of offset on only or order \
        outer over partition plan pragma preceding prepare primary procedure range recursive \
        references reindex release rename replace restrict return returning returns revoke right \
        rollback rollup row rows savepoint schema select sequence session set similar some start \
        table temp temporary then ties to trailing transaction trigger truncate type unbounded \
        union unique unlogged update upsert use using vacuum values view virtual when where while \
        window with within without",
    known_types: "array bigint bigserial binary bit blob bool boolean bytea char character clob \
        date datetime decimal double enum float inet int int2 int4 int8 integer interval json \
        jsonb long longtext mediumtext money nchar numeric nvarchar precision real serial \
        smallint smallserial text time timestamp timestamptz timetz tinyint tinytext unsigned uuid \
        varbinary varchar varying xml",
    literals: "current_date current_time current_timestamp false null true unknown",
    line: &["--"],
    block: &[Block::new("/*", "*/")],
    quotes: &[
        Quote { lines: true, ..Quote::doubled("'") },
        Quote::doubled("\""),
        Quote::doubled("`"),
    ],
    prefixes: "e b x n",
    sigils: "@",
    features: ANY_CASE | CALLS | CAPITAL_CALLS | DOLLAR_STRINGS,
    ..Program::PLAIN
};

static GRAPHQL: Program = Program {
    keywords: "directive extend implements on query mutation repeatable schema subscription",
    functions: "fragment",
    types: "enum input interface scalar type union",
    known_types: "Boolean Float ID Int String",
    literals: "false null true",
    line: &["#"],
    quotes: &[Quote::lines("\"\"\""), Quote::line("\"")],
    sigils: "$",
    features: CALLS | CAPITAL_TYPES | ANNOTATIONS | COLON_KEYS,
    ..Program::PLAIN
};

static PROTOBUF: Program = Program {
    keywords: "extend extensions import include map max namespace oneof option optional package \
        public repeated required reserved returns stream syntax throws to void",
    functions: "rpc",
    types: "enum exception message service struct typedef union",
    known_types: "binary bool bytes double fixed32 fixed64 float i16 i32 i64 i8 int32 int64 list \
        set sfixed32 sfixed64 sint32 sint64 string uint32 uint64",
    literals: "false true",
    quotes: &[Quote::line("\""), Quote::line("'")],
    features: CAPITAL_TYPES | CONSTANTS,
    ..SLASHES
};

static HCL: Program = Program {
    keywords: "else endfor endif for if in",
    known_types: "any bool list map number object set string tuple",
    literals: "false null true",
    line: &["#", "//"],
    quotes: &[Quote::line("\"").with_code(&[("${", "}")])],
    continues: "-",
    command: Some(Class::Keyword),
    features: CALLS | EQUAL_KEYS | LINE_COMMANDS | HERE_DOCUMENTS,
    ..SLASHES
};

static NIX: Program = Program {
    keywords: "assert else if in inherit let or rec then with",
    known_functions: "abort builtins derivation fetchTarball import map throw toString",
    literals: "false null true",
    line: &["#"],
    quotes: &[
        Quote { open: "''", close: "''", escape: 0, ..Quote::lines("''") }
            .with_code(&[("${", "}")]),
        Quote::lines("\"").with_code(&[("${", "}")]),
    ],
    continues: "-'.",
    features: EQUAL_KEYS,
    ..SLASHES
};

static BICEP: Program = Program {
    keywords: "as existing for func if import in metadata module output param resource targetScope \
        type using var",
    known_types: "array bool int object string",
    literals: "false null true",
    quotes: &[Quote::raw("'''", "'''"), Quote::line("'").with_code(&[("${", "}")])],
    features: CALLS | COLON_KEYS | ANNOTATIONS,
    ..SLASHES
};

static CYPHER: Program = Program {
    keywords: "and as asc by call case contains create delete desc detach distinct else end ends \
        exists foreach in is limit load match merge not on optional or order remove return set \
        skip starts then union unwind using when where with xor yield",
    literals: "false null true",
    quotes: &[Quote::line("\""), Quote::line("'")],
    sigils: "$",
    features: ANY_CASE | CALLS | SYMBOLS,
    ..SLASHES
};

static SPARQL: Program = Program {
    keywords: "a as asc ask base bind by clear construct data delete desc describe distinct drop \
        exists filter from graph group having in insert limit minus named not offset optional \
        order prefix reduced select service union using values where with",
    literals: "false true",
    line: &["#"],
    quotes: &[Quote::lines("\"\"\""), Quote::line("\""), Quote::line("'")],
    sigils: "?$",
    features: ANY_CASE | CALLS | SPACED_COMMENTS,
    ..Program::PLAIN
};

static CSV: Program = Program {
    quotes: &[Quote { lines: true, ..Quote::doubled("\"") }],
    continues: "-.:/@",
    features: 0,
    ..Program::PLAIN
};

static PRISMA: Program = Program {
    types: "datasource enum generator model type view",
    known_types: "BigInt Boolean Bytes DateTime Decimal Float Int Json String",
    literals: "false null true",
    quotes: &[Quote::line("\"")],
    features: CALLS | CAPITAL_TYPES | ANNOTATIONS | EQUAL_KEYS,
    ..SLASHES
};

static DOT: Program = Program {
    keywords: "edge node strict",
    types: "digraph graph subgraph",
    line: &["//", "#"],
    quotes: &[Quote::lines("\"")],
    features: EQUAL_KEYS,
    ..SLASHES
};
