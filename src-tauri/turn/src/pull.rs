//! Fetching a model onto the computer that a connection leads to.

use futures_util::StreamExt;
use tokio::time::{Duration, timeout};
use vault::Vault;
use wire::Pulling;
use wire::sse::frames;

use crate::endpoint::outbound;
use crate::models::refusal;
use crate::reading::broken;
use crate::{Endpoint, Failure, Trouble};

/// A server that says nothing for so long does nothing.
const SILENCE: Duration = Duration::from_secs(120);

/// Has the server fetch a model, and says how far it is: so many bytes, of so many. Dropped, it stops the server, which keeps what
/// came for the next time.
pub async fn pull(
    vault: &Vault,
    endpoint: &Endpoint,
    model: &str,
    mut far: impl FnMut((u64, u64)),
) -> Result<(), Failure> {
    let name = &endpoint.name;
    let request = endpoint.format.pull(endpoint.provider, model);
    let request = request.ok_or_else(|| Failure::at(Trouble::RequestRefused, name, None))?;
    let sent = vault.send(endpoint.credential(), &endpoint.base, outbound(request)).await;
    let reply = sent.map_err(|error| Failure::sending(name, &error))?;
    let masker = reply.masker();
    if !(200..300).contains(&reply.status()) {
        return Err(Failure::said_by(name, refusal(reply).await, &masker));
    }
    let mut lines = frames(reply.body());
    let mut pulling = Pulling::default();
    loop {
        let silent = |_| Failure::at(Trouble::IdleStream, name, None);
        match timeout(SILENCE, lines.next()).await.map_err(silent)? {
            Some(Ok(line)) => {
                let read = pulling.frame(&line);
                read.map_err(|failure| Failure::said_by(name, failure, &masker))?;
                far(pulling.far());
            }
            Some(Err(error)) => return Err(broken(name, &error)),
            None if pulling.is_whole() => return Ok(()),
            None => return Err(Failure::at(Trouble::BrokenStream, name, None)),
        }
    }
}
