//! Putting conversations into folders, under tags, on top, out of sight, and into the trash.

use history::{Change, ConversationId, FolderId, History};
use tauri::State;
use turn::Guard;

use super::conversations::LISTED;
use super::{Answer, capped};
use crate::attaching::{From, To, attach_all};
use crate::guarding;
use crate::ipc::{
    After, AppError, ChatChange, ConversationRowView, ErrorCode, FolderFiled, FolderInput,
    Organised, Reorganised, ShelfInput,
};
use crate::native::Question;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::{labels, organise};

/// Conversations that are changed at once.
const AT_ONCE: usize = 10_000;
const NAME_CAP: usize = 400;
const MARK_CAP: usize = 40;

/// Does the same with some conversations.
#[tauri::command]
pub async fn organise_conversations(
    state: State<'_, AppState>,
    ids: Vec<ConversationId>,
    change: ChatChange,
) -> Answer<Reorganised> {
    if ids.len() > AT_ONCE {
        return Err(AppError::of(ErrorCode::TooLong));
    }
    let mut change = Change::from(change);
    if let Change::Tag(name) = &mut change {
        *name = named(name)?;
    }
    if change == Change::Trash {
        ids.iter().for_each(|id| state.turns.stop_all(*id));
    }
    let history = state.store.history().await?;
    let (rows, organised) =
        blocking(move || Ok((history.organise(&ids, &change)?, load(&history)?))).await?;
    let view = |row: history::ConversationRow| {
        let answering = state.turns.is_answering(row.id);
        ConversationRowView::of(row, answering)
    };
    Ok(Reorganised { rows: rows.into_iter().map(view).collect(), organised })
}

/// A page of a list.
#[tauri::command]
pub async fn list_shelf(
    state: State<'_, AppState>,
    shelf: ShelfInput,
    after: Option<After>,
) -> Answer<Vec<ConversationRowView>> {
    let history = state.store.history().await?;
    let after = after.map(|after| (after.updated_ms, after.id));
    let rows = blocking(move || history.shelf(shelf.into(), after, LISTED)).await?;
    let view = |row: history::ConversationRow| {
        let answering = state.turns.is_answering(row.id);
        ConversationRowView::of(row, answering)
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Makes a folder, or changes one.
#[tauri::command]
pub async fn save_folder(state: State<'_, AppState>, input: FolderInput) -> Answer<Organised> {
    let input = FolderInput { name: named(&input.name)?, ..input };
    capped(&input.mark, MARK_CAP)?;
    capped(&input.system_prompt, turn::MESSAGE_CAP)?;
    capped(input.model.as_deref().unwrap_or_default(), NAME_CAP)?;
    let history = state.store.history().await?;
    let system_prompt = guarding::without_keys(&state, &history, input.system_prompt).await?;
    let input = FolderInput { system_prompt, ..input };
    blocking(move || {
        let is_new = input.id.is_none();
        let folder = input.into();
        if is_new {
            history.add_folder(&folder)?;
        } else {
            history.change_folder(&folder)?;
        }
        load(&history)
    })
    .await
}

/// Removes a folder; what is in it moves to where it was. Instructions and files of its own are gone with it, so that a person says
/// yes to that natively.
#[tauri::command]
pub async fn remove_folder(state: State<'_, AppState>, id: FolderId) -> Answer<Organised> {
    let history = state.store.history().await?;
    let asked = history.clone();
    let (has_instructions, files) = blocking(move || {
        let folder = asked.folders()?.into_iter().find(|folder| folder.id == id);
        let has_instructions = folder.is_some_and(|folder| !folder.system_prompt.is_empty());
        Ok((has_instructions, asked.folder_files(id)?.len()))
    })
    .await?;
    if has_instructions || files > 0 {
        state.desktop.confirm.ask(removing_folder(has_instructions, files)).await?;
    }
    blocking(move || {
        history.remove_folder(id)?;
        load(&history)
    })
    .await
}

/// Puts files into a folder that the person picks in a native window: they go with everything that is asked in its chats.
#[tauri::command]
pub async fn attach_to_folder(state: State<'_, AppState>, id: FolderId) -> Answer<FolderFiled> {
    let paths = state.desktop.files.pick_some(organise::ADD_FILES.to_owned()).await?;
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    let from = paths.into_iter().map(From::Path).collect();
    let files =
        attach_all(history.clone(), guard, state.documents.clone(), To::Folder(id), from).await?;
    let organised = blocking(move || load(&history)).await?;
    Ok(FolderFiled { files, organised })
}

/// Takes a file out of a folder.
#[tauri::command]
pub async fn detach_from_folder(
    state: State<'_, AppState>,
    id: FolderId,
    file: i64,
) -> Answer<Organised> {
    let history = state.store.history().await?;
    blocking(move || {
        history.detach_from_folder(id, file)?;
        load(&history)
    })
    .await
}

/// Removes for good what is in the trash, after a native yes.
#[tauri::command]
pub async fn empty_trash(state: State<'_, AppState>) -> Answer<Organised> {
    let history = state.store.history().await?;
    let counted = history.clone();
    let trashed = blocking(move || counted.away()).await?.trashed;
    state.desktop.confirm.ask(emptying(trashed)).await?;
    blocking(move || {
        history.purge_all()?;
        load(&history)
    })
    .await
}

fn removing_folder(has_instructions: bool, files: usize) -> Question {
    let mut facts = vec![(labels::FILES, files.to_string())];
    if has_instructions {
        facts.push((organise::INSTRUCTIONS, organise::ITS_OWN.to_owned()));
    }
    Question::of(organise::REMOVE_FOLDER, facts, Vec::new())
}

fn emptying(trashed: i64) -> Question {
    Question::of(organise::EMPTY_TRASH, vec![(labels::CHATS, trashed.to_string())], Vec::new())
}

/// What there is to put conversations into.
pub(super) fn load(history: &History) -> Result<Organised, history::Error> {
    Ok(Organised::of(history.folders()?, history.tags()?, history.away()?))
}

/// A name of one line.
fn named(name: &str) -> Answer<String> {
    capped(name, NAME_CAP)?;
    let name = turn::title_of(name);
    if name.is_empty() { Err(AppError::of(ErrorCode::Empty)) } else { Ok(name) }
}
