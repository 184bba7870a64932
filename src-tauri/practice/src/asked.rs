//! What a request asks, in no format; and the reading of its fields, each of which the format has to know.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::script::seal;
use crate::sound::length_ms;

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) model: String,
    /// What the person said last.
    pub(crate) prompt: String,
    /// The bytes of each picture that came with it.
    pub(crate) pictures: Vec<usize>,
    /// Each piece of audio that came with it.
    pub(crate) audio: Vec<Audio>,
    /// The bytes of each other file that came with it.
    pub(crate) files: Vec<usize>,
    /// Whether the answer is to come in pieces.
    pub(crate) streams: bool,
    /// Whether the web may be searched.
    pub(crate) searches: bool,
}

/// A piece of audio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Audio {
    bytes: usize,
    /// How long it is, where that is told by a plain WAV file.
    ms: Option<usize>,
}

impl Asked {
    /// Tokens that were heard: ten a second.
    pub(crate) fn heard(&self) -> usize {
        self.audio.iter().filter_map(|audio| audio.ms).map(|ms| ms.div_ceil(100)).sum()
    }

    /// A new message of the person's: what came with an earlier one is no longer asked about.
    pub(crate) fn turn(&mut self) {
        self.prompt.clear();
        self.pictures.clear();
        self.audio.clear();
        self.files.clear();
    }

    pub(crate) fn say(&mut self, text: &str) {
        if !self.prompt.is_empty() {
            self.prompt.push('\n');
        }
        self.prompt.push_str(text);
    }
}

/// A JSON object whose fields are all known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Object<'a> {
    fields: &'a Map<String, Value>,
    place: &'a str,
}

impl<'a> Object<'a> {
    /// This value, which stands at this place, if it is an object with no fields but these.
    pub(crate) fn of(value: &'a Value, place: &'a str, known: &[&str]) -> Result<Self, Refusal> {
        let Value::Object(fields) = value else {
            return Err(Refusal::malformed(place, format!("{place}: an object is expected.")));
        };
        match fields.keys().find(|name| !known.contains(&name.as_str())) {
            Some(unknown) => {
                Err(Refusal::malformed(unknown, format!("{place}: unknown field '{unknown}'.")))
            }
            None => Ok(Self { fields, place }),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name)
    }

    /// A text that has to be there and has to say something.
    pub(crate) fn words(&self, name: &str) -> Result<&'a str, Refusal> {
        let text = self.text(name)?;
        match text.trim().is_empty() {
            true => Err(self.wrong(name, "must not be empty")),
            false => Ok(text),
        }
    }

    /// A text that has to be there.
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, Refusal> {
        match self.get(name) {
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(self.wrong(name, "must be a string")),
            None => Err(self.wrong(name, "is required")),
        }
    }

    /// A list that has to be there and has to hold something.
    pub(crate) fn list(&self, name: &str) -> Result<&'a [Value], Refusal> {
        match self.get(name) {
            Some(Value::Array(items)) if !items.is_empty() => Ok(items),
            Some(Value::Array(_)) => Err(self.wrong(name, "must not be empty")),
            Some(_) => Err(self.wrong(name, "must be a list")),
            None => Err(self.wrong(name, "is required")),
        }
    }

    /// A number within these bounds, if it is there.
    pub(crate) fn number(&self, name: &str, least: f64, most: f64) -> Result<Option<f64>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match value.as_f64().filter(|number| (least..=most).contains(number)) {
                Some(number) => Ok(Some(number)),
                None => Err(self.wrong(name, &format!("must be from {least} to {most}"))),
            },
        }
    }

    /// A yes or no, if it is there.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(name, "must be true or false")),
        }
    }

    /// One of these words, if it is there.
    pub(crate) fn word(&self, name: &str, known: &[&str]) -> Result<Option<&'a str>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(word)) if known.contains(&word.as_str()) => Ok(Some(word)),
            Some(_) => Err(self.wrong(name, &format!("must be one of {}", known.join(", ")))),
        }
    }

    /// So many texts at most, none of them blank, if they are there.
    pub(crate) fn stops(&self, name: &str, most: usize) -> Result<(), Refusal> {
        let Some(value) = self.get(name) else { return Ok(()) };
        let texts = value.as_array().filter(|texts| !texts.is_empty() && texts.len() <= most);
        let says = |text: &Value| text.as_str().is_some_and(|text| !text.trim().is_empty());
        match texts.is_some_and(|texts| texts.iter().all(says)) {
            true => Ok(()),
            false => Err(self.wrong(name, &format!("must be up to {most} texts"))),
        }
    }

    /// A JSON schema, if it is there.
    pub(crate) fn schema(&self, name: &str) -> Result<(), Refusal> {
        match self.get(name) {
            None | Some(Value::Object(_)) => Ok(()),
            Some(_) => Err(self.wrong(name, "must be a schema")),
        }
    }

    /// The seal of a thought, which has to be this model's.
    pub(crate) fn seal(&self, name: &str, model: &str) -> Result<(), Refusal> {
        match self.text(name)? == seal(model) {
            true => Ok(()),
            false => Err(self.wrong(name, "was not made by this model")),
        }
    }

    /// How many bytes a file has that stands here in base64.
    pub(crate) fn base64(&self, name: &str) -> Result<usize, Refusal> {
        bytes_of(self.text(name)?).ok_or_else(|| self.wrong(name, "is not valid base64"))
    }

    /// A piece of audio that stands here in base64.
    pub(crate) fn audio(&self, name: &str) -> Result<Audio, Refusal> {
        let bytes = self.base64(name)?;
        let file = STANDARD.decode(self.text(name)?);
        Ok(Audio { bytes, ms: file.ok().as_deref().and_then(length_ms) })
    }

    /// The same of an address that holds the file and names its type. No other address is ever opened.
    pub(crate) fn data_url(&self, name: &str) -> Result<(&'a str, usize), Refusal> {
        let parts =
            self.text(name)?.strip_prefix("data:").and_then(|url| url.split_once(";base64,"));
        let Some((media_type, data)) = parts else {
            return Err(self.wrong(name, "must hold the file itself"));
        };
        let bytes = bytes_of(data).ok_or_else(|| self.wrong(name, "is not valid base64"))?;
        Ok((media_type, bytes))
    }

    /// What is wrong with a field.
    pub(crate) fn wrong(&self, name: &str, what: &str) -> Refusal {
        Refusal::malformed(name, format!("{}.{name}: {what}.", self.place))
    }
}

/// The pictures that every provider takes.
pub(crate) const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The length of what stands in base64.
fn bytes_of(data: &str) -> Option<usize> {
    let words = data.trim_end_matches('=');
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let is_whole = data.len().is_multiple_of(4) && data.len() - words.len() <= 2;
    (is_whole && !words.is_empty() && words.bytes().all(is_known)).then(|| words.len() * 3 / 4)
}

/// The kinds of audio that some provider takes.
pub(crate) const AUDIO: [&str; 7] = ["wav", "mp3", "m4a", "aac", "ogg", "flac", "webm"];

/// What came with a question, as it is told in the answer.
pub(crate) fn noticed(asked: &Asked) -> String {
    let picture = |bytes: &usize| format!("I see a picture of {bytes} bytes.\n\n");
    let file = |bytes: &usize| format!("I see a file of {bytes} bytes.\n\n");
    let audio = |audio: &Audio| match audio.ms {
        Some(ms) => format!("I hear {} seconds of audio.\n\n", ms as f64 / 1_000.0),
        None => format!("I hear audio of {} bytes.\n\n", audio.bytes),
    };
    let (pictures, files) = (asked.pictures.iter().map(picture), asked.files.iter().map(file));
    pictures.chain(asked.audio.iter().map(audio)).chain(files).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_base64() {
        let table = [
            ("YQ==", Some(1)),
            ("YWI=", Some(2)),
            ("YWJj", Some(3)),
            ("", None),
            ("YWJ", None),
            ("YW j", None),
            ("https://a.example/a", None),
        ];
        for (data, bytes) in table {
            assert_eq!(bytes_of(data), bytes, "{data}");
        }
    }
}
