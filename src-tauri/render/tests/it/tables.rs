//! What a cell holds: its side, its room, its prices.

use render::Document;

use crate::render;

/// The opening tags of the cells, without what all of them have.
fn cells(text: &str) -> Vec<String> {
    let html = render(text).concat();
    let tags = html.split('<').filter_map(|part| part.split_once('>').map(|(tag, _)| tag));
    tags.filter(|tag| tag.starts_with("th ") || tag.starts_with("td "))
        .map(|tag| tag.replace(" dir=\"auto\"", ""))
        .collect()
}

#[test]
fn numbers_stand_where_their_header_does() {
    for (text, expected) in [
        // A column of a right-to-left script, as a whole.
        ("| שם | מחיר |\n|---|---|\n| תפוח | 5 |", ["th", "th", "td", "td class=\"rtl\""]),
        ("| شيء | الفرق |\n|:---|:---|\n| أ | -5 % |", ["th", "th", "td", "td class=\"rtl\""]),
        ("| # | שם |\n|---|---|\n| 1 | x |", ["th class=\"rtl\"", "th", "td class=\"rtl\"", "td"]),
        // Words follow themselves, whatever stands above them.
        ("| שם | מחיר |\n|---|---|\n| apple | `x` |", ["th", "th", "td", "td"]),
        ("| name | price |\n|---|---|\n| תפוח | 5 |", ["th", "th", "td", "td"]),
        ("| שם | price |\n|---|---|\n| תפוח | 5 |", ["th", "th", "td", "td"]),
        // The source has the last word.
        (
            "| שם | מחיר |\n|:-:|--:|\n| 1 | 5 |",
            ["th class=\"mid\"", "th class=\"r\"", "td class=\"mid\"", "td class=\"r\""],
        ),
    ] {
        assert_eq!(cells(text), expected, "{text}");
    }
}

#[test]
fn sentences_get_room_and_words_do_not() {
    let words = "a".repeat(30);
    for (cell, expected) in [
        ("ok", "td"),
        (words.as_str(), "td"),
        ("A **short answer** which says `that` everything is well.", "td class=\"wide\""),
        ("`--max-concurrent-requests-per-connection`", "td class=\"wide\""),
        ("https://example.org/a/path/that/has/no/place/to/break", "td class=\"wide\""),
    ] {
        assert_eq!(cells(&format!("| a |\n|---|\n| {cell} |")), ["th", expected], "{cell}");
    }
    let aligned = cells(&format!("| a |\n|--:|\n| {words} {words} |"));
    assert_eq!(aligned, ["th class=\"r\"", "td class=\"r wide\""]);
}

#[test]
fn a_dollar_in_a_cell_is_a_price() {
    for text in [
        "| Now | Was |\n|---|---|\n| $5 | $10 |\n",
        "| $5 | $10 |\n|---|---|\n| a | b |\n",
        "| Plan | Price |\n|---|---|\n| A | $5 |\n| B | $10 |\n",
        "| Plan | Price |\n|---|---|\n| $5–$10 | $1.50/mo |\n| US$3 | 20$ |\n",
        "Plan | Price\n---|---\n$5 | $10 and $15\n",
        "| a | b |\n|---|---|\n| **$5** | *$10* |\n",
        "| a | b |\n|---|---|\n| $5 + tax | tax + $5 |\n| $x | y$ |\n",
        "| a | b |\n|---|---|\n| $ | $ |\n",
        "| a | b |\n|---|---|\n| $5 | 20$ |\n|$5|20$|\n| $x | y$ |\n",
        "a | b\n---|---\n$5 | 20$\n",
    ] {
        let signs = text.matches('$').count();
        let html = render(text).concat();
        assert!(!html.contains("math"), "{html}");
        assert_eq!(html.matches('$').count(), signs, "{html}");
        let mut document = Document::new(&crate::blocks::WORDS);
        for letter in text.chars() {
            document.push(letter.encode_utf8(&mut [0; 4]));
            let so_far = document.blocks().concat();
            assert!(!so_far.contains("math"), "{so_far}");
        }
        document.finish();
        assert_eq!(document.blocks(), render(text));
    }
    let formulas =
        "| $x^2$ | $5 |\n|---|---|\n| $10 | $y_1$ |\n| $2|x|$ | $P(a | b)$ |\n\n$a | b$\n";
    let html = render(formulas).concat();
    assert_eq!(html.matches("<math").count(), 5, "{html}");
}
