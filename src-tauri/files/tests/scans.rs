//! PDFs whose text is a scan: their pages become pictures, and what was made to do harm does none.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use files::document::Reader;
use files::{Attached, Refused, attach};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};

fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_read-document").into(), Vec::new())
}

fn attached(file: &[u8]) -> Result<Attached, Refused> {
    attach("scan.pdf", file.to_vec(), &reader())
}

/// A PDF of these numbered objects, each with or without a stream. The first is its catalogue.
fn pdf(objects: &[(String, Option<Vec<u8>>)]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, (dictionary, stream)) in objects.iter().enumerate() {
        places.push(file.len());
        let number = at + 1;
        match stream {
            None => write!(file, "{number} 0 obj\n<<{dictionary}>>\nendobj\n").unwrap(),
            Some(stream) => {
                let length = stream.len();
                write!(file, "{number} 0 obj\n<<{dictionary}/Length {length}>>stream\n").unwrap();
                file.extend(stream);
                file.extend(b"\nendstream\nendobj\n");
            }
        }
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in &places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(file, "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file
}

fn plain(dictionary: &str) -> (String, Option<Vec<u8>>) {
    (dictionary.to_owned(), None)
}

/// So many pages of this size that all show the same.
fn pages(
    count: usize,
    media_box: &str,
    content: &str,
    shown: (String, Option<Vec<u8>>),
) -> Vec<u8> {
    let kids: Vec<String> = (0..count).map(|at| format!("{} 0 R", at + 5)).collect();
    let mut objects = vec![
        plain("/Type/Catalog/Pages 2 0 R"),
        plain(&format!("/Type/Pages/Count {count}/Kids[{}]", kids.join(" "))),
        (String::new(), Some(content.as_bytes().to_vec())),
        shown,
    ];
    let page = format!(
        "/Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Contents 3 0 R/Resources<</XObject<</Im 4 0 R>>>>"
    );
    objects.extend((0..count).map(|_| plain(&page)));
    pdf(&objects)
}

/// A sheet of paper with a dark bar in its upper half, as a scanner makes it.
fn sheet() -> (String, Option<Vec<u8>>) {
    let paper = RgbImage::from_fn(600, 800, |x, y| {
        let is_bar = (100..500).contains(&x) && (100..200).contains(&y);
        if is_bar { Rgb([20, 20, 20]) } else { Rgb([250, 250, 250]) }
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(paper).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let dictionary = "/Type/XObject/Subtype/Image/Width 600/Height 800/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode";
    (dictionary.to_owned(), Some(bytes.into_inner()))
}

const SHOWN: &str = "q 600 0 0 800 0 0 cm /Im Do Q";

fn scan(count: usize) -> Vec<u8> {
    pages(count, "0 0 600 800", SHOWN, sheet())
}

#[test]
fn a_scan_says_how_many_of_its_pages_go_as_pictures_and_what_is_on_them_is_seen() {
    let file = scan(3);
    let known = attached(&file).unwrap();
    assert_eq!((known.words, known.bytes.as_slice()), (None, file.as_slice()));
    assert_eq!((known.facts.pages, known.facts.drawn), (Some(3), Some(3)));
    let small = image::load_from_memory(&known.preview.unwrap()).unwrap();
    assert_eq!(small.height(), 128, "the first page, small");
    let pages = reader().pages(&file);
    let bytes: usize = pages.iter().map(|page| page.len()).sum();
    assert_eq!((pages.len(), known.facts.drawn_bytes), (3, u64::try_from(bytes).ok()));
    let page = image::load_from_memory(&pages[0]).unwrap();
    assert_eq!(page.dimensions(), (1_176, 1_568));
    let grey = page.to_luma8();
    let at = |x: u32, y: u32| grey.get_pixel(x, y).0[0];
    assert!(at(588, 294) < 60, "the bar is where it was");
    assert!(at(588, 1_200) > 200 && at(20, 20) > 200, "and paper around it");
}

#[test]
fn twenty_pages_are_drawn_and_no_more() {
    let known = attached(&scan(23)).unwrap();
    assert_eq!((known.facts.pages, known.facts.drawn), (Some(23), Some(20)));
}

#[test]
fn a_pdf_with_words_is_read_and_not_drawn() {
    let words =
        "BT /F1 12 Tf 72 700 Td (This page has been written and never scanned at all.) Tj ET";
    let font = plain("/Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding");
    let file = String::from_utf8(pages(2, "0 0 600 800", words, font)).unwrap();
    let file = file.replace("/XObject<</Im 4 0 R>>", "/Font<</F1 4 0 R>>   ");
    let known = attached(file.as_bytes()).unwrap();
    assert!(known.words.unwrap().contains("never scanned"));
    assert_eq!((known.facts.drawn, known.preview), (None, None));
}

/// So many bytes of zero as runs: a sixty-fourth of their size.
fn packed(bytes: usize) -> Vec<u8> {
    const RUN_OF_128: [u8; 2] = [129, 0];
    let mut runs = RUN_OF_128.repeat(bytes / 128);
    runs.push(128);
    runs
}

/// A form that shows itself, and one page of it.
fn mirror() -> Vec<u8> {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</Im 4 0 R>>>>";
    let content = b"/Im Do /Im Do /Im Do".to_vec();
    pages(1, "0 0 600 800", "/Im Do", (form.to_owned(), Some(content)))
}

/// Pages whose children are their parents.
fn cyclic() -> Vec<u8> {
    pdf(&[
        plain("/Type/Catalog/Pages 2 0 R"),
        plain("/Type/Pages/Count 2/Kids[3 0 R 2 0 R]/Parent 3 0 R"),
        plain("/Type/Pages/Count 2/Kids[2 0 R 3 0 R]/Parent 2 0 R"),
    ])
}

fn bomb(width: u32, height: u32, bytes: usize) -> Vec<u8> {
    let dictionary = format!(
        "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/RunLengthDecode"
    );
    pages(1, "0 0 600 800", SHOWN, (dictionary, Some(packed(bytes))))
}

/// A page that draws until nobody waits any more.
fn endless() -> Vec<u8> {
    let curve = "0 0 m 900 100 -300 700 600 800 c S\n";
    pages(1, "0 0 600 800", &curve.repeat(400_000), sheet())
}

#[test]
fn what_was_made_to_do_harm_is_ended_and_said() {
    let table: [(&str, Vec<u8>); 8] = [
        ("a form in itself", mirror()),
        ("pages in themselves", cyclic()),
        ("a page as wide as a city", pages(1, "0 0 1000000000 1000", SHOWN, sheet())),
        ("a page without a size", pages(1, "0 0 0 0", SHOWN, sheet())),
        ("sides that are no numbers", pages(1, "-1e38 1e38 1e39 -1e39", SHOWN, sheet())),
        ("a picture of a gigabyte", bomb(20_000, 20_000, 1_200 << 20)),
        ("a picture that is not all there", bomb(60_000, 60_000, 1 << 20)),
        ("strokes without end", endless()),
    ];
    let reader = reader().patient(Duration::from_secs(8));
    for (name, file) in table {
        let began = Instant::now();
        let told = attach("scan.pdf", file.clone(), &reader);
        // One time for its words, one for its pictures.
        assert!(began.elapsed() < Duration::from_secs(20), "{name} took {:?}", began.elapsed());
        match told {
            Ok(known) => assert!(known.facts.drawn <= Some(1), "{name} {:?}", known.facts),
            Err(refused) => {
                assert!(
                    matches!(refused, Refused::Damaged | Refused::TooMuchInside),
                    "{name} {refused:?}"
                );
            }
        }
    }
}

#[test]
fn ten_thousand_pages_cost_what_twenty_cost() {
    let began = Instant::now();
    let known = attached(&scan(10_000)).unwrap();
    assert_eq!((known.facts.pages, known.facts.drawn), (Some(10_000), Some(20)));
    assert!(known.facts.cut, "of what is behind the first two thousand nothing was read");
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
}

#[test]
fn what_a_process_says_that_was_taken_over_is_looked_at() {
    let speaking = |line: &str| {
        let script = format!("cat > /dev/null; printf '%s\\n' '{line}'");
        Reader::new("/bin/sh".into(), vec!["-c".to_owned(), script])
    };
    for line in [
        r#"{"page":"bm8gcGljdHVyZQ=="}"#,
        r#"{"page":"not base64"}"#,
        r#"{"page":7}"#,
        r#"{"refused":"damaged"}"#,
        "",
    ] {
        assert!(speaking(line).pages(b"%PDF-").is_empty(), "{line}");
    }
}
