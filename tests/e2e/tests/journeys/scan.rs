//! The searches that the key journeys make, and the proof that a search finds what is there.

use std::time::Instant;

use e2e::canary::Canary;
use e2e::journey::{Stage, play};
use e2e::scan::{self, Class, Place};
use e2e::world::Keyring;
use e2e::{Result, Trouble, chat};

/// Fails if the key is anywhere it must not be; says what was searched.
#[allow(clippy::print_stdout, reason = "the figures are for whoever asks with --nocapture")]
pub(crate) fn expect_no_leak(stage: &Stage, key: &Canary, when: &str) -> Result<scan::Report> {
    let start = Instant::now();
    let report = scan::everything(&stage.world, key)?;
    println!("-- {when}, {:.1} s\n{report}", start.elapsed().as_secs_f64());
    let web = Place::Memory(Class::Web);
    if report.things(web) < 2 || report.bytes(web) < 20 * 1024 * 1024 {
        return Err(Trouble::new(format!("{when}: the web view was not searched:\n{report}")));
    }
    match report.leaks() {
        0 => Ok(report),
        leaks => Err(Trouble::new(format!("{when}: {leaks} copies where none may be:\n{report}"))),
    }
}

#[test]
fn a_word_in_the_page_is_found() -> Result<()> {
    play("a_word_in_the_page_is_found", Keyring::Unlocked, async |stage| {
        let (page, word) = (stage.page()?, Canary::word()?);
        page.click("button", "Practise without a key").await?;
        page.find("textbox", "Message").await?;
        let before = scan::processes(&stage.world, &word)?;
        assert_eq!(
            before.hits(Place::Memory(Class::Web)),
            0,
            "found before it was there:\n{before}"
        );
        chat::send(page, &word.text()).await?;
        chat::answer_begins(page, 1).await?;
        let after = scan::everything(&stage.world, &word)?;
        assert!(after.hits(Place::Memory(Class::Web)) > 0, "not found in the page:\n{after}");
        assert!(after.hits(Place::Memory(Class::Native)) > 0, "not found natively:\n{after}");
        assert_eq!(after.hits(Place::Disk), 0, "chats lie on the disk unencrypted:\n{after}");
        Ok(())
    })
}

#[test]
fn a_word_in_a_file_is_found() -> Result<()> {
    let (folder, word) = (tempfile::tempdir()?, Canary::word()?);
    let search = || scan::folders(&[folder.path()], &word);
    std::fs::create_dir_all(folder.path().join("a/b"))?;
    std::fs::write(folder.path().join("a/b/innocent"), vec![b'x'; 100_000])?;
    assert_eq!(search()?.leaks(), 0);
    // As a settings file with an encoded field would hold it.
    let digits: String = word.text().bytes().map(|byte| format!("{byte:02x}")).collect();
    std::fs::write(folder.path().join("a/b/settings.json"), format!("{{\"token\":\"{digits}\"}}"))?;
    assert_eq!(search()?.hits(Place::Disk), 1);
    Ok(())
}
