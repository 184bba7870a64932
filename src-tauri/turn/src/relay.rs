//! Passing on what another program asks, with a key that it never sees: what goes out and what comes back stay byte for byte
//! what they were, but for the key, a count that is asked for and a word against keeping what was asked. The same door to the
//! money as for a turn.

mod meter;
mod passing;
mod private;
mod wish;

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use futures_util::Stream;
use history::{Connection, History};
use vault::{Accept, Body, HeaderStyle, Method, Outbound, Reply, Vault};
use wire::{Format, KeyIn, Refused, classify};

use crate::models::ERROR_CAP;
use crate::purse::{Paid, Purse, Token};
use crate::{Endpoint, Failure, Trouble};

pub use wish::{Errand, Unfit, Wish};

use meter::Meter;
use passing::Passing;

/// An answer on its way to another program.
pub struct Relayed {
    /// Its status.
    pub status: u16,
    /// What it needs of the head.
    pub headers: Vec<(String, String)>,
    /// Its body, without the key.
    pub body: RelayedBody,
}

/// The body of an answer. Dropping it closes the connection to the provider, which ends the billing.
pub type RelayedBody = std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, Failure>> + Send>>;

/// Sends a wish over a connection, paid by an application, and returns when the head of the answer is there. A token that is worth
/// nothing any more is `NotFound`.
pub async fn relay(
    vault: &Vault,
    history: &Arc<History>,
    mut token: Token,
    connection: &Connection,
    wish: Wish,
    paid: Paid,
) -> Result<Relayed, Failure> {
    let endpoint = Endpoint::of(connection)?;
    let spoken = wish.errand.format();
    let way = endpoint.provider.way_to(spoken, endpoint.base.as_str());
    let way = way.ok_or_else(|| Failure::at(Trouble::AddressNotFound, &endpoint.name, None))?;
    // Read already, it is an object.
    let body = told(&endpoint, &wish).ok_or_else(|| Failure::of(Trouble::RequestRefused))?;
    let mut counts = wish.may_count() && !endpoint.without.usage;
    loop {
        let mut purse = Purse::lent(history, token, &paid);
        purse.reserve_most(&endpoint, &wish.model, wish.asked(&endpoint)).await?;
        // What follows of it is the same request, asked in another way.
        token = token.used();
        let outbound = outbound(&endpoint, way, &wish, body.clone(), counts);
        let at = Instant::now();
        let sent = vault.send(endpoint.credential(), &endpoint.base, outbound).await;
        let reply = match sent {
            Ok(reply) => reply,
            Err(error) => {
                let failure = Failure::sending(&endpoint.name, &error);
                purse.fail(&failure).await;
                paid();
                return Err(failure);
            }
        };
        let (status, headers) = (reply.status(), reply.passed_headers());
        if counts && status == 400 {
            // The count was our wish, not the program's: whoever refuses it is asked as the program did.
            let (body, refuses_count) = refused(reply).await;
            purse.fail(&Failure::of(Trouble::RequestRefused)).await;
            if refuses_count {
                counts = false;
                continue;
            }
            paid();
            let body = futures_util::stream::iter([Ok(Bytes::from(body))]);
            return Ok(Relayed { status, headers, body: Box::pin(body) });
        }
        let masker = reply.masker();
        let meter = Meter::new(history, &endpoint, &wish, purse, at, (status, &masker));
        let body = Passing::new(reply.body(), &endpoint.name, masker.raw(), meter, counts, paid);
        return Ok(Relayed { status, headers, body: Box::pin(body) });
    }
}

/// Reads a refusal, without the key, and sees whether it is of the count that was asked for.
async fn refused(reply: Reply) -> (Vec<u8>, bool) {
    let (status, mut masker) = (reply.status(), reply.masker().raw());
    let body = reply.text(ERROR_CAP).await.unwrap_or_default();
    let now = std::time::SystemTime::now();
    let said = Refused { status, body: &body, retry_after: None, request_id: None, now };
    let refuses_count = classify(said).refuses_stream_options;
    let mut masked = masker.piece(body.as_bytes());
    masked.extend(masker.rest());
    (masked, refuses_count)
}

/// The body, with the word that nobody may keep it where there is one and its person has not let them.
fn told(endpoint: &Endpoint, wish: &Wish) -> Option<Vec<u8>> {
    let private = &endpoint.provider.dialect().private;
    match endpoint.without.privacy || private.is_empty() {
        true => Some(wish.body.to_vec()),
        false => private::with(private, &wish.body),
    }
}

fn outbound(endpoint: &Endpoint, way: &str, wish: &Wish, body: Vec<u8>, counts: bool) -> Outbound {
    let format = wish.errand.format();
    Outbound {
        method: Method::Post,
        path: format!("{way}{}", wish.path()).into(),
        body: Some(Body::Json(if counts { Wish::counted(&body) } else { body })),
        header_style: match endpoint.provider.key_in(format) {
            KeyIn::Bearer => HeaderStyle::Bearer,
            KeyIn::XApiKey => HeaderStyle::XApiKey,
            KeyIn::ApiKey => HeaderStyle::ApiKey,
            KeyIn::XGoogApiKey => HeaderStyle::XGoogApiKey,
        },
        extra_headers: &[],
        passed_headers: wish.headers.clone(),
        accept: if wish.streams { Accept::EventStream } else { Accept::Json },
    }
}

impl Errand {
    /// The language it is in.
    pub fn format(self) -> Format {
        match self {
            Self::Chat | Self::Embeddings => Format::ChatCompletions,
            Self::Responses => Format::Responses,
            Self::Messages | Self::CountTokens => Format::Messages,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_may_keep_what_a_program_asks_until_a_person_lets_them() {
        let sent = |provider: &str, may_be_kept, counts| {
            let base = vault::BaseUrl::parse("https://openrouter.ai/api/v1").unwrap();
            let endpoint = Endpoint::of(&Connection {
                id: "c".into(),
                provider: provider.into(),
                name: "Test".into(),
                origin: base.origin().to_string(),
                address: base.as_str().to_owned(),
                key: None,
                refuses_stream_options: false,
                format: None,
                upkeep: history::Upkeep { may_be_kept, ..history::Upkeep::default() },
                created_ms: 0,
                last_used_ms: None,
            })
            .unwrap();
            let body = br#"{"model":"m", "provider":{"only":["a"],"data_collection":"allow"}}"#;
            let wish = Wish::read(Errand::Chat, Bytes::from_static(body)).unwrap();
            let body = told(&endpoint, &wish).unwrap();
            let Some(Body::Json(sent)) = outbound(&endpoint, "", &wish, body, counts).body else {
                panic!("a body")
            };
            String::from_utf8(sent).unwrap()
        };
        let rest = r#""model":"m", "provider":{"only":["a"],"data_collection":"#;
        let count = r#""stream_options":{"include_usage":true},"#;
        assert_eq!(sent("openRouter", false, false), format!("{{{rest}\"deny\"}}}}"));
        assert_eq!(sent("openRouter", false, true), format!("{{{count}{rest}\"deny\"}}}}"));
        assert_eq!(sent("openRouter", true, false), format!("{{{rest}\"allow\"}}}}"));
        assert_eq!(sent("other", false, false), format!("{{{rest}\"allow\"}}}}"));
    }
}
