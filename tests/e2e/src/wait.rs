//! Waiting with an end: nothing here waits for ever.

use std::fmt::Display;
use std::time::{Duration, Instant};

use crate::{Result, Trouble};

/// How long anything may take: so long that only what never comes gets here, because a busy machine is no fault.
pub const PATIENCE: Duration = Duration::from_secs(120);

const PAUSE: Duration = Duration::from_millis(40);

/// Asks again and again until there is an answer. An error of `ask` counts as "not yet"; the last one is reported.
pub async fn until<T>(
    what: impl Display,
    mut ask: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    let mut last;
    loop {
        match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => last = None,
            Err(error) => last = Some(error),
        }
        if start.elapsed() > PATIENCE {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    let why = last.map(|error| format!(" ({error})")).unwrap_or_default();
    Err(Trouble::new(format!("waited {} s in vain for {what}{why}", PATIENCE.as_secs())))
}

/// Waits until this is so.
pub async fn holds(what: impl Display, mut ask: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    until(what, async || Ok(ask().await?.then_some(()))).await
}
