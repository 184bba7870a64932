//! What a search found, by place.

use std::collections::BTreeMap;
use std::fmt;

use super::forms::Form;
use super::needle::Found;
use crate::world::Member;

/// What a process is, as far as secrets go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The web view's processes: never.
    Web,
    /// The program itself, which uses the key.
    Native,
    /// The keychain, which keeps it.
    Keychain,
    /// The session bus, which secrets cross only encrypted: never.
    Bus,
    /// The display server and the clipboard, where a person typed or copied it.
    Desktop,
    /// WebDriver and whatever else lives in the world.
    Other,
}

impl Class {
    /// What this process is.
    pub fn of(member: &Member) -> Self {
        match member.name().as_str() {
            name if name.starts_with("WebKit") && name.ends_with("Process") => Self::Web,
            "latchkey" => Self::Native,
            "gnome-keyring-daemon" => Self::Keychain,
            "dbus-daemon" | "dbus-broker" => Self::Bus,
            "Xvfb" | "xclip" | "xdotool" => Self::Desktop,
            _ => Self::Other,
        }
    }
}

/// Where something was searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In memory.
    Memory(Class),
    /// In what a process was started with: environment and arguments.
    Start(Class),
    /// In a file, or in a file's name.
    Disk,
}

/// How much was searched and what was found there.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Tally {
    things: usize,
    bytes: u64,
    found: BTreeMap<Form, usize>,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Report(BTreeMap<Place, Tally>);

impl Report {
    pub(super) fn add(&mut self, place: Place, bytes: u64, found: Found) {
        let tally = self.0.entry(place).or_default();
        tally.things += 1;
        tally.bytes += bytes;
        for (form, count) in found {
            *tally.found.entry(form).or_default() += count;
        }
    }

    /// Takes another's figures in.
    pub fn join(&mut self, other: Self) {
        for (place, tally) in other.0 {
            let own = self.0.entry(place).or_default();
            own.things += tally.things;
            own.bytes += tally.bytes;
            for (form, count) in tally.found {
                *own.found.entry(form).or_default() += count;
            }
        }
    }

    /// Copies found in this place, in any form.
    pub fn hits(&self, place: Place) -> usize {
        self.0.get(&place).map_or(0, |tally| tally.found.values().sum())
    }

    /// Bytes searched in this place.
    pub fn bytes(&self, place: Place) -> u64 {
        self.0.get(&place).map_or(0, |tally| tally.bytes)
    }

    /// Processes or files searched in this place.
    pub fn things(&self, place: Place) -> usize {
        self.0.get(&place).map_or(0, |tally| tally.things)
    }

    /// Copies where none may ever be: in the web view, on the bus, in a file, in an environment or on a command line.
    pub fn leaks(&self) -> usize {
        let may_hold = |place: &Place| matches!(place, Place::Memory(class) if !matches!(class, Class::Web | Class::Bus));
        self.0.keys().filter(|place| !may_hold(place)).map(|place| self.hits(*place)).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, tally) in &self.0 {
            let mib = tally.bytes as f64 / (1024.0 * 1024.0);
            writeln!(
                f,
                "{place:?}: {} searched, {mib:.1} MiB, found {:?}",
                tally.things, tally.found
            )?;
        }
        Ok(())
    }
}
