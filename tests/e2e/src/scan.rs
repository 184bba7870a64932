//! The search for a secret in every process and every file of a world, in all the forms it could have taken.

mod files;
mod forms;
mod huffman;
mod memory;
mod needle;
mod report;

use std::path::Path;

use crate::Result;
use crate::canary::Canary;
use crate::world::World;

pub use forms::{FORMS, Form};
pub use needle::{Found, Needle};
pub use report::{Class, Place, Report};

/// Searches the memory, the environment and the command line of every process of the world.
pub fn processes(world: &World, secret: &Canary) -> Result<Report> {
    let needle = Needle::new(secret)?;
    let mut report = Report::default();
    for member in world.members()? {
        let class = Class::of(&member);
        // One that ends while it is read holds nothing any more.
        let memory = memory::search(&member, &needle).unwrap_or_default();
        report.add(Place::Memory(class), memory.bytes, memory.found);
        for name in ["environ", "cmdline"] {
            let text = std::fs::read(member.proc_file(name)).unwrap_or_default();
            report.add(Place::Start(class), text.len() as u64, needle.count(&text));
        }
    }
    Ok(report)
}

/// Searches every file of the world, and shared memory.
pub fn files(world: &World, secret: &Canary) -> Result<Report> {
    folders(&[world.folder(), Path::new("/dev/shm")], secret)
}

/// Searches every file below these folders.
pub fn folders(folders: &[&Path], secret: &Canary) -> Result<Report> {
    let needle = Needle::new(secret)?;
    let mut report = Report::default();
    for folder in folders {
        files::search(folder, &needle, &mut report)?;
    }
    Ok(report)
}

/// Both.
pub fn everything(world: &World, secret: &Canary) -> Result<Report> {
    let mut report = processes(world, secret)?;
    report.join(files(world, secret)?);
    Ok(report)
}
