//! Where days begin for the person: by the clock and the calendar of this computer, summer time and all, which the engine of the
//! file asks the system for.

use rusqlite::Transaction;

use super::day::Day;
use crate::Error;

const QUARTER_MS: i64 = 15 * 60 * 1000;
/// No clock on earth is further from UTC than this, to either side.
const FURTHEST: i64 = 15 * 4;

/// The day that a moment is of.
pub(super) fn day_of(read: &Transaction<'_>, ms: i64) -> Result<Day, Error> {
    let mut ask = read.prepare_cached(
        "SELECT strftime('%Y', ?1, 'unixepoch', 'localtime'), strftime('%m', ?1, 'unixepoch', 'localtime'),
                strftime('%d', ?1, 'unixepoch', 'localtime')",
    )?;
    let texts: [Option<String>; 3] =
        ask.query_row([ms.div_euclid(1000)], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?;
    let [Some(year), Some(month), Some(day)] =
        texts.map(|text| text.and_then(|text| text.parse().ok()))
    else {
        // A moment that no calendar knows.
        return Ok(Day::of(ms));
    };
    Ok(Day { year, month, day })
}

/// Where a day begins. Clocks go by whole quarters of an hour from UTC; some have no midnight on a day, some have two.
pub(super) fn begin_of(read: &Transaction<'_>, day: Day) -> Result<i64, Error> {
    let utc = day.utc_ms();
    let (mut before, mut begun) = (-FURTHEST, FURTHEST);
    while begun - before > 1 {
        let middle = before.midpoint(begun);
        if day_of(read, utc + middle * QUARTER_MS)? < day {
            before = middle;
        } else {
            begun = middle;
        }
    }
    Ok(utc + begun * QUARTER_MS)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::History;

    /// The rest of the test below, in a process of another place.
    const EXPECTED: &str = "HISTORY_CLOCK_EXPECTED";

    #[test]
    fn child() {
        let Ok(expected) = std::env::var(EXPECTED) else { return };
        let history = History::in_memory().unwrap();
        for line in expected.lines() {
            let (text, seconds) = line.split_once(' ').unwrap();
            let day = Day::parse(text, Day::of(0)).unwrap();
            let ms = history.read(|read| begin_of(read, day)).unwrap();
            assert_eq!(ms, seconds.parse::<i64>().unwrap() * 1000, "{text}");
            assert_eq!(history.read(|read| day_of(read, ms)).unwrap(), day);
            let before = history.read(|read| day_of(read, ms - 1)).unwrap();
            assert_eq!(before, day.before());
        }
    }

    #[test]
    fn days_begin_where_they_begin_here() {
        let places = [
            ("UTC", "2026-11-29 1795910400\n1970 0"),
            ("Asia/Kolkata", "2026-11-29 1795890600"),
            ("Pacific/Kiritimati", "2026-11-29 1795860000"),
            // Winter and summer.
            ("America/New_York", "2026-01-15 1768453200\n2026-07-15 1784088000"),
            // Two midnights; none; none.
            ("America/Havana", "2024-11-03 1730606400"),
            ("America/Santiago", "2024-09-08 1725768000"),
            ("Africa/Cairo", "2024-04-26 1714082400"),
        ];
        for (place, expected) in places {
            let output = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "search::clock::tests::child"])
                .env("TZ", place)
                .env(EXPECTED, expected)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && said.contains("1 passed"), "{place}: {said}");
        }
    }
}
