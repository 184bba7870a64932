//! The pictures that an answer names and does not bring along. The window is given a number for each, never a way to load an
//! address of its own choice.

use comrak::nodes::NodeValue;
use url::{Host, Url};

use crate::intake::Intake;
use crate::references::References;
use crate::{limits, parse};

/// A picture that could be loaded if the person wished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Sixteen hexadecimal digits, the same for the same address.
    pub id: String,
    /// Where it is: https, or http on this computer.
    pub address: Url,
}

/// The pictures of a text, in its order.
#[must_use]
pub fn pictures(text: &str) -> Vec<Picture> {
    let mut source = String::new();
    Intake::default().take(text, &mut source);
    parse::with_tree(&source, &References::default(), |root, _, _| {
        root.descendants()
            .filter_map(|node| match &node.data().value {
                NodeValue::Image(image) => Picture::at(&image.url),
                _ => None,
            })
            .collect()
    })
}

impl Picture {
    /// The picture at an address as it is written in an answer.
    pub(crate) fn at(target: &str) -> Option<Self> {
        if target.len() > limits::TARGET {
            return None;
        }
        let address = Url::parse(target).ok()?;
        let nameless = address.username().is_empty() && address.password().is_none();
        let fits = match address.scheme() {
            "https" => address.has_host(),
            "http" => is_this_computer(&address),
            _ => false,
        };
        (fits && nameless).then(|| Self { id: id(address.as_str()), address })
    }
}

fn is_this_computer(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// FNV-1a. It need not withstand anybody: whichever picture it finds, the person is shown the address and asked.
fn id(address: &str) -> String {
    let hash = address.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::WORDS;
    use crate::render;

    #[test]
    fn every_picture_with_a_button_is_found_by_its_number() {
        for (text, address) in [
            ("![a](https://x.org/a.png)", "https://x.org/a.png"),
            ("- ![a][p]\n\n[p]: https://x.org/b.png?c=1", "https://x.org/b.png?c=1"),
            ("| ![a](https://\u{43d}\u{438}\u{43a}.org) |\n|-|", "https://xn--h1aeh.org/"),
            ("[^1]\n\n[^1]: ![a](http://127.0.0.1:8188/view)", "http://127.0.0.1:8188/view"),
        ] {
            let found = pictures(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].address.as_str(), address);
            let html = render(text, &WORDS).concat();
            assert!(html.contains(&format!("data-picture=\"{}\"", found[0].id)), "{html}");
        }
    }

    #[test]
    fn what_must_not_be_loaded_has_none() {
        for target in [
            "http://x.org/a.png",
            "http://192.168.0.1/a.png",
            "https://me@x.org/a.png",
            "ftp://x.org/a.png",
            "file:///etc/passwd",
            "data:image/png;base64,AAAA",
            "x.png",
        ] {
            let text = format!("![a]({target})");
            assert_eq!(pictures(&text), [], "{target}");
            assert!(!render(&text, &WORDS).concat().contains("data-picture"), "{target}");
        }
    }
}
