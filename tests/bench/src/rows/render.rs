//! What rendering costs without a window: against the libraries that other clients use, against itself in pieces, and with
//! size.

use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use render::{Document, Patch, render};

use crate::blocks::WORDS;
use crate::documents::{document, long_document};
use crate::figures::{Row, median};

/// Whole documents, natively and by the libraries of `peers/` in Node, in turns.
pub fn against_peers(rounds: usize, documents: u64) -> Row {
    let texts: Vec<String> = (1..=documents).map(document).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let ours = (0..=rounds).map(|_| {
        milliseconds(|| texts.iter().map(|text| render(text, &WORDS).len()).sum::<usize>())
    });
    let ours = median(ours.skip(1).collect());
    let (whole, unclean) = in_node(&texts, rounds);
    Row {
        number: "render",
        what: format!(
            "{documents} varied answers rendered natively, against markdown-it, highlight.js, KaTeX and DOMPurify in Node"
        ),
        target: "≥ 10 × faster",
        figure: format!("{:.1} × faster", whole / ours),
        detail: format!(
            "{:.1} MB in {ours:.0} ms against {whole:.0} ms ({unclean:.0} ms without DOMPurify, {:.1} ×)",
            bytes as f64 / 1e6,
            unclean / ours
        ),
    }
}

/// A megabyte in deltas of four characters, told to a window as often as one is, against one whole rendering.
pub fn in_pieces(rounds: usize, bytes: usize) -> Row {
    let text = long_document(1, bytes);
    let html: usize = render(&text, &WORDS).iter().map(String::len).sum();
    let mut sent = 0;
    let (mut whole, mut pieces) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        whole.push(milliseconds(|| render(&text, &WORDS).len()));
        pieces.push(milliseconds(|| {
            sent = stream(&text);
            sent
        }));
    }
    let (whole, pieces) = (median(whole), median(pieces));
    Row {
        number: "pieces",
        what: format!(
            "{} kB rendered in 4-character deltas, a patch every 50, against once as a whole",
            bytes / 1000
        ),
        target: "time ≤ 3 ×, bytes ≤ 3 ×",
        figure: format!("{:.1} ×, {:.1} ×", pieces / whole, sent as f64 / html as f64),
        detail: format!(
            "{pieces:.0} ms against {whole:.0} ms; {:.1} MB against {:.1} MB",
            sent as f64 / 1e6,
            html as f64 / 1e6
        ),
    }
}

/// The same text at three lengths.
pub fn with_size(rounds: usize) -> Row {
    let points: Vec<(usize, f64)> = [50_000, 200_000, 1_000_000]
        .into_iter()
        .map(|bytes| {
            let text = long_document(1, bytes);
            (bytes, median((0..rounds).map(|_| milliseconds(|| stream(&text))).collect()))
        })
        .collect();
    let cost = |(bytes, ms): (usize, f64)| ms / (bytes as f64 / 1000.0);
    let told: Vec<String> =
        points.iter().map(|(bytes, ms)| format!("{} kB in {ms:.0} ms", bytes / 1000)).collect();
    Row {
        number: "size",
        what: "the same in pieces at 50 kB, 200 kB and 1 MB: what a kilobyte costs in the longest, against the shortest"
            .to_owned(),
        target: "linear",
        figure: format!("{:.2} ×", cost(points[2]) / cost(points[0])),
        detail: told.join(", "),
    }
}

/// Deltas of four characters with a patch every 50; gives back how many bytes the patches had.
fn stream(text: &str) -> usize {
    let mut page = Document::new(&WORDS);
    let mut sent = 0;
    let mut rest = text;
    let mut count = 0;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(4).map_or(rest.len(), |(at, _)| at);
        page.push(&rest[..end]);
        rest = &rest[end..];
        count += 1;
        if count % 50 == 0 {
            sent += page.take_patch().as_ref().map_or(0, size);
        }
    }
    page.finish();
    sent + page.take_patch().as_ref().map_or(0, size)
}

fn size(patch: &Patch) -> usize {
    let grown = patch.grow.as_ref().map_or(0, |grow| grow.done.len() + grow.line.len());
    grown + patch.blocks.iter().map(String::len).sum::<usize>()
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().max(Duration::from_micros(1)).as_secs_f64() * 1e3
}

/// Milliseconds with DOMPurify, and without.
fn in_node(texts: &[String], rounds: usize) -> (f64, f64) {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    for text in texts {
        writeln!(file, "{}", serde_json::to_string(text).expect("JSON")).expect("room");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/render.mjs");
    let node = Command::new("node").arg(script).arg(file.path()).arg(rounds.to_string()).output();
    let output = node.expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("text");
    let column = |at: usize| {
        let number = |line: &str| line.split(' ').nth(at).and_then(|word| word.parse().ok());
        median(printed.lines().map(|line| number(line).expect("a number")).collect())
    };
    (column(0), column(1))
}
