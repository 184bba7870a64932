//! What a person has said: samples, how loud they are, and whether anybody spoke at all.

/// Samples a second.
pub const RATE: u32 = 16_000;

/// What loudness is measured over: a tenth of a second.
pub(crate) const WINDOW: usize = RATE as usize / 10;

/// As loud as a quiet room: speech is ten times louder and more.
const QUIET: f32 = 110.0;

/// What is left around what was said, so that no first letter is cut.
const AROUND: usize = 3;

/// A take.
#[derive(Clone, PartialEq, Eq)]
pub struct Take {
    samples: Vec<i16>,
}

impl std::fmt::Debug for Take {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Take({} ms)", self.length_ms())
    }
}

impl Take {
    /// The part of these samples in which somebody spoke; `None` if nobody did.
    pub fn of(samples: &[i16]) -> Option<Self> {
        let is_loud = |window: &[i16]| loudness(window) > QUIET;
        let first = samples.chunks(WINDOW).position(is_loud)?;
        let windows = samples.len().div_ceil(WINDOW);
        let last = (first..windows)
            .rev()
            .find(|&at| is_loud(&samples[at * WINDOW..((at + 1) * WINDOW).min(samples.len())]))?;
        let begin = first.saturating_sub(AROUND) * WINDOW;
        let end = ((last + 1 + AROUND) * WINDOW).min(samples.len());
        Some(Self { samples: samples[begin..end].to_vec() })
    }

    /// The samples, at [`RATE`].
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// How long it is.
    pub fn length_ms(&self) -> u64 {
        length_ms(self.samples.len())
    }
}

pub(crate) fn length_ms(samples: usize) -> u64 {
    u64::try_from(samples).unwrap_or(u64::MAX).saturating_mul(1_000) / u64::from(RATE)
}

/// How loud some samples are on the whole: the root of their mean square.
pub(crate) fn loudness(samples: &[i16]) -> f32 {
    let square = |sample: &i16| f64::from(*sample) * f64::from(*sample);
    let mean = samples.iter().map(square).sum::<f64>() / samples.len().max(1) as f64;
    mean.sqrt() as f32
}

/// The same from 0 to 100, as a meter shows it: ears hear tenfold as twice.
pub(crate) fn meter(samples: &[i16]) -> u8 {
    // 50 dB below the loudest is nothing, the loudest is all.
    let decibels = 20.0 * (loudness(samples).max(1.0) / f32::from(i16::MAX)).log10();
    ((decibels + 50.0) * 2.0).clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(milliseconds: usize, loud: f32) -> Vec<i16> {
        let wave = |at: usize| ((at as f32 * 0.17).sin() * loud) as i16;
        (0..milliseconds * 16).map(wave).collect()
    }

    #[test]
    fn only_what_was_said_is_kept() {
        let take = [tone(2_000, 0.0), tone(1_000, 9_000.0), tone(5_000, 30.0)].concat();
        // Three tenths before and after.
        assert_eq!(Take::of(&take).unwrap().length_ms(), 1_600);
        let whole = tone(1_050, 9_000.0);
        assert_eq!(Take::of(&whole).unwrap().samples(), whole);
    }

    #[test]
    fn silence_is_no_take() {
        for quiet in [Vec::new(), tone(3_000, 0.0), tone(3_000, 60.0)] {
            assert_eq!(Take::of(&quiet), None);
        }
    }

    #[test]
    fn the_meter_moves_between_its_ends() {
        let levels = [0.0, 60.0, 1_000.0, 9_000.0, 32_000.0].map(|loud| meter(&tone(100, loud)));
        assert_eq!(levels[..2], [0, 0]);
        assert!(levels[2] > 10 && levels[2] < levels[3] && levels[3] < levels[4], "{levels:?}");
        assert!(levels[4] > 90);
    }
}
