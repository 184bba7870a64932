//! A check as the page sees it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use leak::{Finding, Place, Whose};
use turn::{StoredKey, server_name};
use vault::{BaseUrl, KeyShape, Vault};
use wire::Provider;

use super::{Run, mark_of};
use crate::handover::{can_be_kept, provider_of};
use crate::ipc::{LeakCheckView, LeakPlaceView, LeakRunView, LeakedKeyView};
use crate::words::keys::family_name;

pub fn of(
    folders: &[PathBuf],
    home: Option<&Path>,
    run: Option<&Run>,
    is_running: bool,
    ignored: &[String],
) -> LeakCheckView {
    let name = |folder: &PathBuf| {
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        name.to_string_lossy().into_owned()
    };
    LeakCheckView {
        folders: folders.iter().map(name).collect(),
        repositories: folders.iter().filter(|folder| folder.join(".git").exists()).count(),
        shells: home.map_or(0, leak::count_shells),
        programs: leak::count_programs(),
        forms: Vault::FORMS,
        run: run.map(|run| run_view(run, is_running)),
        keys: run.map(|run| keys(run, ignored)).unwrap_or_default(),
        ignored: run.map_or(0, |run| {
            run.check.findings().iter().filter(|one| ignored.contains(&mark_of(one))).count()
        }),
    }
}

fn run_view(run: &Run, is_running: bool) -> LeakRunView {
    let far = run.check.progress();
    let ended = run.ended();
    let outcome = ended.as_ref().map(|(outcome, _)| outcome);
    let whole = |of: fn(&leak::Outcome) -> bool| outcome.is_some_and(of);
    LeakRunView {
        is_running,
        is_whole: whole(|outcome| outcome.is_whole),
        is_proof: whole(|outcome| outcome.is_proof),
        lacks_git: whole(|outcome| outcome.lacks_git),
        at: far.at,
        folders: run.check.wish().folders.len(),
        stored: run.stored.len(),
        unknown: run.check.unknown(),
        files: far.files,
        all_files: far.all_files,
        objects: far.objects,
        all_objects: far.all_objects,
        commits: far.commits,
        bytes: far.bytes,
        unreadable: far.unreadable,
        unreadable_names: outcome.map(|outcome| outcome.unreadable.clone()).unwrap_or_default(),
        left_out: far.left_out,
        took_ms: run.check.took().as_millis().try_into().unwrap_or(u64::MAX),
        ended_ms: ended.map(|(_, at)| at),
    }
}

/// One row for each key: what is the person's own and what is in a history first.
pub fn keys(run: &Run, ignored: &[String]) -> Vec<LeakedKeyView> {
    let mut groups: HashMap<u64, Vec<Finding>> = HashMap::new();
    for finding in run.check.findings() {
        if !ignored.contains(&mark_of(&finding)) {
            groups.entry(finding.same).or_default().push(finding);
        }
    }
    let mut groups: Vec<Vec<Finding>> = groups.into_values().collect();
    groups.sort_by_key(|places| {
        let in_history = places.iter().any(|one| matches!(one.place, Place::GitHistory(_)));
        let is_ours = matches!(places[0].whose, Whose::Stored(_));
        (!is_ours, !in_history, places[0].number)
    });
    groups.iter().map(|places| key(run, places)).collect()
}

fn key(run: &Run, places: &[Finding]) -> LeakedKeyView {
    let view = match &places[0].whose {
        Whose::Stored(id) => run.stored.iter().find(|key| key.id == *id).map(stored),
        Whose::Shaped(shape) => Some(shaped(*shape)),
        Whose::Token(service) => {
            Some(LeakedKeyView { maker: Some((*service).to_owned()), ..nobodys() })
        }
        Whose::Named => None,
    };
    let mut view = view.unwrap_or_else(nobodys);
    let is_ours = view.connection_id.is_some();
    view.last_four = view.last_four.or_else(|| places[0].last_four.clone());
    let movable = places.iter().find(|place| !is_ours && can_be_kept(place));
    view.movable = movable.map(|place| place.number);
    view.places = places.iter().map(LeakPlaceView::of).collect();
    view
}

fn stored(key: &StoredKey) -> LeakedKeyView {
    let provider = Provider::stored(&key.connection.provider);
    let base = BaseUrl::parse(&key.connection.address).ok();
    let kind = key.connection.key.as_ref().map(|key| key.kind.clone()).unwrap_or_default();
    LeakedKeyView {
        name: Some(key.name.clone()),
        connection_id: Some(key.connection.id.clone()),
        maker: base.map(|base| server_name(provider, &base)),
        provider: Some(provider.id().to_owned()),
        kind: serde_json::from_value(serde_json::Value::String(kind)).ok(),
        last_four: Some(key.last_four.clone()),
        ..nobodys()
    }
}

fn shaped(shape: KeyShape) -> LeakedKeyView {
    LeakedKeyView {
        maker: shape.family.map(|family| family_name(family).to_owned()),
        provider: shape.family.and_then(provider_of).map(|provider| provider.id().to_owned()),
        kind: Some(shape.kind),
        ..nobodys()
    }
}

fn nobodys() -> LeakedKeyView {
    LeakedKeyView {
        name: None,
        connection_id: None,
        maker: None,
        provider: None,
        kind: None,
        last_four: None,
        movable: None,
        places: Vec::new(),
    }
}
