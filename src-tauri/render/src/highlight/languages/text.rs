//! Text that is not a program.

use crate::highlight::markup::Markup;
use crate::highlight::program::*;
use crate::highlight::{Language, Syntax};

pub(super) static LANGUAGES: [Language; 20] = [
    Language::new("", "plaintext txt text plain", Syntax::Plain),
    Language::new("Markdown", "markdown md mkd mdx rmd qmd", Syntax::Markdown),
    Language::new(
        "HTML",
        "html htm xhtml jinja jinja2 j2 django handlebars hbs mustache ejs erb liquid twig",
        Syntax::Markup(&HTML),
    ),
    Language::new(
        "XML",
        "xml svg xsl xslt xsd wsdl rss atom plist xaml csproj pom kml",
        Syntax::Markup(&XML),
    ),
    Language::new("Vue", "vue", Syntax::Markup(&HTML)),
    Language::new("Svelte", "svelte", Syntax::Markup(&HTML)),
    Language::new("Astro", "astro", Syntax::Markup(&HTML)),
    Language::new("PHP", "php php5 php7 php8 phtml", Syntax::Markup(&PHP)),
    Language::new("YAML", "yaml yml compose ansible", Syntax::Yaml),
    Language::new(
        "INI",
        "ini cfg conf config properties dotenv env editorconfig systemd service gitconfig desktop npmrc",
        Syntax::Settings,
    ),
    Language::new("Makefile", "makefile make mk gnumake justfile just", Syntax::Makefile),
    Language::new(
        "Shell session",
        "console shellsession shell-session terminal sh-session bash-session",
        Syntax::Session,
    ),
    Language::new("HTTP", "http https rest", Syntax::Http),
    Language::new("Log", "log logs", Syntax::Log),
    Language::new("Mermaid", "mermaid", Syntax::Plain),
    Language::new("Diff", "diff patch udiff", Syntax::Diff),
    Language::program("LaTeX", "latex tex sty cls", &LATEX),
    Language::program("BibTeX", "bibtex bib biblatex", &BIBTEX),
    Language::program("Typst", "typst typ", &TYPST),
    // Close enough: its lists, its emphasis and its code are written in the same way.
    Language::new("reStructuredText", "rst restructuredtext", Syntax::Markdown),
];

static LATEX: Program = Program { line: &["%"], features: BACKSLASH_WORDS, ..Program::PLAIN };

static BIBTEX: Program =
    Program { features: ANNOTATIONS | EQUAL_KEYS | BACKSLASH_WORDS, ..Program::PLAIN };

/// Its words mean something behind their sign only: everything else is prose.
static TYPST: Program = Program {
    keywords: "#break #context #continue #else #for #if #import #include #let #return #set #show \
        #while",
    line: &["//"],
    block: &[Block::new("/*", "*/")],
    quotes: &[Quote::line("\"")],
    begins: "#",
    continues: "-",
    features: CALLS | NESTED_COMMENTS,
    ..Program::PLAIN
};

static HTML: Markup = Markup { embeds: true, starts_in_php: false };

static XML: Markup = Markup { embeds: false, starts_in_php: false };

static PHP: Markup = Markup { embeds: true, starts_in_php: true };
