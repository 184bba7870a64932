//! Documents of every kind, as they come and as they should not: each read by a real process.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use files::document::Reader;
use files::{Attached, Kind, Refused, attach};
use zip::CompressionMethod::{Deflated, Stored};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_read-document").into(), Vec::new())
}

fn read(bytes: &[u8]) -> Result<Attached, Refused> {
    attach("a.png", bytes.to_vec(), &reader())
}

fn words(bytes: &[u8]) -> String {
    read(bytes).unwrap().words.unwrap()
}

fn packet(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = if *name == "mimetype" { Stored } else { Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The part that says which of an Office file's parts is the document.
fn leads_to(main: &str) -> String {
    format!(
        "<Relationships><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='{main}'/></Relationships>"
    )
}

fn docx(body: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    packet(&[("_rels/.rels", &leads_to("word/document.xml")), ("word/document.xml", &text)])
}

fn xlsx(cells: &str) -> Vec<u8> {
    packet(&[
        ("_rels/.rels", &leads_to("xl/workbook.xml")),
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='Costs' sheetId='1' r:id='rId1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{cells}</sheetData></worksheet>"
            ),
        ),
    ])
}

#[test]
fn a_letter_is_read_with_its_headings_lists_and_tables() {
    let letter = docx(
        "<w:p><w:pPr><w:pStyle w:val='Heading2'/></w:pPr><w:r><w:t>Plan &amp; b&#252;dget</w:t></w:r></w:p>\
         <w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>\
         <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Milk</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let read = read(&letter).unwrap();
    assert_eq!((read.kind, read.facts.pages, read.facts.cut), (Kind::Document, None, false));
    assert!(read.media_type.ends_with("wordprocessingml.document"));
    assert_eq!(read.bytes, letter, "it is kept as it is");
    assert_eq!(read.words.unwrap(), "## Plan & büdget\nOne\ttwo\n- Milk\nA | B |");
}

#[test]
fn what_libre_office_writes_is_read() {
    let content = "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'><text:h text:outline-level='1'>Title</text:h><text:p>Two<text:s text:c='2'/>words<text:line-break/>and <text:span>more</text:span></text:p></office:document-content>";
    let of = |kind: &str, content: &str| {
        packet(&[
            ("mimetype", &format!("application/vnd.oasis.opendocument.{kind}")),
            ("content.xml", content),
        ])
    };
    assert_eq!(words(&of("text", content)), "# Title\nTwo  words\nand more");
    let slides = "<d:a xmlns:d='d' xmlns:text='t'><d:page><text:p>First</text:p></d:page><d:page><text:p>Second</text:p></d:page></d:a>";
    let read = read(&of("presentation", slides)).unwrap();
    assert_eq!(read.facts.pages, Some(2));
    assert_eq!(read.words.unwrap(), "## Slide 1\nFirst\n\n## Slide 2\nSecond");
    let locked = packet(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<m:manifest><m:encryption-data/></m:manifest>"),
        ("content.xml", "scrambled"),
    ]);
    assert_eq!(self::read(&locked), Err(Refused::Locked));
}

#[test]
fn a_sheet_is_read_row_by_row() {
    let cells = "<row r='1'><c r='A1' t='inlineStr'><is><t>Rent</t></is></c><c r='C1'><v>12.5</v></c></row><row r='3'><c r='A3' t='b'><v>1</v></c></row>";
    let read = read(&xlsx(cells)).unwrap();
    assert_eq!((read.facts.pages, read.facts.cut), (Some(1), false));
    assert_eq!(read.words.unwrap(), "## Costs\nRent\t\t12.5\nTRUE");
    // A table from the first to the last corner would have seventeen billion cells.
    let corners = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>";
    let start = Instant::now();
    assert!(words(&xlsx(corners)).ends_with("\t2"));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn slides_are_read_in_their_order_with_their_notes() {
    let slide = |text: &str| {
        format!("<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")
    };
    let deck = packet(&[
        ("_rels/.rels", &leads_to("ppt/presentation.xml")),
        (
            "ppt/presentation.xml",
            "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' r:id='rId9'/><p:sldId id='257' r:id='rId2'/></p:sldIdLst></p:presentation>",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            "<Relationships><Relationship Id='rId2' Type='x/slide' Target='slides/slide1.xml'/><Relationship Id='rId9' Type='x/slide' Target='slides/slide2.xml'/></Relationships>",
        ),
        ("ppt/slides/slide1.xml", &slide("Second")),
        ("ppt/slides/slide2.xml", &slide("First")),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            "<Relationships><Relationship Id='r1' Type='x/notesSlide' Target='../notesSlides/n1.xml'/></Relationships>",
        ),
        ("ppt/notesSlides/n1.xml", &slide("Breathe")),
    ]);
    let read = read(&deck).unwrap();
    assert_eq!(read.facts.pages, Some(2));
    assert_eq!(read.words.unwrap(), "## Slide 1\nFirst\n\nNotes:\nBreathe\n\n## Slide 2\nSecond");
}

#[test]
fn a_book_is_read_in_its_order() {
    let chapter = |text: &str| {
        format!(
            "<?xml version='1.0'?><!DOCTYPE html><html><head><title>x</title><style>p {{}}</style></head><body><h1>{text}</h1><p>Call me Ishmael.</p></body></html>"
        )
    };
    let of = |locked: &str| {
        packet(&[
            ("mimetype", "application/epub+zip"),
            (
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
            ),
            ("META-INF/encryption.xml", &format!("<e><CipherReference URI='{locked}'/></e>")),
            (
                "OEBPS/book.opf",
                "<package><manifest><item id='b' href='two.xhtml'/><item id='a' href='one%201.xhtml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
            ),
            ("OEBPS/two.xhtml", &chapter("Two")),
            ("OEBPS/one 1.xhtml", &chapter("One")),
        ])
    };
    let read = read(&of("fonts/serif.otf")).unwrap();
    assert_eq!(read.facts.pages, Some(2));
    assert_eq!(read.words.unwrap(), "# One\n\nCall me Ishmael.\n\n\n# Two\n\nCall me Ishmael.");
    assert_eq!(self::read(&of("OEBPS/two.xhtml")), Err(Refused::Locked));
}

#[test]
fn a_web_page_is_its_words_and_a_piece_of_one_is_code() {
    let page = "<!DOCTYPE html><html><body><script>steal()</script><h2>Menu</h2><ul><li>Soup</ul><table><tr><td>A</td><td>B</td></tr></table><a href='https://example.com/long'>here</a></body></html>";
    let read = read(page.as_bytes()).unwrap();
    assert_eq!((read.kind, read.media_type), (Kind::Document, "text/html"));
    let words = read.words.unwrap();
    assert!(words.starts_with("## Menu\n* Soup") && words.contains("here"), "{words}");
    assert!(!words.contains("steal") && !words.contains("example.com"), "{words}");
    assert_eq!(self::read(b"<div>Hello</div>").unwrap().kind, Kind::Text);
}

#[test]
fn text_in_any_encoding_becomes_text() {
    let japanese = "吾輩は猫である。名前はまだ無い。";
    let (shifted, ..) = encoding_rs::SHIFT_JIS.encode(japanese);
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain("Grüße".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, text) in
        [(shifted.as_ref(), japanese), (&utf16, "Grüße"), (b"caf\xe9 ferm\xe9", "café fermé")]
    {
        let read = read(bytes).unwrap();
        assert_eq!((read.kind, read.media_type), (Kind::Text, "text/plain"));
        assert_eq!(String::from_utf8(read.bytes).unwrap(), text);
    }
    let mut long = vec![b'a'; files::TEXT_CAP];
    long.push(0xe9);
    assert_eq!(self::read(&long), Err(Refused::TooLong));
}

/// A packet that unpacks to so many megabytes of one letter.
fn bomb(megabytes: usize, names: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(Deflated).large_file(true);
    zip.start_file("_rels/.rels", options).unwrap();
    zip.write_all(leads_to("word/document.xml").as_bytes()).unwrap();
    for name in names {
        zip.start_file(*name, options).unwrap();
        let piece = vec![b' '; 1 << 20];
        for _ in 0..megabytes {
            zip.write_all(&piece).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_was_made_to_do_harm_is_refused_for_what_it_is() {
    let old = |stream: &str| {
        let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        file.extend(vec![0; 512]);
        file.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        file
    };
    let zipped = packet(&[("more.zip", "x")]);
    let nested = packet(&[("a/b.zip", &String::from_utf8_lossy(&zipped))]);
    let laughs = packet(&[
        ("_rels/.rels", &leads_to("word/document.xml")),
        (
            "word/document.xml",
            "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]><d><w:p><w:t>&b;&c;</w:t></w:p></d>",
        ),
    ]);
    let circle = packet(&[("_rels/.rels", &leads_to("../_rels/.rels"))]);
    let table: &[(&str, &[u8], Refused)] = &[
        ("a bomb", &bomb(140, &["word/document.xml"]), Refused::TooMuchInside),
        ("a liar", &liar(), Refused::Damaged),
        ("an archive", &zipped, Refused::Archive),
        ("archives in an archive", &nested, Refused::Archive),
        ("an empty archive", &packet(&[]), Refused::Archive),
        ("a circle", &circle, Refused::Archive),
        ("entities", &laughs, Refused::Damaged),
        ("half a letter", &docx("<w:p/>")[..60], Refused::Damaged),
        ("no letter", &packet(&[("_rels/.rels", &leads_to("word/none.xml"))]), Refused::Damaged),
        ("a letter without words", &docx("<w:p/>"), Refused::NoWords),
        ("a sheet without cells", &xlsx(""), Refused::NoWords),
        ("old Word", &old("WordDocument"), Refused::OldOffice),
        ("old PowerPoint", &old("PowerPoint Document"), Refused::OldOffice),
        ("a locked letter", &old("EncryptedPackage"), Refused::Locked),
        ("half an old sheet", &old("Workbook"), Refused::Damaged),
        ("an installer", &old("SummaryInformation"), Refused::UnknownKind),
        ("rich text", b"{\\rtf1 Hello}", Refused::RichText),
        ("a program", b"\x7fELF\x02\x01\x01", Refused::UnknownKind),
        ("a photograph of Apple's", b"\0\0\0\x18ftypheic\0\0", Refused::Heic),
        ("AVIF", b"\0\0\0\x1cftypavif\0\0", Refused::Avif),
    ];
    for (what, bytes, refused) in table {
        assert_eq!(read(bytes).map(|read| read.words), Err(*refused), "{what}");
    }
}

/// A letter whose packet says that it unpacks to nearly nothing.
fn liar() -> Vec<u8> {
    let mut file = bomb(140, &["word/document.xml"]);
    let size = u32::to_le_bytes(140 << 20);
    let places: Vec<usize> = (0..file.len() - 4).filter(|at| file[*at..at + 4] == size).collect();
    assert!(!places.is_empty(), "its size is written somewhere");
    for at in places {
        file[at..at + 4].copy_from_slice(&u32::to_le_bytes(10));
    }
    file
}

#[test]
fn a_locked_packet_and_one_with_very_many_parts_are_said() {
    let mut locked = docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>");
    // The mark of a password, where each file begins and in the list of all.
    for (sign, at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> =
            (0..locked.len() - 4).filter(|at| &locked[*at..at + 4] == sign).collect();
        places.into_iter().for_each(|place| locked[place + at] |= 1);
    }
    assert_eq!(read(&locked), Err(Refused::Locked));
    let many: Vec<String> = (0..20_001).map(|n| format!("{n}.xml")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(read(&packet(&many)), Err(Refused::TooMuchInside));
}

#[test]
fn no_damage_to_a_document_reaches_us() {
    let letter = docx("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>");
    let sheet = xlsx("<row r='1'><c r='A1'><v>1</v></c></row>");
    let mut seed = 5_usize;
    for whole in [letter, sheet] {
        for _ in 0..25 {
            let mut damaged = whole.clone();
            for _ in 0..3 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let at = 4 + (seed >> 33) % (damaged.len() - 4);
                damaged[at] ^= (seed >> 20) as u8;
            }
            // Whatever it says of it, it says something.
            let _ = read(&damaged);
        }
    }
}
