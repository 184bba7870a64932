//! Files of every kind, as they may come.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Cursor;
use std::time::{Duration, Instant};

use files::document::Reader;
use files::{Attached, FILE_CAP, Kind, Refused, TEXT_CAP, attach};
use image::{DynamicImage, ImageFormat};

fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_read-document").into(), Vec::new())
}

fn attached(name: &str, bytes: &[u8]) -> Result<Attached, Refused> {
    attach(name, bytes.to_vec(), &reader())
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PDF with these pages; its table of contents is left to the reader to mend.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 10 + 2 * n)).collect();
    let mut objects = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (2, format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" "))),
        (3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned()),
    ];
    for (n, text) in pages.iter().enumerate() {
        let stream = format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET");
        objects.push((10 + 2 * n, format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>", 11 + 2 * n)));
        objects
            .push((11 + 2 * n, format!("<</Length {}>>stream\n{stream}\nendstream", stream.len())));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, body) in &objects {
        places.push((*number, file.len()));
        file.extend_from_slice(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes());
    }
    let start = file.len();
    file.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, at) in places {
        file.extend_from_slice(format!("{number} 1\n{at:010} 00000 n \n").as_bytes());
    }
    let end = format!("trailer\n<</Size 500/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    file.extend_from_slice(end.as_bytes());
    file
}

#[test]
fn pictures_are_written_anew_and_bounded() {
    for (format, media_type) in [
        (ImageFormat::Png, "image/png"),
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Gif, "image/png"),
        (ImageFormat::WebP, "image/png"),
    ] {
        let clean = attached("a.txt", &picture(30, 20, format)).unwrap();
        assert_eq!(
            (clean.kind, clean.media_type, clean.name.as_str()),
            (Kind::Picture, media_type, "a.txt")
        );
        assert_eq!(
            (clean.facts.width, clean.facts.height, clean.facts.moved),
            (Some(30), Some(20), false)
        );
        assert!(files::data_url(&clean.preview.unwrap()).unwrap().starts_with("data:image/"));
    }
    let large = attached("large.png", &picture(5_000, 100, ImageFormat::Png)).unwrap();
    assert_eq!((large.facts.width, large.facts.height), (Some(2_000), Some(40)));
    let tall = attached("tall.png", &picture(1, 20_000, ImageFormat::Png)).unwrap();
    assert_eq!((tall.facts.width, tall.facts.height), (Some(1), Some(2_000)));
}

#[test]
fn noise_is_made_small_enough_for_the_strictest() {
    let mut seed = 7_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let pixels =
        image::RgbImage::from_fn(2_000, 1_500, |_, _| image::Rgb([noise(), noise(), noise()]));
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let clean = attached("noise.png", &bytes.into_inner()).unwrap();
    assert!(
        clean.bytes.len() <= 3_000_000 && clean.media_type == "image/jpeg",
        "{}",
        clean.bytes.len()
    );
}

#[test]
fn where_a_photograph_was_taken_stays_here() {
    // Behind the first two bytes, as cameras write it: a block of facts with a place in it, turned by a quarter.
    let tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 52.5200 N 13.4050 E";
    let plain = picture(40, 20, ImageFormat::Jpeg);
    let mut photograph = plain[..2].to_vec();
    photograph.extend_from_slice(&[0xff, 0xe1, 0, u8::try_from(tiff.len() + 2).unwrap()]);
    photograph.extend_from_slice(tiff);
    photograph.extend_from_slice(&plain[2..]);
    photograph.extend_from_slice(b"GPS behind the end");
    let clean = attached("IMG_0001.jpg", &photograph).unwrap();
    let holds = |bytes: &[u8]| bytes.windows(3).any(|window| window == b"GPS");
    assert!(holds(&photograph) && !holds(&clean.bytes) && !holds(&clean.preview.unwrap()));
    assert_eq!((clean.facts.width, clean.facts.height), (Some(20), Some(40)), "it stands upright");
}

#[test]
fn of_a_moving_picture_the_first_is_kept() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    let frames = [0, 255].map(|grey| {
        image::Frame::new(image::RgbaImage::from_pixel(4, 4, image::Rgba([grey, grey, grey, 255])))
    });
    encoder.encode_frames(frames).unwrap();
    drop(encoder);
    let clean = attached("wink.gif", &bytes).unwrap();
    assert!(clean.facts.moved);
    let first = image::load_from_memory(&clean.bytes).unwrap().to_rgb8();
    assert_eq!(first.get_pixel(0, 0).0, [0, 0, 0]);
}

#[test]
fn a_pdf_is_kept_as_it_is_and_its_words_are_read() {
    let file = pdf(&["First page", "Second page"]);
    let document = attached("plan.pdf", &file).unwrap();
    assert_eq!((document.kind, document.media_type), (Kind::Document, "application/pdf"));
    assert_eq!((document.facts.pages, document.facts.cut), (Some(2), false));
    let words = document.words.unwrap();
    assert!(words.contains("First page") && words.contains("Second page"), "{words:?}");
    assert_eq!(document.bytes, file);
    assert_eq!(attached("blank.pdf", &pdf(&[""])).unwrap().words, None);
}

#[test]
fn text_is_text_whatever_it_is_called() {
    let text = attached("notes.png", "\u{feff}Grüße\n".as_bytes()).unwrap();
    assert_eq!((text.kind, text.media_type), (Kind::Text, "text/plain"));
    assert_eq!(text.bytes, "Grüße\n".as_bytes());
    assert_eq!(attached("a.txt", &vec![b'a'; TEXT_CAP + 1]), Err(Refused::TooLong));
}

#[test]
fn what_cannot_be_sent_is_refused_for_what_it_is() {
    let whole = pdf(&["Hello"]);
    let mut locked = whole.clone();
    let at = locked.windows(5).position(|window| window == b"/Root").unwrap();
    locked.splice(at..at, *b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)>>/ID[(a)(a)]");
    let table: &[(&[u8], Refused)] = &[
        (b"", Refused::Empty),
        (b"\0\x01\x02", Refused::UnknownKind),
        (b"\x89PNG\r\n\x1a\nnothing", Refused::Damaged),
        (&picture(50, 50, ImageFormat::Jpeg)[..200], Refused::Damaged),
        (b"%PDF-1.7 and nothing else", Refused::Damaged),
        (&whole[..whole.len() / 2], Refused::Damaged),
        (&locked, Refused::Locked),
    ];
    for (bytes, refused) in table {
        assert_eq!(attached("odd", bytes), Err(*refused), "{:?}", &bytes[..bytes.len().min(20)]);
    }
    assert_eq!(attach("huge", vec![b'a'; FILE_CAP + 1], &reader()), Err(Refused::TooLarge));
}

#[test]
fn a_picture_of_too_many_pixels_is_not_unpacked() {
    let mut bomb = picture(1, 1, ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let mut crc = u32::MAX;
    for byte in &bomb[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    bomb[29..33].copy_from_slice(&(!crc).to_be_bytes());
    assert_eq!(attached("bomb.png", &bomb), Err(Refused::TooManyPixels));
}

#[test]
fn a_process_that_never_ends_is_ended_and_one_that_is_not_there_is_said() {
    let looping = Reader::new(
        "/bin/sh".into(),
        vec!["-c".into(), "echo '{\"is\":[\"pdf\",3]}'; exec sleep 600".into()],
    )
    .patient(Duration::from_millis(300));
    let start = Instant::now();
    let document = attach("loop.pdf", pdf(&["x"]), &looping).unwrap();
    assert_eq!((document.facts.pages, document.facts.cut, document.words), (Some(3), true, None));
    assert!(start.elapsed() < Duration::from_secs(60));
    // One that says nothing more and stays is ended as well.
    let silent = Reader::new(
        "/bin/sh".into(),
        vec!["-c".into(), "echo '{\"is\":[\"pdf\",3]}'; exec >&-; exec sleep 600".into()],
    );
    let start = Instant::now();
    assert_eq!(attach("quiet.pdf", pdf(&["x"]), &silent).unwrap().facts.pages, Some(3));
    assert!(start.elapsed() < Duration::from_secs(60));
    let missing = Reader::new("/nowhere/reader".into(), Vec::new());
    assert_eq!(attach("a.pdf", pdf(&["x"]), &missing), Err(Refused::Damaged));
}

#[test]
fn no_damage_to_a_pdf_reaches_us() {
    let whole = pdf(&["First page", "Second (page)"]);
    let reader = reader().patient(Duration::from_secs(5));
    let mut seed = 11_usize;
    for _ in 0..40 {
        let mut damaged = whole.clone();
        for _ in 0..3 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = 8 + (seed >> 33) % (damaged.len() - 8);
            damaged[at] ^= (seed >> 20) as u8;
        }
        // Whatever it says of it, it says something.
        let _ = attach("odd.pdf", damaged, &reader);
    }
}
