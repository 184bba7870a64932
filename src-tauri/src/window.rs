//! The windows, and what they must not do: leave the app, open others, load, download, or reach the network.

#[cfg(target_os = "linux")]
mod doors;
mod life;
#[cfg(target_os = "linux")]
mod page_process;
mod placement;
mod quick;
#[cfg(target_os = "linux")]
mod seen;
#[cfg(target_os = "linux")]
mod spelling;
mod text_size;

use tauri::webview::{DownloadEvent, NewWindowResponse};
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::background;
use crate::ipc::Wanted;
use crate::state::AppState;
use crate::words::windows;

pub use quick::{QUICK, ask, make_ready};
pub use text_size::{TextSize, TextStep};

/// The large window's label; its capability file names it too.
pub const MAIN: &str = "main";

/// The web view's proxy, where nobody listens. The content policy stops requests, but not the connections that a web
/// engine makes ahead of them, for a preconnect or for a link that is then denied; and a host's name alone can carry data.
const NOWHERE: &str = "http://127.0.0.1:1";

/// A window with this page, and with the guards that every window has.
fn guarded<'a>(
    app: &'a AppHandle,
    label: &str,
    page: &str,
) -> tauri::Result<WebviewWindowBuilder<'a, tauri::Wry, AppHandle>> {
    Ok(WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        // Nothing of a session stays in the web view's own files. WebDriver cannot drive a window that is so discreet.
        .incognito(!cfg!(feature = "automation"))
        .proxy_url(Url::parse(NOWHERE).map_err(tauri::Error::InvalidUrl)?)
        .devtools(false)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, event| refuse_download(&event)))
}

/// Opens the large window, or makes it without showing it.
pub fn open(app: &AppHandle, is_hidden: bool) -> tauri::Result<WebviewWindow> {
    let window = guarded(app, MAIN, "index.html")?
        .title(windows::LATCHKEY)
        .inner_size(1200.0, 800.0)
        .min_inner_size(420.0, 480.0)
        .visible(!is_hidden)
        .build()?;
    placement::keep(&window, app.state::<AppState>().home.window());
    keep_hidden(app, &window);
    #[cfg(target_os = "linux")]
    {
        app.state::<AppState>().desktop.clipboard.notice_pastes();
        seen::follow(app, &window)?;
        let app = app.clone();
        window.with_webview(move |webview| {
            doors::close_doors(&webview.inner());
            spelling::check(&webview.inner());
            page_process::keep_alive(app, &webview.inner());
        })?;
        let page = window.clone();
        // It is drawn as before where that fails.
        let draw = move || drop(page.state::<AppState>().text_size.apply(&page));
        text_size::follow_desktop(draw.clone());
        // A smaller window bears less.
        window.on_window_event(move |event| {
            if matches!(event, tauri::WindowEvent::Resized(_)) {
                draw();
            }
        });
    }
    Ok(window)
}

/// Where its icon is seen, closing the window hides it. Otherwise the app ends with it, whatever else it has made.
fn keep_hidden(app: &AppHandle, window: &WebviewWindow) {
    let (app, own) = (app.clone(), window.clone());
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. }
            if app.state::<AppState>().background.hides_on_close() =>
        {
            api.prevent_close();
            let _ = own.hide();
            background::tell_of_hiding(&app);
        }
        WindowEvent::Destroyed => app.exit(0),
        _ => {}
    });
}

/// Shows the large window if nobody can see it.
pub fn show_if_hidden(app: &AppHandle) {
    let window = app.get_webview_window(MAIN);
    if window.is_some_and(|window| !window.is_visible().unwrap_or(true)) {
        show(app);
    }
}

/// Brings the large window to the front.
pub fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // A desktop may refuse; then the person finds the window by hand.
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Goes on in the large window with what was asked for elsewhere.
pub fn go_on(app: &AppHandle, wanted: Wanted) {
    if let Some(window) = app.get_webview_window(QUICK) {
        let _ = window.hide();
    }
    app.state::<AppState>().newsroom.show(wanted);
    show(app);
}

/// The window that a native window belongs to: the small one while it is used, else the one with this label.
pub fn in_front(app: &AppHandle, label: &str) -> Option<WebviewWindow> {
    let quick =
        app.get_webview_window(QUICK).filter(|quick| quick.is_focused().unwrap_or_default());
    quick.or_else(|| app.get_webview_window(label))
}

/// The only pages the window may show.
fn is_ours(url: &Url) -> bool {
    let host = url.host_str();
    match url.scheme() {
        "tauri" => host == Some("localhost"),
        // Windows serves the same pages under this name.
        "http" | "https" => cfg!(windows) && host == Some("tauri.localhost"),
        _ => false,
    }
}

fn refuse_download(_: &DownloadEvent<'_>) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages() {
        let ours = |text: &str| is_ours(&Url::parse(text).unwrap());
        assert!(ours("tauri://localhost/index.html"));
        for elsewhere in [
            "https://example.com/",
            "http://tauri.localhost.evil.com/",
            "tauri://evil/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
            "blob:tauri://localhost/1",
        ] {
            assert!(!ours(elsewhere), "{elsewhere}");
        }
    }
}
