//! Which program is at the other end of a connection, as far as the system tells. It is for a person to read, and to notice a
//! token in other hands; it stops nobody who may run as this person.

use std::net::SocketAddr;

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Program {
    /// As a person knows it: `python3.12, aider`.
    pub name: String,
    /// Where it lies, with its script where it runs one.
    pub identity: String,
}

/// Who is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Peer {
    /// A program of this person's, where it can be told which.
    Own(Option<Program>),
    /// Somebody else's.
    Other,
}

/// Programs that run what others wrote: who they are is what they run.
const INTERPRETERS: [&str; 13] = [
    "python", "node", "ruby", "perl", "bash", "sh", "dash", "zsh", "deno", "bun", "java", "php",
    "env",
];

/// Enough to know a text again.
const TEXT_CAP: usize = 200;

/// What a program runs that runs what others wrote: its first argument that is no option, the module behind `-m`, the text
/// behind `-c`. `None` for any other program.
pub fn runs(name: &str, arguments: &[String]) -> Option<String> {
    let is_interpreter = INTERPRETERS.iter().any(|known| {
        let rest = name.strip_prefix(known);
        rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
    });
    if !is_interpreter {
        return None;
    }
    let mut rest = arguments.iter().filter(|argument| !argument.is_empty());
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "-m" => return rest.next().cloned(),
            "-c" | "-e" => return rest.next().map(|text| text.chars().take(TEXT_CAP).collect()),
            option if option.starts_with('-') => {}
            _ => return Some(argument.clone()),
        }
    }
    None
}

/// Who is at the other end. Blocks for some milliseconds.
#[cfg(target_os = "linux")]
pub(crate) fn find(theirs: SocketAddr, ours: SocketAddr) -> Peer {
    linux::find(theirs, ours)
}

/// Elsewhere nobody can tell without rights of its own.
#[cfg(not(target_os = "linux"))]
pub(crate) fn find(_theirs: SocketAddr, _ours: SocketAddr) -> Peer {
    Peer::Own(None)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::net::{IpAddr, SocketAddr};
    use std::os::unix::ffi::OsStrExt;
    use std::path::{Path, PathBuf};

    use super::{Peer, Program, runs};

    pub(super) fn find(theirs: SocketAddr, ours: SocketAddr) -> Peer {
        let Some((user, socket)) = socket(theirs, ours) else { return Peer::Own(None) };
        if user != rustix::process::geteuid().as_raw() {
            return Peer::Other;
        }
        Peer::Own(holder(&format!("socket:[{socket}]")).as_deref().and_then(program))
    }

    /// The user and the number of the socket at their end.
    fn socket(theirs: SocketAddr, ours: SocketAddr) -> Option<(u32, u64)> {
        let table = if theirs.is_ipv4() { "/proc/self/net/tcp" } else { "/proc/self/net/tcp6" };
        let (theirs, ours) = (written(theirs), written(ours));
        let table = fs::read_to_string(table).ok()?;
        table.lines().skip(1).find_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let is_it = *fields.get(1)? == theirs && *fields.get(2)? == ours;
            is_it.then(|| Some((fields.get(7)?.parse().ok()?, fields.get(9)?.parse().ok()?)))?
        })
    }

    /// An address as the kernel writes it: words of four bytes in the machine's own order.
    pub(super) fn written(address: SocketAddr) -> String {
        let word = |bytes: &[u8]| {
            let mut four = [0; 4];
            four.copy_from_slice(bytes);
            format!("{:08X}", u32::from_ne_bytes(four))
        };
        let host: String = match address.ip() {
            IpAddr::V4(ip) => word(&ip.octets()),
            IpAddr::V6(ip) => ip.octets().chunks_exact(4).map(word).collect(),
        };
        format!("{host}:{:04X}", address.port())
    }

    /// The folder of the process that holds a socket, the youngest first.
    fn holder(link: &str) -> Option<PathBuf> {
        let mut processes: Vec<u32> = fs::read_dir("/proc")
            .ok()?
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .collect();
        processes.sort_unstable_by(|a, b| b.cmp(a));
        let folders = processes.into_iter().map(|id| PathBuf::from(format!("/proc/{id}")));
        folders.into_iter().find(|folder| {
            let Ok(files) = fs::read_dir(folder.join("fd")) else { return false };
            files.flatten().any(|file| {
                fs::read_link(file.path())
                    .is_ok_and(|to| to.as_os_str().as_bytes() == link.as_bytes())
            })
        })
    }

    fn program(folder: &Path) -> Option<Program> {
        let path = fs::read_link(folder.join("exe")).ok()?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        let identity = path.to_string_lossy().into_owned();
        let arguments = fs::read(folder.join("cmdline")).unwrap_or_default();
        let arguments: Vec<String> = arguments
            .split(|&byte| byte == 0)
            .map(|argument| String::from_utf8_lossy(argument).into_owned())
            .collect();
        match runs(&name, arguments.get(1..).unwrap_or_default()) {
            None => Some(Program { name, identity }),
            Some(script) => {
                let here = fs::read_link(folder.join("cwd")).unwrap_or_default();
                let whole = fs::canonicalize(here.join(&script));
                let whole = whole.unwrap_or_else(|_| PathBuf::from(&script));
                let short = whole.file_name().map(|name| name.to_string_lossy().into_owned());
                let identity = format!("{identity} {}", whole.display());
                Some(Program { name: format!("{name}, {}", short.unwrap_or(script)), identity })
            }
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_by_its_socket() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let theirs = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (_ours, from) = listener.accept().unwrap();
        let Peer::Own(Some(program)) = find(from, listener.local_addr().unwrap()) else {
            panic!("it is this program");
        };
        let own = std::env::current_exe().unwrap();
        assert_eq!(program.identity, own.to_string_lossy());
        drop(theirs);
        let nobody = "127.0.0.1:1".parse().unwrap();
        assert_eq!(find(nobody, listener.local_addr().unwrap()), Peer::Own(None));
    }

    #[test]
    fn what_an_interpreter_runs_is_what_it_is() {
        let runs = |line: &str| {
            let mut words = line.split(' ').map(str::to_owned);
            let name = words.next().unwrap();
            super::runs(&name, &words.collect::<Vec<_>>())
        };
        assert_eq!(runs("python3 /usr/bin/aider --model m").as_deref(), Some("/usr/bin/aider"));
        assert_eq!(runs("python3.12 -u -m aider").as_deref(), Some("aider"));
        assert_eq!(runs("node --no-warnings cli.js").as_deref(), Some("cli.js"));
        assert_eq!(runs("sh -c curl").as_deref(), Some("curl"));
        assert_eq!(runs("curl http://x"), None);
        assert_eq!(runs("shred x"), None);
        assert_eq!(runs("python3"), None);
    }

    #[test]
    fn addresses_are_written_as_the_kernel_does() {
        let written = linux::written("127.0.0.1:8080".parse().unwrap());
        let little = if cfg!(target_endian = "little") { "0100007F" } else { "7F000001" };
        assert_eq!(written, format!("{little}:1F90"));
    }
}
