//! Stored keys in what was said, because a person has said yes to that. The yes was for one message to one provider: whoever else
//! is asked, because the first did not answer or later in the same chat, gets a placeholder.

use std::borrow::Cow;

use history::{Role, Said};

use super::Guard;

/// A message with a stored key in it.
#[derive(Debug)]
pub(crate) struct Held {
    place: usize,
    without: String,
    /// The connection that the yes was for, where it is this message that is sent.
    to: Option<String>,
}

/// Every such message of a branch. `yes_for` is the connection that the last one may go over.
pub(crate) fn held(guard: &Guard, said: &[Said], yes_for: Option<&str>) -> Vec<Held> {
    let users = said.iter().enumerate().filter(|(_, one)| one.role == Role::User);
    users
        .filter_map(|(place, one)| {
            let Cow::Owned(without) = guard.without_keys(&one.text) else { return None };
            let is_last = place + 1 == said.len();
            Some(Held { place, without, to: yes_for.filter(|_| is_last).map(str::to_owned) })
        })
        .collect()
}

/// What was said, as it may be told over a connection.
pub(crate) fn told<'s>(said: &'s [Said], held: &[Held], connection: &str) -> Cow<'s, [Said]> {
    let mut told = Cow::Borrowed(said);
    for one in held.iter().filter(|one| one.to.as_deref() != Some(connection)) {
        told.to_mut()[one.place].text.clone_from(&one.without);
    }
    told
}
