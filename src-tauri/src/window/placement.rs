//! Where the window was and how large: kept in a small file of its own, because it is needed before the chats are open. It
//! holds numbers only.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use tauri::{LogicalPosition, LogicalSize, Runtime, WebviewWindow, WindowEvent};

const LEAST: (f64, f64) = (420.0, 480.0);
const MOST: f64 = 20_000.0;
/// So much of it has to be on a screen, so that it can be taken hold of.
const IN_REACH: f64 = 80.0;

/// A place and a size, without regard to how finely the screen draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Placement {
    pub width: f64,
    pub height: f64,
    pub x: Option<f64>,
    pub y: Option<f64>,
    pub maximized: bool,
}

/// A part of the desktop that is seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Placement {
    /// What the file says, if it is a placement.
    pub(super) fn load(file: &Path) -> Option<Self> {
        let kept: Self = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
        let is_size = |size: f64, least: f64| size.is_finite() && (least..=MOST).contains(&size);
        (is_size(kept.width, LEAST.0) && is_size(kept.height, LEAST.1)).then_some(kept)
    }

    fn save(self, file: &Path) {
        // Without it the window opens as it was made, which is no reason to fail.
        if let Ok(text) = serde_json::to_string(&self) {
            let _ = fs::write(file, text);
        }
    }

    /// Its place, if that is on one of these screens still.
    pub(super) fn within(self, screens: &[Screen]) -> Option<(f64, f64)> {
        let (x, y) = self.x.zip(self.y)?;
        let reaches = |screen: &Screen| {
            x + self.width > screen.x + IN_REACH
                && x < screen.x + screen.width - IN_REACH
                && y >= screen.y - 1.0
                && y < screen.y + screen.height - IN_REACH
        };
        (x.is_finite() && y.is_finite() && screens.iter().any(reaches)).then_some((x, y))
    }
}

/// Puts the window where it was, and notes where it is when it goes.
pub(super) fn keep<R: Runtime>(window: &WebviewWindow<R>, file: PathBuf) {
    if let Some(kept) = Placement::load(&file) {
        restore(window, kept);
    }
    // While it is maximized, what it had before counts.
    let free = Mutex::new(None::<Placement>);
    let watched = window.clone();
    window.on_window_event(move |event| {
        let mut free = free.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match event {
            WindowEvent::Resized(_) | WindowEvent::Moved(_) => {
                if let Some(now) = placement(&watched).filter(|now| !now.maximized) {
                    *free = Some(now);
                }
            }
            WindowEvent::CloseRequested { .. } => {
                let Some(now) = placement(&watched) else { return };
                let kept = free.filter(|_| now.maximized).unwrap_or(now);
                Placement { maximized: now.maximized, ..kept }.save(&file);
            }
            _ => {}
        }
    });
}

fn restore<R: Runtime>(window: &WebviewWindow<R>, kept: Placement) {
    // Each of these is a wish that a desktop may refuse.
    let _ = window.set_size(LogicalSize::new(kept.width, kept.height));
    if let Some((x, y)) = kept.within(&screens(window)) {
        let _ = window.set_position(LogicalPosition::new(x, y));
    }
    if kept.maximized {
        let _ = window.maximize();
    }
}

fn screens<R: Runtime>(window: &WebviewWindow<R>) -> Vec<Screen> {
    let monitors = window.available_monitors().unwrap_or_default();
    let screen = |monitor: &tauri::Monitor| {
        let scale = monitor.scale_factor();
        let place = monitor.position().to_logical::<f64>(scale);
        let size = monitor.size().to_logical::<f64>(scale);
        Screen { x: place.x, y: place.y, width: size.width, height: size.height }
    };
    monitors.iter().map(screen).collect()
}

fn placement<R: Runtime>(window: &WebviewWindow<R>) -> Option<Placement> {
    let scale = window.scale_factor().ok()?;
    let size = window.inner_size().ok()?.to_logical::<f64>(scale);
    let place = window.outer_position().ok().map(|place| place.to_logical::<f64>(scale));
    Some(Placement {
        width: size.width,
        height: size.height,
        x: place.map(|place| place.x),
        y: place.map(|place| place.y),
        maximized: window.is_maximized().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Placement =
        Placement { width: 900.0, height: 700.0, x: Some(100.0), y: Some(50.0), maximized: false };

    #[test]
    fn it_is_read_as_it_was_written_and_anything_else_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        assert_eq!(Placement::load(&file), None);
        HERE.save(&file);
        assert_eq!(Placement::load(&file), Some(HERE));
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains(std::path::MAIN_SEPARATOR), "{text}");
        for odd in ["", "{}", "[]", r#"{"width":1e9,"height":700,"x":0,"y":0,"maximized":false}"#] {
            fs::write(&file, odd).unwrap();
            assert_eq!(Placement::load(&file), None, "{odd}");
        }
        Placement { width: 10.0, ..HERE }.save(&file);
        assert_eq!(Placement::load(&file), None, "smaller than it can be");
    }

    #[test]
    fn a_place_on_a_screen_that_is_gone_is_none() {
        let screen = Screen { x: 0.0, y: 0.0, width: 1280.0, height: 800.0 };
        assert_eq!(HERE.within(&[screen]), Some((100.0, 50.0)));
        assert_eq!(HERE.within(&[]), None);
        assert_eq!(Placement { x: Some(1270.0), ..HERE }.within(&[screen]), None);
        assert_eq!(Placement { y: Some(-40.0), ..HERE }.within(&[screen]), None);
        let second = Screen { x: 1280.0, ..screen };
        assert_eq!(
            Placement { x: Some(1400.0), ..HERE }.within(&[screen, second]),
            Some((1400.0, 50.0))
        );
        assert_eq!(Placement { x: None, ..HERE }.within(&[screen]), None);
    }
}
