//! The store blocks; these keep it off the threads that stream.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use history::History;

use crate::{Failure, Trouble};

/// Does something with the store on a thread that may block.
pub(crate) async fn on_disk<T, F>(history: &Arc<History>, work: F) -> Result<T, Failure>
where
    T: Send + 'static,
    F: FnOnce(&History) -> Result<T, history::Error> + Send + 'static,
{
    let history = Arc::clone(history);
    let done = tokio::task::spawn_blocking(move || work(&history)).await;
    done.map_err(|_| Failure::of(Trouble::HistoryFailed))?.map_err(Failure::from)
}

/// Now, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}
