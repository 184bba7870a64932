//! A program of the world: its words go to a log, and it dies with its group when dropped.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::{Result, Trouble};

/// A running program.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts it in a process group of its own, with `input` on its standard input, writing to `log`.
    pub fn start(command: &mut Command, input: &[u8], log: &Path) -> Result<Self> {
        let out = File::options().create(true).append(true).open(log)?;
        let err = out.try_clone()?;
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .process_group(0)
            .stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() })
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| Trouble::from(error).during(name))?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input)?;
        }
        Ok(Self(child))
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(group) = pid(self.0.id()) {
            // It may be gone already; then there is nothing to do.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

/// Ends one process at once.
pub(crate) fn kill(id: u32) {
    send(id, Signal::KILL);
}

/// Sends one process a signal.
pub(crate) fn send(id: u32, signal: Signal) {
    if let Some(pid) = pid(id) {
        // It may be gone already.
        let _ = kill_process(pid, signal);
    }
}

fn pid(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().and_then(Pid::from_raw)
}

/// Runs a short command to its end and returns what it printed; `None` when it says no by its exit code.
pub(crate) async fn ask(command: Command, input: &[u8]) -> Result<Option<String>> {
    run(command, input, Stdio::piped()).await
}

/// The same for a command that stays in the background: it would keep its output open, and there is none to wait for.
pub(crate) async fn tell(command: Command, input: &[u8]) -> Result<()> {
    let name = format!("{command:?}");
    let done = run(command, input, Stdio::null()).await?;
    done.map(drop).ok_or_else(|| Trouble::new(format!("{name} failed")))
}

async fn run(command: Command, input: &[u8], output: Stdio) -> Result<Option<String>> {
    const LIMIT: Duration = Duration::from_secs(120);
    let name = format!("{command:?}");
    let mut command = tokio::process::Command::from(command);
    command.stdin(Stdio::piped()).stdout(output).stderr(Stdio::null()).kill_on_drop(true);
    let run = async {
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            use tokio::io::AsyncWriteExt;
            stdin.write_all(input).await?;
        }
        child.wait_with_output().await
    };
    let output = tokio::time::timeout(LIMIT, run)
        .await
        .map_err(|_| Trouble::new(format!("{name} took too long")))?
        .map_err(|error| Trouble::from(error).during(&name))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(output.status.success().then_some(text))
}
