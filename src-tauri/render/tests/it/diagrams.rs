//! Diagrams: what is drawn, what stays code, and what must not cost more than it may.

use std::time::{Duration, Instant};

use render::{Document, render};

use crate::hostile::check;

fn block(source: &str) -> String {
    let blocks = render(&format!("```mermaid\n{source}\n```\n"));
    assert_eq!(blocks.len(), 1, "{source}");
    blocks.concat()
}

/// One of each kind that is drawn.
const DRAWN: [&str; 7] = [
    "flowchart TD\n  A[Start] --> B{Key?}\n  B -->|Yes| C[Sign]\n  B -->|No| D((Stop))\n  subgraph Native\n  C --> F[(Store)]\n  end",
    "graph LR; A-->B; B-->C",
    "sequenceDiagram\n  participant U as User\n  U->>S: ask\n  S-->>U: answer\n  Note over U,S: all over TLS",
    "classDiagram\n  Animal <|-- Duck\n  Animal : +int age\n  class Duck{\n    +swim()\n  }",
    "stateDiagram-v2\n  [*] --> Idle\n  Idle --> Running : start\n  Running --> [*]",
    "erDiagram\n  CUSTOMER ||--o{ ORDER : places",
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
        "gantt\n  Sketch :a1, 2026-01-01, 10d",
        "flowchart TD\n  A@{ img: \"https://evil.example/a.png\" }",
        "---\ntitle: x\n---\nflowchart TD\n  A-->B",
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
fn only_a_finished_fence_is_a_diagram() {
    let text = "```mermaid\ngraph LR\n A-->B\n```\nafter";
    let mut document = Document::new();
    for (at, character) in text.char_indices() {
        document.push(&text[at..at + character.len_utf8()]);
        let is_drawn = document.blocks().concat().contains("<img");
        assert_eq!(is_drawn, text[..=at].contains("```\n") && at > 15, "{}", &text[..=at]);
    }
    document.finish();
    assert_eq!(document.blocks(), render(text));
    assert!(!render("```mermaid\ngraph LR\n A-->B").concat().contains("<img"));
    assert!(!render("- ```mermaid\n  graph LR\n   A-->B\n  ```").concat().contains("<img"));
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
        format!("erDiagram\n{}", numbered(150, &|n| format!("A{n} ||--o{{ A{} : x\n", n + 1))),
        format!("pie\n{}", numbered(190, &|n| format!("\"a{n}\" : {n}\n"))),
    ];
    for source in bombs {
        let start = Instant::now();
        let html = block(&source);
        check(&html, "bomb");
        let is_framed = source.contains("loop");
        let note =
            if is_framed { "This diagram can’t be drawn" } else { "This diagram is too large" };
        assert!(html.contains(&format!("<p class=\"code-note\">{note}")), "{}", &source[..60]);
        assert!(start.elapsed() < Duration::from_secs(10));
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
