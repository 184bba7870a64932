//! A day of the calendar, in UTC: prices and retirements are told by the day.

use std::fmt;

/// A day as `2026-11-29`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day([u8; 10]);

impl Day {
    /// The day of a moment, in milliseconds since 1970. Years from 0 to 9999.
    pub fn of_ms(ms: i64) -> Self {
        let (year, month, day) = civil(ms.div_euclid(86_400_000));
        let text = format!("{:04}-{month:02}-{day:02}", year.clamp(0, 9_999));
        Self::parse(&text).unwrap_or(Self(*b"1970-01-01"))
    }

    /// A day that is written so.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 10] = text.as_bytes().try_into().ok()?;
        let is_right = bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        is_right.then_some(Self(bytes))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Year, month and day of a number of days since 1970, by Howard Hinnant's reckoning: years begin in March, so that the
/// leap day is their last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let table = [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400_000, "2000-02-29"),
            (1_795_909_983_000, "2026-11-28"),
            (1_796_083_199_999, "2026-11-30"),
            (1_796_083_200_000, "2026-12-01"),
            (4_107_542_400_000, "2100-03-01"),
        ];
        for (ms, text) in table {
            assert_eq!(Day::of_ms(ms).as_str(), text);
        }
        for text in ["", "2026-1-1", "2026/11/29", "2026-11-29T"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert!(Day::of_ms(i64::MAX) > Day::of_ms(0));
    }
}
