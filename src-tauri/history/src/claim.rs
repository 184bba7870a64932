//! One process, one history: a lock on a file beside it, which the system takes away with the process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::Error;
use crate::open::beside;

/// Right after a crash, the process that is going away may still hold it.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(50);

/// The right to use the history at a path, until this is dropped.
#[derive(Debug)]
pub struct Claim {
    _lock: File,
}

impl Claim {
    /// Takes it; [`Error::InUse`] if another process has it, or another part of this one.
    pub fn on(path: &Path) -> Result<Self, Error> {
        Self::within(path, PATIENCE)
    }

    fn within(path: &Path, patience: Duration) -> Result<Self, Error> {
        let lock = open(&beside(path, ".lock"))?;
        let start = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { _lock: lock }),
                Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => return Err(Error::InUse),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
    }
}

fn open(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::History;
    use zeroize::Zeroizing;

    #[test]
    fn a_history_has_one_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let claim = Claim::on(&path).unwrap();
        assert_eq!(Claim::within(&path, Duration::ZERO).unwrap_err(), Error::InUse);
        let history = History::open_claimed(&path, Zeroizing::new([7; 32]), claim).unwrap();
        assert_eq!(Claim::within(&path, Duration::ZERO).unwrap_err(), Error::InUse);
        drop(history);
        Claim::within(&path, Duration::ZERO).unwrap();
    }

    const CHILD: &str = "HISTORY_CLAIM_CHILD";

    /// The lock is the system's: another process sees it, and it ends with its owner, however that ends.
    #[test]
    #[allow(clippy::print_stdout, reason = "its standard output is how the other process tells")]
    fn another_process_is_kept_out_and_a_killed_one_leaves_nothing() {
        if let Some(path) = std::env::var_os(CHILD) {
            let _claim = Claim::on(Path::new(&path)).unwrap();
            println!("claimed");
            std::thread::sleep(Duration::from_secs(600));
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let name = "claim::tests::another_process_is_kept_out_and_a_killed_one_leaves_nothing";
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(CHILD, &path)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let said = std::io::BufReader::new(child.stdout.take().unwrap());
        let claimed = std::io::BufRead::lines(said).any(|line| line.unwrap().contains("claimed"));
        assert!(claimed);
        assert_eq!(Claim::within(&path, Duration::ZERO).unwrap_err(), Error::InUse);
        child.kill().unwrap();
        child.wait().unwrap();
        Claim::within(&path, Duration::ZERO).unwrap();
    }
}
