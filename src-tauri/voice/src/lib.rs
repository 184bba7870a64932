//! Sound of this computer: heard and played by the desktop's own programs, each a child that can be ended.
//!
//! Knows no window, no provider and no key. See README.md for why these are children.

mod device;
mod programs;
mod recording;
mod stop;
mod system_voice;
mod take;

use std::sync::Arc;

pub use device::{Device, Samples};
pub use programs::Programs;
pub use recording::{Ended, LONGEST, Level, Recording};
pub use stop::Stop;
pub use take::{RATE, Take};

/// What is between a person and their microphone or loudspeaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// None of the programs that hear or play is installed.
    #[error("no program for sound")]
    NoProgram,
    /// There is no device, or no sound server.
    #[error("no device")]
    NoDevice,
    /// The system does not let this program use it.
    #[error("not allowed")]
    NotAllowed,
    /// Another program holds it.
    #[error("in use")]
    InUse,
    /// It was there and is gone.
    #[error("it broke off")]
    BrokeOff,
    /// No sample came.
    #[error("nothing came")]
    Mute,
    /// Nobody spoke.
    #[error("silence")]
    Silence,
    /// There is no voice of the system.
    #[error("no system voice")]
    NoVoice,
    /// Whoever asked has ended it.
    #[error("stopped")]
    Stopped,
}

/// The desktop's own device.
pub fn desktop() -> Arc<dyn Device> {
    Arc::new(Programs::default())
}
