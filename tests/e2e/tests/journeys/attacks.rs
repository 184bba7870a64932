//! Every attack of the corpus as an answer, streamed and from history: no script runs, no request leaves, nothing stands
//! outside its message. Two controls show that the attacks are live: without the renderer they reach the page, and without
//! the page's policy they run.

#[path = "../../../fixtures/attacks.rs"]
mod corpus;

use std::collections::BTreeSet;

use e2e::app::App;
use e2e::journey::play;
use e2e::page::Page;
use e2e::world::{Keyring, World};
use e2e::{Result, chat, holds, wizard};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::listener::Listener;

const LOOK: &str = include_str!("attacks.js");

/// Attacks in one conversation: as many answers as its newest page holds.
const IN_ONE: usize = 20;

/// Scrolls from the end of a conversation to its first message, looks at whatever comes into the page, and gives back the
/// texts of the answers.
const READ: &str = "const done = arguments[0];
    const pause = (ms) => new Promise((go) => setTimeout(go, ms));
    const read = async () => {
      await pause(150);
      const scroller = document.querySelector('[role=region][aria-label=\"Conversation\"]');
      const texts = new Set();
      for (let still = 0; still < 3; still += scroller.scrollTop === 0 ? 1 : 0) {
        const strange = [...document.querySelectorAll('.prose')].flatMap((e) => [...strangersIn(e), ...coversIn(e)]);
        if (strange.length > 0) throw new Error(strange.join('\\n'));
        for (const prose of document.querySelectorAll('.prose')) texts.add(prose.textContent.trim());
        scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -100, bubbles: true }));
        scroller.scrollTop -= scroller.clientHeight;
        await pause(30);
      }
      return [...texts];
    };
    read().then(done, (error) => done([String(error)]));";

#[derive(Debug, Deserialize)]
struct Report {
    fired: BTreeSet<usize>,
    violations: usize,
    strangers: Vec<String>,
    covers: Vec<String>,
    surroundings: Value,
}

#[test]
fn attacks_in_answers_do_nothing() -> Result<()> {
    play("attacks_in_answers_do_nothing", Keyring::Unlocked, async |stage| {
        let listener = Listener::start()?;
        let attacks = corpus::attacks(listener.origin());
        let (page, desktop) = (stage.page()?, stage.desktop());
        let _provider = wizard::connect(page, desktop, "parrot").await?;
        let before = watch(page).await?;

        for (number, some) in attacks.chunks(IN_ONE).enumerate() {
            if number > 0 {
                page.click("button", "New chat").await?;
                page.find("textbox", "Message").await?;
            }
            let mut texts = vec![format!("Group {number}")];
            texts.extend_from_slice(some);
            chat::say(page, &texts).await?;
            expect_nothing(page, &before, &format!("streamed, group {number}")).await?;
        }

        // The same answers, rendered anew from what is stored.
        stage.close().await?;
        stage.open().await?;
        let page = stage.page()?;
        page.find("textbox", "Message").await?;
        let before = watch(page).await?;
        for number in 0..attacks.len().div_ceil(IN_ONE) {
            chat::open(page, &format!("Group {number}")).await?;
            let read: Vec<String> = page.ask_later(&format!("{LOOK}\n{READ}"), vec![]).await?;
            // Some attacks leave nothing to be seen, such as a definition that nobody refers to.
            assert!(
                read.len() * 4 >= IN_ONE * 3 || number * IN_ONE + IN_ONE > attacks.len(),
                "{number}: {read:#?}"
            );
            expect_nothing(page, &before, &format!("from history, group {number}")).await?;
        }
        assert_eq!(listener.heard(), BTreeSet::new(), "requests left");

        // The first control: without the renderer, the same texts put strangers into the page; its policy still holds.
        let raw: Report =
            page.ask(&format!("{LOOK}\n{UNSAFE}"), vec![json!(unsanitised(&attacks))]).await?;
        assert!(raw.strangers.len() > 400, "{} strangers", raw.strangers.len());
        holds("violations", async || Ok(report(page).await?.violations >= 100)).await?;
        let settled = report(page).await?;
        assert_eq!(settled.fired, BTreeSet::new(), "the policy let a script run");
        assert_eq!(listener.heard(), BTreeSet::new(), "the policy let a request out");
        Ok(())
    })
}

/// Puts every attack into the page as it is.
const UNSAFE: &str = "
    const host = document.createElement('div');
    host.hidden = false;
    document.body.append(host);
    for (const attack of arguments[0]) {
      const box = document.createElement('div');
      box.className = 'prose';
      host.append(box);
      box.innerHTML = attack;
    }
    return report(host);";

/// The same, each in a frame of its own, because some lead away from their page.
const LIVE: &str = "
    for (const attack of arguments[0]) {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frame.contentDocument.body.innerHTML = attack;
      for (const element of frame.contentDocument.querySelectorAll('a, button, summary, text')) {
        if (element.target !== '_top') element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      }
    }";

/// The second control: the same engine, a page without a policy, no renderer. The numbers are what was measured there.
#[test]
#[allow(clippy::print_stdout, reason = "the figures are what the control is for")]
fn the_same_attacks_are_live() -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = Listener::start()?;
        let attacks = corpus::attacks(listener.origin());
        let world = World::new(Keyring::Absent).await?;
        let browser = App::open_browser(&world).await?;
        let page = browser.page();
        watch(page).await?;
        page.ask::<Value>(LIVE, vec![json!(unsanitised(&attacks))]).await?;
        holds("scripts to run", async || Ok(report(page).await?.fired.len() >= 140)).await?;
        holds("requests to leave", async || Ok(listener.heard().len() >= 40)).await?;
        let (ran, left) = (report(page).await?.fired.len(), listener.heard().len());
        println!(
            "without a renderer and without a policy, {ran} attacks ran and {left} requests left"
        );
        Ok(())
    })
}

/// What a client makes of them that lets raw HTML and every address through.
fn unsanitised(attacks: &[String]) -> Vec<String> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.render.r#unsafe = true;
    attacks.iter().map(|attack| comrak::markdown_to_html(attack, &options)).collect()
}

async fn watch(page: &Page) -> Result<Value> {
    page.ask(&format!("{LOOK}\nwatch();\nreturn surroundings();"), vec![]).await
}

async fn report(page: &Page) -> Result<Report> {
    page.ask(&format!("{LOOK}\nreturn report(document);"), vec![]).await
}

async fn expect_nothing(page: &Page, before: &Value, when: &str) -> Result<()> {
    let now = report(page).await?;
    assert!(now.fired.is_empty(), "{when}: scripts of {:?} ran", now.fired);
    assert_eq!(now.violations, 0, "{when}: something came as far as the page's policy");
    assert!(now.strangers.is_empty(), "{when}: {:#?}", now.strangers);
    assert!(now.covers.is_empty(), "{when}: {:#?}", now.covers);
    assert_eq!(&now.surroundings, before, "{when}: something stands outside the messages");
    Ok(())
}
