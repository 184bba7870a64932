//! What the broker stands on: the store, the keys, and a person who is asked natively.

use std::pin::Pin;
use std::sync::Arc;

use history::{Application, Connection, History};
use turn::Failure;
use vault::Vault;

use crate::Program;

/// Something that takes its time.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What only the program around it has.
pub trait Ground: Send + Sync + 'static {
    /// The keys.
    fn vault(&self) -> &Vault;
    /// The store, as far as it is open.
    fn history(&self) -> Pending<'_, Result<Arc<History>, Failure>>;
    /// Gets ready what a connection leads to, where that is ours to run.
    fn wake<'a>(&'a self, connection: &'a Connection) -> Pending<'a, Result<Connection, Failure>>;
    /// Asks the person, in a window that no page can reach.
    fn ask(&self, asking: Asking) -> Pending<'_, Answered>;
    /// The ledger has counted what a program asked: a limit may be near.
    fn spent(&self);
}

/// A program asks for its first answer.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Whose token it holds.
    pub application: Application,
    /// Whose key it would use.
    pub connection: Connection,
    /// The model that it asks.
    pub model: String,
    /// Who it is, as far as that can be found out.
    pub program: Option<Program>,
}

/// What the person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Nothing.
    No,
    /// This request, and ask again.
    Once,
    /// Whatever this program asks with this token.
    Always,
    /// There was nobody to ask.
    Nobody,
}
