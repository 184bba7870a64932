//! Hearing that something was written: for whoever works through what is new, without looking again and again.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

#[derive(Debug, Default)]
struct State {
    written: bool,
    gone: bool,
}

/// Hears of writes to one store, also after it is gone.
#[derive(Debug, Clone, Default)]
pub struct Changes(Arc<(Mutex<State>, Condvar)>);

impl Changes {
    /// Waits until something was written since the last time. `false` once the store is gone.
    #[must_use]
    pub fn wait(&self) -> bool {
        let (state, heard) = &*self.0;
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = heard.wait_while(state, |state| !state.written && !state.gone);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.written = false;
        !state.gone
    }

    pub(crate) fn written(&self) {
        self.tell(|state| state.written = true);
    }

    pub(crate) fn gone(&self) {
        self.tell(|state| state.gone = true);
    }

    fn tell(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.1.notify_all();
    }
}
