//! A program with a window, outside WebDriver: nothing but itself is measured.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A window's process; it ends when this is dropped.
pub struct Window(Child);

impl Window {
    /// Starts it.
    pub fn open(mut command: Command) -> Self {
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program"))
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // The web processes end with the one that started them, a moment later.
        let _ = self.0.kill();
        let _ = self.0.wait();
        std::thread::sleep(Duration::from_millis(700));
    }
}
