//! A session bus of the world's own.

use std::path::Path;

use super::{bare, logs};
use crate::process::Process;
use crate::{Result, Trouble, until};

/// What the bus may start by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Services {
    /// What is installed, as on any desktop.
    Usual,
    /// Nothing: a name that nobody owns stays unowned.
    None,
}

/// Starts one; returns its address.
pub(super) async fn start(
    top: &Path,
    environment: &[(String, String)],
    services: Services,
) -> Result<(Process, String)> {
    let file = top.join("bus.conf");
    std::fs::write(&file, config(top, services))?;
    let mut command = bare("dbus-daemon", environment);
    command.arg(format!("--config-file={}", file.display())).args(["--nofork", "--print-address"]);
    let log = logs(top).join("bus.log");
    let mut daemon = Process::start(&mut command, b"", &log)?;
    let address = until("the session bus", async || {
        if daemon.has_ended() {
            return Err(Trouble::new("dbus-daemon ended at once; see bus.log"));
        }
        let said = std::fs::read_to_string(&log)?;
        Ok(said.lines().find(|line| line.starts_with("unix:")).map(str::to_owned))
    })
    .await?;
    Ok((daemon, address))
}

fn config(top: &Path, services: Services) -> String {
    let folders = match services {
        Services::Usual => "<standard_session_servicedirs/>",
        Services::None => "",
    };
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={}</listen>
  <auth>EXTERNAL</auth>
  {folders}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        top.join("run").display()
    )
}
