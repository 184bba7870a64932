//! How large the page is drawn: as the person has set it, on top of what the desktop's own setting for text says.

use std::sync::atomic::{AtomicU16, Ordering};

use serde::Deserialize;
use tauri::{Runtime, WebviewWindow};

use crate::ipc::{AppError, ErrorCode};

/// In percent.
const SIZES: [u16; 12] = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];
const USUAL: u16 = 100;

/// What is left of the page at least, in its own pixels. In the least window a wizard of less has killed the engine.
const LEAST: (f64, f64) = (210.0, 240.0);

/// Dots an inch where nobody wants larger text.
#[cfg(target_os = "linux")]
const USUAL_DOTS: f64 = 96.0;

/// One step of the person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum TextStep {
    /// The next size up.
    Larger,
    /// The next size down.
    Smaller,
    /// The usual size.
    Usual,
}

/// The size as it is set now, in percent.
#[derive(Debug)]
pub struct TextSize(AtomicU16);

impl Default for TextSize {
    fn default() -> Self {
        Self(AtomicU16::new(USUAL))
    }
}

impl TextSize {
    /// As it is stored; what is none of the sizes changes nothing.
    pub fn restore(&self, stored: Option<&str>) {
        if let Some(size) = stored.and_then(|text| text.parse().ok()).filter(is_known) {
            self.0.store(size, Ordering::Relaxed);
        }
    }

    /// Takes a step; the size after it.
    pub fn step(&self, step: TextStep) -> u16 {
        let now = self.percent();
        let next = match step {
            TextStep::Larger => SIZES.into_iter().find(|size| *size > now),
            TextStep::Smaller => SIZES.into_iter().rev().find(|size| *size < now),
            TextStep::Usual => Some(USUAL),
        };
        let next = next.unwrap_or(now);
        self.0.store(next, Ordering::Relaxed);
        next
    }

    /// The size.
    pub fn percent(&self) -> u16 {
        self.0.load(Ordering::Relaxed)
    }

    /// Draws the window's page in it.
    pub fn apply<R: Runtime>(&self, window: &WebviewWindow<R>) -> Result<(), AppError> {
        let size = f64::from(self.percent()) / f64::from(USUAL);
        let page = window.clone();
        let asked = window.run_on_main_thread(move || {
            // A page that is just going needs no size.
            let _ = page.set_zoom(fitting(size * desktop(), inner(&page)));
        });
        asked.map_err(|_| AppError::of(ErrorCode::Internal))
    }
}

/// As large as the window bears.
fn fitting(zoom: f64, (width, height): (f64, f64)) -> f64 {
    zoom.min((width / LEAST.0).min(height / LEAST.1).max(1.0))
}

/// The size of the window's inside, without the screen's own scale.
fn inner<R: Runtime>(window: &WebviewWindow<R>) -> (f64, f64) {
    let scale = window.scale_factor().unwrap_or(1.0);
    let size = window.inner_size().map(|size| size.to_logical::<f64>(scale));
    size.map_or((f64::MAX, f64::MAX), |size| (size.width, size.height))
}

fn is_known(size: &u16) -> bool {
    SIZES.contains(size)
}

/// How much larger than usual the desktop wants text. The engine does not follow that in a page's own pixels.
#[cfg(target_os = "linux")]
fn desktop() -> f64 {
    if !gtk::is_initialized_main_thread() {
        return 1.0;
    }
    let dots = gtk::gdk::Screen::default().map(|screen| screen.resolution());
    dots.filter(|dots| *dots > 0.0).map_or(1.0, |dots| (dots / USUAL_DOTS).clamp(0.5, 3.0))
}

/// Elsewhere the engine follows it by itself.
#[cfg(not(target_os = "linux"))]
fn desktop() -> f64 {
    1.0
}

/// Draws the page anew whenever the desktop's own setting changes.
#[cfg(target_os = "linux")]
pub(super) fn follow_desktop(changed: impl Fn() + 'static) {
    if let Some(screen) = gtk::gdk::Screen::default() {
        screen.connect_resolution_notify(move |_| changed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_the_sizes() {
        let size = TextSize::default();
        assert_eq!(size.step(TextStep::Larger), 110);
        for _ in 0..20 {
            size.step(TextStep::Larger);
        }
        assert_eq!(size.percent(), 300);
        for _ in 0..20 {
            size.step(TextStep::Smaller);
        }
        assert_eq!(size.percent(), 50);
        assert_eq!(size.step(TextStep::Usual), 100);
    }

    #[test]
    fn no_text_leaves_less_of_the_page_than_the_engine_bears() {
        assert_eq!(fitting(2.5, (420.0, 480.0)), 2.0);
        assert_eq!(fitting(2.5, (1200.0, 800.0)), 2.5);
        assert_eq!(fitting(3.0, (1200.0, 480.0)), 2.0);
        assert_eq!(fitting(1.0, (100.0, 100.0)), 1.0);
        assert_eq!(fitting(0.5, (420.0, 480.0)), 0.5);
    }

    #[test]
    fn only_a_known_size_is_restored() {
        let size = TextSize::default();
        for stored in [None, Some(""), Some("125.5"), Some("101"), Some("99999")] {
            size.restore(stored);
            assert_eq!(size.percent(), 100, "{stored:?}");
        }
        size.restore(Some("150"));
        assert_eq!(size.percent(), 150);
    }
}
