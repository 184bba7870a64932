//! Getting files in: natively read, looked at, and kept with the draft. The page names no file and gets no path.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use files::document::Reader;
use files::{Attached, FILE_CAP, Kind, attach};
use history::{Attachment, ConversationId, FolderId, History, MOST_FILES, Part};

use turn::Guard;

use crate::guarding::part_without_keys;
use crate::ipc::{AppError, AttachedView, ErrorCode, FileProblem};

/// Where a file to attach is.
pub enum From {
    /// On this computer; the person picked it in a native window or copied it.
    Path(std::path::PathBuf),
    /// Here; the page had it, or the clipboard.
    Bytes {
        /// What it is called.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
}

/// What files are attached to.
#[derive(Debug, Clone, Copy)]
pub enum To {
    /// The draft of a conversation, or of the new chat.
    Draft(Option<ConversationId>),
    /// A folder, whose chats they go with.
    Folder(FolderId),
}

impl To {
    /// `None` where it holds as many as it may.
    fn keep(self, history: &History, part: &Part) -> Result<Option<Attachment>, history::Error> {
        match self {
            Self::Draft(conversation) => match history.draft_files(conversation)?.len() {
                MOST_FILES.. => Ok(None),
                _ => history.attach(conversation, part).map(Some),
            },
            Self::Folder(folder) => history.attach_to_folder(folder, part),
        }
    }
}

/// Attaches them, one after the other. Takes as long as their pixels and pages do.
pub async fn attach_all(
    history: Arc<History>,
    guard: Guard,
    documents: Option<Reader>,
    to: To,
    from: Vec<From>,
) -> Result<Vec<AttachedView>, AppError> {
    let documents = documents.ok_or_else(|| AppError::of(ErrorCode::Internal))?;
    let work = move || {
        let one = |from| attach_one(&history, &guard, to, from, &documents);
        from.into_iter().map(one).collect::<Result<Vec<_>, history::Error>>()
    };
    crate::store::blocking(work).await
}

fn attach_one(
    history: &History,
    guard: &Guard,
    to: To,
    from: From,
    documents: &Reader,
) -> Result<AttachedView, history::Error> {
    let name = match &from {
        From::Path(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        From::Bytes { name, .. } => name.clone(),
    };
    let name = files::plain_name(&name);
    let refused = |problem| Ok(AttachedView::Refused { name: name.clone(), problem });
    let bytes = match from {
        From::Bytes { bytes, .. } => Ok(bytes),
        From::Path(path) => read(&path),
    };
    let attached = match bytes {
        Ok(bytes) => attach(&name, bytes, documents).map_err(FileProblem::from),
        Err(problem) => Err(problem),
    };
    match attached {
        Ok(attached) => match to.keep(history, &part_without_keys(guard, part(attached)))? {
            Some(kept) => Ok(AttachedView::Attached { attachment: kept.into() }),
            None => refused(FileProblem::TooMany),
        },
        Err(problem) => refused(problem),
    }
}

/// Reads a file, if it is one: a pipe or a device would never end.
fn read(path: &Path) -> Result<Vec<u8>, FileProblem> {
    let facts = std::fs::metadata(path).map_err(|_| FileProblem::Unreadable)?;
    if !facts.is_file() {
        return Err(FileProblem::Unreadable);
    }
    let cap = u64::try_from(FILE_CAP).unwrap_or(u64::MAX);
    if facts.len() > cap {
        return Err(FileProblem::TooLarge);
    }
    let mut bytes = Vec::new();
    // It may have grown since.
    let file = File::open(path).map_err(|_| FileProblem::Unreadable)?;
    file.take(cap + 1).read_to_end(&mut bytes).map_err(|_| FileProblem::Unreadable)?;
    Ok(bytes)
}

fn part(attached: Attached) -> Part {
    let file = history::File {
        name: attached.name,
        media_type: attached.media_type.to_owned(),
        bytes: attached.bytes.into(),
        facts: attached.facts.to_stored(),
        words: attached.words,
        preview: attached.preview.map(Arc::from),
    };
    match attached.kind {
        Kind::Picture => Part::Image(file),
        Kind::Audio | Kind::Document | Kind::Text => Part::File(file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attached(history: &History, from: From) -> AttachedView {
        let documents = Reader::new("/nowhere".into(), Vec::new());
        attach_one(history, &guard(), To::Draft(None), from, &documents).unwrap()
    }

    /// One that knows no key.
    fn guard() -> Guard {
        let (vault, history) = (vault::Vault::in_memory(), Arc::new(History::in_memory().unwrap()));
        tauri::async_runtime::block_on(Guard::of(&vault, &history)).unwrap()
    }

    fn problem(view: AttachedView) -> (String, FileProblem) {
        match view {
            AttachedView::Refused { name, problem } => (name, problem),
            AttachedView::Attached { attachment } => panic!("{attachment:?}"),
        }
    }

    #[test]
    fn files_are_read_natively_and_only_files() {
        let history = History::in_memory().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.png");
        std::fs::write(&path, "Buy milk").unwrap();
        let AttachedView::Attached { attachment } = attached(&history, From::Path(path)) else {
            panic!("refused");
        };
        assert_eq!((attachment.name.as_str(), attachment.size), ("notes.png", 8));
        let json = serde_json::to_string(&attachment).unwrap();
        assert!(!json.contains(&*folder.path().to_string_lossy()), "no path reaches the page");
        assert_eq!(history.draft_files(None).unwrap().len(), 1);
        let huge = folder.path().join("huge.png");
        File::create(&huge).unwrap().set_len(100 << 20).unwrap();
        let table = [
            (huge, "huge.png", FileProblem::TooLarge),
            (folder.path().to_owned(), "", FileProblem::Unreadable),
            ("/dev/zero".into(), "zero", FileProblem::Unreadable),
            (folder.path().join("none.png"), "none.png", FileProblem::Unreadable),
        ];
        for (path, name, expected) in table {
            let (called, problem) = problem(attached(&history, From::Path(path)));
            assert!(problem == expected && called.ends_with(name), "{called} {problem:?}");
        }
        let empty = From::Bytes { name: "a/b.png".into(), bytes: Vec::new() };
        assert_eq!(problem(attached(&history, empty)), ("b.png".into(), FileProblem::Empty));
    }

    #[test]
    fn a_draft_holds_so_many_and_no_more() {
        let history = History::in_memory().unwrap();
        let text = || From::Bytes { name: "a.txt".into(), bytes: b"Hello".to_vec() };
        for _ in 0..MOST_FILES {
            attached(&history, text());
        }
        assert_eq!(problem(attached(&history, text())).1, FileProblem::TooMany);
    }
}
