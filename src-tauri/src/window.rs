//! The one window, and what it must not do: leave the app, open others, load, download, or reach the network.

use tauri::webview::{DownloadEvent, NewWindowResponse};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The window's label; the capability file names it too.
pub const MAIN: &str = "main";

/// The web view's proxy, where nobody listens. The content policy stops requests, but not the connections that a web
/// engine makes ahead of them, for a preconnect or for a link that is then denied; and a host's name alone can carry data.
const NOWHERE: &str = "http://127.0.0.1:1";

/// Opens the window.
pub fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Latchkey")
        .inner_size(1200.0, 800.0)
        .min_inner_size(420.0, 480.0)
        // Nothing of a session stays in the web view's own files. WebDriver cannot drive a window that is so discreet.
        .incognito(!cfg!(feature = "automation"))
        .proxy_url(Url::parse(NOWHERE).map_err(tauri::Error::InvalidUrl)?)
        .devtools(false)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, event| refuse_download(&event))
        .build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|webview| linux::close_doors(&webview.inner()))?;
    Ok(window)
}

/// Brings the window to the front.
pub fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // A desktop may refuse; then the person finds the window by hand.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
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

#[cfg(target_os = "linux")]
mod linux {
    use webkit2gtk::{
        ContextMenuAction, ContextMenuExt, ContextMenuItemExt, PermissionRequestExt, SettingsExt,
        WebViewExt,
    };

    /// Switches off what a page could use to reach out, and the menu entries that would leave the page.
    pub(super) fn close_doors(webview: &webkit2gtk::WebView) {
        if let Some(settings) = WebViewExt::settings(webview) {
            settings.set_enable_webrtc(false);
            settings.set_enable_media_stream(false);
            settings.set_enable_dns_prefetching(false);
            settings.set_enable_hyperlink_auditing(false);
            settings.set_enable_page_cache(false);
            settings.set_enable_developer_extras(false);
            settings.set_enable_html5_database(false);
            settings.set_enable_webaudio(false);
            settings.set_enable_back_forward_navigation_gestures(false);
        }
        webview.connect_permission_request(|_, request| {
            request.deny();
            true
        });
        webview.connect_context_menu(|_, menu, _, _| {
            for item in menu.items() {
                if !is_about_text(item.stock_action()) {
                    menu.remove(&item);
                }
            }
            menu.n_items() == 0
        });
    }

    fn is_about_text(action: ContextMenuAction) -> bool {
        matches!(
            action,
            ContextMenuAction::Copy
                | ContextMenuAction::Cut
                | ContextMenuAction::Paste
                | ContextMenuAction::PasteAsPlainText
                | ContextMenuAction::Delete
                | ContextMenuAction::SelectAll
                | ContextMenuAction::InputMethods
                | ContextMenuAction::Unicode
                | ContextMenuAction::SpellingGuess
                | ContextMenuAction::NoGuessesFound
                | ContextMenuAction::IgnoreSpelling
                | ContextMenuAction::LearnSpelling
        )
    }
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
