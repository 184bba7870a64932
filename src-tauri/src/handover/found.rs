//! Moves a key that lies about into the keychain.

use std::sync::Arc;

use leak::{Finding, Place, Whose};
use turn::{Aim, Candidate};
use vault::{ApiKey, BaseUrl, KeyFamily, KeyKind};
use wire::Provider;

use super::{How, KeyOrigin, settle};
use crate::ipc::{AppError, ErrorCode, HandOver};
use crate::leaks::Run;
use crate::native::Question;
use crate::state::AppState;
use crate::words::keys::{self, family_name};
use crate::words::labels;

/// The provider that Latchkey offers for keys of this family.
pub fn provider_of(family: KeyFamily) -> Option<Provider> {
    Provider::hosted().find(|provider| provider.name() == family_name(family))
}

/// Whether what was found can be a key of a connection here: a file has it, and its shape says whose it is.
pub fn can_be_kept(finding: &Finding) -> bool {
    is_of(finding).is_some() && !matches!(finding.place, Place::GitHistory(_))
}

fn is_of(finding: &Finding) -> Option<Provider> {
    let Whose::Shaped(shape) = &finding.whose else { return None };
    let is_refused = matches!(shape.kind, KeyKind::Admin | KeyKind::OAuth | KeyKind::Foreign);
    shape.family.filter(|_| !is_refused).and_then(provider_of)
}

/// Keeps a key from where it was found, after a native yes. What it was found in stays as it is.
pub async fn keep_found(
    state: &AppState,
    run: Arc<Run>,
    finding: Finding,
) -> Result<HandOver, AppError> {
    state.hold(None);
    let provider = is_of(&finding).ok_or_else(|| AppError::of(ErrorCode::NotFound))?;
    let address = provider.address().ok_or_else(|| AppError::of(ErrorCode::BadAddress))?;
    let base = BaseUrl::parse(address)?;
    let place = finding.clone();
    let read = tokio::task::spawn_blocking(move || run.check.read_again(&place)).await;
    let text = read.ok().flatten().ok_or_else(|| AppError::of(ErrorCode::NoKeyInFile))?;
    let found = ApiKey::hand_over(text, &base)?;
    state.desktop.confirm.ask(question(&finding, &found.key, provider, &base)).await?;
    let history = state.store.history().await?;
    let how = How { replaced: false, cut: None };
    let candidate = Candidate::new(found.key, provider, base, Aim::Own);
    let (admitted, checked) = candidate.admit(&state.vault, &history).await;
    Ok(settle(state, admitted, checked.into(), KeyOrigin::Other, how).await)
}

fn question(finding: &Finding, key: &ApiKey, provider: Provider, base: &BaseUrl) -> Question {
    let facts = vec![
        (labels::KEY, keys::of_provider(provider.name(), key.last_four())),
        (labels::SENT_ONLY_TO, base.origin().to_string()),
    ];
    let claims = vec![(keys::FROM, keys::lies_in(&finding.shown, finding.line))];
    Question::of(keys::MOVE, facts, claims)
}
