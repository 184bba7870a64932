//! Beginning a turn: the save that comes before anything is sent, and the answer's place among those that are running.

use std::sync::Arc;

use history::{
    Attachment, Begun, ConversationId, FolderId, History, Message, MessageId, NewTurn, Refused,
    Role, RouteId, Step,
};
use tokio::sync::oneshot;
use vault::Vault;

use crate::ask::{self, By};
use crate::attachments::check;
use crate::guard::{Cleared, Guard, Held, clean, clear, held};
use crate::route::Line;
use crate::store::on_disk;
use crate::target::Target;
use crate::turns::Place;
use crate::{Ask, Failure, Trouble, Turns};

/// A turn that is saved and waits to be sent.
#[derive(Debug)]
pub struct Prepared {
    /// What was saved.
    pub begun: Begun,
    /// Whether the person's message is new.
    pub is_new_message: bool,
    pub(crate) history: Arc<History>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) line: Line,
    pub(crate) held: Vec<Held>,
    pub(crate) turns: Turns,
    pub(crate) place: Place,
    pub(crate) stopped: oneshot::Receiver<()>,
}

impl Turns {
    /// Checks what is asked, saves it, and takes the answer's place. When this returns, the person's words are on disk and
    /// nothing has been sent.
    ///
    /// One conversation may have several answers on their way, to different questions or in different versions. Only what
    /// would follow an answer waits for its end.
    pub async fn prepare(
        &self,
        vault: Arc<Vault>,
        history: Arc<History>,
        ask: Ask,
    ) -> Result<Prepared, Failure> {
        ask::check(&ask)?;
        let guard = Arc::new(Guard::for_sending(&vault, &history).await?);
        let cleared = clear(&guard, &history, ask).await?;
        let turns = self.clone();
        let saved =
            on_disk(&history, move |history| Ok(save(&turns, history, cleared, &guard))).await??;
        let Saved { begun, is_new_message, place, stopped, line, held } = saved;
        let turns = self.clone();
        Ok(Prepared { begun, is_new_message, history, vault, line, held, turns, place, stopped })
    }
}

struct Saved {
    begun: Begun,
    is_new_message: bool,
    place: Place,
    stopped: oneshot::Receiver<()>,
    line: Line,
    held: Vec<Held>,
}

fn save(
    turns: &Turns,
    history: &History,
    cleared: Cleared,
    guard: &Guard,
) -> Result<Saved, Failure> {
    let Cleared { ask, redactions, replaced } = cleared;
    let is_new_message = !matches!(ask, Ask::Again { .. });
    let one_at_a_time = turns.begin();
    let (mut begun, line, yes_for) = match ask {
        Ask::Message {
            conversation,
            connection,
            model,
            system_prompt,
            parameters,
            text,
            files,
            preset,
            route,
            folder,
            waiting,
            secrets: _,
        } => {
            if let Some(id) = conversation {
                check_ended(turns, history, id)?;
            }
            let attached = attached(history, conversation, &files)?;
            let before = before(history, conversation, folder)?;
            let fits = |target: &Target| check(&target.endpoint, &target.model, &before, &attached);
            let first = Step { connection, model };
            // Who goes by a route that is gone goes on with the model that came first in it.
            let route = route.filter(|id| history.route(*id).is_ok());
            let line = line(history, route, &first, fits)?;
            let named = attached.first().map(|file| file.name.as_str()).unwrap_or_default();
            let turn = NewTurn {
                conversation,
                title: ask::title_of(if text.trim().is_empty() { named } else { &text }),
                system_prompt,
                parameters,
                files,
                replaced,
                redactions,
                preset,
                route,
                folder,
                waiting,
                ..NewTurn::of(&first.connection, &first.model, text)
            };
            (history.begin_turn(&turn)?, line, Some(first.connection))
        }
        Ask::Edit { message, text, over, secrets: _ } => {
            let edited = history.message(message)?;
            if text.trim().is_empty() && edited.attachments.is_empty() {
                return Err(Failure::of(Trouble::Empty));
            }
            let (route, first) = chosen(history, &edited)?;
            // Somebody else was chosen while the person was asked.
            if over.as_ref().is_some_and(|over| *over != first.connection) {
                return Err(Failure::of(Trouble::SecretsFound));
            }
            let line = line(history, route, &first, fits(up_to(history, message)?))?;
            let Step { connection, model } = &first;
            let begun = history.begin_edited(message, &text, &redactions, connection, model)?;
            (begun, line, over)
        }
        Ask::Again { answer, by } => {
            let old = history.message(answer)?;
            let (Role::Assistant, Some(asked)) = (old.role, old.parent) else {
                return Err(Failure::of(Trouble::NotFound));
            };
            let (route, first) = again(history, &old, by)?;
            let line = line(history, route, &first, fits(up_to(history, asked)?))?;
            let Step { connection, model } = &first;
            let first_asked = first_asked(history, old)?;
            (history.begin_answer(asked, connection, model)?, line, first_asked)
        }
    };
    clean(guard, &mut begun);
    let held = held(guard, &begun.said, yes_for.as_deref());
    let (place, stopped) = turns.enter(
        begun.answer.id,
        begun.conversation.id,
        begun.answer.connection.clone().unwrap_or_default(),
    );
    drop(one_at_a_time);
    Ok(Saved { begun, is_new_message, place, stopped, line, held })
}

/// Over which connection a question was asked first, if that was not along a route: it is the one that a person was told of.
fn first_asked(history: &History, answer: Message) -> Result<Option<String>, Failure> {
    let mut first = answer;
    while let Some(before) = first.version.previous {
        first = history.message(before)?;
    }
    Ok(first.connection.filter(|_| first.route.is_none()))
}

/// Whether what was said before can go to a model.
fn fits(before: Vec<Attachment>) -> impl Fn(&Target) -> Result<(), Failure> {
    move |target| check(&target.endpoint, &target.model, &before, &[])
}

/// Everybody who may be asked: those of the route, or this one.
fn line(
    history: &History,
    route: Option<RouteId>,
    first: &Step,
    fits: impl Fn(&Target) -> Result<(), Failure>,
) -> Result<Line, Failure> {
    if let Some(id) = route {
        return Line::along(history, &history.route(id)?, fits);
    }
    let target = Target::of(history, first)?;
    fits(&target)?;
    Ok(Line::of(target))
}

/// The files of a draft that are to be sent, in their order.
fn attached(
    history: &History,
    conversation: Option<ConversationId>,
    files: &[i64],
) -> Result<Vec<Attachment>, Failure> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let held = history.draft_files(conversation)?;
    let find = |id: &i64| held.iter().find(|file| file.place == *id).cloned();
    let found: Option<Vec<_>> = files.iter().map(find).collect();
    found.ok_or_else(|| Failure::of(Trouble::NotFound))
}

/// The files that go along with what is said next: those of its folder, and of what was said before.
fn before(
    history: &History,
    conversation: Option<ConversationId>,
    folder: Option<FolderId>,
) -> Result<Vec<Attachment>, Failure> {
    let Some(id) = conversation else {
        return Ok(folder.map(|id| history.folder_files(id)).transpose()?.unwrap_or_default());
    };
    match history.conversation(id)?.leaf {
        Some(leaf) => up_to(history, leaf),
        None => Ok(history.files_around(id)?),
    }
}

/// The same up to a message.
fn up_to(history: &History, last: MessageId) -> Result<Vec<Attachment>, Failure> {
    let mut files = history.files_around(history.message(last)?.conversation)?;
    files.extend(history.files_up_to(last)?);
    Ok(files)
}

/// What follows an answer is said when that is whole.
fn check_ended(turns: &Turns, history: &History, id: ConversationId) -> Result<(), Failure> {
    match history.conversation(id)?.leaf.is_some_and(|leaf| turns.is_running(leaf)) {
        true => Err(Failure::of(Trouble::AlreadyAnswering)),
        false => Ok(()),
    }
}

/// Who is chosen in a message's conversation: a route with its first model, or a model.
fn chosen(history: &History, message: &Message) -> Result<(Option<RouteId>, Step), Failure> {
    let conversation = history.conversation(message.conversation)?;
    match (conversation.connection, conversation.model) {
        (Some(connection), Some(model)) => Ok((conversation.route, Step { connection, model })),
        _ => Err(Failure::of(Trouble::KeyMissing)),
    }
}

fn again(history: &History, old: &Message, by: By) -> Result<(Option<RouteId>, Step), Failure> {
    match (by, old.connection.clone(), old.model.clone()) {
        (By::Model(step), ..) => Ok((None, step)),
        (By::Without(parameter), Some(connection), Some(model)) => {
            let parameter = parameter.id().to_owned();
            let refused = Refused { connection, model, parameter };
            history.note_refused(&refused)?;
            let Refused { connection, model, .. } = refused;
            Ok((None, Step { connection, model }))
        }
        (By::Chosen | By::Without(_), ..) => chosen(history, old),
    }
}
