//! Whether the large window is there to be seen: a take of dictation is not spoken for long into one that is not.

use gtk::gdk::WindowState;
use gtk::glib::Propagation;
use gtk::prelude::WidgetExt;
use tauri::{AppHandle, Manager, WebviewWindow};

use crate::state::AppState;

/// Follows this window. One behind others counts as seen, and so does one that is folded away on Wayland, which tells nobody.
pub(super) fn follow(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    let own = window.gtk_window()?;
    let app = app.clone();
    let look = move |own: &gtk::ApplicationWindow| {
        let state = own.window().map_or(WindowState::empty(), |inner| inner.state());
        let is_seen = own.is_mapped() && !state.contains(WindowState::ICONIFIED);
        app.state::<AppState>().dictation.seen(is_seen);
    };
    look(&own);
    let (shown, hidden) = (look.clone(), look.clone());
    own.connect_map(shown);
    own.connect_unmap(hidden);
    own.connect_window_state_event(move |own, _| {
        look(own);
        Propagation::Proceed
    });
    Ok(())
}
