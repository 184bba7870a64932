//! Formulas: which text is one, what becomes of it, and what must not.

use render::Document;

use crate::render;

use crate::hostile::check;
use crate::samples::Dice;

fn formulas(text: &str) -> Vec<String> {
    let html = render(text).concat();
    let mut found = vec![];
    for part in html.split("data-tex=\"").skip(1) {
        found.push(part.split('"').next().unwrap().to_owned());
    }
    found
}

#[test]
fn formulas_are_found_and_prices_are_not() {
    for (text, expected) in [
        ("$x$", &["x"][..]),
        ("so $n$ is", &["n"]),
        ("$2^n$", &["2^n"]),
        ("$\\alpha$", &["\\alpha"]),
        ("$O(n \\log n)$", &["O(n \\log n)"]),
        ("$5$", &["5"]),
        ("$3x+1$", &["3x+1"]),
        ("($x$), [$y$], $z$.", &["x", "y", "z"]),
        ("**$x$** and *$y$*", &["x", "y"]),
        ("$a_1$ and $b_1$ and $c_1$", &["a_1", "b_1", "c_1"]),
        ("$a*b*c$", &["a*b*c"]),
        ("$x$-axis and $y$-axis", &["x", "y"]),
        ("$\\text{cost in \\$}$", &["\\text{cost in \\$}"]),
        (
            "a $f(x) = \\begin{cases} 1 & x \\\\ 2 & y \\end{cases}$",
            &["f(x) = \\begin{cases} 1 &amp; x \\\\ 2 &amp; y \\end{cases}"],
        ),
        ("\\(x\\) and \\[y\\]", &["x", "y"]),
        ("\\(a_1 + b_1\\)", &["a_1 + b_1"]),
        ("\\[ x = 1 \\]", &["x = 1"]),
        ("\\[\nx = 1\n\\]", &["x = 1"]),
        ("$$\nx\n= 1\n$$", &["x\n= 1"]),
        ("$$x$$", &["x"]),
        ("so $$x$$ is", &["x"]),
        ("text\n$$\n- a\n+ b\n$$\nmore", &["- a\n+ b"]),
        ("1. item\n   $$\n   a\n   - b\n   $$\n2. item", &["a\n- b"]),
        ("- \\[\n  a\n  \\]\n- b", &["a"]),
        ("> $$\n> a\n> - b\n> $$", &["a\n- b"]),
        ("| $P(A|B)$ | \\(y\\) |\n|---|---|\n| $|x|$ | $z$ |", &["P(A|B)", "y", "|x|", "z"]),
        ("# $x$ title", &["x"]),
        ("- $x$\n- $y$", &["x", "y"]),
        ("the $n$th element, $i$th row, $k$s", &["n", "i", "k"]),
        (
            "the $2^n$th, $(n-1)$st, $5$th and $\\text{last}_i$s",
            &["2^n", "(n-1)", "5", "\\text{last}_i"],
        ),
        ("$n$번째 $x$は $A^*$s", &["n", "x", "A^*"]),
        ("$n$2", &[]),
        ("$n$２", &[]),
        ("US$5", &[]),
        ("$5-$10", &[]),
        ("$3.50–$4, 5$ and 6$", &[]),
        ("from $10k to $20k", &[]),
        ("$10k–$20k or $10k/$AUD", &[]),
        ("$5, 6$US", &[]),
        ("$HOME/$USER:$PATH, $foo$bar", &[]),
        ("$a/$b and $x:$y", &[]),
        ("$5 and $10", &[]),
        ("$5–$10", &[]),
        ("$5/month and 10$/year", &[]),
        ("US$ 5 … US$ 6", &[]),
        ("US$5 and US$6", &[]),
        ("$1,000 to $2,000", &[]),
        ("$HOME and $PATH", &[]),
        ("costs $5. Then x$", &[]),
        ("$5 (or 6$)", &[]),
        ("$20-$30", &[]),
        ("$20-30 per seat, 5$ more", &[]),
        ("between $1.5M and $2M, about 3$ each", &[]),
        ("echo $(date) and $(ls)", &[]),
        ("${HOME}/bin:${PATH}", &[]),
        ("a $ b $ c", &[]),
        ("a$b$c", &[]),
        ("\\$x\\$", &[]),
        ("`$x$` and ``$y$ ` ``", &[]),
        ("$x `code$`", &[]),
        ("```\n$x$ \\(y\\)\n```", &[]),
        ("    $x$", &[]),
        ("$", &[]),
        ("$$", &[]),
        ("$$$x$$$", &[]),
        ("$ x$", &[]),
        ("$x $", &[]),
        ("the $AAPL and the $MSFT tickers", &[]),
        ("\\[1\\] and \\[note\\](x)", &[]),
        ("\\(see below\\)", &[]),
        ("\\\\(x\\\\)", &[]),
        ("win $100 now or get your money back$", &[]),
        ("[a$b](https://x.y/$z$)", &[]),
    ] {
        assert_eq!(formulas(text), expected, "{text}");
    }
}

#[test]
fn formulas_are_typeset() {
    assert_eq!(
        render("a $x^2$ b"),
        [
            "<p dir=\"auto\">a <span class=\"math\" data-tex=\"x^2\"><math><msup><mi>x</mi><mn>2</mn></msup></math></span> b</p>"
        ]
    );
    assert_eq!(
        render("\\[x\\]"),
        [
            "<p dir=\"auto\"><span class=\"math math-block\" data-tex=\"x\"><math display=\"block\"><mi>x</mi></math>\
          <button type=\"button\" class=\"btn btn-quiet\" data-act=\"copy-tex\">Copy LaTeX</button></span></p>"
        ]
    );
    for tex in [
        "\\frac{a}{b} + \\dfrac12",
        "\\sum_{\\substack{i<n\\\\ j<m}} a_{ij}",
        "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
        "\\begin{align} a &= b \\tag{1}\\\\ c &= d \\label{x} \\end{align}",
        "\\begin{split} a &= b \\\\ &= c \\end{split}",
        "\\begin{alignat}{2} a&=b \\end{alignat}",
        "f = \\begin{cases} x & \\text{if $x > 0$ or so} \\\\ 0 & \\text{otherwise} \\end{cases}",
        "\\boxed{x = \\frac{1}{2}} \\tag{7}",
        "\\textcolor{red}{x} \\color{blue} y",
        "\\operatorname{softmax}(z)_i, \\mathbb{R}, \\mathcal{L}, \\bm{x}, \\boldsymbol{\\beta}",
        "\\hat{x} \\bar{y} \\vec{v} \\widehat{abc} \\widetilde{abc} \\overline{AB}",
        "\\left( \\frac{a}{b} \\right)^2 \\left. x \\right|_0",
        "\\underbrace{a+b}_{n} A \\xrightarrow{f} B",
        "\\begin{array}{c|cc} a & b & c \\\\ \\hline d & e & f \\end{array}",
        "\\norm{x} + \\abs{y} \\cancel{z} \\mbox{ab}",
        "\\argmax_x \\binom{n}{k} {n \\choose k} 100\\%",
    ] {
        let html = render(&format!("$${tex}$$")).concat();
        assert!(html.contains("<math display"), "{tex}: {html}");
        check(&html, tex);
    }
}

#[test]
fn what_cannot_be_typeset_is_shown() {
    for (text, source) in [
        ("$\\foo{x}$", "<code class=\"math-source\">$\\foo{x}$</code>"),
        ("\\(\\foo\\)", "<code class=\"math-source\">\\(\\foo\\)</code>"),
        ("$$\\foo < 1$$", "<code class=\"math-source math-block\">$$\\foo &lt; 1$$</code>"),
        ("$\\begin{x}$", "<code class=\"math-source\">$\\begin{x}$</code>"),
        (
            "$x\u{202e}yz$",
            "<code class=\"math-source\">$x<span class=\"hidden-char\">⟦U+202E⟧</span>yz$</code>",
        ),
        (
            "$$\n\\text{a\u{200b}b}\n$$",
            "<code class=\"math-source math-block\">$$\n\\text{a<span class=\"hidden-char\">⟦U+200B⟧</span>b}\n$$</code>",
        ),
        ("```math\nx\u{2066}y\n```", "x<span class=\"hidden-char\">⟦U+2066⟧</span>y"),
    ] {
        let html = render(text).concat();
        assert!(html.contains(source), "{html}");
    }
    let html = render("$$\n- a\n\n- b\n").concat();
    assert!(html.contains("$$\n- a") && html.contains("<li>b"), "{html}");
}

#[test]
fn hostile_formulas_stay_inside_the_list() {
    for tex in [
        "\\href{javascript:alert(1)}{x}",
        "\\url{https://evil.example}",
        "\\includegraphics{https://evil.example/a.png}",
        "\\htmlData{x=y}{z}",
        "\\htmlId{a}{b}",
        "\\class{btn}{x}",
        "\\style{background:url(https://evil.example)}{x}",
        "\\cssId{a}{b}",
        "\\unicode{x202e}",
        "\\require{html}",
        "\\text{<script>alert(1)</script>}",
        "\\text{\"><img src=x onerror=alert(1)>}",
        "\\mathrm{<img src=x onerror=alert(1)>}",
        "x\" onmouseover=\"alert(1)",
        "</math><script>alert(1)</script>",
        "\\operatorname{</mi></math><img src=x onerror=alert(1)>}",
        "\\color{red;background:url(x)}x",
        "\\tag{<b onclick=x>}",
        "\\ref{x}\\eqref{\"><script>}",
        "\\hspace{1em;background:url(x)}",
        "\u{202e}x",
    ] {
        for text in [format!("$${tex}$$"), format!("\\({tex}\\)"), format!("$${tex}")] {
            let html = render(&text).concat();
            check(&html, &text);
            assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
            assert!(!html.contains("href="), "{html}");
        }
    }
}

/// A stack as small as any thread's that renders.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn bombs_are_shown_as_text() {
    on_small_stack(|| {
        let many = |part: &str, count: usize| part.repeat(count);
        for tex in [
            "{".repeat(10_000) + "x" + &"}".repeat(10_000),
            "{".repeat(2_000) + "x" + &"}".repeat(2_000),
            many("\\hat", 1_900),
            many("\\frac1", 1_300),
            many("\\left(", 600) + &many("\\right)", 600),
            many("\\begin{matrix}", 250) + &many("\\end{matrix}", 250),
            many("x^{", 2_000) + &many("}", 2_000),
            many("\\sqrt", 1_600),
            many("\\xrightarrow", 600),
            "\\begin{matrix}".to_owned() + &many("&", 10_000) + "\\end{matrix}",
            "\\def\\x{\\x\\x}\\x".into(),
            "\\newcommand{\\x}{\\x\\x}\\x".into(),
            many("x+", 500_000),
            many("\\boxed{", 1_100) + &many("}", 1_100),
            many("'", 8_000),
        ] {
            let html = render(&format!("$${tex}$$")).concat();
            check(&html, &tex[..40.min(tex.len())]);
            assert!(html.len() < 2_000_000, "{}", html.len());
        }
    });
}

#[test]
fn deepest_formula_fits_a_small_stack() {
    on_small_stack(|| {
        for command in
            ["\\hat", "\\frac1", "\\sqrt", "\\xrightarrow", "\\sum_", "\\mathrel", "\\not"]
        {
            let tex = "{".repeat(100) + &command.repeat(500) + " x" + &"}".repeat(100);
            check(&render(&format!("$${tex}$$")).concat(), command);
        }
    });
}

#[test]
fn half_a_formula_waits_or_shows_its_source() {
    for (half, shown) in [
        ("so $x^2 + ", "so"),
        ("so \\(x", "so"),
        ("so $", "so"),
        ("costs $5", "costs $5"),
        ("the $n", "the"),
        ("the $n$t", "the <span class=\"math\" data-tex=\"n\"><math><mi>n</mi></math></span>t"),
        ("so\n$$", "so"),
        ("so\n$$\na + ", "so\n<code class=\"math-source math-block\">$$\na +</code>"),
        ("\\[\nx\n\\", "<code class=\"math-source math-block\">\\[\nx</code>"),
        ("\\[\nx &= \\", "<code class=\"math-source math-block\">\\[\nx &amp;=</code>"),
        (
            "a $x_1$ b_1 *c",
            "a <span class=\"math\" data-tex=\"x_1\"><math><msub><mi>x</mi><mn>1</mn></msub></math></span> b_1 <em>c</em>",
        ),
    ] {
        let mut document = Document::new(&crate::blocks::WORDS);
        document.push(half);
        assert_eq!(document.blocks(), [format!("<p dir=\"auto\">{shown}</p>")], "{half}");
    }
}

#[test]
fn no_end_is_seen_that_nobody_wrote() {
    let many = format!("> {}", "*a* ".repeat(10_000));
    for (before, margin) in [("    a\n    ", "    "), (&many, "> ")] {
        for (open, close) in [("$$", "$$"), ("\\[", "\\]")] {
            let mut document = Document::new(&crate::blocks::WORDS);
            document.push(&format!("{before}{open}\n{margin}x = 1"));
            let shown = document.blocks().concat();
            assert!(shown.contains(open) && shown.contains("x = 1"), "{shown}");
            assert!(shown.matches(open).count() == 1, "{shown}");
            assert!(open == close || !shown.contains(close), "{shown}");
            assert!(!shown.contains('\u{fded}'), "{shown}");
        }
    }
}

/// Where a formula is does not change how it comes: what an item or a quote shows is what the same text shows outside.
#[test]
fn half_a_formula_looks_the_same_in_items_and_quotes() {
    fn shown(text: &str) -> String {
        let mut document = Document::new(&crate::blocks::WORDS);
        document.push(text);
        document.blocks().concat()
    }
    for formula in
        ["\\[\ny_1\n\\]", "\\[ y_1 \\]", "$$x^2$$", "$$\n- x\n$$", "$x^2$ a", "a\n$$\nx\n$$"]
    {
        for (first, other) in [("- ", "  "), ("1. ", "   "), ("> ", "> ")] {
            for (at, character) in formula.char_indices() {
                let half = &formula[..at + character.len_utf8()];
                let outside = shown(half);
                let inside = shown(&[first, &half.replace('\n', &["\n", other].concat())].concat());
                let content = outside.replace("<p dir=\"auto\">", "").replace("</p>", "");
                let expected = match first {
                    _ if content.is_empty() => String::new(),
                    "- " => format!("<ul dir=\"auto\"><li>{content}</li></ul>"),
                    "1. " => format!("<ol dir=\"auto\"><li>{content}</li></ol>"),
                    _ => format!("<blockquote dir=\"auto\">{outside}</blockquote>"),
                };
                assert_eq!(inside, expected, "{first}{half:?}");
            }
        }
    }
}

#[test]
fn any_formula_stays_inside_the_list() {
    const PARTS: [&str; 44] = [
        "\\frac",
        "\\sqrt",
        "[3]",
        "\\left(",
        "\\right)",
        "\\begin{matrix}",
        "\\end{matrix}",
        "&",
        "\\\\",
        "\\begin{cases}",
        "\\end{cases}",
        "\\begin{array}{c|c}",
        "\\end{array}",
        "\\hline",
        "^",
        "_",
        "{",
        "}",
        "x",
        "12",
        "+",
        "=",
        "<",
        ">",
        "\\text{a b}",
        "\\text{",
        "\\mathbb",
        "\\hat",
        "\\sum",
        "\\int",
        "\\limits",
        "\\tag{1}",
        "\\boxed{",
        "\\operatorname{a}",
        "\\not",
        "'",
        "\\color{red}",
        "\\middle|",
        "\\xrightarrow",
        "\\over",
        "é漢",
        "\\ ",
        "\\substack{",
        "\\cancel",
    ];
    let mut dice = Dice(11);
    for _ in 0..2000 {
        let count = 1 + dice.below(24);
        let tex: String = (0..count).map(|_| PARTS[dice.below(PARTS.len())]).collect();
        check(&render(&format!("$${tex}$$")).concat(), &tex);
    }
}

#[test]
fn finished_fence_of_a_formula_is_typeset() {
    for text in [
        "```math\n\\frac{a}{b}\n```\n",
        "~~~ Math\n\\frac{a}{b}\n~~~\n",
        "```m&#97;th\n\\frac{a}{b}\n```\n",
    ] {
        assert_eq!(render(text), render("$$\n\\frac{a}{b}\n$$\n"), "{text}");
        let mut document = Document::new(&crate::blocks::WORDS);
        for (at, character) in text.char_indices() {
            document.push(&text[at..at + character.len_utf8()]);
            document.blocks();
        }
        document.finish();
        assert_eq!(document.blocks(), render(text), "{text}");
    }
    for text in
        ["```math\n\\frac{a", "```math\n\\nothing{\n```\n", "```math\n```\n", "```maths\na\n```\n"]
    {
        let html = render(text).concat();
        assert!(html.contains("<figure class=\"code\""), "{text}: {html}");
    }
}
