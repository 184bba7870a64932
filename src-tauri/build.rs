//! Closes the ACL: every command named here needs a permission, and nothing else can be called.

include!("src/command_names.rs");

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/src/command_names.rs");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).unwrap_or_else(|error| panic!("{error:#}"));
}
