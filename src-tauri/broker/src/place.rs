//! What is where.

use hyper::{Method, Uri};
use turn::Errand;

use crate::dialect::Dialect;
use crate::refusal::Refusal;

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Something that is passed on.
    Errand {
        /// What.
        errand: Errand,
        /// Whether it asks for the beta of its format.
        is_beta: bool,
    },
    /// The models that may be asked.
    Models,
    /// What is known of one of them.
    Model(String),
}

impl Place {
    /// The place at an address. Tools put `/v1` in front or leave it out.
    pub(crate) fn of(method: &Method, uri: &Uri) -> Result<Self, Refusal> {
        let path = uri.path();
        let path = path.strip_prefix("/v1/").or_else(|| path.strip_prefix('/')).unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let errand = match path {
            "chat/completions" => Some(Errand::Chat),
            "responses" => Some(Errand::Responses),
            "embeddings" => Some(Errand::Embeddings),
            "messages" => Some(Errand::Messages),
            "messages/count_tokens" => Some(Errand::CountTokens),
            _ => None,
        };
        if let Some(errand) = errand {
            let is_beta =
                uri.query().is_some_and(|query| query.split('&').any(|q| q == "beta=true"));
            return match *method {
                Method::POST => Ok(Self::Errand { errand, is_beta }),
                _ => Err(Refusal::Method),
            };
        }
        let place = match path.strip_prefix("models") {
            Some("") => Self::Models,
            Some(name) if name.len() > 1 && name.starts_with('/') => {
                Self::Model(decoded(&name[1..]).ok_or(Refusal::NotFound)?)
            }
            _ => return Err(Refusal::NotFound),
        };
        match *method {
            Method::GET | Method::HEAD => Ok(place),
            _ => Err(Refusal::Method),
        }
    }
}

/// In which language whoever asks here would read an error.
pub(crate) fn dialect(uri: &Uri, is_versioned: bool) -> Dialect {
    let path = uri.path();
    match is_versioned || path.ends_with("/messages") || path.contains("/messages/") {
        true => Dialect::Anthropic,
        false => Dialect::OpenAi,
    }
}

/// A name of a model out of an address: names have slashes and colons.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let digits = std::str::from_utf8(after.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_find_what_they_look_for_and_nothing_else_is_there() {
        let at = |method: &Method, uri: &str| Place::of(method, &uri.parse().unwrap()).ok();
        let errand = |errand, is_beta| Some(Place::Errand { errand, is_beta });
        assert_eq!(at(&Method::POST, "/v1/chat/completions"), errand(Errand::Chat, false));
        assert_eq!(at(&Method::POST, "/chat/completions"), errand(Errand::Chat, false));
        assert_eq!(at(&Method::POST, "/v1/messages?beta=true"), errand(Errand::Messages, true));
        assert_eq!(at(&Method::GET, "/v1/models/"), Some(Place::Models));
        let model = at(&Method::GET, "/v1/models/qwen%2Fqwen3:8b");
        assert_eq!(model, Some(Place::Model("qwen/qwen3:8b".to_owned())));
        for (method, uri) in [
            (Method::GET, "/v1/chat/completions"),
            (Method::POST, "/v1/models"),
            (Method::DELETE, "/v1/models/m"),
            (Method::GET, "/"),
            (Method::POST, "/v1/files"),
            (Method::POST, "/v1/v1/messages"),
            (Method::POST, "/v1/../admin"),
            (Method::POST, "/v1/organization/admin_api_keys"),
            (Method::GET, "/v1/models/%zz"),
        ] {
            assert_eq!(at(&method, uri), None, "{method} {uri}");
        }
    }
}
