//! Pictures: never fetched. One that the text brings along is shown if its size is known and bearable, any other is named.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use crate::hidden::{write_attribute, write_text};
use crate::{Picture, Words, limits, still};

const PREFIXES: [&str; 4] = [
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];

/// Writes a picture, or what it would have been.
pub(super) fn write(out: &mut String, target: &str, words: &str, own: &Words) {
    if is_picture(target) && still::is_small(&decoded(target)) {
        out.push_str("<img src=\"");
        out.push_str(target);
        out.push_str("\" alt=\"");
        write_attribute(out, words);
        out.push_str("\">");
        return;
    }
    let (before, after) = own.picture_not_loaded;
    out.push_str("<span class=\"blocked\">");
    out.push_str(before);
    out.push_str(" <span class=\"mono\">");
    write_text(out, &origin(target));
    out.push_str("</span> ");
    out.push_str(after);
    if !words.is_empty() {
        out.push_str(": ");
        write_text(out, words);
    }
    if let Some(picture) = Picture::at(target) {
        // The words before it end with a space, for whoever hears or copies them.
        out.push_str(" <button type=\"button\" class=\"btn btn-quiet\" data-act=\"load-picture\" data-picture=\"");
        out.push_str(&picture.id);
        out.push_str("\">");
        out.push_str(own.load_picture);
        out.push_str("</button>");
    }
    out.push_str("</span>");
}

/// Whether a target looks like a picture in itself, of a kind that cannot hold a script.
pub(crate) fn is_picture(target: &str) -> bool {
    let data = PREFIXES.iter().find_map(|prefix| target.strip_prefix(prefix));
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    data.is_some_and(|data| {
        !data.is_empty() && data.len() / 4 * 3 <= limits::PICTURE && data.bytes().all(fits)
    })
}

fn decoded(target: &str) -> Vec<u8> {
    let data = target.split_once(',').map_or("", |(_, data)| data);
    STANDARD.decode(data).unwrap_or_default()
}

/// Where a picture would have come from: the host, or what there is of the target.
fn origin(target: &str) -> String {
    let host = Url::parse(target).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| {
        let start: String = target.chars().take(40).collect();
        if start.len() < target.len() { format!("{start}…") } else { start }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==";

    fn picture(target: &str, words: &str) -> String {
        let mut out = String::new();
        write(&mut out, target, words, &crate::blocks::WORDS);
        out
    }

    #[test]
    fn remote_pictures_are_named() {
        assert_eq!(
            picture("https://example.org/a.png?secret=1", "A <cat>"),
            "<span class=\"blocked\">Picture from <span class=\"mono\">example.org</span> not loaded: \
             A &lt;cat&gt; <button type=\"button\" class=\"btn btn-quiet\" data-act=\"load-picture\" \
             data-picture=\"003067965a4946bc\">Load picture</button></span>"
        );
        assert!(!picture("http://example.org/a.png", "").contains("<button"));
        for target in ["//x.org/a", "file:///a", "data:image/svg+xml;base64,AAAA", "cid:1", ""] {
            assert!(!picture(target, "a").contains("<img"), "{target}");
        }
    }

    #[test]
    fn embedded_pictures_are_shown_up_to_a_size() {
        let shown = picture(DOT, "a \"b\"");
        assert_eq!(shown, format!("<img src=\"{DOT}\" alt=\"a &quot;b&quot;\">"));
        let large = format!("data:image/png;base64,{}", "A".repeat(limits::PICTURE * 4 / 3 + 8));
        assert!(!is_picture(&large));
        assert!(!is_picture("data:image/png;base64,AA\" onerror=\""));
        // A few bytes may say that they are gigabytes of pixels.
        let mut bomb = decoded(DOT);
        bomb[6..10].copy_from_slice(&[0xff; 4]);
        let bomb = format!("data:image/gif;base64,{}", STANDARD.encode(bomb));
        assert!(!picture(&bomb, "a").contains("<img"));
        assert!(!picture("data:image/png;base64,AAAA", "a").contains("<img"), "no picture");
    }
}
