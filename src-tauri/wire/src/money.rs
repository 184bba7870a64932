//! Money in billionths of a US dollar. A price for one token may be 25 of them, so smaller whole numbers would lose some,
//! and fractions would not add up.

use serde_json::Value;

/// Dollars as a server writes them: a number, or a text of one. `None` if it is negative or no number.
pub(crate) fn nano_dollars(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => decimal_nano(&number.to_string()),
        Value::String(text) => decimal_nano(text.trim()),
        _ => None,
    }
}

/// xAI counts in ticks, ten billion a dollar. What does not come out even is rounded up: a cost is never understated.
pub(crate) fn nano_of_ticks(ticks: u64) -> u64 {
    ticks.div_ceil(10)
}

/// A decimal number of dollars, digit by digit: a float would round. Below a billionth it is rounded up.
pub(crate) fn decimal_nano(text: &str) -> Option<u64> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || digits.len() > 30 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: u128 = digits.parse().ok()?;
    let shift = 9 + exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let scale = |shift: i32| 10_u128.checked_pow(u32::try_from(shift).ok()?);
    let nano = match shift {
        0.. if value == 0 => 0,
        0.. => value.checked_mul(scale(shift)?)?,
        _ => scale(-shift).map_or(u128::from(value > 0), |scale| value.div_ceil(scale)),
    };
    u64::try_from(nano).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        let table = [
            ("0", Some(0)),
            ("1", Some(1_000_000_000)),
            ("0.0123", Some(12_300_000)),
            ("2.5e-08", Some(25)),
            ("1E2", Some(100_000_000_000)),
            ("0.0000000001", Some(1)),
            ("1e-300", Some(1)),
            ("0e300", Some(0)),
            ("1e300", None),
            ("-1", None),
            ("", None),
            (".", None),
            ("1.2.3", None),
            ("NaN", None),
            ("1e", None),
            ("18446744073.709551615", Some(u64::MAX)),
            ("18446744073.709551616", None),
        ];
        for (text, nano) in table {
            assert_eq!(decimal_nano(text), nano, "{text}");
        }
    }
}
