//! What the page hears without having asked. A wish of the person's waits for a page that is not there yet; anything else it
//! learns when it begins.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tauri::ipc::Channel;

use crate::ipc::{News, Wanted};

/// Whoever tells, and the one page that hears.
#[derive(Clone, Default)]
pub struct Newsroom(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    ear: Option<Channel<News>>,
    /// The last wish counts.
    wanted: Option<Wanted>,
}

impl Newsroom {
    /// The page that listens from now on: there is one, and a new one takes the place of the one before.
    pub fn listen(&self, ear: Channel<News>) {
        let wanted = {
            let mut inner = self.inner();
            inner.ear = Some(ear);
            inner.wanted.take()
        };
        if let Some(wanted) = wanted {
            self.tell(News::Show { wanted });
        }
    }

    /// Tells it, if there is a page.
    pub fn tell(&self, news: News) {
        let ear = self.inner().ear.clone();
        if let Some(ear) = ear {
            // A page that is gone hears nothing; the next one asks.
            let _ = ear.send(news);
        }
    }

    /// Has the page show this, as soon as there is one.
    pub fn show(&self, wanted: Wanted) {
        let mut inner = self.inner();
        if inner.ear.is_none() {
            inner.wanted = Some(wanted);
            return;
        }
        drop(inner);
        self.tell(News::Show { wanted });
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_wish_waits_for_the_page_once() {
        let newsroom = Newsroom::default();
        newsroom.show(Wanted::Unlock);
        newsroom.show(Wanted::AddKey);
        let (tell, told) = channel();
        let ear = || {
            let tell = tell.clone();
            Channel::new(move |body| {
                if let tauri::ipc::InvokeResponseBody::Json(json) = body {
                    let _ = tell.send(json);
                }
                Ok(())
            })
        };
        newsroom.listen(ear());
        assert!(told.try_recv().unwrap().contains("addKey"), "the last one");
        newsroom.listen(ear());
        assert!(told.try_recv().is_err(), "and only once");
        newsroom.show(Wanted::Unlock);
        assert!(told.try_recv().unwrap().contains("unlock"));
    }
}
