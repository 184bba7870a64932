//! Audio of every kind, made here frame by frame: told by its bytes, measured by its frames.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use files::document::Reader;
use files::{Attached, Kind, Refused, attach};

fn look(name: &str, bytes: &[u8]) -> Result<Attached, Refused> {
    attach(name, bytes.to_vec(), &Reader::new("/nowhere".into(), Vec::new()))
}

/// Its type and its length.
fn heard(bytes: &[u8]) -> (&'static str, Option<u64>) {
    let attached = look("picture.png", bytes).unwrap();
    assert_eq!((attached.kind, attached.bytes.as_slice()), (Kind::Audio, bytes));
    (attached.media_type, attached.facts.length_ms)
}

fn wav(rate: u32, channels: u16, bits: u16, bytes: u32) -> Vec<u8> {
    let mut file = b"RIFF\0\0\0\0WAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0\x01\0".to_vec();
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    // What it says of bytes a second is a lie.
    file.extend(7_u32.to_le_bytes());
    file.extend([0, 0]);
    file.extend(bits.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend(vec![0; usize::try_from(bytes).unwrap()]);
    file
}

/// Frames of MPEG 1, layer III, 128 kilobits, 44,100 samples a second: 26 ms each.
fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x00]);
    frame.repeat(frames)
}

fn tagged(sound: Vec<u8>) -> Vec<u8> {
    let mut file = b"ID3\x04\0\0\0\0\x01\x00".to_vec();
    file.extend([b'x'; 128]);
    // Some writers leave room between.
    file.extend([0; 300]);
    file.extend(sound);
    file.extend(b"TAG");
    file.extend([b' '; 125]);
    file
}

/// Frames of 1,024 samples at 44,100 a second.
fn aac(frames: usize) -> Vec<u8> {
    let mut frame = [0; 100];
    frame[..7].copy_from_slice(&[0xff, 0xf1, 0x50, 0x80, 0x0c, 0x9f, 0xfc]);
    frame.repeat(frames)
}

fn flac(samples: u64) -> Vec<u8> {
    let mut file = b"fLaC\x80\0\0\x22".to_vec();
    file.extend([0; 10]);
    file.extend(((16_000_u64 << 44) | (15 << 36) | samples).to_be_bytes());
    file.extend([0; 16]);
    file
}

fn page(kind: u8, granule: u64, packet: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(kind);
    page.extend(granule.to_le_bytes());
    page.extend([7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    page.push(u8::try_from(packet.len()).unwrap());
    page.extend(packet);
    page
}

fn opus(granule: u64) -> Vec<u8> {
    let head = b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";
    [page(2, 0, head), page(0, u64::MAX, b"OpusTags"), page(4, granule, &[1; 90])].concat()
}

fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes(), name.as_slice(), body].concat()
}

fn track(kind: &[u8; 4]) -> Vec<u8> {
    let hdlr = boxed(b"hdlr", &[&[0; 8], kind.as_slice(), &[0; 12]].concat());
    boxed(b"trak", &boxed(b"mdia", &hdlr))
}

fn mp4(brand: &[u8; 4], tracks: &[&[u8; 4]]) -> Vec<u8> {
    let mut head = vec![0; 100];
    head[12..16].copy_from_slice(&600_u32.to_be_bytes());
    head[16..20].copy_from_slice(&1_500_u32.to_be_bytes());
    let tracks: Vec<u8> = tracks.iter().flat_map(|kind| track(kind)).collect();
    let film = boxed(b"moov", &[boxed(b"mvhd", &head), tracks].concat());
    [boxed(b"ftyp", &[brand.as_slice(), &[0; 4]].concat()), boxed(b"mdat", &[0; 64]), film].concat()
}

fn element(name: &[u8], body: &[u8]) -> Vec<u8> {
    let size = 0x4000 | u16::try_from(body.len()).unwrap();
    [name, &size.to_be_bytes(), body].concat()
}

/// As a browser records it: nobody knew how long it would be.
fn webm(kind: &[u8], track: u8) -> Vec<u8> {
    let head = element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], kind));
    let tracks = element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &element(&[0x83], &[track])));
    let unknown = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    let cluster = |time: u16, after: u16| {
        let block = [&[0x81][..], &after.to_be_bytes(), &[0x80, 1, 2, 3]].concat();
        [
            &[0x1f, 0x43, 0xb6, 0x75][..],
            &unknown,
            &element(&[0xe7], &time.to_be_bytes()),
            &element(&[0xa3], &block),
        ]
        .concat()
    };
    [
        head,
        [&[0x18, 0x53, 0x80, 0x67][..], &unknown].concat(),
        tracks,
        cluster(0, 20),
        cluster(2_000, 480),
    ]
    .concat()
}

#[test]
fn the_bytes_say_what_it_is_and_how_long() {
    let table: [(&str, Vec<u8>, &str, Option<u64>); 13] = [
        ("wav", wav(16_000, 1, 16, 32_000), "audio/wav", Some(1_000)),
        ("wav in stereo", wav(48_000, 2, 24, 576_000), "audio/wav", Some(2_000)),
        ("mp3", mp3(100), "audio/mpeg", Some(2_612)),
        ("mp3 with what is written of it", tagged(mp3(100)), "audio/mpeg", Some(2_612)),
        ("aac", aac(50), "audio/aac", Some(1_160)),
        ("flac", flac(40_000), "audio/flac", Some(2_500)),
        ("flac of a length that nobody knew", flac(0), "audio/flac", None),
        ("opus", opus(48_000 * 3 + 312), "audio/ogg", Some(3_000)),
        ("m4a", mp4(b"M4A ", &[b"soun"]), "audio/mp4", Some(2_500)),
        ("a book with pictures", mp4(b"M4B ", &[b"soun", b"vide"]), "audio/mp4", Some(2_500)),
        ("audio of a phone", mp4(b"isom", &[b"soun"]), "audio/mp4", Some(2_500)),
        ("webm", webm(b"webm", 2), "audio/webm", Some(2_480)),
        (
            "wav of a stream",
            [wav(8_000, 1, 16, 16_000), Vec::new()].concat(),
            "audio/wav",
            Some(1_000),
        ),
    ];
    for (name, file, media_type, length) in table {
        assert_eq!(heard(&file), (media_type, length), "{name}");
    }
    let mut streamed = wav(16_000, 1, 16, 32_000);
    let size = streamed.len() - 32_000 - 4;
    streamed[size..size + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(heard(&streamed).1, Some(1_000), "its writer did not know the length");
}

#[test]
fn what_is_seen_or_broken_is_refused_in_words() {
    let table: [(&str, Vec<u8>, Refused); 8] = [
        ("a film", mp4(b"isom", &[b"vide", b"soun"]), Refused::Video),
        ("a film of the web", webm(b"webm", 1), Refused::Video),
        ("theora", page(2, 0, b"\x80theora"), Refused::Video),
        ("matroska", webm(b"matroska", 2), Refused::UnknownKind),
        ("no track", mp4(b"isom", &[]), Refused::UnknownKind),
        ("wav without sound", wav(16_000, 1, 16, 0)[..30].to_vec(), Refused::Damaged),
        ("flac without its head", b"fLaC\x80".to_vec(), Refused::Damaged),
        ("a tag and nothing else", tagged(Vec::new()), Refused::Damaged),
    ];
    for (name, file, refused) in table {
        assert_eq!(look("a.mp3", &file).unwrap_err(), refused, "{name}");
    }
}

#[test]
fn what_lies_about_its_length_says_none() {
    let mut endless = flac(0xf_ffff_ffff);
    endless[18..26].copy_from_slice(&((1_u64 << 44) | 0xf_ffff_ffff).to_be_bytes());
    assert_eq!(heard(&endless), ("audio/flac", None));
    let mut still = flac(5);
    still[18..26].copy_from_slice(&5_u64.to_be_bytes());
    assert_eq!(heard(&still), ("audio/flac", None), "no samples a second");
}

#[test]
fn cut_anywhere_and_changed_anywhere_it_is_read_to_its_end() {
    let files = [
        wav(16_000, 1, 16, 64),
        tagged(mp3(4)),
        aac(4),
        flac(40_000),
        opus(96_000),
        mp4(b"isom", &[b"soun", b"text"]),
        webm(b"webm", 2),
    ];
    for file in files {
        for end in 0..file.len().min(300) {
            let _ = look("a", &file[..end]);
            for odd in [0, 0x7f, 0xff] {
                let mut changed = file.clone();
                changed[end] = odd;
                let _ = look("a", &changed);
            }
        }
    }
}

#[test]
fn what_is_made_to_take_long_does_not() {
    let began = Instant::now();
    // Boxes in boxes in boxes, frames that lead nowhere, elements of no size, pages without end.
    let mut nested = Vec::new();
    for _ in 0..200_000 {
        nested.extend([0x7f, 0, 0, 0]);
        nested.extend(b"moov");
    }
    let film = [boxed(b"ftyp", b"isom\0\0\0\0"), nested].concat();
    assert_eq!(look("a", &film).unwrap_err(), Refused::UnknownKind);
    let mut nowhere = mp3(2);
    nowhere.extend([0xff, 0xfb, 0x90, 0x00].repeat(2_000_000));
    let _ = look("a", &nowhere);
    let empty = [&webm(b"webm", 2)[..], &[0xec, 0x80].repeat(2_000_000)].concat();
    let _ = look("a", &empty);
    let pages = page(0, 1, b"").repeat(200_000);
    let _ = look("a", &[opus(1), pages].concat());
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
