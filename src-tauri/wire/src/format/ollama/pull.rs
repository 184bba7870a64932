//! Fetching a model: it comes in layers, and each line says how far one of them is.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::Failure;
use crate::format::error;
use crate::json::{count, parse, words};
use crate::sse::Frame;

pub(in crate::format) const PATH: &str = "api/pull";

/// More layers than any model has.
const LAYERS: usize = 1_000;

pub(in crate::format) fn request(model: &str) -> Vec<u8> {
    serde_json::to_vec(&json!({"model": model, "stream": true})).unwrap_or_default()
}

/// A model that is being fetched.
#[derive(Debug, Default)]
pub struct Pulling {
    /// By digest: bytes that came, of how many.
    layers: HashMap<String, (u64, u64)>,
    is_whole: bool,
}

impl Pulling {
    /// Takes a line in. One that says nothing of the kind is passed over; an error is the server's own words.
    pub fn frame(&mut self, frame: &Frame) -> Result<(), Failure> {
        let Some(value) = parse(&frame.data) else { return Ok(()) };
        if let Some(failure) = error::of(&value, None) {
            return Err(failure);
        }
        if value.get("status").and_then(words) == Some("success") {
            self.is_whole = true;
        }
        if let Some(digest) = value.get("digest").and_then(words) {
            self.layer(digest, &value);
        }
        Ok(())
    }

    /// So many bytes came, of so many that are known of. Both only grow.
    pub fn far(&self) -> (u64, u64) {
        self.layers.values().fold((0, 0), |(come, all), layer| {
            (u64::saturating_add(come, layer.0), u64::saturating_add(all, layer.1))
        })
    }

    /// Whether all of it came.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn layer(&mut self, digest: &str, value: &Value) {
        if self.layers.len() >= LAYERS && !self.layers.contains_key(digest) {
            return;
        }
        let number = |name: &str| value.get(name).and_then(count).unwrap_or(0);
        let (come, all) = self.layers.entry(digest.to_owned()).or_default();
        *all = number("total").max(*all);
        *come = number("completed").max(*come).min(*all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(data: &str) -> Frame {
        Frame { event: "message".to_owned(), data: data.to_owned() }
    }

    #[test]
    fn layers_add_up_and_never_shrink() {
        let mut pulling = Pulling::default();
        for (line, far) in [
            (r#"{"status":"pulling manifest"}"#, (0, 0)),
            (r#"{"status":"pulling a","digest":"a","total":100}"#, (0, 100)),
            (r#"{"status":"pulling a","digest":"a","total":100,"completed":40}"#, (40, 100)),
            (r#"{"status":"pulling b","digest":"b","total":10,"completed":10}"#, (50, 110)),
            (r#"{"status":"pulling a","digest":"a","total":100,"completed":30}"#, (50, 110)),
            (r#"{"status":"pulling a","digest":"a","total":100,"completed":900}"#, (110, 110)),
            (r#"{"status":"pulling a","digest":"a","total":-3,"completed":"x"}"#, (110, 110)),
            ("no document", (110, 110)),
            ("null", (110, 110)),
            (r#"{"status":"verifying sha256 digest"}"#, (110, 110)),
        ] {
            pulling.frame(&frame(line)).unwrap();
            assert_eq!(pulling.far(), far, "{line}");
        }
        assert!(!pulling.is_whole(), "a stream that breaks off is no model");
        pulling.frame(&frame(r#"{"status":"success"}"#)).unwrap();
        assert!(pulling.is_whole());
    }

    #[test]
    fn an_error_is_told_in_the_servers_words() {
        let line = r#"{"error":"pull model manifest: file does not exist"}"#;
        let failure = Pulling::default().frame(&frame(line)).unwrap_err();
        assert!(failure.said.contains("file does not exist"), "{failure:?}");
    }

    #[test]
    fn nobody_can_fill_the_memory_with_layers() {
        let mut pulling = Pulling::default();
        for number in 0..2 * LAYERS {
            let line = format!(r#"{{"digest":"{number}","total":1}}"#);
            pulling.frame(&frame(&line)).unwrap();
        }
        assert_eq!(pulling.far().1, LAYERS as u64);
    }
}
