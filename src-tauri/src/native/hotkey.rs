//! Keys that open the small window from everywhere: what they may be, and why there may be none.

#[cfg(target_os = "linux")]
mod x11;

use std::fmt;
use std::str::FromStr;

/// Why no keys can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHotkey {
    /// Another program has them.
    Taken,
    /// The desktop gives none to programs whose memory is protected, as this one's is.
    Wayland,
    /// There is no display that could be asked, or none that is known here.
    NoDisplay,
    /// This keyboard has no such key.
    NoSuchKey,
}

/// Keys of a keyboard, by their places, as the page names them: `Mod+Shift+Space`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chord {
    control: bool,
    alt: bool,
    shift: bool,
    code: String,
}

/// What is no chord for everywhere: it would take a letter, or a key that edits, from every program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAChord;

impl Default for Chord {
    fn default() -> Self {
        Self { control: true, alt: false, shift: true, code: "Space".to_owned() }
    }
}

impl FromStr for Chord {
    type Err = NotAChord;

    fn from_str(text: &str) -> Result<Self, NotAChord> {
        let mut parts: Vec<&str> = text.split('+').collect();
        let code = parts.pop().filter(|code| keycode(code).is_some()).ok_or(NotAChord)?;
        let mut chord = Self { control: false, alt: false, shift: false, code: code.to_owned() };
        for part in parts {
            let held = match part {
                "Mod" => &mut chord.control,
                "Alt" => &mut chord.alt,
                "Shift" => &mut chord.shift,
                _ => return Err(NotAChord),
            };
            if std::mem::replace(held, true) {
                return Err(NotAChord);
            }
        }
        // With one key held these are copying, finding and the like; what a function key does alone is seldom missed.
        let held = [chord.control, chord.alt, chord.shift].iter().filter(|held| **held).count();
        let is_function = code.starts_with('F') && code.len() > 1;
        let is_held = chord.control || chord.alt;
        match (is_held && held >= 2) || is_function || (chord.alt && code == "Space") {
            true => Ok(chord),
            false => Err(NotAChord),
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.control, "Mod+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                formatter.write_str(name)?;
            }
        }
        formatter.write_str(&self.code)
    }
}

/// Keys that are had as long as this is held.
#[derive(Debug)]
pub struct Hotkey {
    #[cfg(target_os = "linux")]
    _grab: x11::Grab,
}

impl Hotkey {
    /// Takes the keys; `pressed` is called whenever they are.
    pub fn take(chord: &Chord, pressed: impl Fn() + Send + 'static) -> Result<Self, NoHotkey> {
        #[cfg(target_os = "linux")]
        {
            if is_wayland() {
                return Err(NoHotkey::Wayland);
            }
            Ok(Self { _grab: x11::Grab::of(chord, pressed)? })
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = (chord, pressed);
            Err(NoHotkey::NoDisplay)
        }
    }
}

/// There X11 keys reach old programs only, so that they would seem to work and not do so.
#[cfg(target_os = "linux")]
fn is_wayland() -> bool {
    let says = |name: &str| std::env::var(name).unwrap_or_default();
    !says("WAYLAND_DISPLAY").is_empty() || says("XDG_SESSION_TYPE") == "wayland"
}

/// The number of the key at this place: the kernel's, as X counts it.
fn keycode(code: &str) -> Option<u8> {
    const LETTERS: [(&str, u8); 3] = [("QWERTYUIOP", 16), ("ASDFGHJKL", 30), ("ZXCVBNM", 44)];
    const NAMED: [(&str, u8); 27] = [
        ("Minus", 12),
        ("Equal", 13),
        ("BracketLeft", 26),
        ("BracketRight", 27),
        ("Semicolon", 39),
        ("Quote", 40),
        ("Backquote", 41),
        ("Backslash", 43),
        ("Comma", 51),
        ("Period", 52),
        ("Slash", 53),
        ("Space", 57),
        ("Enter", 28),
        ("Home", 102),
        ("ArrowUp", 103),
        ("PageUp", 104),
        ("ArrowLeft", 105),
        ("ArrowRight", 106),
        ("End", 107),
        ("ArrowDown", 108),
        ("PageDown", 109),
        ("Insert", 110),
        ("F11", 87),
        ("F12", 88),
        ("IntlBackslash", 86),
        ("Pause", 119),
        ("Tab", 15),
    ];
    let kernel = if let Some(letter) = code.strip_prefix("Key").filter(|rest| rest.len() == 1) {
        LETTERS.iter().find_map(|(row, first)| Some(first + position(row, letter)?))?
    } else if let Some(digit) = code.strip_prefix("Digit").filter(|rest| rest.len() == 1) {
        2 + position("1234567890", digit)?
    } else if let Some((_, number)) = NAMED.iter().find(|(name, _)| *name == code) {
        *number
    } else {
        let number: u8 = code.strip_prefix('F')?.parse().ok()?;
        (1..=10).contains(&number).then_some(58 + number)?
    };
    Some(kernel + 8)
}

fn position(row: &str, key: &str) -> Option<u8> {
    row.find(key).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_that_take_nothing_from_anybody() {
        for good in
            ["Mod+Shift+Space", "Alt+Space", "Mod+Alt+KeyQ", "F9", "Mod+F12", "Alt+Shift+Digit0"]
        {
            assert_eq!(good.parse::<Chord>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "KeyA",
            "Shift+KeyA",
            "Mod+KeyC",
            "Alt+KeyF",
            "Space",
            "Mod+Space+Shift",
            "Mod+Mod+KeyA",
            "Mod+Shift+Nothing",
            "Mod+Shift+",
            "F99",
            "Mod+Shift+Keyé",
        ] {
            assert_eq!(bad.parse::<Chord>(), Err(NotAChord), "{bad}");
        }
        assert_eq!(Chord::default().to_string(), "Mod+Shift+Space");
    }

    #[test]
    fn keys_are_where_x_counts_them() {
        let table = [
            ("Space", 65),
            ("KeyA", 38),
            ("KeyQ", 24),
            ("KeyZ", 52),
            ("Digit1", 10),
            ("Digit0", 19),
            ("F1", 67),
            ("F10", 76),
            ("F12", 96),
        ];
        for (code, number) in table {
            assert_eq!(keycode(code), Some(number), "{code}");
        }
    }
}
