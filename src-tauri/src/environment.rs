//! What the environment may tell us, what must leave it before GTK starts, and what it must say then.
//!
//! Child processes, the web processes above all, inherit the environment: a key in it would be in theirs. And some
//! variables open doors: a library to load, an inspector that shows a password field's text, a log of TLS secrets.

use vault::EnvironmentKeys;

/// Variables that are removed wherever they stand.
const DOORS: &[&str] = &[
    "GTK_MODULES",
    "GTK3_MODULES",
    "GTK_DEBUG",
    "GTK_EXE_PREFIX",
    "GTK_PATH",
    "GTK_IM_MODULE_FILE",
    "GDK_PIXBUF_MODULE_FILE",
    "GDK_PIXBUF_MODULEDIR",
    "GIO_MODULE_DIR",
    "GCONV_PATH",
    "OPENSSL_CONF",
    "OPENSSL_MODULES",
    "GDK_DEBUG",
    "GIO_EXTRA_MODULES",
    "G_MESSAGES_DEBUG",
    "SSLKEYLOGFILE",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_EXEC_PATH",
    "WEBKIT_INJECTED_BUNDLE_PATH",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
];

/// Families of such variables.
const DOOR_PREFIXES: &[&str] = &["LD_", "DYLD_", "JSC_", "GST_", "TAURI_"];

/// Other programs' secrets, which are nothing to the web processes either.
const SECRET_SUFFIXES: &[&str] = &["_API_KEY", "_SECRET_KEY", "_ACCESS_KEY", "_AUTH_TOKEN"];

/// How the web engine draws: by itself; as it would with a card.
#[cfg(target_os = "linux")]
const DRAWING: &[&str] = &["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_FORCE_COMPOSITING_MODE"];

/// Takes the keys people keep in the environment, then removes them and every open door. To be called first of all, while
/// the process has one thread.
pub fn take() -> EnvironmentKeys {
    let names: Vec<&'static str> = wire::Provider::all()
        .flat_map(|provider| provider.variables())
        .map(String::as_str)
        .collect();
    let keys = EnvironmentKeys::take(&names);
    let present = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let leaving: Vec<String> =
        present.filter(|name| names.contains(&name.as_str()) || is_door(name)).collect();
    remove(&leaving);
    #[cfg(target_os = "linux")]
    choose_drawing();
    keys
}

/// Without a graphics card the web engine is told to draw by itself, unless the person has told it how to.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn choose_drawing() {
    let is_told = DRAWING.iter().any(|name| std::env::var_os(name).is_some());
    if !is_told && !crate::native::has_graphics_card() {
        // SAFETY: as in `remove`.
        unsafe { std::env::set_var(DRAWING[0], "1") };
    }
}

fn is_door(name: &str) -> bool {
    // WebDriver switches itself on and says where to connect through these, in the build that allows WebDriver.
    let is_for_webdriver = name.starts_with("TAURI_") || name == "WEBKIT_INSPECTOR_SERVER";
    if cfg!(feature = "automation") && is_for_webdriver {
        return false;
    }
    DOORS.contains(&name)
        || DOOR_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || SECRET_SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

#[allow(unsafe_code)]
fn remove(names: &[String]) {
    for name in names {
        // SAFETY: `take` runs first in main, before any thread is started that could read the environment.
        unsafe { std::env::remove_var(name) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors() {
        for name in [
            "LD_PRELOAD",
            "GTK_MODULES",
            "WEBKIT_INSPECTOR_HTTP_SERVER",
            "SSLKEYLOGFILE",
            "GROQ_API_KEY",
        ] {
            assert!(is_door(name), "{name}");
        }
        for name in [
            "XDG_ACTIVATION_TOKEN",
            "PATH",
            "HOME",
            "DISPLAY",
            "DBUS_SESSION_BUS_ADDRESS",
            "GTK_IM_MODULE",
            "LANG",
        ] {
            assert!(!is_door(name), "{name}");
        }
        for name in ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER"] {
            assert_eq!(is_door(name), !cfg!(feature = "automation"), "{name}");
        }
    }
}
