//! What tokens cost.

use crate::Usage;

/// Prices of a model, in billionths of a dollar for a million tokens. `None` is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Prices {
    /// Read anew.
    pub input: Option<u64>,
    /// Written.
    pub output: Option<u64>,
    /// Read from a cache.
    pub cache_read: Option<u64>,
    /// Written into a cache for minutes.
    pub cache_write: Option<u64>,
    /// Written into a cache for an hour.
    pub cache_write_1h: Option<u64>,
    /// Heard.
    pub audio: Option<u64>,
    /// Written as reasoning.
    pub reasoning: Option<u64>,
    /// Of a long request, where it costs more.
    pub long: Option<LongPrices>,
}

/// Prices of a long request: they are those of all its tokens. What a cache costs, and what is heard, rises as what is read does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongPrices {
    /// More tokens than this are read in all.
    pub above: u64,
    /// Read anew.
    pub input: u64,
    /// Written.
    pub output: u64,
}

const MILLION: u128 = 1_000_000;

impl Prices {
    /// Of a server on one's own computer.
    pub const FREE: Self = Self {
        input: Some(0),
        output: Some(0),
        cache_read: Some(0),
        cache_write: Some(0),
        cache_write_1h: Some(0),
        audio: Some(0),
        reasoning: Some(0),
        long: None,
    };

    /// What this usage costs, in billionths of a dollar, rounded up once at the end. `None` if the price of something that
    /// was used is unknown, or nothing is known of the usage.
    pub fn cost(&self, usage: &Usage) -> Option<u64> {
        let read = usage.read();
        if read.is_none() && usage.written().is_none() {
            return None;
        }
        let long = self.long.filter(|long| read.is_some_and(|read| read > long.above));
        let input = long.map(|long| long.input).or(self.input);
        let output = long.map(|long| long.output).or(self.output);
        // How much dearer the long prices are; those of the cache rise with them.
        let raised = |price: u64| match (long, self.input) {
            (Some(long), Some(usual)) if usual > 0 => {
                u128::from(price) * u128::from(long.input) / u128::from(usual)
            }
            _ => u128::from(price),
        };
        // Where a price of the cache is unknown, what is known to be no less takes its place: nothing is understated.
        let cache_read = self.cache_read.map(raised).or_else(|| input.map(u128::from));
        let write = self.cache_write.map(raised);
        let cache_write = write.or_else(|| input.map(|price| u128::from(price) * 5 / 4));
        let write_1h = self.cache_write_1h.map(raised);
        let cache_write_1h = write_1h.or_else(|| input.map(|price| u128::from(price) * 2));
        let reasoning = self.reasoning.filter(|_| long.is_none()).or(output);
        let parts = [
            (usage.input, input.map(u128::from)),
            (usage.cache_read, cache_read),
            (usage.cache_write, cache_write),
            (usage.cache_write_1h, cache_write_1h),
            (usage.audio, self.audio.map(raised)),
            (usage.output, output.map(u128::from)),
            (usage.reasoning, reasoning.map(u128::from)),
        ];
        let mut total: u128 = 0;
        for (tokens, price) in parts {
            let tokens = u128::from(tokens.unwrap_or(0));
            if tokens > 0 {
                total = total.checked_add(tokens.checked_mul(price?)?)?;
            }
        }
        u64::try_from(total.div_ceil(MILLION)).ok()
    }

    /// The most that a request may cost which reads, hears and writes at most so many tokens.
    pub fn at_most(&self, read: u64, heard: u64, written: u64) -> Option<u64> {
        let heard = Usage { audio: Some(heard), ..Usage::default() };
        let fresh = Usage { input: Some(read), output: Some(written), ..heard };
        let cached = Usage { cache_write: Some(read), output: Some(written), ..heard };
        let thought = Usage { input: Some(read), reasoning: Some(written), ..heard };
        let costs = [self.cost(&fresh)?, self.cost(&cached)?, self.cost(&thought)?];
        costs.into_iter().max()
    }
}

#[cfg(test)]
mod tests;
