//! A form of several parts (`multipart/form-data`), written out.

/// A form, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    boundary: String,
    bytes: Vec<u8>,
}

/// A part of a form. Names are ours, so that nothing in them needs to be escaped.
pub(crate) enum Field<'a> {
    Text(&'static str, &'a str),
    File { name: &'static str, file: &'a str, media_type: &'static str, bytes: &'a [u8] },
}

impl Form {
    /// Writes the parts one after the other, with something between them that none of them holds.
    pub(crate) fn of(fields: &[Field<'_>]) -> Self {
        let boundary = boundary(fields);
        let length: usize = fields.iter().map(|field| field.bytes().len() + 256).sum();
        let mut bytes = Vec::with_capacity(length);
        for field in fields {
            let head = match field {
                Field::Text(name, _) => format!("name=\"{name}\"\r\n\r\n"),
                Field::File { name, file, media_type, .. } => format!(
                    "name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {media_type}\r\n\r\n"
                ),
            };
            bytes.extend_from_slice(
                format!("--{boundary}\r\nContent-Disposition: form-data; {head}").as_bytes(),
            );
            bytes.extend_from_slice(field.bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Self { boundary, bytes }
    }

    /// As it is sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What stands between its parts, and all of it.
    pub fn into_parts(self) -> (String, Vec<u8>) {
        (self.boundary, self.bytes)
    }
}

impl<'a> Field<'a> {
    fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Text(_, text) => text.as_bytes(),
            Self::File { bytes, .. } => bytes,
        }
    }
}

/// Counts up until no part holds it: whoever writes a part cannot know the boundary and end the part with it.
fn boundary(fields: &[Field<'_>]) -> String {
    let mut number: u64 = 0;
    loop {
        let boundary = format!("latchkey-{number:016x}");
        let is_in =
            |bytes: &[u8]| bytes.windows(boundary.len()).any(|part| part == boundary.as_bytes());
        if !fields.iter().any(|field| is_in(field.bytes())) {
            return boundary;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_apart_whatever_is_in_them() {
        let odd = b"\r\n--latchkey-0000000000000000--\r\nlatchkey-0000000000000001\0\xff";
        let file = Field::File {
            name: "file",
            file: "take.wav",
            media_type: "audio/wav",
            bytes: odd.as_slice(),
        };
        let (boundary, bytes) = Form::of(&[Field::Text("model", "whisper-1"), file]).into_parts();
        assert_eq!(boundary, "latchkey-0000000000000002");
        let expected = [
            b"--latchkey-0000000000000002\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n".as_slice(),
            b"--latchkey-0000000000000002\r\nContent-Disposition: form-data; name=\"file\"; filename=\"take.wav\"\r\nContent-Type: audio/wav\r\n\r\n",
            odd,
            b"\r\n--latchkey-0000000000000002--\r\n",
        ];
        assert_eq!(bytes, expected.concat());
    }
}
