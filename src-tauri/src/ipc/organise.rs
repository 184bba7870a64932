//! Folders, tags and the lists that conversations are kept in.

use history::{Away, Change, ConversationId, Folder, FolderId, RouteId, Shelf, Tag, TagId};
use serde::{Deserialize, Serialize};

use super::{AttachedView, AttachmentView, ConversationRowView};

/// Everything that conversations can be put into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct Organised {
    /// By name.
    pub folders: Vec<FolderView>,
    /// By name.
    pub tags: Vec<TagView>,
    /// How many are in the archive.
    #[cfg_attr(test, ts(type = "number"))]
    pub archived: i64,
    /// How many are in the trash.
    #[cfg_attr(test, ts(type = "number"))]
    pub trashed: i64,
}

/// What became of conversations that were put somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct Reorganised {
    /// Those that are not in the trash, as they are now.
    pub rows: Vec<ConversationRowView>,
    /// What there is to put them into.
    pub organised: Organised,
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Folder"))]
#[serde(rename_all = "camelCase")]
pub struct FolderView {
    /// Its number.
    #[cfg_attr(test, ts(type = "FolderId"))]
    pub id: FolderId,
    /// The folder that it is in.
    #[cfg_attr(test, ts(type = "FolderId | null"))]
    pub parent: Option<FolderId>,
    /// What the person calls it.
    pub name: String,
    /// A colour or a picture sign; may be empty.
    pub mark: String,
    /// What new chats in it tell the model first.
    pub system_prompt: String,
    /// The connection of its model.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// The model that new chats in it ask.
    pub model: Option<String>,
    /// The route that new chats in it go by, of which these are the first.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub route: Option<RouteId>,
    /// What goes with everything that is asked in its chats.
    pub files: Vec<AttachmentView>,
    /// How many conversations are right in it.
    #[cfg_attr(test, ts(type = "number"))]
    pub chats: i64,
}

/// A folder to keep.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FolderInput {
    /// Which one; `None` makes one.
    #[cfg_attr(test, ts(type = "FolderId | null"))]
    pub id: Option<FolderId>,
    /// The folder that it is in.
    #[cfg_attr(test, ts(type = "FolderId | null"))]
    pub parent: Option<FolderId>,
    /// What the person calls it.
    pub name: String,
    /// A colour or a picture sign; may be empty.
    pub mark: String,
    /// What new chats in it tell the model first.
    pub system_prompt: String,
    /// The connection of its model.
    #[cfg_attr(test, ts(type = "ConnectionId | null"))]
    pub connection_id: Option<String>,
    /// The model that new chats in it ask.
    pub model: Option<String>,
    /// The route that new chats in it go by, of which these are the first.
    #[cfg_attr(test, ts(type = "RouteId | null"))]
    pub route: Option<RouteId>,
}

/// What became of files that were to be put into a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct FolderFiled {
    /// Each file.
    pub files: Vec<AttachedView>,
    /// The folder, and all others.
    pub organised: Organised,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Tag"))]
#[serde(rename_all = "camelCase")]
pub struct TagView {
    /// Its number.
    #[cfg_attr(test, ts(type = "TagId"))]
    pub id: TagId,
    /// The word.
    pub name: String,
    /// How many conversations bear it.
    #[cfg_attr(test, ts(type = "number"))]
    pub chats: i64,
}

/// What is done with some conversations.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum ChatChange {
    /// Kept on top.
    Pin,
    /// Not any more.
    Unpin,
    /// Put into a folder, or out of any.
    Move {
        /// The folder.
        #[cfg_attr(test, ts(type = "FolderId | null"))]
        folder: Option<FolderId>,
    },
    /// Put out of sight.
    Archive,
    /// Back among the others.
    Unarchive,
    /// Given a tag.
    Tag {
        /// The word.
        name: String,
    },
    /// A tag is taken from them.
    Untag {
        /// The tag.
        #[cfg_attr(test, ts(type = "TagId"))]
        tag: TagId,
    },
    /// Moved to the trash.
    Trash,
    /// Back out of it.
    Restore,
}

/// A list of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum ShelfInput {
    /// Of a folder.
    Folder {
        /// Which one.
        #[cfg_attr(test, ts(type = "FolderId"))]
        folder: FolderId,
    },
    /// The archive.
    Archive,
    /// The trash.
    Trash,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename = "FolderId")]
#[allow(dead_code, reason = "only its TypeScript is used")]
struct FolderIdNumber(u32);

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename = "TagId")]
#[allow(dead_code, reason = "only its TypeScript is used")]
struct TagIdNumber(u32);

impl Organised {
    /// What there is.
    pub fn of(folders: Vec<Folder>, tags: Vec<Tag>, away: Away) -> Self {
        Self {
            folders: folders.into_iter().map(FolderView::from).collect(),
            tags: tags.into_iter().map(TagView::from).collect(),
            archived: away.archived,
            trashed: away.trashed,
        }
    }
}

impl From<Folder> for FolderView {
    fn from(folder: Folder) -> Self {
        Self {
            id: folder.id,
            parent: folder.parent,
            name: render::spelled_out(&folder.name).unwrap_or(folder.name),
            mark: folder.mark,
            system_prompt: folder.system_prompt,
            connection_id: folder.connection,
            model: folder.model,
            route: folder.route,
            files: folder.files.into_iter().map(AttachmentView::from).collect(),
            chats: folder.chats,
        }
    }
}

impl From<FolderInput> for Folder {
    fn from(input: FolderInput) -> Self {
        Self {
            id: input.id.unwrap_or_default(),
            parent: input.parent,
            name: input.name,
            mark: input.mark,
            system_prompt: input.system_prompt,
            connection: input.connection_id,
            model: input.model,
            route: input.route,
            files: Vec::new(),
            chats: 0,
        }
    }
}

impl From<Tag> for TagView {
    fn from(tag: Tag) -> Self {
        let name = render::spelled_out(&tag.name).unwrap_or(tag.name);
        Self { id: tag.id, name, chats: tag.chats }
    }
}

impl From<ChatChange> for Change {
    fn from(change: ChatChange) -> Self {
        match change {
            ChatChange::Pin => Self::Pin,
            ChatChange::Unpin => Self::Unpin,
            ChatChange::Move { folder } => Self::Move(folder),
            ChatChange::Archive => Self::Archive,
            ChatChange::Unarchive => Self::Unarchive,
            ChatChange::Tag { name } => Self::Tag(name),
            ChatChange::Untag { tag } => Self::Untag(tag),
            ChatChange::Trash => Self::Trash,
            ChatChange::Restore => Self::Restore,
        }
    }
}

impl From<ShelfInput> for Shelf {
    fn from(shelf: ShelfInput) -> Self {
        match shelf {
            ShelfInput::Folder { folder } => Self::Folder(folder),
            ShelfInput::Archive => Self::Archive,
            ShelfInput::Trash => Self::Trash,
        }
    }
}

/// Where a page of a list ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct After {
    /// When its last conversation changed.
    #[cfg_attr(test, ts(type = "number"))]
    pub updated_ms: i64,
    /// Which one that is.
    #[cfg_attr(test, ts(type = "ConversationId"))]
    pub id: ConversationId,
}
