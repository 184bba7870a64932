//! Stored keys in what was said, because a person has said yes to that. The yes was for one message to one provider: whoever else
//! is asked, because the first did not answer or later in the same chat, gets a placeholder.

use std::borrow::Cow;

use history::{Begun, Part, Role, Said};

use super::Guard;

/// A message with a stored key in it.
#[derive(Debug)]
pub(crate) struct Held {
    place: usize,
    without: String,
    /// The connection that the yes was for, where it is this message that is sent.
    to: Option<String>,
}

/// Takes the keys out of what goes along with every message: instructions and files hold those that were not kept here yet, or
/// lay behind a lock, when they were written. An answer may repeat what only its own provider was to be told.
pub(crate) fn clean(guard: &Guard, begun: &mut Begun) {
    if let Cow::Owned(without) = guard.without_keys(&begun.conversation.system_prompt) {
        begun.conversation.system_prompt = without;
    }
    for one in begun.said.iter_mut().filter(|one| one.role == Role::Assistant) {
        if let Cow::Owned(without) = guard.without_keys(&one.text) {
            one.text = without;
        }
    }
    for part in begun.said.iter_mut().flat_map(|said| &mut said.parts) {
        if let Part::File(file) = part {
            *file = guard.file_without_keys(file.clone());
        }
    }
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
