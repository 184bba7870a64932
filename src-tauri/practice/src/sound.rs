//! Hearing and speaking, with nobody there: what is heard is told by its length and its pitch, so that a test can tell whether
//! the sound came, and what is said is a tone as long as the text.

use std::f64::consts::TAU;

use axum::http::HeaderMap;
use serde_json::{Map, Value, json};

use crate::refusal::Refusal;

/// Samples a second of what is said.
const RATE: u32 = 24_000;

/// A letter takes so long, in milliseconds.
const LETTER_MS: usize = 15;

/// Nobody is asked to say more at once.
const LETTERS: usize = 4_096;

/// What a request for a transcript holds.
pub(crate) struct Take {
    pub(crate) model: String,
    /// Samples a second, and the samples.
    pub(crate) rate: u32,
    pub(crate) samples: Vec<i16>,
}

/// What a request for speech holds.
pub(crate) struct Words {
    pub(crate) model: String,
    pub(crate) letters: usize,
    pub(crate) is_high: bool,
    pub(crate) speed: f64,
}

impl Take {
    /// Reads a form as strictly as the real endpoint.
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let label = headers.get("content-type").and_then(|value| value.to_str().ok());
        let boundary = label.and_then(|label| label.strip_prefix("multipart/form-data; boundary="));
        let Some(boundary) = boundary else {
            return Err(Refusal::malformed("content-type", "This is no multipart form."));
        };
        let (mut model, mut sound) = (None, None);
        for part in parts(body, boundary) {
            let Some((head, content)) = split(part, b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(head).into_owned();
            let is_named = |name: &str| head.contains(&format!("; name=\"{name}\""));
            let text = String::from_utf8_lossy(content).into_owned();
            if is_named("model") {
                model = Some(text);
            } else if is_named("file") && head.contains("; filename=\"") {
                sound = samples(content);
            } else if is_named("response_format") && text == "json" {
            } else {
                return Err(Refusal::malformed("form", "Unknown part of the form."));
            }
        }
        let model = model.ok_or_else(|| Refusal::malformed("model", "You must name a model."))?;
        let odd = || Refusal::malformed("file", "The audio file could not be decoded.");
        let (rate, samples) = sound.ok_or_else(odd)?;
        Ok(Self { model, rate, samples })
    }

    /// What is told of it.
    pub(crate) fn text(&self) -> String {
        let loudest = self.samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
        let seconds = self.samples.len() as f64 / f64::from(self.rate.max(1));
        if loudest < 100 || seconds == 0.0 {
            return String::new();
        }
        // From where it is loud first to where it is loud last; where it rises through zero, a wave begins.
        let is_loud = |sample: &i16| sample.unsigned_abs() > loudest / 2;
        let first = self.samples.iter().position(is_loud).unwrap_or(0);
        let last = self.samples.iter().rposition(is_loud).map_or(0, |at| at + 1);
        let loud = &self.samples[first..last];
        let waves = loud.windows(2).filter(|two| two[0] < 0 && two[1] >= 0).count();
        let lasts = loud.len() as f64 / f64::from(self.rate.max(1));
        let pitch = (waves as f64 / lasts / 10.0).round() * 10.0;
        format!("A tone of {pitch:.0} hertz for {:.0} seconds.", seconds.round())
    }
}

impl Words {
    pub(crate) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(body) else {
            return Err(Refusal::malformed("body", "This is no JSON document."));
        };
        let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
        const KNOWN: [&str; 5] = ["model", "input", "voice", "response_format", "speed"];
        if let Some(odd) = fields.keys().find(|field| !KNOWN.contains(&field.as_str())) {
            return Err(Refusal::malformed(odd, "Unknown field."));
        }
        let letters = text("input").chars().count();
        if letters == 0 || letters > LETTERS {
            return Err(Refusal::malformed("input", "The text is empty or too long."));
        }
        if text("response_format") != "wav" {
            return Err(Refusal::malformed("response_format", "Only wav is made here."));
        }
        let is_high = is_high(&fields)?;
        let speed = fields.get("speed").map_or(Some(1.0), Value::as_f64);
        let speed = speed.filter(|speed| (0.25..=4.0).contains(speed));
        let speed = speed.ok_or_else(|| Refusal::malformed("speed", "Between 0.25 and 4."))?;
        Ok(Self { model: text("model").to_owned(), letters, is_high, speed })
    }

    /// A WAV file of a tone.
    pub(crate) fn sound(&self) -> Vec<u8> {
        let pitch = if self.is_high { 660.0 } else { 330.0 };
        let usual = self.letters * LETTER_MS * RATE as usize / 1_000;
        let count = (usual as f64 / self.speed) as usize;
        let wave = |at: usize| (at as f64 * pitch * TAU / f64::from(RATE)).sin() * 8_000.0;
        let samples = (0..count).flat_map(|at| (wave(at) as i16).to_le_bytes());
        let mut file = head();
        file.extend(samples);
        file
    }
}

/// The body of an answer to a take.
pub(crate) fn transcript(take: &Take) -> Value {
    json!({"text": take.text(), "usage": {"type": "duration", "seconds": take.samples.len() / take.rate.max(1) as usize}})
}

fn is_high(fields: &Map<String, Value>) -> Result<bool, Refusal> {
    match fields.get("voice").and_then(Value::as_str) {
        Some("low") => Ok(false),
        Some("high") => Ok(true),
        _ => Err(Refusal::malformed("voice", "No such voice.")),
    }
}

/// Written while it is sent, as real servers do: nobody knows the length yet.
fn head() -> Vec<u8> {
    let mut head = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    head.extend_from_slice(&RATE.to_le_bytes());
    head.extend_from_slice(&(RATE * 2).to_le_bytes());
    head.extend_from_slice(b"\x02\0\x10\0data\xff\xff\xff\xff");
    head
}

/// How long a plain WAV file is, in milliseconds; `None` of any other.
pub(crate) fn length_ms(file: &[u8]) -> Option<usize> {
    let (rate, samples) = samples(file)?;
    Some(samples.len() * 1_000 / usize::try_from(rate).ok()?)
}

/// Rate and samples of a plain WAV file, as the client writes it.
fn samples(file: &[u8]) -> Option<(u32, Vec<i16>)> {
    let is_plain = file.get(..4)? == b"RIFF" && file.get(20..24)? == [1, 0, 1, 0];
    let rate = u32::from_le_bytes(file.get(24..28)?.try_into().ok()?);
    let samples = file.get(44..)?.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]]));
    (is_plain && rate > 0).then(|| (rate, samples.collect()))
}

fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = split(body, mark.as_bytes()).map(|(_, rest)| rest);
    while let Some(part) = rest {
        let Some((content, next)) = split(part, mark.as_bytes()) else { break };
        let content = content.strip_prefix(b"\r\n").unwrap_or(content);
        parts.push(content.strip_suffix(b"\r\n").unwrap_or(content));
        rest = Some(next);
    }
    parts
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let place = bytes.windows(at.len()).position(|part| part == at)?;
    Some((&bytes[..place], &bytes[place + at.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f64, seconds: usize) -> Take {
        let wave = |at: usize| ((at as f64 * hertz * TAU / 16_000.0).sin() * 9_000.0) as i16;
        let samples = (0..16_000 * seconds).map(wave).collect();
        Take { model: String::new(), rate: 16_000, samples }
    }

    #[test]
    fn what_is_told_follows_what_is_heard() {
        assert_eq!(tone(440.0, 3).text(), "A tone of 440 hertz for 3 seconds.");
        assert_eq!(tone(880.0, 1).text(), "A tone of 880 hertz for 1 seconds.");
        assert_eq!(tone(0.0, 2).text(), "");
        let mut between = tone(440.0, 2);
        between.samples = [vec![0; 16_000], between.samples, vec![0; 16_000]].concat();
        assert_eq!(between.text(), "A tone of 440 hertz for 4 seconds.");
    }

    #[test]
    fn a_form_without_its_parts_is_refused() {
        let mut headers = HeaderMap::new();
        assert!(Take::read(&headers, b"").is_err());
        headers.insert("content-type", "multipart/form-data; boundary=b".parse().unwrap());
        assert!(
            Take::read(
                &headers,
                b"--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--b--\r\n"
            )
            .is_err()
        );
    }

    #[test]
    fn a_longer_text_takes_longer() {
        let said = |text: &str| {
            let body =
                json!({"model": "m", "input": text, "voice": "low", "response_format": "wav"});
            Words::read(body.to_string().as_bytes()).unwrap().sound().len()
        };
        assert_eq!(said("ten letter"), 44 + 10 * 15 * 24 * 2);
        assert!(Words::read(b"{\"model\":\"m\",\"input\":\"\"}").is_err());
    }
}
