//! What a key may spend. Lowering a limit is anybody's; raising one asks natively.

use history::{Alarm, Connection, Limits};
use tauri::State;
use turn::ceiling_of;

use super::{Answer, connection};
use crate::ipc::{AppError, ComparisonView, ErrorCode, LimitsView, SpendingView};
use crate::native::{Notice, Question, quoted};
use crate::now_ms;
use crate::state::AppState;
use crate::store::blocking;

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
    Ok(notices.into_iter().map(|notice| format!("{} {}", notice.title, notice.body)).collect())
}

fn notice(alarm: &Alarm) -> Notice {
    let near = |name: &str, spent: i64, limit: i64, what: &str| Notice {
        title: format!("{} is near its {what} cap.", quoted(name)),
        body: format!(
            "{} of {} is spent. At the cap nothing more is sent.",
            dollars(spent),
            dollars(limit)
        ),
    };
    match alarm {
        Alarm::Month { name, spent_nano, limit_nano } => {
            near(name, *spent_nano, *limit_nano, "monthly")
        }
        Alarm::Day { name, spent_nano, limit_nano } => {
            near(name, *spent_nano, *limit_nano, "daily")
        }
        Alarm::Spike { spent_nano, usual_nano } => Notice {
            title: "Today costs much more than usual.".to_owned(),
            body: format!(
                "{} by now, on other days about {}. Usage shows what it went to.",
                dollars(*spent_nano),
                dollars(*usual_nano)
            ),
        },
    }
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
        ("A month may cost", before.month_nano, after.month_nano, &money as &dyn Fn(i64) -> String),
        ("A day may cost", before.day_nano, after.day_nano, &money),
        ("One answer may cost", before.request_nano, after.request_nano, &money),
        ("Requests a minute", before.requests_a_minute, after.requests_a_minute, &number),
        ("Tokens a minute", before.tokens_a_minute, after.tokens_a_minute, &number),
    ];
    let mut facts: Vec<_> = changes
        .into_iter()
        .filter(|(_, before, after, _)| before != after)
        .map(|(name, before, after, words)| {
            let say = |limit: Option<i64>| limit.map_or_else(|| "no limit".to_owned(), words);
            (name.to_owned(), format!("{}, until now {}", say(after), say(before)))
        })
        .collect();
    facts.push(("Sent only to".to_owned(), connection.origin.clone()));
    Question {
        title: "Raise what this key may spend?".to_owned(),
        facts,
        claims: vec![("Called".to_owned(), connection.name.clone())],
        note: "Latchkey sends nothing that could cost more than this.".to_owned(),
        warning: None,
        yes: "Raise".to_owned(),
    }
}

fn acceptance(connection: &Connection, nano: i64) -> Question {
    Question {
        title: "Go on with this key?".to_owned(),
        facts: vec![
            ("Charged beyond the most".to_owned(), dollars(nano)),
            ("Sent only to".to_owned(), connection.origin.clone()),
        ],
        claims: vec![("Called".to_owned(), connection.name.clone())],
        note: "An answer cost more than the published prices allow. Look at the provider’s page before you go on.".to_owned(),
        warning: None,
        yes: "Go on".to_owned(),
    }
}

/// To the cent, and no finer than a person reads: never less than it is.
pub fn dollars(nano: i64) -> String {
    const CENT: i64 = 10_000_000;
    let cents = nano.saturating_add(CENT - 1) / CENT;
    format!("${}.{:02}", cents / 100, cents % 100)
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

    #[test]
    fn what_is_raised_is_said_in_full() {
        assert_eq!(
            [0, 1, 10_000_000, 12_345_000_000].map(dollars),
            ["$0.00", "$0.01", "$0.01", "$12.35"]
        );
    }
}
