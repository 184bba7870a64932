//! The small window: one question, wherever the person is. It is made when it is first asked for and hidden from then on, so
//! that it comes at once and what stands in it stays.

use tauri::{AppHandle, LogicalPosition, Manager, Monitor, WebviewWindow, WindowEvent};

use super::guarded;
use crate::words::windows;

/// The small window's label; its capability file names it too.
pub const QUICK: &str = "quick";

const SIZE: (f64, f64) = (680.0, 440.0);
const LEAST: (f64, f64) = (420.0, 320.0);

/// How far down the screen it stands, of what is left above and below it: where eyes are.
const DOWN: f64 = 0.3;

/// Shows the small window, with the keyboard in it.
pub fn ask(app: &AppHandle) {
    let app = app.clone();
    // Windows belong to that thread; without it there is nothing to show.
    let _ = app.clone().run_on_main_thread(move || {
        let known = app.get_webview_window(QUICK);
        // What a desktop refuses the person sees; there is nobody else to tell.
        if let Some(window) = known.or_else(|| make(&app).ok()) {
            come(&app, &window);
        }
    });
}

/// Makes it without showing it, so that it comes at once when it is asked for.
pub fn make_ready(app: &AppHandle) {
    let app = app.clone();
    let _ = app.clone().run_on_main_thread(move || {
        if app.get_webview_window(QUICK).is_none() {
            // Whoever asks for it tries again.
            drop(make(&app));
        }
    });
}

fn make(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let window = guarded(app, QUICK, "quick.html")?
        .title(windows::QUICK_ASK)
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(LEAST.0, LEAST.1)
        .decorations(false)
        .always_on_top(true)
        .skip_taskbar(true)
        .visible(false)
        .build()?;
    let closed = window.clone();
    window.on_window_event(move |event| {
        // Closing is hiding, so that an answer that is coming has somewhere to come to.
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            let _ = closed.hide();
        }
    });
    #[cfg(target_os = "linux")]
    guard(app, &window)?;
    Ok(window)
}

#[cfg(target_os = "linux")]
fn guard(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    use gtk::prelude::WidgetExt;
    use webkit2gtk::WebViewExt;

    let pressed = app.state::<crate::state::AppState>().quick.pressed.clone();
    let gone = window.clone();
    window.with_webview(move |webview| {
        let webview = webview.inner();
        super::doors::close_doors(&webview);
        super::spelling::check(&webview);
        // A page that died is not mourned: the next question gets another.
        webview.connect_web_process_terminated(move |_, _| drop(gone.destroy()));
        let by_hand = pressed.clone();
        webview.connect_button_press_event(move |_, _| {
            by_hand.note();
            gtk::glib::Propagation::Proceed
        });
        webview.connect_key_press_event(move |_, event| {
            if asks_for_text(event) {
                pressed.note();
            }
            gtk::glib::Propagation::Proceed
        });
    })
}

/// The keys that the page has for a text of other programs.
#[cfg(target_os = "linux")]
fn asks_for_text(event: &gtk::gdk::EventKey) -> bool {
    use gtk::gdk::keys::constants as key;

    let (pressed, held) = (event.keyval(), event.state());
    held.contains(gtk::gdk::ModifierType::MOD1_MASK)
        && [key::s, key::S, key::v, key::V].contains(&pressed)
}

fn come(app: &AppHandle, window: &WebviewWindow) {
    let is_there = window.is_visible().unwrap_or_default();
    if !is_there && let Some(place) = place(app) {
        let _ = window.set_position(place);
    }
    present(window);
}

/// On the screen with the pointer. A desktop that places windows itself lets be asked and does as it likes.
fn place(app: &AppHandle) -> Option<LogicalPosition<f64>> {
    let pointer = app.cursor_position().ok();
    let under = pointer.and_then(|at| app.monitor_from_point(at.x, at.y).ok().flatten());
    let screen = under.or_else(|| app.primary_monitor().ok().flatten())?;
    Some(within(&screen))
}

fn within(screen: &Monitor) -> LogicalPosition<f64> {
    let scale = screen.scale_factor();
    let (at, size) =
        (screen.position().to_logical::<f64>(scale), screen.size().to_logical::<f64>(scale));
    LogicalPosition::new(
        at.x + ((size.width - SIZE.0) / 2.0).max(0.0),
        at.y + ((size.height - SIZE.1) * DOWN).max(0.0),
    )
}

/// Gives it the keyboard. The press that called for it was another window's, so a desktop would take it for a window that comes
/// by itself unless it is told the time.
#[cfg(target_os = "linux")]
fn present(window: &WebviewWindow) {
    use gtk::prelude::{Cast, GtkWindowExt, WidgetExt};

    let Ok(own) = window.gtk_window() else { return };
    own.show_all();
    let on_x11 = own.window().and_then(|inner| inner.downcast::<gdkx11::X11Window>().ok());
    match on_x11 {
        Some(inner) => own.present_with_time(gdkx11::functions::x11_get_server_time(&inner)),
        None => own.present(),
    }
}

#[cfg(not(target_os = "linux"))]
fn present(window: &WebviewWindow) {
    let _ = window.show();
    let _ = window.set_focus();
}
