//! Folders, tags, pins, the archive and the trash.

use history::{Away, Change, ConversationId, Error, Folder, FolderId, History, NewTurn, Shelf};

use crate::sample::{exchange, turn};

fn chats(history: &History, count: usize) -> Vec<ConversationId> {
    (0..count).map(|_| exchange(history, None, "a", "b").conversation.id).collect()
}

fn ids(history: &History, shelf: Shelf) -> Vec<ConversationId> {
    history.shelf(shelf, None, 100).unwrap().into_iter().map(|row| row.id).collect()
}

fn folder(history: &History, name: &str, parent: Option<FolderId>) -> FolderId {
    history.add_folder(&Folder { name: name.into(), parent, ..Folder::default() }).unwrap()
}

#[test]
fn each_conversation_is_in_one_list_and_comes_back_from_any() {
    let history = History::in_memory().unwrap();
    let all = chats(&history, 6);
    let home = folder(&history, "Home", None);
    history.organise(&all[..1], &Change::Pin).unwrap();
    history.organise(&all[1..3], &Change::Move(Some(home))).unwrap();
    history.organise(&all[3..4], &Change::Archive).unwrap();
    history.organise(&all[4..5], &Change::Trash).unwrap();
    assert_eq!(ids(&history, Shelf::Loose), all[5..]);
    assert_eq!(ids(&history, Shelf::Pinned), all[..1]);
    assert_eq!(ids(&history, Shelf::Folder(home)), [all[2], all[1]]);
    assert_eq!(ids(&history, Shelf::Archive), all[3..4]);
    assert_eq!(ids(&history, Shelf::Trash), all[4..5]);
    assert_eq!(history.away().unwrap(), Away { archived: 1, trashed: 1 });
    assert_eq!(history.folders().unwrap()[0].chats, 2);
    for change in [Change::Unpin, Change::Unarchive, Change::Restore, Change::Move(None)] {
        history.organise(&all, &change).unwrap();
    }
    let mut loose = ids(&history, Shelf::Loose);
    loose.sort();
    assert_eq!(loose, all);
    history.check().unwrap();
}

#[test]
fn what_comes_back_from_the_archive_is_on_top_again() {
    let history = History::in_memory().unwrap();
    let all = chats(&history, 2);
    history.organise(&all[..1], &Change::Pin).unwrap();
    history.organise(&all[..1], &Change::Archive).unwrap();
    assert_eq!(
        (ids(&history, Shelf::Pinned), ids(&history, Shelf::Archive)),
        (vec![], all[..1].to_vec())
    );
    history.organise(&all[..1], &Change::Unarchive).unwrap();
    assert_eq!(ids(&history, Shelf::Pinned), all[..1]);
}

#[test]
fn all_of_the_trash_can_be_listed_the_latest_first() {
    let history = History::in_memory().unwrap();
    let all = chats(&history, 7);
    history.organise(&all, &Change::Trash).unwrap();
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = history.shelf(Shelf::Trash, after, 3).unwrap();
        let Some(last) = page.last() else { break };
        after = last.deleted_ms.map(|ms| (ms, last.id));
        listed.extend(page.into_iter().map(|row| row.id));
    }
    listed.sort();
    assert_eq!(listed, all);
}

#[test]
fn several_at_once_are_changed_all_or_none() {
    let history = History::in_memory().unwrap();
    let all = chats(&history, 3);
    assert_eq!(history.organise(&all, &Change::Move(Some(FolderId(99)))), Err(Error::NotFound));
    assert_eq!(ids(&history, Shelf::Loose).len(), 3);
    let rows = history.organise(&[all[0], ConversationId(99)], &Change::Tag("x".into())).unwrap();
    assert_eq!(rows.len(), 1, "what is gone is passed over");
    assert_eq!(rows[0].tags.len(), 1);
}

#[test]
fn a_folder_that_goes_leaves_what_was_in_it_where_it_was_and_never_holds_itself() {
    let history = History::in_memory().unwrap();
    let outer = folder(&history, "Outer", None);
    let inner = folder(&history, "Inner", Some(outer));
    let deep = folder(&history, "Deep", Some(inner));
    let all = chats(&history, 1);
    history.organise(&all, &Change::Move(Some(inner))).unwrap();
    for (id, parent) in [(outer, deep), (outer, outer), (inner, deep), (deep, FolderId(99))] {
        let looped = Folder { id, parent: Some(parent), ..Folder::default() };
        assert_eq!(history.change_folder(&looped), Err(Error::NotFound));
    }
    history.remove_folder(inner).unwrap();
    assert_eq!(ids(&history, Shelf::Folder(outer)), all);
    let left = history.folders().unwrap();
    assert_eq!(left.iter().find(|folder| folder.id == deep).unwrap().parent, Some(outer));
    history.remove_folder(outer).unwrap();
    assert_eq!(ids(&history, Shelf::Loose), all);
}

#[test]
fn a_tag_is_made_when_it_is_given_and_goes_with_the_last_that_bears_it() {
    let history = History::in_memory().unwrap();
    let all = chats(&history, 2);
    history.organise(&all, &Change::Tag("Rust".into())).unwrap();
    history.organise(&all, &Change::Tag("rust".into())).unwrap();
    let tags = history.tags().unwrap();
    assert_eq!((tags.len(), tags[0].name.as_str(), tags[0].chats), (1, "Rust", 2));
    assert_eq!(ids(&history, Shelf::Tag(tags[0].id)).len(), 2);
    history.organise(&all[..1], &Change::Untag(tags[0].id)).unwrap();
    assert_eq!(history.tags().unwrap()[0].chats, 1);
    history.organise(&all[1..], &Change::Trash).unwrap();
    history.purge_deleted(i64::MAX).unwrap();
    history.organise(&all[..1], &Change::Pin).unwrap();
    assert!(history.tags().unwrap().is_empty());
}

#[test]
fn lists_go_on_where_a_page_ended() {
    let history = History::in_memory().unwrap();
    let all = chats(&history, 25);
    let home = folder(&history, "Home", None);
    history.organise(&all, &Change::Move(Some(home))).unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = history.shelf(Shelf::Folder(home), after, 10).unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.updated_ms, last.id));
        seen.extend(page.into_iter().map(|row| row.id));
    }
    seen.sort();
    assert_eq!(seen, all);
}

#[test]
fn what_was_organised_in_a_session_is_so_on_the_disk() {
    let (disk, session) = (History::in_memory().unwrap(), History::in_memory().unwrap());
    folder(&disk, "Here before", None);
    let outer = folder(&session, "Outer", None);
    let inner = folder(&session, "Inner", Some(outer));
    let begun = session.begin_turn(&NewTurn { folder: Some(inner), ..turn(None, "a") }).unwrap();
    session.finish_answer(begun.answer.id, &crate::sample::finished("b")).unwrap();
    let id = [begun.conversation.id];
    session.organise(&id, &Change::Tag("work".into())).unwrap();
    session.organise(&id, &Change::Pin).unwrap();
    disk.absorb(&session).unwrap();
    let folders = disk.folders().unwrap();
    let named = |name: &str| folders.iter().find(|folder| folder.name == name).unwrap();
    assert_eq!(named("Inner").parent, Some(named("Outer").id));
    let row = disk.shelf(Shelf::Pinned, None, 9).unwrap().remove(0);
    assert_eq!(row.folder, Some(named("Inner").id));
    assert_eq!(row.tags, [disk.tags().unwrap()[0].id]);
}
