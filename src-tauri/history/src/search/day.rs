//! Days of the calendar, and the marks by which the index knows those of UTC.

/// A day, a month or a year that somebody wrote: where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

const DAY_MS: i64 = 86_400_000;

/// Nothing was said before, on a computer whose clock goes.
const FIRST_YEAR: i64 = 2000;

impl Day {
    /// The day in UTC of a moment in milliseconds since 1970.
    pub(super) fn of(ms: i64) -> Self {
        // From days to a date as Howard Hinnant counts them: years begin in March, so that leap days come last.
        let days = ms.div_euclid(DAY_MS) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }

    /// `2026`, `2026-11`, `2026-11-29`, `today`, `yesterday`.
    pub(super) fn parse(text: &str, today: Self) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "today" => return Some(today),
            "yesterday" => return Some(today.before()),
            _ => {}
        }
        let mut numbers = text.split(['-', '/', '.']).map(|part| {
            let plain = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse().ok()).flatten()
        });
        let year: i64 = numbers.next()??;
        let mut next = || numbers.next().map_or(Some(1), |number| number);
        let (month, day) = (next()?, next()?);
        let known = numbers.next().is_none() && (1970..=9999).contains(&year);
        let fits = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
        (known && fits).then_some(Self { year, month, day })
    }

    /// What a message of that day is marked with.
    pub(super) fn marks(self) -> [String; 3] {
        let Self { year, month, day } = self;
        [format!("_y{year}"), format!("_m{year}{month:02}"), format!("_d{year}{month:02}{day:02}")]
    }

    /// Where it begins in UTC.
    pub(super) fn utc_ms(self) -> i64 {
        // The other way round than in `of`.
        let year = self.year - i64::from(self.month <= 2);
        let of_year = (153 * ((self.month + 9) % 12) + 2) / 5 + self.day - 1;
        let year_of_era = year.rem_euclid(400);
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        (year.div_euclid(400) * 146_097 + of_era - 719_468) * DAY_MS
    }

    pub(super) fn before(self) -> Self {
        Self::of(self.utc_ms() - DAY_MS)
    }

    pub(super) fn next_day(self) -> Self {
        if self.day < days_of(self.year, self.month) {
            return Self { day: self.day + 1, ..self };
        }
        self.next_month()
    }

    fn next_month(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1, day: 1 },
            month => Self { month: month + 1, day: 1, ..self },
        }
    }
}

/// The marks of all days from one to before another: of whole years and months where they fit.
pub(super) fn marks_between(from: Option<Day>, until: Option<Day>, now_ms: i64) -> Vec<String> {
    let first = Day { year: FIRST_YEAR, month: 1, day: 1 };
    // A clock that goes a little ahead is no reason to lose what was just said.
    let last = Day { year: Day::of(now_ms).year + 2, month: 1, day: 1 };
    let (mut at, until) = (from.unwrap_or(first).max(first), until.unwrap_or(last).min(last));
    let mut marks = Vec::new();
    while at < until {
        let Day { year, month, day } = at;
        let [of_year, of_month, of_day] = at.marks();
        let next_year = Day { year: year + 1, month: 1, day: 1 };
        let (mark, next) = if month == 1 && day == 1 && next_year <= until {
            (of_year, next_year)
        } else if day == 1 && at.next_month() <= until {
            (of_month, at.next_month())
        } else {
            (of_day, at.next_day())
        };
        marks.push(mark);
        at = next;
    }
    marks
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_961_000_000;

    #[test]
    fn moments_become_days() {
        for (ms, day) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (951_782_400_000, (2000, 2, 29)),
            (NOW, (2026, 11, 29)),
        ] {
            let Day { year, month, day: of_month } = Day::of(ms);
            assert_eq!((year, month, of_month), day);
            assert_eq!(Day::of(ms).utc_ms(), ms.div_euclid(DAY_MS) * DAY_MS);
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let read =
            |text: &str| Day::parse(text, Day::of(NOW)).map(|day| (day.year, day.month, day.day));
        assert_eq!(read("2026-11-05"), Some((2026, 11, 5)));
        assert_eq!(read("2026-11"), Some((2026, 11, 1)));
        assert_eq!(read("2026"), Some((2026, 1, 1)));
        assert_eq!(read("Yesterday"), Some((2026, 11, 28)));
        for wrong in
            ["", "soon", "2026-13", "2026-02-30", "26", "2026-1-1-1", "99999", "2026-", "-1"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_span_is_made_of_years_months_and_days() {
        let day = |text| Day::parse(text, Day::of(NOW));
        let marks = marks_between(day("2024-12-30"), day("2026-02-02"), NOW);
        assert_eq!(marks, ["_d20241230", "_d20241231", "_y2025", "_m202601", "_d20260201"]);
        assert!(marks_between(day("2026-02"), day("2026-01"), NOW).is_empty());
        assert_eq!(marks_between(None, None, NOW).len(), 28);
    }
}
