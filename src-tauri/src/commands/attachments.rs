//! Files that go with a message.

use std::io::Write;
use std::path::Path;

use history::{ConversationId, MessageId, Part};
use tauri::State;
use tauri::ipc::{InvokeBody, Request};
use turn::Guard;

use super::Answer;
use crate::attaching::{From, To, attach_all};
use crate::ipc::{AppError, AttachedView, ErrorCode};
use crate::native::Pasted;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::chats;

/// What a picture of the clipboard is called.
const PASTED: &str = "pasted.png";

/// The headers that say of bytes what they are called, and whose draft they are for; none is a new chat's.
const NAME: &str = "latchkey-name";
const CONVERSATION: &str = "latchkey-conversation";

/// Attaches files that the person picks in a native window.
#[tauri::command]
pub async fn attach_files(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
) -> Answer<Vec<AttachedView>> {
    let paths = state.desktop.files.pick_some(chats::ATTACH.to_owned()).await?;
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    let from = paths.into_iter().map(From::Path).collect();
    attach_all(history, guard, state.documents.clone(), To::Draft(conversation_id), from).await
}

/// Attaches what the person has just pasted, if it is a picture or files: the web engine tells the page of text only.
#[tauri::command]
pub async fn attach_pasted(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
) -> Answer<Vec<AttachedView>> {
    let from = match state.desktop.clipboard.pasted().await? {
        Pasted::Nothing => return Ok(Vec::new()),
        Pasted::Picture(bytes) => vec![From::Bytes { name: PASTED.to_owned(), bytes }],
        Pasted::Files(paths) => paths.into_iter().map(From::Path).collect(),
    };
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    attach_all(history, guard, state.documents.clone(), To::Draft(conversation_id), from).await
}

/// Attaches bytes that the page has because they were dropped or pasted there.
#[tauri::command]
pub async fn attach_bytes(
    state: State<'_, AppState>,
    request: Request<'_>,
) -> Answer<Vec<AttachedView>> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(AppError::of(ErrorCode::Internal));
    };
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let name = header(NAME).map(unescaped).unwrap_or_default();
    let conversation = header(CONVERSATION).and_then(|id| id.parse().ok()).map(ConversationId);
    let from = vec![From::Bytes { name, bytes: bytes.clone() }];
    let history = state.store.history().await?;
    let guard = Guard::of(&state.vault, &history).await?;
    attach_all(history, guard, state.documents.clone(), To::Draft(conversation), from).await
}

/// What a text says that is attached to a draft.
#[tauri::command]
pub async fn attached_text(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    id: i64,
) -> Answer<String> {
    let history = state.store.history().await?;
    match blocking(move || history.draft_file(conversation_id, id)).await? {
        Part::File(file) if file.media_type == "text/plain" => {
            Ok(String::from_utf8_lossy(&file.bytes).into_owned())
        }
        _ => Err(AppError::of(ErrorCode::NotFound)),
    }
}

/// Writes a file of a message where the person says natively.
#[tauri::command]
pub async fn save_attachment(
    state: State<'_, AppState>,
    message_id: MessageId,
    place: i64,
) -> Answer<()> {
    let history = state.store.history().await?;
    let file = blocking(move || history.file(message_id, place)).await?;
    let name = files::plain_name(&file.name);
    let path = state.desktop.files.pick_new(chats::SAVE_ATTACHMENT.to_owned(), name).await?;
    let written = tokio::task::spawn_blocking(move || write(&path, &file.bytes)).await;
    written
        .map_err(|_| AppError::of(ErrorCode::Internal))?
        .map_err(|error| AppError::with_detail(ErrorCode::FileNotWritten, error.kind().to_string()))
}

/// Takes a file off a draft.
#[tauri::command]
pub async fn detach_file(
    state: State<'_, AppState>,
    conversation_id: Option<ConversationId>,
    id: i64,
) -> Answer<()> {
    let history = state.store.history().await?;
    blocking(move || history.detach(conversation_id, id)).await
}

/// It is written beside its name and moved there, so that nobody finds half of it.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A header holds plain letters only, so names come with the others written as `%C3%A9`.
fn unescaped(name: &str) -> String {
    let bytes = name.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%').then(|| name.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.pdf");
        std::fs::write(&path, "an older and longer one").unwrap();
        write(&path, b"%PDF-").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"%PDF-");
        assert!(write(&folder.path().join("none/plan.pdf"), b"x").is_err());
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn names_of_headers() {
        for (escaped, plain) in [
            ("cat.png", "cat.png"),
            ("Stra%C3%9Fe%20.pdf", "Straße .pdf"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("%FF", "\u{fffd}"),
        ] {
            assert_eq!(unescaped(escaped), plain);
        }
    }
}
