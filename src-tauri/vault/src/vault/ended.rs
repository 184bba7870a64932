//! Keys of which every use ends at once, because somebody else may have them.

use std::future::{Future, pending};

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};

use super::Vault;
use crate::id::KeyId;

/// Tells those who wait for an answer which keys those are.
pub(super) struct Ended(Sender<KeyId>);

impl Default for Ended {
    fn default() -> Self {
        Self(channel(16).0)
    }
}

impl Vault {
    /// Ends what is under way in [`Vault::while_used`] with this key.
    pub fn end_uses(&self, id: &KeyId) {
        // Where nobody listens, nothing is under way.
        let _ = self.ended.0.send(id.clone());
    }

    /// Does what this key is used for. `None` when its uses were ended before that was done.
    pub async fn while_used<T>(
        &self,
        id: Option<&KeyId>,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let Some(id) = id else { return Some(work.await) };
        tokio::select! {
            biased;
            () = end_of(id, self.ended.0.subscribe()) => None,
            done = work => Some(done),
        }
    }
}

async fn end_of(id: &KeyId, mut ended: Receiver<KeyId>) {
    loop {
        match ended.recv().await {
            Ok(one) if one != *id => {}
            // It may be one of those that were missed.
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => return pending().await,
        }
    }
}
