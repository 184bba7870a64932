//! What a key may spend. Lowering a limit is anybody's; raising one asks natively.

use history::{Alarm, Connection, Limits};
use tauri::State;
use turn::ceiling_of;

use super::{Answer, connection};
use crate::ipc::{AppError, ComparisonView, ErrorCode, LimitsView, SpendingView};
use crate::native::{Notice, Question};
use crate::now_ms;
use crate::state::AppState;
use crate::store::blocking;
use crate::words::spending::{self as words, Span};
use crate::words::{dollars, labels};

/// What a connection may spend and has spent.
#[tauri::command]
pub async fn get_spending(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<SpendingView> {
    spending(&state, &connection_id).await
}

/// Asks the provider what it has counted, where it tells an ordinary key.
#[tauri::command]
pub async fn compare_spending(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<ComparisonView> {
    let connection = connection(&state, &connection_id).await?;
    let history = state.store.history().await?;
    Ok(turn::compare(&state.vault, &history, &connection).await?.into())
}

/// Tells natively what a person should hear of spending, each thing once, and what that was.
#[tauri::command]
pub async fn take_alarms(state: State<'_, AppState>) -> Answer<Vec<String>> {
    tell_alarms(&state).await
}

/// The same, for whatever else has spent.
pub async fn tell_alarms(state: &AppState) -> Answer<Vec<String>> {
    let history = state.store.history().await?;
    let alarms = blocking(move || history.take_alarms(now_ms())).await?;
    let notices: Vec<_> = alarms.iter().map(notice).collect();
    for notice in &notices {
        // A desktop that shows none has its page, which says it as well.
        let _ = state.desktop.notices.tell(notice.clone()).await;
    }
    Ok(notices.into_iter().map(|notice| words::in_one(&notice.title, &notice.body)).collect())
}

fn notice(alarm: &Alarm) -> Notice {
    let told = match alarm {
        Alarm::Month { name, spent_nano, limit_nano } => {
            words::near_cap(name, Span::Month, *spent_nano, *limit_nano)
        }
        Alarm::Day { name, spent_nano, limit_nano } => {
            words::near_cap(name, Span::Day, *spent_nano, *limit_nano)
        }
        Alarm::Spike { spent_nano, usual_nano } => words::spike(*spent_nano, *usual_nano),
    };
    told.into()
}

/// Sets its limits, after a native yes where one of them is raised.
#[tauri::command]
pub async fn set_limits(
    state: State<'_, AppState>,
    connection_id: String,
    limits: LimitsView,
) -> Answer<SpendingView> {
    let limits = limits.parse()?;
    let connection = connection(&state, &connection_id).await?;
    let history = state.store.history().await?;
    let id = connection_id.clone();
    let found = blocking(move || Ok((history.limits(&id)?, ceiling_of(&history, &id)?))).await?;
    let (before, ceiling) = found;
    // What the team allows is the most that there is, whatever its person says.
    if let Some(ceiling) = ceiling.filter(|ceiling| !ceiling.lets_spend(&limits)) {
        return Err(AppError::with_detail(ErrorCode::TeamLimit, ceiling.team));
    }
    if before.are_raised_by(&limits) {
        state.desktop.confirm.ask(raising(&connection, &before, &limits)).await?;
    }
    let history = state.store.history().await?;
    let id = connection_id.clone();
    blocking(move || history.set_limits(&id, &limits)).await?;
    spending(&state, &connection_id).await
}

/// Lets a connection go on that was charged more than it could have been, after a native yes.
#[tauri::command]
pub async fn accept_excess(
    state: State<'_, AppState>,
    connection_id: String,
) -> Answer<SpendingView> {
    let connection = connection(&state, &connection_id).await?;
    let spent = spending(&state, &connection_id).await?;
    if let Some(nano) = spent.excess_nano {
        state.desktop.confirm.ask(acceptance(&connection, nano)).await?;
        let history = state.store.history().await?;
        let id = connection_id.clone();
        blocking(move || history.forgive_excess(&id)).await?;
    }
    spending(&state, &connection_id).await
}

async fn spending(state: &AppState, id: &str) -> Answer<SpendingView> {
    let history = state.store.history().await?;
    let id = id.to_owned();
    blocking(move || SpendingView::of(&history, &id, now_ms())).await
}

fn raising(connection: &Connection, before: &Limits, after: &Limits) -> Question {
    let money = |nano: i64| dollars(nano);
    let number = |count: i64| count.to_string();
    let changes = [
        (
            words::A_MONTH_MAY_COST,
            before.month_nano,
            after.month_nano,
            &money as &dyn Fn(i64) -> String,
        ),
        (words::A_DAY_MAY_COST, before.day_nano, after.day_nano, &money),
        (words::AN_ANSWER_MAY_COST, before.request_nano, after.request_nano, &money),
        (labels::REQUESTS_A_MINUTE, before.requests_a_minute, after.requests_a_minute, &number),
        (labels::TOKENS_A_MINUTE, before.tokens_a_minute, after.tokens_a_minute, &number),
    ];
    let mut facts: Vec<_> = changes
        .into_iter()
        .filter(|(_, before, after, _)| before != after)
        .map(|(label, before, after, amount)| {
            let none = || words::NO_LIMIT.to_owned();
            let say = |limit: Option<i64>| limit.map_or_else(none, amount);
            (label, words::until_now(&say(after), &say(before)))
        })
        .collect();
    facts.push((labels::SENT_ONLY_TO, connection.origin.clone()));
    Question::of(words::RAISE, facts, vec![(labels::CALLED, connection.name.clone())])
}

fn acceptance(connection: &Connection, nano: i64) -> Question {
    let facts = vec![
        (words::CHARGED_BEYOND, dollars(nano)),
        (labels::SENT_ONLY_TO, connection.origin.clone()),
    ];
    Question::of(words::GO_ON, facts, vec![(labels::CALLED, connection.name.clone())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_how_much_and_what_follows() {
        let (name, spent_nano) = ("Personal".to_owned(), 8_000_000_000);
        let month = Alarm::Month { name, spent_nano, limit_nano: 10_000_000_000 };
        assert_eq!(notice(&month).title, "“Personal” is near its monthly cap.");
        assert!(notice(&month).body.starts_with("$8.00 of $10.00 is spent."));
        let spike = Alarm::Spike { spent_nano, usual_nano: 1_000_000_000 };
        assert!(notice(&spike).body.starts_with("$8.00 by now, on other days about $1.00."));
    }
}
