//! Who is asked: a model over a connection.

use history::{Connection, History, Step, Told};
use wire::Parameter;

use crate::{Endpoint, Failure, Trouble};

/// A model, and the way to it.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) endpoint: Endpoint,
    pub(crate) model: String,
    /// What it was found to refuse.
    pub(crate) refused: Vec<Parameter>,
    /// What its person and its list say of it.
    pub(crate) told: Told,
}

impl Target {
    /// The model of a step, if its connection is still there.
    pub(crate) fn of(history: &History, step: &Step) -> Result<Self, Failure> {
        Self::among(&history.connections()?, history, step)
    }

    fn among(known: &[Connection], history: &History, step: &Step) -> Result<Self, Failure> {
        let connection = known.iter().find(|known| known.id == step.connection);
        let endpoint = Endpoint::of(connection.ok_or_else(|| Failure::of(Trouble::KeyMissing))?)?;
        let endpoint = endpoint.asking(&step.model);
        let refused = history.refused(&step.connection, &step.model)?;
        let refused = refused.iter().filter_map(|id| Parameter::from_id(id)).collect();
        let told = history.told(&step.connection, &step.model)?;
        Ok(Self { endpoint, model: step.model.clone(), refused, told })
    }
}
