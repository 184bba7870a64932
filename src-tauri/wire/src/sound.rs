//! Sound as samples of 16 bits, one channel, and as the file that carries them (WAV).

/// Samples a second of what is heard: what transcription is made for, and a third of the bytes.
pub const RATE: u32 = 16_000;

/// What came back to be played.
#[derive(Clone, PartialEq, Eq)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    /// One channel.
    pub samples: Vec<i16>,
}

impl std::fmt::Debug for Sound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sound({} at {} Hz)", self.samples.len(), self.rate)
    }
}

/// A WAV file of these samples, at [`RATE`].
pub fn wav(samples: &[i16]) -> Vec<u8> {
    let bytes = u32::try_from(samples.len().saturating_mul(2)).unwrap_or(u32::MAX - 36);
    let mut file = Vec::with_capacity(44 + samples.len() * 2);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(bytes + 36).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    // Plain samples, one channel.
    file.extend_from_slice(&[1, 0, 1, 0]);
    file.extend_from_slice(&RATE.to_le_bytes());
    file.extend_from_slice(&(RATE * 2).to_le_bytes());
    file.extend_from_slice(&[2, 0, 16, 0]);
    file.extend_from_slice(b"data");
    file.extend_from_slice(&bytes.to_le_bytes());
    samples.iter().for_each(|sample| file.extend_from_slice(&sample.to_le_bytes()));
    file
}

impl Sound {
    /// The sound of a WAV file; several channels become one. `None` if it is none, or not of 16 bits. A length that is wrong, as
    /// in a file that was written while it was sent, counts as far as there are bytes.
    pub fn of_wav(file: &[u8]) -> Option<Self> {
        if file.get(..4)? != b"RIFF" || file.get(8..12)? != b"WAVE" {
            return None;
        }
        let mut at = 12;
        let mut shape: Option<(usize, u32)> = None;
        loop {
            let (name, size) = (file.get(at..at + 4)?, number(file.get(at + 4..at + 8)?)?);
            let rest = file.get(at + 8..)?;
            let body = rest.get(..usize::try_from(size).ok()?).unwrap_or(rest);
            match name {
                b"fmt " => shape = Some(shape_of(body)?),
                b"data" => {
                    let (channels, rate) = shape?;
                    return Some(Self { rate, samples: mixed(body, channels) });
                }
                _ => {}
            }
            // Odd chunks are filled up to an even length.
            at = at.checked_add(8)?.checked_add(body.len() + body.len() % 2)?;
        }
    }

    /// How long it is, in milliseconds.
    pub fn length_ms(&self) -> u64 {
        u64::try_from(self.samples.len()).unwrap_or(u64::MAX).saturating_mul(1_000)
            / u64::from(self.rate.max(1))
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Channels and samples a second, of a format chunk.
fn shape_of(body: &[u8]) -> Option<(usize, u32)> {
    let short = |at: usize| Some(u16::from_le_bytes(body.get(at..at + 2)?.try_into().ok()?));
    // 1 is plain, and 0xFFFE says so further down.
    let is_plain = matches!(short(0)?, 1 | 0xFFFE) && short(14)? == 16;
    let (channels, rate) = (usize::from(short(2)?), number(body.get(4..8)?)?);
    let is_usual = (1..=8).contains(&channels) && (4_000..=192_000).contains(&rate);
    (is_plain && is_usual).then_some((channels, rate))
}

fn mixed(body: &[u8], channels: usize) -> Vec<i16> {
    let frame = |frame: &[u8]| {
        let samples =
            frame.chunks_exact(2).map(|two| i32::from(i16::from_le_bytes([two[0], two[1]])));
        let count = i32::try_from(channels).unwrap_or(1).max(1);
        i16::try_from(samples.sum::<i32>() / count).unwrap_or(0)
    };
    body.chunks_exact(channels * 2).map(frame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let samples = [0, 1, -1, i16::MAX, i16::MIN];
        let file = wav(&samples);
        assert_eq!(file.len(), 54);
        let sound = Sound::of_wav(&file).unwrap();
        assert_eq!((sound.rate, sound.samples.as_slice()), (RATE, samples.as_slice()));
        let second = Sound { rate: 24_000, samples: vec![0; 36_000] };
        assert_eq!(second.length_ms(), 1_500);
    }

    #[test]
    fn lies_are_read_as_far_as_there_is_something() {
        // A server that writes while it sends does not know the length.
        let mut streamed = wav(&[5, 6]);
        streamed[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Sound::of_wav(&streamed).unwrap().samples, [5, 6]);
        let mut two = wav(&[10, 20, -3, -5]);
        two[22] = 2;
        assert_eq!(Sound::of_wav(&two).unwrap().samples, [15, -4]);
        let mut eight_bits = wav(&[5, 6]);
        eight_bits[34] = 8;
        let mut no_channel = wav(&[5, 6]);
        no_channel[22] = 0;
        for odd in [eight_bits, no_channel, b"ID3".to_vec(), Vec::new(), wav(&[1])[..30].to_vec()] {
            assert_eq!(Sound::of_wav(&odd), None);
        }
    }
}
