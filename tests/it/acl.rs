//! Five lists must say the same: the commands, the handler, the capability files, what the build made of them, and the
//! page's table. And what is not on them must be refused by the configuration that ships.

use std::collections::BTreeSet;

use shell::COMMANDS;
use tauri::test::{INVOKE_KEY, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

type Names = BTreeSet<String>;

fn commands() -> Names {
    COMMANDS.iter().map(|name| (*name).to_owned()).collect()
}

fn read(path: &str) -> String {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(top.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_list_names_each_command_once() {
    assert_eq!(commands().len(), COMMANDS.len());
}

#[test]
fn the_handler_serves_the_list() {
    let source = read("src-tauri/src/lib.rs");
    let (_, rest) = source.split_once("generate_handler![").unwrap();
    let (listed, _) = rest.split_once(']').unwrap();
    let served: Names = listed
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    assert_eq!(served, commands());
}

/// What the small window may call. Of what the large one may, only what asks natively, or takes a text and gives none.
const QUICK: &[&str] = &[
    "begin_quick",
    "ask_quick",
    "stop_quick",
    "copy_quick",
    "take_text",
    "hide_quick",
    "leave_quick",
    "settle_quick",
    "open_link",
    "copy_text",
];
const SHARED: &[&str] = &["open_link", "copy_text"];

fn names(list: &[&str]) -> Names {
    list.iter().map(|name| (*name).to_owned()).collect()
}

/// What a capability file allows to its one window.
fn allowed(window: &str) -> Names {
    let capability: serde_json::Value =
        serde_json::from_str(&read(&format!("capabilities/{window}.json"))).unwrap();
    assert_eq!(capability["windows"], serde_json::json!([window]));
    assert_eq!(capability["local"], true);
    assert_eq!(capability.get("remote"), None);
    assert_eq!(capability.get("webviews"), None);
    capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap())
        .map(|name| name.strip_prefix("allow-").expect("only allow-… of ours").replace('-', "_"))
        .collect()
}

#[test]
fn each_window_has_one_capability_and_they_allow_the_list_and_nothing_else() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["main.json", "quick.json"]);
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    assert_eq!(config["app"]["security"]["capabilities"], serde_json::json!(["main", "quick"]));
    let (main, quick) = (allowed("main"), allowed("quick"));
    assert_eq!(quick, names(QUICK));
    assert_eq!(main.intersection(&quick).cloned().collect::<Names>(), names(SHARED));
    assert_eq!(main.union(&quick).cloned().collect::<Names>(), commands());
}

#[test]
fn the_page_calls_the_list() {
    let source = read("ui/src/ipc/commands.ts");
    let (_, table) = source.split_once("export const commands = {").unwrap();
    let (table, _) = table.split_once("\n}").unwrap();
    let mut called = Names::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, body) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        assert!(body.contains(&format!("('{name}'")), "{name} calls another command: {line}");
        called.insert(name.to_owned());
    }
    assert_eq!(called, commands());
}

/// A window of the real configuration: its capabilities, its CSP, its handler; only the web view is not there.
fn window(label: &str) -> WebviewWindow<tauri::test::MockRuntime> {
    let app = mock_builder()
        .invoke_handler(shell::handler())
        .build(shell::context())
        .expect("the real configuration");
    WebviewWindowBuilder::new(&app, label, WebviewUrl::default()).build().unwrap()
}

fn call(label: &str, command: &str, origin: &str) -> Result<serde_json::Value, String> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: tauri::ipc::CallbackFn(0),
        error: tauri::ipc::CallbackFn(1),
        url: origin.parse().unwrap(),
        body: tauri::ipc::InvokeBody::default(),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(&window(label), request)
        .map(|body| body.deserialize().unwrap())
        .map_err(|error| error.to_string())
}

const OURS: &str = "tauri://localhost";

#[test]
fn what_is_not_listed_is_refused() {
    let core = [
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:window|create",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "plugin:resources|close",
        "plugin:image|from_path",
        "plugin:menu|new",
        "plugin:tray|new",
    ];
    for command in core {
        let answer = call("main", command, OURS).unwrap_err();
        assert!(answer.contains("not allowed"), "{command}: {answer}");
    }
    let answer = call("main", "read_key", OURS).unwrap_err();
    assert!(answer.contains("not allowed") || answer.contains("not found"), "{answer}");
}

#[test]
fn other_windows_and_other_origins_are_refused() {
    for (label, origin) in [
        ("other", OURS),
        ("main", "https://example.com"),
        ("main", "http://tauri.localhost.evil.com"),
        ("main", "http://127.0.0.1:8080"),
    ] {
        let answer = call(label, "drop_pending", origin).unwrap_err();
        assert!(answer.contains("not allowed"), "{label} {origin}: {answer}");
    }
}

#[test]
fn the_small_window_can_call_nothing_of_the_large_one() {
    for command in commands().difference(&names(QUICK)) {
        let answer = call("quick", command, OURS).unwrap_err();
        assert!(answer.contains("not allowed"), "{command}: {answer}");
    }
    let answer = call("quick", "stop_quick", OURS).unwrap_err();
    assert!(answer.contains("state not managed"), "{answer}");
    let answer = call("main", "take_text", OURS).unwrap_err();
    assert!(answer.contains("not allowed"), "{answer}");
}

#[test]
fn what_is_listed_reaches_its_command() {
    // Without the app's state the command cannot run, and that it gets so far is what this shows.
    let answer = call("main", "drop_pending", OURS).unwrap_err();
    assert!(answer.contains("state not managed"), "{answer}");
}
