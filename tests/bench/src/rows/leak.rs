//! The leak check through a gigabyte of mixed files, against ripgrep with the same shapes; and through a long history of git.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use leak::{Check, Planted, Wish};
use vault::{Patience, Vault};

use crate::documents::{Dice, long_document};
use crate::figures::{Row, median};

/// What ripgrep looks for: the shapes that the check knows, in its words. Bytes, as the check does: with letters of every alphabet
/// it takes hundreds of times as long.
const SHAPES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/keys.patterns");

/// Text and bytes that files are cut from: making a gigabyte letter by letter would take longer than looking through it.
const POOL: usize = 16 << 20;

/// Files with a key in them.
const LEAKS: usize = 25;

/// So many bytes of files, and so many commits.
pub async fn measure(rounds: usize, bytes: usize, commits: usize) -> [Row; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let files = fill(folder.path(), bytes);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // The first round brings the files into memory, for both.
    for round in 0..=rounds {
        let (peer, lines) = ripgrep(folder.path());
        let (seconds, found) = check(folder.path(), false).await;
        assert_eq!((found, lines), (LEAKS, LEAKS), "not every key was found, or something else");
        if round > 0 {
            ours.push(seconds);
            theirs.push(peer);
        }
    }
    let (seconds, peer) = (median(ours), median(theirs));
    drop(folder);
    let files = Row {
        number: "leak",
        what: format!(
            "a leak check of {:.0} MB in {files} mixed files, against ripgrep with the same shapes",
            bytes as f64 / 1e6
        ),
        target: "≤ 1.5 ×, 1 GB ≤ 10 s",
        figure: format!("{:.2} ×, {:.1} s", seconds / peer, seconds * 1e9 / bytes as f64),
        detail: format!(
            "{seconds:.2} s against {peer:.2} s, files in memory; the second figure is for 1 GB"
        ),
    };
    [files, history(commits).await]
}

async fn history(commits: usize) -> Row {
    let folder = tempfile::tempdir().expect("a folder");
    repository(folder.path(), commits);
    let (seconds, found) = check(folder.path(), true).await;
    assert_eq!(found, 1, "the key that a commit brought and the next one took away");
    Row {
        number: "leak in git",
        what: format!("a leak check of a git repository of {commits} commits"),
        target: "minutes",
        figure: format!("{seconds:.1} s"),
        detail: "a file changed in each; once".to_owned(),
    }
}

/// Seconds, and how many keys were found.
async fn check(folder: &Path, git: bool) -> (f64, usize) {
    let vault = Vault::in_memory();
    let watch = Planted::watch(&vault, &[], Patience::Brief).await.expect("a planted key");
    let wish = Wish { folders: vec![folder.to_owned()], git, ..Wish::default() };
    let check = Check::new(wish, watch);
    tokio::task::spawn_blocking(move || {
        let start = Instant::now();
        let outcome = check.run();
        assert!(outcome.is_whole && outcome.is_proof && !outcome.lacks_git, "{outcome:?}");
        (start.elapsed().as_secs_f64(), check.findings().len())
    })
    .await
    .expect("a check")
}

/// Seconds, and how many lines have a key.
fn ripgrep(folder: &Path) -> (f64, usize) {
    let start = Instant::now();
    let output = Command::new("rg")
        .args([
            "--no-config",
            "--text",
            "--hidden",
            "--no-ignore",
            "--no-unicode",
            "--no-filename",
            "--count",
            "--file",
            SHAPES,
        ])
        .arg(folder)
        .output()
        .expect("ripgrep");
    let lines = String::from_utf8(output.stdout).expect("counts");
    (
        start.elapsed().as_secs_f64(),
        lines.lines().filter_map(|line| line.parse::<usize>().ok()).sum(),
    )
}

/// Prose and code, data in long lines, what programs are made of, and lists of sums, in files of 1 kB to 4 MB. Returns how many.
fn fill(folder: &Path, bytes: usize) -> usize {
    let mut dice = Dice::new(11);
    let prose = long_document(7, POOL).into_bytes();
    let data = rows(&mut dice);
    let noise: Vec<u8> = (0..POOL).map(|_| u8::try_from(dice.below(256)).unwrap_or(0)).collect();
    let sums = sums(&mut dice);
    let (mut left, mut count) = (bytes, 0);
    while left > 0 {
        let (pool, most, end) = match dice.below(10) {
            0..=5 => (&prose, 60_000, "md"),
            6 | 7 => (&data, 1 << 20, "json"),
            8 => (&sums, 1 << 20, "lock"),
            _ => (&noise, 4 << 20, "bin"),
        };
        let size = (1_000 + dice.below(most)).min(left);
        let at = dice.below(POOL - (4 << 20) - 1_000);
        let inside = folder.join(format!("{}", count / 200));
        if count % 200 == 0 {
            std::fs::create_dir(&inside).expect("a folder");
        }
        std::fs::write(inside.join(format!("{count}.{end}")), &pool[at..at + size])
            .expect("a file");
        left -= size;
        count += 1;
    }
    for leak in 0..LEAKS {
        let key = key(&mut dice, leak);
        std::fs::write(folder.join(format!("{leak}.env")), format!("# Made up.\nTOKEN={key}\n"))
            .expect("a file");
    }
    count + LEAKS
}

/// A made-up key in one of a few shapes.
fn key(dice: &mut Dice, number: usize) -> String {
    let (begins, letters) =
        [("sk-proj-", 60), ("gsk_", 52), ("ghp_", 36), ("hf_", 34), ("AIza", 35)][number % 5];
    format!("{begins}{}", random(dice, letters))
}

fn random(dice: &mut Dice, letters: usize) -> String {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    // A capital, a digit and a small letter come first, so that it is like none that chance would make of words.
    let body = (3..letters).map(|_| char::from(LETTERS[dice.below(LETTERS.len())]));
    "Q7m".chars().chain(body).collect()
}

fn rows(dice: &mut Dice) -> Vec<u8> {
    let mut text = String::with_capacity(POOL + 200);
    while text.len() < POOL {
        let (number, price, name) = (dice.below(1 << 30), dice.below(100_000), random(dice, 12));
        // Writing to a String cannot fail.
        let _ =
            write!(text, "{{\"id\":{number},\"name\":\"{name}\",\"price\":{price},\"ok\":true}},");
    }
    text.into_bytes()
}

fn sums(dice: &mut Dice) -> Vec<u8> {
    let mut text = String::with_capacity(POOL + 200);
    while text.len() < POOL {
        let (name, sum) = (dice.below(10_000), random(dice, 86));
        let _ =
            write!(text, "package-{name} \"^1.{}.0\":\n  integrity sha512-{sum}==\n", name % 40);
    }
    text.into_bytes()
}

/// Through git's own way to bring in what others keep: a commit for each would take an hour.
fn repository(folder: &Path, commits: usize) {
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(folder).args(words).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command
    };
    assert!(git(&["init", "--quiet", "--initial-branch=main"]).status().expect("git").success());
    let mut import = git(&["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().expect("git");
    let mut into = std::io::BufWriter::new(import.stdin.take().expect("its input"));
    let text = long_document(3, 1 << 20);
    let mut dice = Dice::new(13);
    for number in 0..commits {
        let at = (0..)
            .map(|next| number * 37 % (1 << 19) + next)
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        let end = (at + 1_500..).find(|end| text.is_char_boundary(*end)).unwrap_or(at);
        let secret = if number == commits / 2 {
            format!("TOKEN={}\n", key(&mut dice, 0))
        } else {
            String::new()
        };
        let content = format!("{number}\n{secret}{}", &text[at..end]);
        // The key stands in a file that the next commit changes, too.
        let name = number / 2 % 500;
        write!(
            into,
            "commit refs/heads/main\ncommitter A <a@example.org> {} +0000\ndata 4\nnext\nM 644 inline {}/{}.txt\ndata {}\n{content}\n",
            1_600_000_000 + number * 60,
            name % 20,
            name,
            content.len(),
        )
        .expect("to be taken");
    }
    drop(into);
    assert!(import.wait().expect("git").success());
}
