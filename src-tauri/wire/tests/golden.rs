//! Golden tables: what is sent in some twenty situations, byte for byte, and what becomes of each stream, in every format. A change
//! of either shows here first. Where the change is wanted, `cargo test -p wire --test golden -- --ignored` writes them anew;
//! what it wrote is read before it is committed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "golden/any.rs"]
mod any;
#[path = "golden/facts.rs"]
mod facts;
#[path = "golden/requests.rs"]
mod requests;
#[path = "golden/shape.rs"]
mod shape;
#[path = "golden/streams.rs"]
mod streams;

use std::path::PathBuf;

use wire::Format;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/golden").join(name)
}

fn committed(name: &str) -> String {
    std::fs::read_to_string(file(name)).expect(name)
}

/// Compares block by block, so that a failure names its situation.
fn compare(name: &str, made: &str) {
    let committed = committed(name);
    let (old, new) = (committed.split("\n## "), made.split("\n## "));
    for (old, new) in old.zip(new) {
        assert_eq!(old, new, "{name}");
    }
    assert_eq!(committed.len(), made.len(), "{name}");
}

#[test]
fn what_is_sent_is_what_was_agreed() {
    for format in Format::ALL {
        compare(&format!("requests-{}.txt", format.id()), &requests::written(format));
    }
}

#[test]
fn what_comes_is_read_as_was_agreed() {
    for format in Format::ALL {
        compare(&format!("events-{}.txt", format.id()), &streams::written(format));
    }
}

#[test]
#[ignore = "writes the tables anew; read what changed before it is committed"]
fn write_the_tables_anew() {
    for format in Format::ALL {
        let made = requests::written(format);
        std::fs::write(file(&format!("requests-{}.txt", format.id())), made).unwrap();
        let made = streams::written(format);
        std::fs::write(file(&format!("events-{}.txt", format.id())), made).unwrap();
    }
}
