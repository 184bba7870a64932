//! Words in whatever encoding they were written: by their mark, as UTF-8, or as the letters say that are in them.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::kind::holds_controls;

/// The words; `None` if these bytes are for programs.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, is_broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!is_broken && !holds_controls(text.as_bytes())).then_some(text);
    }
    if holds_controls(bytes) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Some(encoding.decode_without_bom_handling(bytes).0)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_KR, GB18030, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    use super::*;

    #[test]
    fn words_in_any_encoding() {
        let table = [
            (WINDOWS_1252, "Le café est fermé jusqu’à l’été; “vraiment”, où ça?"),
            (WINDOWS_1252, "Die Straße führt über die Brücke zum größten Gebäude."),
            (SHIFT_JIS, "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"),
            (GB18030, "学而时习之，不亦说乎？有朋自远方来，不亦乐乎？人不知而不愠。"),
            (BIG5, "學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？人不知而不慍。"),
            (EUC_KR, "나랏말싸미 듕귁에 달아 문자와로 서르 사맛디 아니할쎄"),
            (WINDOWS_1251, "Все счастливые семьи похожи друг на друга."),
        ];
        for (encoding, text) in table {
            let (bytes, _, is_lossy) = encoding.encode(text);
            assert!(!is_lossy);
            assert_eq!(decode(&bytes).as_deref(), Some(text), "{}", encoding.name());
        }
    }

    #[test]
    fn a_mark_says_which() {
        let of = |unit: fn(u16) -> [u8; 2], mark: u16| -> Vec<u8> {
            "\u{0}Grüße 猫"
                .encode_utf16()
                .map(|letter| if letter == 0 { mark } else { letter })
                .flat_map(unit)
                .collect()
        };
        for bytes in [of(u16::to_le_bytes, 0xfeff), of(u16::to_be_bytes, 0xfeff)] {
            assert_eq!(decode(&bytes).as_deref(), Some("Grüße 猫"));
        }
        assert_eq!(decode(b"\xef\xbb\xbfPlain").as_deref(), Some("Plain"));
    }

    #[test]
    fn what_is_for_programs_is_no_text() {
        for bytes in [
            &b"\x7fELF\x02"[..],
            b"\xff\xfe\0\0\x01\0\0\0",
            b"RIFF\x10\0\0\0WAVE",
            b"\xff\xfe\0\xd8",
        ] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
