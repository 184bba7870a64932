//! What is on the screen: the only clock that both a window of ours and an empty one share.

use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};
use x11rb::rust_connection::RustConnection;

/// A display to look at.
pub struct Screen {
    connection: RustConnection,
    root: u32,
    width: u16,
    height: u16,
}

impl Screen {
    /// Looks at this display.
    pub fn open(display: &str) -> Self {
        let (connection, number) = x11rb::connect(Some(display)).expect("the display");
        let screen = &connection.setup().roots[number];
        let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
        Self { connection, root, width, height }
    }

    /// Waits until at least `count` pixels have this colour, and says how long after `since` that was.
    pub fn wait_for(&self, colour: [u8; 3], count: usize, since: Instant) -> Duration {
        let [red, green, blue] = colour;
        loop {
            let image = self
                .connection
                .get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, self.width, self.height, !0)
                .expect("a request")
                .reply()
                .expect("an image");
            let seen = since.elapsed();
            let found = image.data.chunks_exact(4).filter(|pixel| pixel[..3] == [blue, green, red]);
            if found.take(count).count() == count {
                return seen;
            }
            assert!(seen < Duration::from_secs(60), "the colour never appeared");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
