//! Keeps other processes of the same person out of our memory, and our memory out of crash files.

/// Whether the platform could be asked to protect the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hardened {
    /// No other process of the same person may read our memory, and a crash leaves no core.
    Yes,
    /// The system refused.
    Refused,
    /// This platform's way is not written yet.
    NotHere,
}

/// To be called first of all.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub fn harden() -> Hardened {
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls take plain values; `none` outlives the call that reads it.
    let (core, dumpable) = unsafe {
        (libc::setrlimit(libc::RLIMIT_CORE, &none), libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0))
    };
    // The limit alone is not enough: it does not hold for cores that are piped to a program.
    if core == 0 && dumpable == 0 { Hardened::Yes } else { Hardened::Refused }
}

/// To be called first of all.
#[cfg(not(target_os = "linux"))]
pub fn harden() -> Hardened {
    Hardened::NotHere
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    #[allow(unsafe_code)]
    fn afterwards_there_is_no_core_and_no_looking_in() {
        assert_eq!(harden(), Hardened::Yes);
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"]);
        // SAFETY: the call only reads a flag of this process.
        assert_eq!(unsafe { libc::prctl(libc::PR_GET_DUMPABLE, 0, 0, 0, 0) }, 0);
    }
}
