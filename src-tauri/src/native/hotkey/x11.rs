//! Keys of an X display, over a connection of its own whose thread sleeps until they are pressed. The crates for this look for
//! events twenty times a second, for ever, and take a display that is not there for one that gave the keys.

use std::sync::Arc;
use std::thread::JoinHandle;

use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::xproto::{
    ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, GrabMode, ModMask, Window,
    WindowClass,
};
use x11rb::protocol::{ErrorKind, Event};
use x11rb::rust_connection::RustConnection;

use super::{Chord, NoHotkey, keycode};

/// Keys count whatever of these is on: the locks of capitals and of numbers.
const LOCKS: [u16; 4] = [0, 2, 16, 18];

/// Keys that are ours until this is dropped.
#[derive(Debug)]
pub struct Grab {
    display: Arc<RustConnection>,
    /// Where the thread is told to end.
    ear: Window,
    thread: Option<JoinHandle<()>>,
}

impl Grab {
    /// Takes them from the display of this session.
    pub fn of(chord: &Chord, pressed: impl Fn() + Send + 'static) -> Result<Self, NoHotkey> {
        let (display, screen) = RustConnection::connect(None).map_err(|_| NoHotkey::NoDisplay)?;
        let root = display.setup().roots.get(screen).ok_or(NoHotkey::NoDisplay)?.root;
        let code = keycode(&chord.code).ok_or(NoHotkey::NoSuchKey)?;
        let (least, most) = (display.setup().min_keycode, display.setup().max_keycode);
        if !(least..=most).contains(&code) {
            return Err(NoHotkey::NoSuchKey);
        }
        for locks in LOCKS {
            let held = ModMask::from(held(chord) | locks);
            let asked = display.grab_key(false, root, held, code, GrabMode::ASYNC, GrabMode::ASYNC);
            // What was given already goes back with the connection.
            asked.map_err(|_| NoHotkey::NoDisplay)?.check().map_err(refusal)?;
        }
        let ear = ear(&display, root).map_err(|_| NoHotkey::NoDisplay)?;
        let display = Arc::new(display);
        let heard = Arc::clone(&display);
        let thread = std::thread::spawn(move || listen(&heard, ear, &pressed));
        Ok(Self { display, ear, thread: Some(thread) })
    }
}

impl Drop for Grab {
    fn drop(&mut self) {
        let end = ClientMessageEvent::new(32, self.ear, 1_u32, [0_u32; 5]);
        let told = self.display.send_event(false, self.ear, EventMask::NO_EVENT, end).is_ok();
        // A display that is gone has ended it.
        if told
            && self.display.flush().is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

fn held(chord: &Chord) -> u16 {
    let masks = [
        (chord.shift, ModMask::SHIFT),
        (chord.control, ModMask::CONTROL),
        (chord.alt, ModMask::M1),
    ];
    masks.iter().filter(|(is_held, _)| *is_held).map(|(_, mask)| u16::from(*mask)).sum()
}

fn refusal(error: ReplyError) -> NoHotkey {
    match error {
        ReplyError::X11Error(error) if error.error_kind == ErrorKind::Access => NoHotkey::Taken,
        ReplyError::X11Error(_) | ReplyError::ConnectionError(_) => NoHotkey::NoDisplay,
    }
}

/// A window that nobody sees: only to be told something.
fn ear(display: &RustConnection, root: Window) -> Result<Window, ReplyError> {
    let ear = display.generate_id().map_err(|_| x11rb::errors::ConnectionError::UnknownError)?;
    let looks = CreateWindowAux::new();
    display
        .create_window(0, ear, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &looks)?
        .check()?;
    Ok(ear)
}

fn listen(display: &RustConnection, ear: Window, pressed: &impl Fn()) {
    let mut released = 0;
    loop {
        match display.wait_for_event() {
            // Keys that are held come again and again, each time with a release of the same moment.
            Ok(Event::KeyPress(event)) if event.time != released => pressed(),
            Ok(Event::KeyRelease(event)) => released = event.time,
            Ok(Event::ClientMessage(event)) if event.window == ear => return,
            Ok(_) => {}
            Err(_) => return,
        }
    }
}
