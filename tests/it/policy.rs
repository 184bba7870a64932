//! What the shipped configuration promises about the page.

fn read(path: &str) -> String {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(top.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn config() -> serde_json::Value {
    serde_json::from_str(&read("tauri.conf.json")).unwrap()
}

#[test]
fn the_page_has_no_network_and_runs_nothing_inline() {
    let config = config();
    let csp = config["app"]["security"]["csp"].as_str().unwrap();
    let sources = |name: &str| {
        let directive = csp.split("; ").find(|directive| directive.split(' ').next() == Some(name));
        directive.map(|directive| directive[name.len()..].trim())
    };
    assert_eq!(sources("default-src"), Some("'none'"));
    assert_eq!(sources("script-src"), Some("'self'"));
    assert_eq!(sources("style-src"), Some("'self'"));
    assert_eq!(sources("img-src"), Some("'self' blob: data:"));
    assert_eq!(sources("connect-src"), Some("ipc: http://ipc.localhost"));
    for name in ["form-action", "base-uri", "frame-ancestors", "object-src", "frame-src"] {
        assert_eq!(sources(name), Some("'none'"), "{name}");
    }
    assert!(!csp.contains("unsafe"), "{csp}");
    assert!(!csp.contains("https:"), "{csp}");
}

#[test]
fn the_doors_of_tauri_stay_shut() {
    let config = config();
    let app = &config["app"];
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(
        app["windows"],
        serde_json::json!([]),
        "the window is built in Rust, with its guards"
    );
    assert_eq!(app["security"]["freezePrototype"], true);
    assert_eq!(app["security"]["assetProtocol"]["enable"], false);
    assert_eq!(app["security"]["dangerousDisableAssetCspModification"], false);
    assert_eq!(config["plugins"], serde_json::Value::Null);
}

#[test]
fn the_page_gives_tauri_no_reason_for_a_nonce() {
    // A nonce would let a script that knows it load another from anywhere.
    for page in ["ui/index.html", "ui/quick.html"] {
        has_scripts_of_its_own_only(&read(page).to_lowercase());
    }
}

fn has_scripts_of_its_own_only(html: &str) {
    assert!(!html.contains("<style"));
    assert!(!html.contains("http://") && !html.contains("https://"), "no remote script");
    for tag in html.split("<script").skip(1) {
        assert!(tag.trim_start().starts_with("type=\"module\" src=\""), "no inline script: {tag}");
    }
    assert!(!html.contains(" style="));
}
