//! Whether there is a graphics card. Without one the web engine has the processor play it, which takes the processor three
//! times as long as drawing, and a hundred megabytes.

use std::fs::OpenOptions;
use std::path::Path;

/// Whether this computer has a card that the web engine can draw with.
pub fn has_graphics_card() -> bool {
    is_card_in(Path::new("/dev"))
}

/// A render node of the kernel's, or the device of the one driver that does without. One that may not be opened, as in a
/// container or for a person outside of its group, is none.
fn is_card_in(devices: &Path) -> bool {
    let nodes = std::fs::read_dir(devices.join("dri")).into_iter().flatten().flatten();
    nodes
        .filter(|node| node.file_name().to_string_lossy().starts_with("renderD"))
        .map(|node| node.path())
        .chain([devices.join("nvidiactl")])
        .any(|device| OpenOptions::new().read(true).write(true).open(device).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards() {
        let folder = tempfile::tempdir().unwrap();
        let devices = folder.path();
        assert!(!is_card_in(devices));
        std::fs::create_dir(devices.join("dri")).unwrap();
        std::fs::write(devices.join("dri/card0"), "").unwrap();
        assert!(!is_card_in(devices), "a screen without a renderer");
        std::fs::create_dir(devices.join("dri/renderD128")).unwrap();
        assert!(!is_card_in(devices), "it may not be opened");
        std::fs::write(devices.join("dri/renderD129"), "").unwrap();
        assert!(is_card_in(devices));
        std::fs::remove_dir_all(devices.join("dri")).unwrap();
        std::fs::write(devices.join("nvidiactl"), "").unwrap();
        assert!(is_card_in(devices));
    }
}
