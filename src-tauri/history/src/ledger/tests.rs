use super::*;
use crate::Application;
use crate::application::tests::aider;
use crate::limit::Limits;

const CENT: i64 = 10_000_000;
/// 2026-11-30, a second before midnight.
const MONTHS_END: i64 = 1_796_083_199_000;
const DAY_MS: i64 = 86_400_000;

fn request(at_most_nano: Option<i64>, now_ms: i64) -> Request<'static> {
    Request {
        connection: "c",
        model: "m",
        conversation: None,
        message: None,
        key: None,
        at_most_nano,
        tokens_at_most: 100,
        now_ms,
    }
}

fn limited(limits: Limits) -> History {
    let history = History::in_memory().unwrap();
    history.set_limits("c", &limits).unwrap();
    history
}

fn cost(nano: i64) -> Settled {
    Settled { nano: Some(nano), ..Settled::default() }
}

#[test]
fn what_is_reserved_counts_until_it_is_settled() {
    let history = limited(Limits { month_nano: Some(10 * CENT), ..Limits::default() });
    let reserve = |cents: i64| history.reserve(&request(Some(cents * CENT), MONTHS_END)).unwrap();
    let first = reserve(8).unwrap();
    assert_eq!(reserve(3), Err(Over::Month { limit_nano: 10 * CENT, spent_nano: 8 * CENT }));
    history.settle(first, &cost(CENT)).unwrap();
    history.settle(first, &cost(9 * CENT)).unwrap();
    let second = reserve(9).unwrap();
    history.release(second).unwrap();
    reserve(9).unwrap();
    assert_eq!(history.settle_left_open(), Ok(1));
    assert_eq!(history.spent("c", MONTHS_END).unwrap().month_nano, 10 * CENT);
    assert!(matches!(reserve(1), Err(Over::Month { .. })));
    let other = Request { connection: "d", ..request(Some(CENT), MONTHS_END) };
    assert!(history.reserve(&other).unwrap().is_ok(), "each connection has its own");
}

#[test]
fn a_price_that_nobody_knows_passes_no_limit_of_money() {
    let history = limited(Limits { day_nano: Some(CENT), ..Limits::default() });
    assert_eq!(history.reserve(&request(None, 0)).unwrap(), Err(Over::UnknownPrice));
    let free = limited(Limits { requests_a_minute: Some(9), ..Limits::default() });
    let entry = free.reserve(&request(None, 0)).unwrap().unwrap();
    free.settle(entry, &Settled::default()).unwrap();
    assert_eq!(free.spent("c", 0), Ok(Spent::default()));
}

#[test]
fn days_and_months_begin_at_midnight_and_never_again() {
    let limits =
        Limits { day_nano: Some(2 * CENT), month_nano: Some(3 * CENT), ..Limits::default() };
    let history = limited(limits);
    let reserve =
        |cents: i64, now: i64| history.reserve(&request(Some(cents * CENT), now)).unwrap();
    reserve(2, MONTHS_END).unwrap();
    assert!(matches!(reserve(1, MONTHS_END), Err(Over::Day { .. })));
    reserve(2, MONTHS_END + 1_000).unwrap();
    for back in [MONTHS_END, MONTHS_END - 40 * DAY_MS, 0, -5] {
        assert!(
            matches!(reserve(1, back), Err(Over::Day { .. })),
            "a clock that is set back to {back}"
        );
    }
    reserve(1, MONTHS_END + DAY_MS + 1_000).unwrap();
    assert!(matches!(reserve(1, MONTHS_END + 2 * DAY_MS + 1_000), Err(Over::Month { .. })));
}

#[test]
fn one_request_and_one_minute_have_limits_of_their_own() {
    let history = limited(Limits { request_nano: Some(CENT), ..Limits::default() });
    assert_eq!(
        history.reserve(&request(Some(CENT + 1), 0)).unwrap(),
        Err(Over::Request { limit_nano: CENT })
    );
    let history = limited(Limits { requests_a_minute: Some(2), ..Limits::default() });
    for now in [1_000, 11_000] {
        history.reserve(&request(None, now)).unwrap().unwrap();
    }
    assert_eq!(
        history.reserve(&request(None, 31_000)).unwrap(),
        Err(Over::Pace { wait_ms: 30_000 })
    );
    assert!(history.reserve(&request(None, 61_000)).unwrap().is_ok());
    let history = limited(Limits { tokens_a_minute: Some(250), ..Limits::default() });
    let first = history.reserve(&request(None, 0)).unwrap().unwrap();
    history.reserve(&request(None, 1)).unwrap().unwrap();
    assert!(matches!(history.reserve(&request(None, 2)).unwrap(), Err(Over::Pace { .. })));
    let few = Settled { read_tokens: Some(20), written_tokens: Some(5), ..Settled::default() };
    history.settle(first, &few).unwrap();
    assert!(history.reserve(&request(None, 2)).unwrap().is_ok());
    let large = Request { tokens_at_most: 251, ..request(None, 90_000) };
    assert_eq!(history.reserve(&large).unwrap(), Err(Over::TooManyTokens { limit: 250 }));
}

#[test]
fn what_costs_more_than_it_could_stops_the_connection() {
    let history = limited(Limits { day_nano: Some(10 * CENT), ..Limits::default() });
    let reserve = || history.reserve(&request(Some(CENT), 0)).unwrap();
    let entry = reserve().unwrap();
    history.settle(entry, &cost(4 * CENT)).unwrap();
    assert_eq!(reserve(), Err(Over::Excess { nano: 3 * CENT }));
    history.forgive_excess("c").unwrap();
    assert!(reserve().is_ok());
    assert_eq!(history.spent("c", 0).unwrap().day_nano, 5 * CENT, "all of it counts");
}

#[test]
fn no_lie_makes_the_sums_run_over() {
    let history = limited(Limits { tokens_a_minute: Some(10), ..Limits::default() });
    let lie = Settled {
        nano: Some(i64::MAX),
        read_tokens: Some(i64::MAX),
        written_tokens: Some(i64::MAX),
        ..Settled::default()
    };
    for _ in 0..3 {
        let enormous = Request { connection: "d", ..request(Some(i64::MAX), 0) };
        let entry = history.reserve(&enormous).unwrap().unwrap();
        history.reserve(&enormous).unwrap().unwrap();
        history.settle(entry, &lie).unwrap();
    }
    assert!(history.spent("d", 0).unwrap().month_nano > 1_000_000_000_000);
    history.set_limits("d", &Limits { tokens_a_minute: Some(10), ..Limits::default() }).unwrap();
    let next = Request { connection: "d", tokens_at_most: 1, ..request(None, 1) };
    assert!(matches!(history.reserve(&next).unwrap(), Err(Over::Pace { .. })));
}

#[test]
fn a_hundred_at_once_stay_below_the_limit() {
    let history = limited(Limits { day_nano: Some(10 * CENT), ..Limits::default() });
    let sent: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..100)
            .map(|_| scope.spawn(|| history.reserve(&request(Some(CENT), 0)).unwrap().is_ok()))
            .collect();
        threads.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum()
    });
    assert_eq!(sent, 10);
}

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % end
    }
}

/// What the ledger is to know, kept in the plainest way.
#[derive(Default)]
struct Oracle {
    /// Day, reservation or cost.
    rows: Vec<(i64, i64)>,
    /// Places in `rows`.
    open: Vec<(usize, EntryId)>,
}

impl Oracle {
    fn spent(&self, from: i64) -> i64 {
        self.rows.iter().filter(|(day, _)| *day >= from).map(|(_, nano)| nano).sum()
    }
}

/// Sending, settling, taking back, ending, and clocks that go wherever they like, in random order. However many schedules are
/// asked for: `LEDGER_SCHEDULES`.
#[test]
fn no_schedule_passes_a_limit() {
    let schedules =
        std::env::var("LEDGER_SCHEDULES").ok().and_then(|count| count.parse().ok()).unwrap_or(200);
    let history = History::in_memory().unwrap();
    for schedule in 0..schedules {
        one_schedule(&history, schedule);
        history
            .write(|write| Ok(write.execute_batch("DELETE FROM ledger; DELETE FROM spend;")?))
            .unwrap();
    }
}

fn one_schedule(history: &History, schedule: u64) {
    let mut dice = Dice(schedule);
    let limits = Limits {
        day_nano: Some(dice.below(1_000)),
        month_nano: Some(dice.below(3_000)),
        request_nano: Some(1 + dice.below(600)),
        ..Limits::default()
    };
    history.set_limits("c", &limits).unwrap();
    let mut oracle = Oracle::default();
    // Days of one month: 2026-11-01 is day 20,758.
    let mut day = 0;
    for step in 0..40 {
        match dice.below(8) {
            0..=3 => {
                let nano = dice.below(700);
                let today = oracle.rows.last().map_or(day, |(last, _)| day.max(*last));
                let now = (20_758 + day) * DAY_MS + dice.below(DAY_MS);
                let told = history.reserve(&request(Some(nano), now)).unwrap();
                let fits = Some(nano) <= limits.request_nano
                    && Some(oracle.spent(today) + nano) <= limits.day_nano
                    && Some(oracle.spent(0) + nano) <= limits.month_nano;
                assert_eq!(told.is_ok(), fits, "schedule {schedule}, step {step}: {told:?}");
                if let Ok(entry) = told {
                    oracle.open.push((oracle.rows.len(), entry));
                    oracle.rows.push((today, nano));
                }
            }
            4 | 5 if !oracle.open.is_empty() => {
                let index =
                    usize::try_from(dice.below(i64::try_from(oracle.open.len()).unwrap())).unwrap();
                let (row, entry) = oracle.open.swap_remove(index);
                oracle.rows[row].1 = dice.below(oracle.rows[row].1 + 1);
                history.settle(entry, &cost(oracle.rows[row].1)).unwrap();
            }
            6 => {
                assert_eq!(history.settle_left_open(), Ok(oracle.open.len()));
                oracle.open.clear();
            }
            _ => day = dice.below(29),
        }
        let now = (20_758 + day) * DAY_MS;
        let spent = history.spent("c", now).unwrap();
        assert_eq!(spent.month_nano, oracle.spent(0), "schedule {schedule}, step {step}");
        assert!(
            Some(spent.month_nano) <= limits.month_nano && Some(spent.day_nano) <= limits.day_nano
        );
    }
}

#[test]
fn an_application_passes_neither_its_own_limits_nor_the_connections() {
    let history = limited(Limits { month_nano: Some(10 * CENT), ..Limits::default() });
    let limits =
        Limits { day_nano: Some(4 * CENT), requests_a_minute: Some(9), ..Limits::default() };
    let aider = Application { limits, ..aider() };
    let aider = history.add_application(&aider, None).unwrap().id;
    let lend = |cents: i64, now: i64| {
        history.reserve_for(aider, &request(Some(cents * CENT), now)).unwrap()
    };
    let first = lend(3, MONTHS_END).unwrap();
    let over = Over::Day { limit_nano: 4 * CENT, spent_nano: 3 * CENT };
    assert_eq!(lend(2, MONTHS_END), Err((Whose::Application, over)));
    history.settle(first, &cost(2 * CENT)).unwrap();
    let (spent, requests) = history.spent_by(aider, MONTHS_END).unwrap();
    assert_eq!((spent.day_nano, requests), (2 * CENT, 1));
    assert_eq!(history.applications().unwrap()[0].last_used_ms, Some(MONTHS_END));
    let second = lend(2, MONTHS_END).unwrap();
    history.release(second).unwrap();
    let own = history.reserve(&request(Some(7 * CENT), MONTHS_END)).unwrap().unwrap();
    let over = Over::Month { limit_nano: 10 * CENT, spent_nano: 9 * CENT };
    assert_eq!(lend(2, MONTHS_END), Err((Whose::Connection, over)));
    history.settle(own, &cost(7 * CENT)).unwrap();
    history.end_application(aider, MONTHS_END).unwrap();
    let late = history.reserve_for(aider, &request(Some(0), MONTHS_END));
    assert_eq!(late, Err(Error::NotFound), "who was ended is lent nothing");
    let lines = history.audit(1, 9).unwrap();
    let said: Vec<_> =
        lines.iter().map(|line| (line.application.as_str(), line.outcome.as_str())).collect();
    assert_eq!(said, [("Aider", "uncounted"), ("Aider", "refused"), ("Latchkey", "uncounted")]);
    assert_eq!(history.verify_audit().unwrap().broken_at, None);
}

#[test]
fn what_an_application_is_charged_beyond_the_most_stops_the_key_also_where_only_it_has_a_limit() {
    let history = History::in_memory().unwrap();
    let limits = Limits { month_nano: Some(90 * CENT), ..Limits::default() };
    let lent = history.add_application(&Application { limits, ..aider() }, None).unwrap().id;
    let entry = history.reserve_for(lent, &request(Some(CENT), 0)).unwrap().unwrap();
    history.settle(entry, &cost(4 * CENT)).unwrap();
    let again = history.reserve_for(lent, &request(Some(CENT), 0)).unwrap();
    assert_eq!(again, Err((Whose::Connection, Over::Excess { nano: 3 * CENT })));
}

#[test]
fn a_removed_connection_ends_what_was_lent_of_it() {
    let history = History::in_memory().unwrap();
    let lent = history.add_application(&aider(), Some(&[3; 32])).unwrap();
    let other = Application { connection: "d".into(), ..aider() };
    history.add_application(&other, None).unwrap();
    let leaked = Application { connection: "e".into(), ..aider() };
    let leaked = history.add_application(&leaked, Some(&[4; 32])).unwrap().id;
    assert_eq!(history.end_applications_of("e"), Ok(vec![leaked]));
    assert_eq!(history.end_applications_of("e"), Ok(vec![]));
    history.put_connection(&connection("c")).unwrap();
    history.remove_connection("c").unwrap();
    let left: Vec<_> = history.applications().unwrap().into_iter().map(|kept| kept.id).collect();
    assert!(!left.contains(&lent.id) && left.len() == 1);
}

fn connection(id: &str) -> crate::Connection {
    crate::Connection {
        id: id.into(),
        provider: "p".into(),
        name: "n".into(),
        address: "a".into(),
        origin: "o".into(),
        key: None,
        refuses_stream_options: false,
        format: None,
        upkeep: crate::Upkeep::default(),
        created_ms: 0,
        last_used_ms: None,
    }
}
