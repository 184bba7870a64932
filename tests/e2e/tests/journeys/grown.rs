//! An answer grows on the page by pieces; from history it comes as a whole. Both must be the same elements with the same text.

use std::collections::BTreeSet;

use e2e::journey::play;
use e2e::world::Keyring;
use e2e::{Result, chat, wizard};
use serde_json::Value;

/// The elements of the last answer and their text, without what only says how far the page has come: the places where it is
/// written, bodies of one table, groups of lines.
const SHAPE: &str = "
    const shape = (node) => {
      if (!(node instanceof Element)) return node.nodeValue;
      const inside = [...node.childNodes].map(shape).join('');
      const place = node.hasAttribute('data-line');
      if (node.matches('.lines') || (place && node.matches('span, div')) || (place && inside === '')) return inside;
      const name = node.tagName.toLowerCase();
      return `<${name}>${inside}</${name}>`;
    };
    const blocks = [...document.querySelectorAll('article:last-child .sheet .block')];
    return blocks.map((block) => shape(block).replaceAll('</tbody><tbody>', ''));";

/// Notes from now on what is written into where it stands, and what stands where it must not.
const WATCH: &str = "
    const seen = window.seen = { grown: {}, strangers: {} };
    const strange = 'ul > :not(li), ol > :not(li), table > :not(thead, tbody), tbody > :not(tr), p > :is(.lines, div), blockquote > :is(.line, .lines)';
    new MutationObserver(() => {
      for (const place of document.querySelectorAll('.sheet [data-line]')) seen.grown[place.parentElement.tagName.toLowerCase()] = true;
      for (const odd of document.querySelectorAll(strange)) if (odd.closest('.sheet')) seen.strangers[odd.outerHTML.slice(0, 80)] = true;
    }).observe(document.querySelector('main'), { subtree: true, childList: true });";

const SEEN: &str = "return [Object.keys(window.seen.grown), Object.keys(window.seen.strangers)]";

#[test]
fn an_answer_is_the_same_from_history() -> Result<()> {
    play("an_answer_is_the_same_from_history", Keyring::Unlocked, async |stage| {
        let (page, desktop) = (stage.page()?, stage.desktop());
        let _provider = wizard::connect(page, desktop, "parrot-1000").await?;
        page.ask::<Value>(WATCH, vec![]).await?;
        chat::say(page, &["A long answer".into(), document()]).await?;
        // Its end is told when all of it is there: nothing may have to be waited for.
        let streamed: Vec<String> = page.ask(SHAPE, vec![]).await?;
        let (grown, strangers): (BTreeSet<String>, Vec<String>) = page.ask(SEEN, vec![]).await?;
        assert!(strangers.is_empty(), "while it was written: {strangers:#?}");
        for kind in ["p", "ul", "ol", "table", "blockquote", "code"] {
            assert!(grown.contains(kind), "nothing grew in a {kind}: {grown:?}");
        }

        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        page.find("textbox", "Message").await?;
        chat::open(page, "A long answer").await?;
        chat::answer_ends(page).await?;
        let kept: Vec<String> = page.ask(SHAPE, vec![]).await?;
        assert_eq!(streamed.len(), kept.len(), "blocks");
        for (streamed, kept) in streamed.iter().zip(&kept) {
            let same = streamed.bytes().zip(kept.bytes()).take_while(|(a, b)| a == b).count();
            let about = |html: &str| {
                html.chars().skip(same.saturating_sub(60)).take(160).collect::<String>()
            };
            assert!(
                streamed == kept,
                "streamed: {}\nfrom history: {}",
                about(streamed),
                about(kept)
            );
        }
        Ok(())
    })
}

/// Each kind of block that grows, long enough to do so, and short ones between them.
fn document() -> String {
    let each =
        |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let sentence =
        |n: usize| format!("Sentence {n} has **strong** and `code` in it, and so it goes on. ");
    // More than a frame may have, and inside of something else that grows.
    let code = |margin: &str| {
        let lines = each(60, &|n| format!("{margin}x{n} = {n}  # a line\n"));
        format!("{margin}```python\n{lines}{margin}```\n")
    };
    let quoted = |n: usize| format!("> quoted {n}\n>\n");
    [
        "# A heading\n".to_owned(),
        each(50, &sentence),
        "Lists:\n".to_owned(),
        each(150, &|n| {
            format!("- item {n}\n{}", if n % 7 == 0 { "  - inner\n  - [ ] task\n" } else { "" })
        }),
        "Numbers, apart:\n".to_owned(),
        each(8, &|n| format!("{}. number {n}\n\n   with more\n\n", n + 1)),
        "Code in an item:\n".to_owned(),
        format!("1. first\n\n{}\n2. second\n\n{}\n3. third\n", code("   "), code("   ")),
        "Numbers, together:\n".to_owned(),
        each(200, &|n| format!("{}. number {n}\n", n + 1)),
        format!(
            "| a | b | c |\n|---|:-:|--:|{}",
            each(100, &|n| format!("\n| row {n} | *x* | {n} |"))
        ),
        [each(300, &quoted), code("> "), ">\n".to_owned(), each(300, &quoted)].concat(),
        code(""),
        "A formula $x^2$, a note[^1], and the end.".to_owned(),
        "[^1]: The note.".to_owned(),
    ]
    .join("\n\n")
}
