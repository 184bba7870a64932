//! Which hosts are reached without the proxy, read as whoever wrote the list plainly meant it.
//!
//! Programs differ in what they understand here. Where one of them goes the direct way, so does this: a list of exceptions
//! is there to be kept to.

use std::net::IpAddr;

use url::{Host, Url};

/// Whether a list such as `NO_PROXY` names the host of this address.
pub(super) fn covers(list: &str, url: &Url) -> bool {
    let port = url.port_or_known_default();
    let Some(host) = url.host() else { return false };
    let separated = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
    list.split(separated).any(|entry| entry_covers(entry, &host, port))
}

fn entry_covers(entry: &str, host: &Host<&str>, port: Option<u16>) -> bool {
    let entry = entry.trim_matches(['"', '\'']);
    let entry = entry.split_once("://").map_or(entry, |(_, rest)| rest);
    if let Some((network, bits)) = entry.split_once('/') {
        let network = (unbracketed(network).parse(), bits.parse());
        if let (Ok(network), Ok(bits)) = network {
            return address_of(host).is_some_and(|address| is_within(address, network, bits));
        }
    }
    let entry = entry.split('/').next().unwrap_or(entry);
    let (name, wanted) = without_port(entry);
    let fits = wanted.is_none_or(|wanted| wanted == "*" || wanted.parse().ok() == port);
    fits && name_covers(name, host)
}

/// The port behind a name; an IPv6 address has colons of its own.
fn without_port(entry: &str) -> (&str, Option<&str>) {
    if entry.parse::<IpAddr>().is_ok() {
        return (entry, None);
    }
    match entry.rsplit_once(':') {
        Some((name, port)) if port == "*" || port.bytes().all(|b| b.is_ascii_digit()) => {
            (name, Some(port).filter(|port| !port.is_empty()))
        }
        _ => (entry, None),
    }
}

fn name_covers(name: &str, host: &Host<&str>) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    if name == "*" {
        return true;
    }
    if let Some(address) = address_of(host) {
        let same = unbracketed(&name).parse() == Ok(address);
        return same || (name.contains('*') && is_like(&name, &address.to_string()));
    }
    let Host::Domain(host) = host else { return false };
    let host = host.trim_end_matches('.');
    if name == "<local>" {
        return !host.contains('.');
    }
    // `*.corp`, `.corp` and `corp` all mean the domain and what is below it.
    let domain = name.strip_prefix("*.").unwrap_or(&name).trim_start_matches('.');
    let Ok(Host::Domain(domain)) = Host::parse(&domain.replace('*', "0")).map(|known| {
        // An international name is looked up in punycode; a star is no letter of one.
        if domain.contains('*') { Host::Domain(domain.to_owned()) } else { known }
    }) else {
        return false;
    };
    let below = host.strip_suffix(domain.as_str());
    below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
        || (domain.contains('*') && is_like(&domain, host))
}

/// Whether a text has the form of a pattern in which a star stands for anything.
fn is_like(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(behind) = text.strip_prefix(first) else { return false };
    let starts = behind.char_indices().map(|(at, _)| at).chain([behind.len()]);
    starts.into_iter().any(|at| is_like(rest, &behind[at..]))
}

fn address_of(host: &Host<&str>) -> Option<IpAddr> {
    match host {
        Host::Ipv4(address) => Some(IpAddr::V4(*address)),
        Host::Ipv6(address) => Some(IpAddr::V6(*address)),
        Host::Domain(_) => None,
    }
}

fn unbracketed(text: &str) -> &str {
    text.trim_start_matches('[').trim_end_matches(']')
}

fn is_within(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    let shifted = |value: u128, width: u32| value.checked_shr(width.saturating_sub(bits));
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) if bits <= 32 => {
            shifted(a.to_bits().into(), 32) == shifted(n.to_bits().into(), 32)
        }
        (IpAddr::V6(a), IpAddr::V6(n)) if bits <= 128 => {
            bits == 0 || shifted(a.to_bits(), 128) == shifted(n.to_bits(), 128)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_people_write() {
        let at = "https://llm.corp.example/v1";
        for (list, url, direct) in [
            ("*", at, true),
            ("*.corp.example", at, true),
            (".corp.example", at, true),
            ("corp.example", at, true),
            ("CORP.example.", at, true),
            ("llm.corp.example", at, true),
            ("llm.corp.example:443", at, true),
            ("*.corp.example:443", at, true),
            ("llm.corp.example:*", at, true),
            ("llm.corp.example:8443", at, false),
            ("llm.corp.example:8443", "https://llm.corp.example:8443/v1", true),
            ("https://llm.corp.example/v1", at, true),
            ("*corp.example", at, true),
            ("llm.*.example", at, true),
            ("\"*.corp.example\"", at, true),
            ("a.example, *.corp.example", at, true),
            ("a.example *.corp.example", at, true),
            ("a.example;*.corp.example", at, true),
            ("a.example|*.corp.example", at, true),
            ("*.corp.example", "https://corp.example", true),
            ("*.corp.example", "https://llm.notcorp.example", false),
            ("corp.example", "https://notcorp.example", false),
            (".corp.example", "https://corp.example.evil.example", false),
            ("*.bücher.example", "https://llm.bücher.example", true),
            ("example", at, true),
            ("", at, false),
            (",;", at, false),
            (".", at, false),
            ("<local>", "https://intranet/v1", true),
            ("<local>", at, false),
            ("10.0.0.1", "https://10.0.0.1", true),
            ("10.0.0.1:443", "https://10.0.0.1", true),
            ("10.0.0.1:80", "https://10.0.0.1", false),
            ("10.0.0.0/8", "https://10.200.3.4", true),
            ("10.0.0.0/8", "https://11.0.0.1", false),
            ("0.0.0.0/0", "https://11.0.0.1", true),
            ("10.0.0.1/32", "https://10.0.0.1", true),
            ("10.*", "https://10.1.2.3", true),
            ("192.168.*.*", "https://192.168.7.9", true),
            ("192.168.*.*", "https://193.168.7.9", false),
            ("fd00::1", "https://[fd00::1]", true),
            ("[fd00::1]", "https://[fd00::1]", true),
            ("[fd00::1]:443", "https://[fd00::1]", true),
            ("[fd00::1]:80", "https://[fd00::1]", false),
            ("fd00::/8", "https://[fd12::9]", true),
            ("fd00::/8", "https://[fe80::9]", false),
            ("::/0", "https://[fe80::9]", true),
            ("10.0.0.0/8", "https://[fd00::1]", false),
            ("1", "https://10.0.0.1", false),
        ] {
            assert_eq!(covers(list, &Url::parse(url).unwrap()), direct, "{list:?} {url}");
        }
    }
}
