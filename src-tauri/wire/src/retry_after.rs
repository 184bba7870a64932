//! The `Retry-After` header: a number of seconds, or a date.

use std::time::{Duration, SystemTime};

/// How long the server asks us to wait, seen from `now`. `None` for nonsense; a date that has passed is no wait.
pub fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return (seconds.is_finite() && seconds >= 0.0)
            .then(|| Duration::from_secs_f64(seconds.min(86_400.0)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates() {
        let now = httpdate::parse_http_date("Fri, 20 Nov 2026 10:00:00 GMT").unwrap();
        let table = [
            ("22", Some(Duration::from_secs(22))),
            (" 1.5 ", Some(Duration::from_millis(1500))),
            ("0", Some(Duration::ZERO)),
            ("Fri, 20 Nov 2026 10:00:22 GMT", Some(Duration::from_secs(22))),
            ("Fri, 20 Nov 2026 09:00:00 GMT", Some(Duration::ZERO)),
            ("1e300", Some(Duration::from_secs(86_400))),
            ("-1", None),
            ("soon", None),
            ("NaN", None),
            ("inf", None),
            ("", None),
        ];
        for (value, expected) in table {
            assert_eq!(retry_after(value, now), expected, "{value:?}");
        }
    }
}
