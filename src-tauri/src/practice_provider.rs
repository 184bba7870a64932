//! The practice provider inside the app: started when somebody practises, gone with the app.

use std::sync::Arc;

use history::{Connection, History};
use practice::{Running, start_in_app};
use tokio::sync::Mutex;
use vault::{BaseUrl, KeyId};
use wire::Provider;

use crate::ipc::{AppError, ErrorCode};
use crate::store::blocking;

/// The server, once it runs.
#[derive(Default)]
pub struct PracticeProvider(Mutex<Option<Running>>);

impl PracticeProvider {
    /// Makes sure that it runs, and that its connection knows its address, which is another one every time.
    pub async fn connect(&self, history: Arc<History>) -> Result<Connection, AppError> {
        let address = self.address().await?;
        let base = BaseUrl::parse(&address)?;
        blocking(move || {
            let known = practice_connection(&history)?;
            let connection = match known.clone() {
                Some(known) => Connection {
                    address: base.as_str().to_owned(),
                    origin: base.origin().to_string(),
                    ..known
                },
                None => new_connection(&base)?,
            };
            if known.as_ref().is_none_or(|known| known.address != connection.address) {
                history.put_connection(&connection)?;
            }
            Ok(connection)
        })
        .await
    }

    /// Makes sure that it runs if this connection leads to it: nobody else has to wait for it, and it does not run for nobody.
    pub async fn wake(
        &self,
        history: &Arc<History>,
        connection: Option<&str>,
    ) -> Result<(), AppError> {
        let copy = Arc::clone(history);
        let known = blocking(move || practice_connection(&copy)).await?;
        if known.is_some_and(|known| Some(known.id.as_str()) == connection) {
            self.connect(Arc::clone(history)).await?;
        }
        Ok(())
    }

    async fn address(&self) -> Result<String, AppError> {
        let mut running = self.0.lock().await;
        if let Some(running) = &*running {
            return Ok(running.base_url());
        }
        let started = start_in_app().await;
        let started = started.map_err(|error| {
            AppError::with_detail(
                ErrorCode::Internal,
                format!("practice provider: {}", error.kind()),
            )
        })?;
        let address = started.base_url();
        *running = Some(started);
        Ok(address)
    }
}

fn practice_connection(history: &History) -> Result<Option<Connection>, history::Error> {
    let connections = history.connections()?;
    Ok(connections.into_iter().find(|known| known.provider == Provider::practice().id()))
}

fn new_connection(base: &BaseUrl) -> Result<Connection, history::Error> {
    let id = KeyId::random().map_err(|_| history::Error::Io(std::io::ErrorKind::Other))?;
    Ok(Connection {
        id: id.as_str().to_owned(),
        provider: Provider::practice().id().to_owned(),
        name: Provider::practice().name().to_owned(),
        address: base.as_str().to_owned(),
        origin: base.origin().to_string(),
        key: None,
        created_ms: crate::now_ms(),
        last_used_ms: None,
        refuses_stream_options: false,
        format: None,
        upkeep: history::Upkeep::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_runs_for_whoever_asks_it_and_for_nobody_else() {
        let history = Arc::new(History::in_memory().unwrap());
        let earlier = PracticeProvider::default().connect(history.clone()).await.unwrap();
        let provider = PracticeProvider::default();
        for other in [None, Some("another")] {
            provider.wake(&history, other).await.unwrap();
            assert!(provider.0.lock().await.is_none(), "started for {other:?}");
        }
        provider.wake(&history, Some(&earlier.id)).await.unwrap();
        assert!(provider.0.lock().await.is_some());
        let now = history.connections().unwrap().remove(0);
        assert_eq!(now.id, earlier.id);
        assert_ne!(now.address, earlier.address, "the row knows where it is now");
    }
}
