use futures_util::{FutureExt, StreamExt, stream};

use super::*;

type Got = Vec<Result<Frame, FrameError<&'static str>>>;

fn read(chunks: &[&[u8]]) -> Got {
    let chunks: Vec<Result<Bytes, &'static str>> =
        chunks.iter().map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    frames(stream::iter(chunks)).collect::<Vec<_>>().now_or_never().expect("never waits")
}

fn data(got: &Got) -> Vec<&str> {
    got.iter().map(|frame| frame.as_ref().unwrap().data.as_str()).collect()
}

/// A recorded stream with everything that can be split badly: multi-byte characters, CRLF, comments, a long line.
const RECORDED: &[u8] = include_bytes!("../../tests/recorded.sse");

#[test]
fn every_split_position() {
    let whole = read(&[RECORDED]);
    assert_eq!(whole.len(), 9, "{whole:?}");
    for at in 0..=RECORDED.len() {
        assert_eq!(read(&[&RECORDED[..at], &RECORDED[at..]]), whole, "split at {at}");
    }
    let bytes: Vec<&[u8]> = RECORDED.chunks(1).collect();
    assert_eq!(read(&bytes), whole, "byte by byte");
}

#[test]
fn invalid_bytes_lose_nothing_else() {
    let got = read(&[b"data: a\xff\n\ndata: \xe2\x82\n\n", b"data: good\n\n"]);
    assert_eq!(data(&got), ["a\u{fffd}", "\u{fffd}", "good"]);
}

#[test]
fn characters_split_between_chunks() {
    assert_eq!(data(&read(&[b"data: \xe2\x82", b"\xac\n", b"\n"])), ["€"]);
}

#[test]
fn line_ends_comments_and_fields() {
    let table: &[(&[u8], &[&str])] = &[
        (b"data: a\r\n\r\ndata: b\r\n\r\n", &["a", "b"]),
        (b"data: a\r\rdata: b\r\r", &["a", "b"]),
        (b": ping\n\n: ping\n\ndata: a\n\n", &["a"]),
        (b"data:a\ndata: b\n\n", &["a\nb"]),
        (b"id: 1\nretry: 5\nfoo: bar\ndata: a\n\n", &["a"]),
        (b"\xef\xbb\xbfdata: a\n\n", &["a"]),
        (b"\xef\xbb\xbf", &[]),
        (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n", &["a"]),
        (b"\xef\xbb\xbf\xef\xbb\xbf\xef\xbb\xbf\n\ndata: a\n\n", &["a"]),
        (b"\n\xef\xbb\xbfdata: a\n\ndata: b\n\n", &["a", "b"]),
        (b"data: \xef\xbb\xbfa\n\n", &["\u{feff}a"]),
        (b"data: not cut off", &["not cut off"]),
        (b"data: not cut off\n", &["not cut off"]),
        (b"data: {\"a\":1}", &["{\"a\":1}"]),
        (b"data: {\"a\":1", &[]),
        (b"data: a\n\ndata: [DONE]", &["a", "[DONE]"]),
        (b"{\n \"a\": 1\n}", &["{\n \"a\": 1\n}"]),
        (b"just words\r\nof a proxy", &["just words\nof a proxy"]),
        (b"", &[]),
    ];
    for (bytes, expected) in table {
        let whole = read(&[bytes]);
        let shown = String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(data(&whole), *expected, "{shown:?}");
        let split: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(data(&read(&split)), *expected, "{shown:?} byte by byte");
    }
}

#[test]
fn event_names() {
    let got = read(&[b"event: error\ndata: x\n\n"]);
    assert_eq!(got[0].as_ref().unwrap().event, "error");
}

#[test]
fn a_large_event_passes_and_a_larger_one_does_not() {
    let body = vec![b'x'; 10 * 1024 * 1024];
    let mut chunks: Vec<&[u8]> = vec![b"data: "];
    chunks.extend(body.chunks(16 * 1024));
    chunks.push(b"\n\n");
    assert_eq!(read(&chunks)[0].as_ref().unwrap().data.len(), body.len());

    let twice: Vec<&[u8]> =
        chunks[..chunks.len() - 1].iter().copied().chain(chunks[1..].iter().copied()).collect();
    assert_eq!(read(&twice), [Err(FrameError::TooLarge)], "an unended line");

    let line = [b"data: ".as_slice(), &body[..1024 * 1024], b"\n"].concat();
    let lines: Vec<&[u8]> = std::iter::repeat_n(line.as_slice(), 17).collect();
    assert_eq!(read(&lines), [Err(FrameError::TooLarge)], "many lines of one event");
}

#[test]
fn endless_comments_need_no_memory() {
    let comment = [b":".as_slice(), &[b'x'; 1024 * 1024], b"\n"].concat();
    let mut chunks: Vec<&[u8]> = std::iter::repeat_n(comment.as_slice(), 40).collect();
    chunks.push(b"data: a\n\n");
    assert_eq!(data(&read(&chunks)), ["a"]);
}

#[test]
fn a_broken_connection_is_an_error_after_what_came() {
    let chunks = vec![Ok(Bytes::from_static(b"data: a\n\n")), Err("reset")];
    let got: Got = frames(stream::iter(chunks)).collect::<Vec<_>>().now_or_never().unwrap();
    assert_eq!(got[0].as_ref().unwrap().data, "a");
    assert_eq!(got[1], Err(FrameError::Transport("reset")));
    assert_eq!(got.len(), 2);
    let chunks = vec![Ok(Bytes::from_static(b"data: a\n")), Err("reset")];
    let got: Got = frames(stream::iter(chunks)).collect::<Vec<_>>().now_or_never().unwrap();
    assert_eq!(got[0].as_ref().unwrap().data, "a", "a last event without its blank line");
    assert_eq!((&got[1], got.len()), (&Err(FrameError::Transport("reset")), 2));
}
