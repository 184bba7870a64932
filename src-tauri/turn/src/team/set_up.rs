//! Makes one of the team's connections here: its key is fetched once, tried, and kept nowhere.

use std::sync::Arc;

use history::{Connection, History};
use vault::{KeyCommand, Vault, VaultError};

use super::TeamConnection;
use super::kept::{note_set_up, team};
use crate::connect::{Admitted, Aim, Candidate, Place};
use crate::store::on_disk;
use crate::{Failure, Trouble};

impl TeamConnection {
    /// The program that prints its key, as it is on this computer. Nothing is run.
    pub fn command(&self) -> Result<KeyCommand, Failure> {
        let (tool, arguments) = (self.key.tool(), self.key.arguments());
        let (tool, arguments) = tool.zip(arguments).ok_or(Failure::of(Trouble::NotFound))?;
        Ok(KeyCommand::new(tool.program, arguments).map_err(VaultError::Command)?)
    }
}

/// Sets up the connection of this name in the team's file, or gives the one that is there its key anew. The program is the one that
/// its person has said yes to.
pub async fn set_up_team_connection(
    vault: &Vault,
    history: &Arc<History>,
    name: &str,
    command: KeyCommand,
) -> Result<Connection, Failure> {
    let team = on_disk(history, team).await?;
    let gone = || Failure::of(Trouble::NotFound);
    let team = team.ok_or_else(gone)?;
    let wanted = team.file.connections.into_iter().find(|one| one.name == name);
    let wanted = wanted.ok_or_else(gone)?;
    let (provider, base) = wanted.place().ok_or_else(gone)?;
    let (asked, to) = (command.clone(), base.clone());
    let found = tokio::task::spawn_blocking(move || asked.fetch(&to, true)).await;
    let found = found.map_err(|_| Failure::of(Trouble::Internal))?;
    let found = found.map_err(VaultError::Command)?;
    let known = on_disk(history, History::connections).await?;
    let address = base.as_str().to_owned();
    let same = known.into_iter().find(|one| one.name == wanted.name && one.address == address);
    let is_new = same.is_none();
    let aim = same.map_or(Aim::Own, |one| Aim::Replace(Box::new(one)));
    let candidate = Candidate::new(found.key, provider, base, aim).printed_by(command);
    let connection = admitted(candidate, vault, history).await?;
    let name = wanted.name;
    on_disk(history, move |history| {
        if is_new {
            history.rename_connection(&connection.id, &name)?;
        }
        note_set_up(history, &name, &connection.id)
    })
    .await
}

async fn admitted(
    candidate: Candidate,
    vault: &Vault,
    history: &Arc<History>,
) -> Result<Connection, Failure> {
    let (admitted, checked) = candidate.admit(vault, history).await;
    let admitted = match admitted {
        // The team knows the names of its models.
        Admitted::Unlisted(candidate) => candidate.keep(vault, history, Place::Session).await,
        other => other,
    };
    match admitted {
        Admitted::Kept(connection) => Ok(*connection),
        Admitted::NotKept(_, failure) => Err(failure),
        Admitted::Refused | Admitted::Unlisted(_) => {
            Err(checked.models.err().unwrap_or_else(|| Failure::of(Trouble::KeyRejected)))
        }
    }
}
