//! Diagrams: what is drawn, what stays code, and what must not cost more than it may.

use std::time::Duration;

use render::Document;

use crate::render;

use crate::hostile::check;
use crate::receiver::Receiver;
use crate::spent::spent;

fn block(source: &str) -> String {
    let blocks = render(&format!("```mermaid\n{source}\n```\n"));
    assert_eq!(blocks.len(), 1, "{source}");
    blocks.concat()
}

/// One of each kind that is drawn.
const DRAWN: [&str; 6] = [
    "flowchart TD\n  A[Start] --> B{Key?}\n  B -->|Yes| C[Sign]\n  B -->|No| D((Stop))\n  subgraph Native\n  C --> F[(Store)]\n  end",
    "graph LR; A-->B; B-->C",
    "sequenceDiagram\n  participant U as User\n  U->>S: ask\n  S-->>U: answer\n  Note over U,S: all over TLS",
    "classDiagram\n  Animal <|-- Duck\n  Animal : +int age\n  class Duck{\n    +swim()\n  }",
    "stateDiagram-v2\n  [*] --> Idle\n  Idle --> Running : start\n  Running --> [*]",
    "pie title Pets\n  \"Dogs\" : 3\n  \"Cats\" : 2",
];

#[test]
fn diagrams_are_drawn() {
    for source in DRAWN {
        let html = block(source);
        check(&html, source);
        assert!(
            html.starts_with("<figure class=\"diagram\" aria-label=\"Mermaid diagram\">"),
            "{source}: {html}"
        );
        assert_eq!(html.matches("src=\"data:image/svg+xml;base64,").count(), 2, "{source}");
        assert!(html.contains("</div><pre tabindex=\"0\"><code>"), "{source}");
    }
}

#[test]
fn every_colour_is_of_the_page() {
    const COMPOSITE: &str = "stateDiagram-v2\n  [*] --> Still\n  state Moving {\n    [*] --> Slow\n    Slow --> Fast\n  }\n  Still --> Moving";
    const FRAME: &str =
        "sequenceDiagram\n  A->>+B: x\n  alt good\n  B-->>A: y\n  else bad\n  B-->>-A: z\n  end";
    for source in DRAWN.into_iter().chain([COMPOSITE, FRAME]) {
        let html = block(source);
        assert_eq!(html.matches("base64,").count(), 2, "{source}");
        for picture in html.split("base64,").skip(1) {
            let svg = decoded(picture.split('"').next().unwrap());
            for name in ["fill=\"", "stroke=\""] {
                for colour in svg.split(name).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                    assert!(colour == "none" || colour.starts_with('#'), "{colour} in {source}");
                    assert!(!colour.starts_with("#fe01"), "{colour} in {source}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_drawn_stays_code() {
    for source in [
        "",
        "hello",
        "mindmap\n  root((a))\n    b",
        "gitGraph\n  commit",
        "erDiagram\n  A {\n    string name\n  }",
        "erDiagram\n  CUSTOMER ||--o{ ORDER : places",
        "gantt\n  Sketch :a1, 2026-01-01, 10d",
        "flowchart TD\n  A@{ img: \"https://evil.example/a.png\" }",
        "---\nconfig:\n  theme: dark\ntitle: x\n---\nflowchart TD\n  A-->B",
        "---\nconfig:\n  theme: dark\nflowchart TD\n  A-->B",
        "---\ntitle: x\n---\nflowchart TD\n  A-->B",
        "sequenceDiagram\n  A->>B: a\n  A-xB: b",
        "sequenceDiagram\n  A->>B: a\n  B--xA: a",
        "sequenceDiagram\n  A->>B: a\n  alt x\n  A-)B: b\n  else y\n  B--)A: b\n  end",
        "sequenceDiagram\n  A->>B: a\n  A<<->>B: a",
        "sequenceDiagram\n  A-->>B: a->>+c",
        "sequenceDiagram\n  title: T\n  A->>B: a",
        "sequenceDiagram\n  rect rgb(1, 2, 3)\n  A->>B: a\n  end",
        "sequenceDiagram\n  loop x\n  A->>B: a\n  end\n  Note over A,B: n",
        "sequenceDiagram\n  A->>B: a\n  Note over A,B: n\n  alt x\n  A->>B: a\n  end",
        "sequenceDiagram\n  alt x\n  A->>B: a\n  else y\n  Note over A: n\n  B->>A: a\n  end",
        "sequenceDiagram\n  A->>B: a #quot;b#quot;",
        "sequenceDiagram\n  A->>S: a\n  S->>S: b",
        "sequenceDiagram\n  A->>+S: a\n  S->>S: b\n  deactivate S",
        "sequenceDiagram\n  A->>S: a\n  S->>S: b\n  Note over S: n\n  A->>S: c",
        "sequenceDiagram\n  A->>S: a\n  loop l\n  S->>S: b\n  end\n  A->>S: c",
        "sequenceDiagram\n  alt l\n  S->>S: b\n  else m\n  A->>S: a\n  end",
        "classDiagram\n  class A~T~\n  A --> B",
        "classDiagram\n  A~T~ <|-- B",
        "flowchart TD\n  A[\"<b>Bold</b>\"] --> B",
        "flowchart TD\n  A[\"a &lt; b\"] --> B",
        "flowchart TD\n  A[\"`**a**`\"] --> B",
        "stateDiagram-v2\n  A --> B : <span class=\"x\">a</span>",
        "classDiagram\n  class Duck{ +String beak\n    +swim()\n  }",
        "classDiagram\n  A <|-- B\n  note \"n\"",
        "classDiagram\n  A <|-- B\n  note for A \"A B\"",
        "classDiagram\n  A <|-- B\n  namespace A {\n    class C\n  }",
        "classDiagram\n  A <|-- B\n  class C[\"Label\"]",
        "stateDiagram-v2\n  A --> B\n  note right of A\n    A B\n  end note",
        "flowchart TD\n  my-node --> B",
        "flowchart TD\n  A[one\n  two] --> B",
        "flowchart TD\n  A[\"a #quot;b\"] --> B",
    ] {
        let html = block(source);
        check(&html, source);
        assert!(
            html.contains("</figcaption><p class=\"code-note\">This diagram can’t be drawn"),
            "{source}: {html}"
        );
    }
}

#[test]
fn hidden_characters_are_named_and_not_drawn() {
    for (source, named) in [
        ("flowchart LR\n A[\"x\u{200b}by \u{202e}abc\"]-->B", &["U+200B", "U+202E"][..]),
        ("sequenceDiagram\n A->>B: a\u{2066}b", &["U+2066"]),
        ("classDiagram\n A <|-- B\u{ad}C", &["U+00AD"]),
        ("pie\n \"a\u{e0041}\" : 1", &["U+E0041"]),
        ("graph LR\n %% \u{202d}\n A-->B", &["U+202D"]),
    ] {
        let html = block(source);
        assert!(html.contains("<p class=\"code-note\">This diagram can’t"), "{html}");
        for name in named {
            assert!(
                html.contains(&format!("<span class=\"hidden-char\">⟦{name}⟧</span>")),
                "{html}"
            );
        }
    }
    let joined = "flowchart LR\n A[\"👩\u{200d}💻 می\u{200c}خواهم\"] --> B";
    assert!(block(joined).contains("base64,"));
}

#[test]
fn all_of_the_source_is_drawn() {
    for (source, expected) in [
        ("flowchart LR\n A --text--> C{{Hex}}", &["text", "A", "Hex"][..]),
        ("flowchart LR\n A -- text --> B{{Hex}}", &["text", "A", "Hex"]),
        ("flowchart LR\n A -. text .-> B -.dots.-> C", &["text", "dots", "A", "B", "C"]),
        ("flowchart LR\n A == text ==> B ==two words==> C", &["text", "two words", "A", "B", "C"]),
        ("flowchart LR\n A -->|x| B -->|\"y\"| C", &["x", "y", "A", "B", "C"]),
        ("flowchart LR\n A -- x --> B --> C & D", &["x", "A", "B", "C", "D"]),
        ("---\nconfig:\n  theme: dark\n---\ngraph LR\n A --> B", &["A", "B"]),
        ("graph LR; A[Don't] --> B[\"won't; x\"]", &["Don’t", "won’t; x"]),
        ("flowchart LR\n A o--o B\n B <-- both --> C\n C --x A", &["both", "A", "B", "C"]),
        (
            "sequenceDiagram\n A->>+B: x\n B-->>-A: y\n A->>B: it's z",
            &["x", "y", "it’s z", "A", "B", "A", "B"],
        ),
        (
            "sequenceDiagram\n Note over A: n\n A->>B: x\n loop l\n B->>A: y\n Note over A: m\n end\n A->>B: z",
            &["loop", "[l]", "n", "m", "x", "y", "z", "A", "B", "A", "B"],
        ),
        (
            "sequenceDiagram\n A->>S: a\n S->>S: b\n S->>S: c\n loop l\n S->>A: d\n end",
            &["a", "b", "c", "d", "loop", "[l]", "A", "A", "S", "S"],
        ),
        (
            "flowchart LR\n A[\"a < b<br/>List<User>\"] --> B & C;",
            &["a &lt; b", "List&lt;User&gt;", "B", "C"],
        ),
        (
            "classDiagram\n class A {\n  List~int~ b\n  ~c() int\n }",
            &["A", "List~int~ b", "~c() : int"],
        ),
        ("classDiagram\n class Duck { +swim() }\n Duck --> A : x", &["x", "A", "Duck", "+swim()"]),
    ] {
        assert_eq!(texts(source), sorted(expected), "{source}");
    }
}

#[test]
fn activations_do_not_run_to_the_foot() {
    let plain = "sequenceDiagram\n  A->>B: x\n  B-->>A: y\n  A->>B: z";
    let active = "sequenceDiagram\n  A->>+B: x\n  B-->>-A: y\n  A->>B: z";
    let drawing = |source: &str| block(source).split("<pre").next().map(str::to_owned);
    assert_eq!(drawing(active), drawing(plain));
}

fn sorted(texts: &[&str]) -> Vec<String> {
    let mut texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
    texts.sort();
    texts
}

/// The texts of a drawing, sorted; those of several lines line by line.
fn texts(source: &str) -> Vec<String> {
    let html = block(source);
    let picture = html.split("base64,").nth(1).expect(source);
    let svg = decoded(picture.split('"').next().unwrap());
    let text = svg.split("<text").skip(1).flat_map(|text| {
        let text = text.split("</text>").next().unwrap();
        text.split('<').map(|piece| piece.split_once('>').unwrap().1)
    });
    sorted(&text.filter(|text| !text.is_empty()).collect::<Vec<_>>())
}

#[test]
fn only_a_finished_fence_is_a_diagram() {
    let text = "```mermaid\ngraph LR\n A-->B\n```\nafter";
    let mut document = Document::new(&crate::blocks::WORDS);
    for (at, character) in text.char_indices() {
        document.push(&text[at..at + character.len_utf8()]);
        let is_drawn = document.blocks().concat().contains("<img");
        assert_eq!(is_drawn, text[..=at].contains("```\n") && at > 15, "{}", &text[..=at]);
    }
    document.finish();
    assert_eq!(document.blocks(), render(text));
    assert!(!render("```mermaid\ngraph LR\n A-->B").concat().contains("<img"));
}

/// In each kind of container, with what follows it.
const INSIDE: [(&str, &str); 8] = [
    ("- ", "- b\n"),
    ("- a\n\n  ", "\n  c\n\nd\n"),
    ("1. a\n   - [ ] b\n\n     ", "2. c\n"),
    ("> ", "> b\n"),
    ("> - a\n>\n>   ", "\nb\n"),
    ("> [!NOTE]\n> ", "> b\n\nc\n"),
    ("[^1]: a\n\n    ", "\nb[^1]\n"),
    ("- > ", "\n***\n"),
];

/// A text with a code block in a container; its other lines have what the first one has, as a margin.
fn inside((before, after): (&str, &str), fence: &str) -> String {
    let first = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let margin: String = first.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
    let lines: Vec<String> = fence.lines().map(|line| format!("{margin}{line}\n")).collect();
    [before, &lines.concat()[margin.len()..], after].concat()
}

#[test]
fn diagrams_inside_other_blocks_are_drawn() {
    for container in INSIDE {
        let text = inside(container, "```mermaid\ngraph LR\n A[a] --> B\n```");
        let html = render(&text).concat();
        check(&html, &text);
        assert_eq!(html.matches("<figure class=\"diagram\"").count(), 1, "{text}");
        assert_eq!(html.matches("base64,").count(), 2, "{text}");
        assert!(!html.contains('\u{fdec}'), "{text}");

        let refused = render(&inside(container, "```mermaid\nhello\n```")).concat();
        assert!(refused.contains("<p class=\"code-note\">This diagram can’t"), "{refused}");

        let formula = render(&inside(container, "```math\nx\n```")).concat();
        assert!(formula.contains("<span class=\"math math-block\" data-tex=\"x\">"), "{formula}");
    }
    let open = render("- ```mermaid\n  graph LR\n   A-->B\n\nafter").concat();
    assert!(open.contains("<figure class=\"code\"") && !open.contains("<img"), "{open}");
}

#[test]
fn diagrams_inside_other_blocks_are_code_while_these_are_written() {
    for container in INSIDE {
        let text = inside(container, "```mermaid\ngraph LR\n A[a] --> B\n```");
        let closed = text.find("B\n").unwrap();
        let mut document = Document::new(&crate::blocks::WORDS);
        for (at, character) in text.char_indices() {
            document.push(&text[at..at + character.len_utf8()]);
            let shown = document.blocks().concat();
            assert!(at > closed || !shown.contains("<img"), "{}", &text[..=at]);
        }
        document.finish();
        assert_eq!(document.blocks(), render(&text));
    }
}

#[test]
fn a_long_list_or_quote_draws_what_is_finished_in_it_once() {
    let item = inside(("- a\n\n  ", ""), "```mermaid\ngraph LR\n A --> B\n```");
    let words = "  words and words\n\n".repeat(40);
    let quote = item.replace('\n', "\n> ");
    for text in [
        format!("{item}- b\n").repeat(20) + "- last",
        format!("- first\n{}{words}", item[4..].replacen('\n', "\n\n", 1)).repeat(9),
        format!("> {quote}\n> {}", words.replace('\n', "\n> ")).repeat(9),
    ] {
        let mut document = Document::new(&crate::blocks::WORDS);
        let mut receiver = Receiver::default();
        let mut drawn = false;
        for piece in text.as_bytes().chunks(50) {
            document.push(std::str::from_utf8(piece).unwrap());
            document.take_patch().into_iter().for_each(|patch| receiver.apply(patch));
            drawn |= receiver.blocks.concat().contains("<img");
            assert!(!receiver.line().contains("<img"), "in what is sent again: {text}");
        }
        assert!(drawn, "before its end: {text}");
        document.finish();
        document.take_patch().into_iter().for_each(|patch| receiver.apply(patch));
        assert_eq!(receiver.blocks, render(&text));
        let html: usize = receiver.blocks.iter().map(String::len).sum();
        assert!(receiver.bytes < 12 * html, "{} bytes sent for {html}", receiver.bytes);
    }
}

#[test]
fn nothing_stands_in_for_a_diagram_but_ours() {
    for forged in ["&#xfdec;", "[a](https://b.c/&#xfdec;)", "![&#xfdec;](https://b.c/d.png)"] {
        let text = format!("> {forged}\n>\n> ```mermaid\n> graph LR\n>  A-->B\n> ```\n");
        let html = render(&text).concat();
        check(&html, &text);
        let (before, after) = html.split_once("<figure").unwrap();
        assert!(!before.contains("<img class=\"on-"), "{html}");
        assert!(after.contains("graph LR") || after.contains("base64,"), "{html}");
    }
}

#[test]
fn hostile_diagrams_are_inert() {
    for line in [
        "A[\"<script>alert(1)</script>\"] --> B",
        "A[\"<img src=x onerror=alert(1)>\"] --> B",
        "A --> B\n click A \"javascript:alert(1)\"",
        "A --> B\n click A href \"https://evil.example\" _blank",
        "A --> B\n click A call alert()",
        "A:::x --> B\n classDef x fill:url(https://evil.example)",
        "A --> B\n style A fill:url(https://evil.example),stroke:\"/><script>",
        "A --> B\n linkStyle 0 stroke:url(https://evil.example)",
        "%%{init: {\"themeCSS\": \"* { background: url(https://evil.example) }\"}}%%\nA --> B",
        "%%{init: {\"fontFamily\": \"\\\"><script>\"}}%%\nA --> B",
        "A[\"`**x** <foreignObject>`\"] --> B[\"</text></svg><script>\"]",
        "A[\"&lt;script&gt; &#60;script&#62; ]]>\"] --> B",
        "A[\"<foreignObject> ]]> <image href='x'>\"] --> B",
        "A[fa:fa-x <iframe src=https://evil.example>] --> B",
    ] {
        let source = format!("flowchart LR\n{line}");
        let html = block(&source);
        check(&html, &source);
        for picture in html.split("base64,").skip(1) {
            let svg = decoded(picture.split('"').next().unwrap());
            let tags: String = svg.split('<').map(|tag| tag.split('>').next().unwrap()).collect();
            for bad in ["script", "evil", "foreignObject", "href", "onerror", "iframe", "<img"] {
                assert!(!tags.contains(bad), "{bad} in {svg}");
            }
        }
    }
}

fn decoded(text: &str) -> String {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = vec![];
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = chunk.iter().fold(0_u32, |bits, &letter| bits << 6 | u32::from(value(letter)));
        let bits = bits << (6 * (4 - chunk.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..chunk.len()]);
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn bombs_stay_code() {
    let many = |line: &str, count: usize| line.repeat(count);
    let numbered =
        |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let bombs = [
        format!("flowchart LR\n{}", numbered(10_000, &|n| format!("A{n} --> A{}\n", n + 1))),
        format!("flowchart LR\n{}", many("A --> B\n", 10_000)),
        format!("flowchart LR\n{}", many("A --> B\n", 150)),
        format!("flowchart LR\nA{}", many(" --> B", 80)),
        format!(
            "flowchart LR\n{}",
            many("A & B & C & D & E & F & G & H --> I & J & K & L & M & N & O & P\n", 9)
        ),
        format!(
            "flowchart LR\n{}{}",
            numbered(90, &|n| format!("subgraph s{n}\n")),
            many("end\n", 90)
        ),
        format!("flowchart LR\nA[{}] --> B", many("word ", 200_000)),
        format!("sequenceDiagram\n{}", many("A->>B: x\n", 190)),
        format!("sequenceDiagram\n{}", many("loop a\n", 190)),
        format!("classDiagram\n{}", numbered(150, &|n| format!("A{n} <|-- A{}\n", n + 1))),
        format!("stateDiagram-v2\n{}", many("state A {\n", 190)),
        format!("pie\n{}", numbered(190, &|n| format!("\"a{n}\" : {n}\n"))),
    ];
    for source in bombs {
        let start = spent();
        let html = block(&source);
        check(&html, "bomb");
        let is_framed = source.contains("loop");
        let note =
            if is_framed { "This diagram can’t be drawn" } else { "This diagram is too large" };
        assert!(html.contains(&format!("<p class=\"code-note\">{note}")), "{}", &source[..60]);
        assert!(spent() - start < Duration::from_secs(10));
    }
}

#[test]
fn odd_numbers_are_bounded() {
    for source in [
        "gantt\n  dateFormat YYYY-MM-DD\n  A :a, 0001-01-01, 9999-12-31\n  B :after a, 99999999999d",
        "pie\n  \"a\" : 1e308\n  \"b\" : -1\n  \"c\" : NaN",
        "gantt\n  dateFormat YYYY-MM-DD\n  A :a, 2026-99-99, -5d",
        "sequenceDiagram\n  autonumber 99999999999999999999\n  A->>B: x",
    ] {
        let html = block(source);
        check(&html, source);
        assert!(html.len() < 1_000_000, "{source}");
    }
}
