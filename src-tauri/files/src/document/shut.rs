//! What the process that reads documents may ask of the system: memory, and to read and write what is open already. It can
//! open no file and no connection, and start nothing, whatever a document makes of it.

use std::collections::BTreeMap;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

/// All that a program needs that only reads, thinks and writes.
const ALLOWED: [libc::c_long; 24] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Shuts every other door for this thread and for good. Where the system cannot, the other bounds are what is left.
pub(super) fn doors() {
    if let Some(filter) = filter() {
        let _ = apply_filter(&filter);
    }
}

/// What is not allowed fails with "not permitted", as libraries expect of a system that has no such thing.
fn filter() -> Option<BpfProgram> {
    #[allow(clippy::useless_conversion, reason = "the type is another on other systems")]
    let rules: BTreeMap<i64, _> = ALLOWED.map(|call| (i64::from(call), Vec::new())).into();
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let target = std::env::consts::ARCH.try_into().ok()?;
    SeccompFilter::new(rules, refuse, SeccompAction::Allow, target).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::process::Command;

    use super::*;

    #[test]
    fn behind_shut_doors_nothing_is_opened_and_nothing_started() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let tries = move || {
            [
                File::open("/etc/passwd").is_ok(),
                File::create(std::env::temp_dir().join("opened-by-a-document")).is_ok(),
                TcpStream::connect(address).is_ok(),
                UdpSocket::bind("127.0.0.1:0").is_ok(),
                Command::new("/bin/true").spawn().is_ok(),
                std::thread::Builder::new().spawn(|| {}).is_ok(),
            ]
        };
        assert_eq!(tries(), [true; 6], "each would go well");
        // A filter holds for the thread that sets it, here.
        let inside = std::thread::spawn(move || {
            doors();
            let words = vec![b'a'; 4 << 20];
            (tries(), words.len())
        });
        assert_eq!(inside.join().unwrap(), ([false; 6], 4 << 20));
    }
}
