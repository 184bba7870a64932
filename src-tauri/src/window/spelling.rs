//! Words that are misspelt are marked where a person types: by dictionaries of this computer, and nothing is asked.

use gtk::glib;
use webkit2gtk::{WebContextExt, WebView, WebViewExt};

/// Switches it on, in the languages of the desktop. Without a dictionary for one it does nothing.
pub(super) fn check(webview: &WebView) {
    let Some(context) = webview.web_context() else { return };
    let wanted = languages(glib::language_names().iter().map(glib::GString::as_str));
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    context.set_spell_checking_languages(&wanted);
    context.set_spell_checking_enabled(true);
}

/// `de_AT.UTF-8` is `de_AT` to a dictionary. Where no language is known, these words here are English.
fn languages<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut wanted: Vec<String> = Vec::new();
    for name in names {
        let bare = name.split(['.', '@']).next().unwrap_or_default();
        let is_language = bare.chars().next().is_some_and(char::is_lowercase);
        if is_language && !wanted.iter().any(|known| known == bare) {
            wanted.push(bare.to_owned());
        }
    }
    if wanted.is_empty() {
        wanted.push("en_US".to_owned());
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionaries_are_asked_by_the_names_they_have() {
        let asked = |names: &[&str]| languages(names.iter().copied());
        assert_eq!(asked(&["de_AT.UTF-8", "de_AT", "de.UTF-8", "de", "C"]), ["de_AT", "de"]);
        assert_eq!(asked(&["C.UTF-8", "C"]), ["en_US"]);
        assert_eq!(asked(&["POSIX"]), ["en_US"]);
        assert_eq!(asked(&["ca_ES@valencia"]), ["ca_ES"]);
    }
}
