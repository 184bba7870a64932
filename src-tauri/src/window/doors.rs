//! What a page could use to reach out, and the menu entries that would leave it: closed, in the engine itself.

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
