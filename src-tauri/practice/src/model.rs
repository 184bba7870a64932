//! The models: a model's name chooses what the server does.

use crate::echo::{WAYS, Way};
use crate::hard::{self, Hard};

/// What to do with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// `practice`: the tour.
    Tour,
    /// `practice-thinking`: the tour, with reasoning first.
    Thinking,
    /// `practice-everything`: all that a format can tell: reasoning and its seal, text, sources, every kind of token.
    Everything,
    /// `speed-E-B`: B bytes of markdown at E events a second; E = 0 is as fast as it goes.
    Speed {
        /// Events a second; 0 for no pause.
        events: u32,
        /// Bytes of text in the answer.
        bytes: usize,
    },
    /// `code-N`: a code block of N lines, as fast as it goes.
    Code {
        /// Lines of code.
        lines: usize,
    },
    /// `parrot`: repeats what it was told, in pieces of one to seven characters, as fast as it goes; `parrot-E` at E pieces a
    /// second.
    Parrot {
        /// Pieces a second; 0 is as fast as it goes.
        events: u32,
    },
    /// `hard-…`: a text that is hard to show, as fast as it goes.
    Hard(Hard),
    /// `fault-…`: one way to go wrong.
    Fault(Fault),
}

/// Ways to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `fault-401` and so on: this HTTP status, with `Retry-After: 1` where it is 429, 503 or 529.
    Status(u16),
    /// `fault-quota`: the account is empty.
    Quota,
    /// `fault-busy-once`: busy the first time, with `Retry-After: 1`, then an answer.
    BusyOnce,
    /// `fault-broken`: the connection breaks in mid-answer.
    Broken,
    /// `fault-idle`: silence in mid-answer.
    Idle,
    /// `fault-unmarked`: the stream ends without any mark of an end.
    Unmarked,
    /// `fault-error`: an error object in mid-answer.
    MidStreamError,
    /// `fault-nonsense`: an event that is of no format.
    Nonsense,
    /// `fault-html`: a web page with status 200.
    Html,
    /// `fault-utf8`: an invalid byte in mid-answer.
    InvalidUtf8,
    /// `fault-huge`: one event of 17 MiB.
    HugeEvent,
    /// `fault-redirect`: 307 to another host.
    Redirect,
    /// `fault-whole`: the whole answer as one document, though a stream was asked for.
    Whole,
    /// `fault-echo…`: an answer that repeats the key it was asked with.
    Echo(Way),
    /// `fault-length`: cut at the token limit.
    Length,
    /// `fault-filter`: cut by a content filter, in formats that have a word for it.
    Filter,
}

const STATUSES: [u16; 11] = [400, 401, 402, 403, 404, 408, 429, 500, 502, 503, 529];

const NAMED: [(&str, Fault); 14] = [
    ("fault-quota", Fault::Quota),
    ("fault-busy-once", Fault::BusyOnce),
    ("fault-broken", Fault::Broken),
    ("fault-idle", Fault::Idle),
    ("fault-unmarked", Fault::Unmarked),
    ("fault-error", Fault::MidStreamError),
    ("fault-nonsense", Fault::Nonsense),
    ("fault-html", Fault::Html),
    ("fault-utf8", Fault::InvalidUtf8),
    ("fault-huge", Fault::HugeEvent),
    ("fault-redirect", Fault::Redirect),
    ("fault-whole", Fault::Whole),
    ("fault-length", Fault::Length),
    ("fault-filter", Fault::Filter),
];

impl Model {
    /// The model of this name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "practice" => return Some(Self::Tour),
            "practice-thinking" => return Some(Self::Thinking),
            "practice-everything" => return Some(Self::Everything),
            "parrot" => return Some(Self::Parrot { events: 0 }),
            _ => {}
        }
        if let Some(rest) = name.strip_prefix("speed-") {
            let (events, bytes) = rest.split_once('-')?;
            return Some(Self::Speed {
                events: events.parse().ok()?,
                bytes: bytes.parse().ok().filter(|bytes| *bytes <= 64 * 1024 * 1024)?,
            });
        }
        if let Some(events) = name.strip_prefix("parrot-") {
            return Some(Self::Parrot { events: events.parse().ok()? });
        }
        if let Some(lines) = name.strip_prefix("code-") {
            let lines = lines.parse().ok().filter(|lines| *lines <= 1_000_000)?;
            return Some(Self::Code { lines });
        }
        if let Some((_, hard)) = hard::NAMES.iter().find(|(known, _)| *known == name) {
            return Some(Self::Hard(*hard));
        }
        if let Some((_, fault)) = NAMED.iter().find(|(known, _)| *known == name) {
            return Some(Self::Fault(*fault));
        }
        if let Some((_, way)) = WAYS.iter().find(|(known, _)| *known == name) {
            return Some(Self::Fault(Fault::Echo(*way)));
        }
        let status = name.strip_prefix("fault-")?.parse().ok()?;
        STATUSES.contains(&status).then_some(Self::Fault(Fault::Status(status)))
    }

    /// The names listed to a newcomer, or, with `faults`, to a test.
    pub fn names(faults: bool) -> Vec<String> {
        let mut names = vec!["practice".to_owned(), "practice-thinking".to_owned()];
        if faults {
            names.extend(
                [
                    "practice-everything",
                    "parrot",
                    "parrot-1000",
                    "speed-100-10000",
                    "speed-0-200000",
                ]
                .map(str::to_owned),
            );
            names.extend(["code-100000", "speed-0-50000"].map(str::to_owned));
            names.extend(hard::NAMES.iter().map(|(name, _)| (*name).to_owned()));
            names.extend(NAMED.iter().map(|(name, _)| (*name).to_owned()));
            names.extend(WAYS.iter().map(|(name, _)| (*name).to_owned()));
            names.extend(STATUSES.iter().map(|status| format!("fault-{status}")));
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_is_a_model() {
        for name in Model::names(true) {
            assert!(Model::parse(&name).is_some(), "{name}");
        }
    }

    #[test]
    fn names() {
        assert_eq!(
            Model::parse("speed-100-10000"),
            Some(Model::Speed { events: 100, bytes: 10_000 })
        );
        assert_eq!(Model::parse("parrot-1000"), Some(Model::Parrot { events: 1000 }));
        assert_eq!(Model::parse("fault-429"), Some(Model::Fault(Fault::Status(429))));
        for name in
            ["", "gpt-5.1", "fault-200", "fault-", "speed-1", "speed-1-99999999999", "parrot-x"]
        {
            assert_eq!(Model::parse(name), None, "{name}");
        }
    }
}
