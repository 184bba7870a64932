//! Runs a program for the one line that it prints: no shell, no terminal, a small environment, little time, little output.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use zeroize::{Zeroize, Zeroizing};

use super::CommandError;

const MOST_BYTES: usize = 64 * 1024;

/// What programs need to find their own files, their agent and the desktop.
const KEPT: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "SSH_AUTH_SOCK",
    "GNUPGHOME",
    "GPG_AGENT_INFO",
];
/// What secret managers are told by.
const KEPT_BEGINNINGS: &[&str] = &[
    "XDG_",
    "OP_",
    "BW_",
    "BWS_",
    "BITWARDENCLI_",
    "RBW_",
    "PASSWORD_STORE_",
    "GOPASS_",
    "VAULT_",
    "BAO_",
    "AWS_",
    "CLOUDSDK_",
    "GOOGLE_",
    "AZURE_",
    "DOPPLER_",
    "INFISICAL_",
    "SOPS_",
    "KEEPASSXC_",
    "PROTON_PASS_",
];
/// No colours, no pager, no network beside what was asked for.
const SET: &[(&str, &str)] = &[
    ("LC_ALL", "C.UTF-8"),
    ("TERM", "dumb"),
    ("NO_COLOR", "1"),
    ("PAGER", "cat"),
    ("AWS_PAGER", ""),
    ("GOPASS_NO_AUTOSYNC", "true"),
    ("GOPASS_NO_NOTIFY", "true"),
    ("CLOUDSDK_CORE_DISABLE_PROMPTS", "1"),
    ("AZURE_CORE_COLLECT_TELEMETRY", "0"),
];

pub(super) fn one_line(
    program: &Path,
    arguments: &[String],
    within: Duration,
) -> Result<Zeroizing<String>, CommandError> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(environment());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.current_dir("/");
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|_| CommandError::NoProgram)?;
    let printed = printed(&mut child, Instant::now() + within);
    // Also what it has started: nothing of it outlives the question.
    end(&mut child);
    the_line(printed?)
}

fn environment() -> impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)> {
    let is_kept = |name: &str| {
        KEPT.contains(&name) || KEPT_BEGINNINGS.iter().any(|begin| name.starts_with(begin))
    };
    let kept = std::env::vars_os().filter(move |(name, _)| name.to_str().is_some_and(is_kept));
    kept.chain(SET.iter().map(|(name, value)| (name.into(), value.into())))
}

fn printed(child: &mut Child, until: Instant) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let Some(mut out) = child.stdout.take() else { return Err(CommandError::NoProgram) };
    let (done, read) = mpsc::channel();
    std::thread::spawn(move || {
        // Made once in its full size: a buffer that grows leaves copies behind.
        let mut bytes = Zeroizing::new(vec![0; MOST_BYTES + 1]);
        let mut length = 0;
        while let Some(rest) = bytes.get_mut(length..).filter(|rest| !rest.is_empty()) {
            match out.read(rest) {
                Ok(0) | Err(_) => break,
                Ok(more) => length += more,
            }
        }
        bytes.truncate(length);
        // Nobody waits any more for what comes too late.
        let _ = done.send(bytes);
    });
    let left = || until.saturating_duration_since(Instant::now());
    let bytes = read.recv_timeout(left()).map_err(|_| CommandError::TooSlow)?;
    if bytes.len() > MOST_BYTES {
        return Err(CommandError::TooMuch);
    }
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(bytes),
            Ok(Some(status)) => return Err(CommandError::Exit(status.code().unwrap_or(-1))),
            Ok(None) if left().is_zero() => return Err(CommandError::TooSlow),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(_) => return Err(CommandError::Exit(-1)),
        }
    }
}

fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Ok(group) = i32::try_from(child.id())
        && let Some(group) = rustix::process::Pid::from_raw(group)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn the_line(mut bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, CommandError> {
    for end in [b'\n', b'\r'] {
        if bytes.last() == Some(&end) {
            bytes.pop();
        }
    }
    let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|error| {
        error.into_bytes().zeroize();
        CommandError::Marks
    });
    let text = Zeroizing::new(text?);
    match text.as_str() {
        "" => Err(CommandError::Nothing),
        many if many.contains(['\n', '\r']) => Err(CommandError::ManyLines),
        odd if odd.chars().any(char::is_control) => Err(CommandError::Marks),
        _ => Ok(text),
    }
}
