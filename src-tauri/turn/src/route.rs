//! Along a route: one model after the other is asked until one answers. It moves on before the first word only, and says who
//! was passed by and why.

use std::sync::Arc;
use std::time::{Duration, Instant};

use history::{Begun, History, Route, Step};
use serde::{Deserialize, Serialize};
use vault::Vault;
use wire::{FinishReason, Prompt};

use crate::breaker::{Passing, Rest, moves_on};
use crate::drawn::Drawn;
use crate::guard::Held;
use crate::pause::TRIES;
use crate::prompt::prompt;
use crate::reading::Reading;
use crate::target::Target;
use crate::{Failure, Trouble, TurnEvent, Turns};

/// Where another can be asked, nobody waits longer for the beginning of an answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// With fewer measurements a model keeps its place.
const MEASURED: usize = 10;

/// A model that was passed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Passed {
    /// Its connection.
    pub connection: String,
    /// Its name there.
    pub model: String,
    /// Why.
    pub failure: Failure,
    /// How long that took; `None` where it was not asked at all.
    pub ms: Option<u64>,
}

/// What is kept with an answer that came along a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteNote {
    /// What the route was called.
    pub route: String,
    /// Who was passed by, in order; nobody where the first that was asked has answered.
    pub passed: Vec<Passed>,
}

impl RouteNote {
    /// A note kept earlier; `None` if this version cannot read it.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

/// Everybody that may be asked, in order.
#[derive(Debug)]
pub(crate) struct Line {
    /// The route's name; `None` where one model was asked by its own name.
    pub(crate) route: Option<String>,
    pub(crate) targets: Vec<Target>,
    pub(crate) passed: Vec<Passed>,
}

/// How far along it is.
pub(crate) struct Along {
    pub(crate) line: Line,
    pub(crate) now: usize,
    /// What the present one was asked; `None` before that.
    pub(crate) prompt: Option<Prompt>,
    /// Stored keys that not everybody may be told.
    held: Vec<Held>,
}

impl Line {
    /// One model, whatever is known of it.
    pub(crate) fn of(target: Target) -> Self {
        Self { route: None, targets: vec![target], passed: Vec::new() }
    }

    /// Those of a route that can be asked at all. `fits` says whether what goes along can go to one.
    pub(crate) fn along(
        history: &History,
        route: &Route,
        fits: impl Fn(&Target) -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let mut line =
            Self { route: Some(route.name.clone()), targets: Vec::new(), passed: Vec::new() };
        for step in in_order(history, route)? {
            let target =
                Target::of(history, &step).and_then(|target| fits(&target).map(|()| target));
            match target {
                Ok(target) => line.targets.push(target),
                Err(failure) => line.passed.push(Passed {
                    connection: step.connection,
                    model: step.model,
                    failure,
                    ms: None,
                }),
            }
        }
        match line.targets.is_empty() {
            true => Err(line
                .passed
                .pop()
                .map_or_else(|| Failure::of(Trouble::KeyMissing), |passed| passed.failure)),
            false => Ok(line),
        }
    }
}

/// The steps of a route; by their speed, as far as that was measured, where that is wished. Who was not measured enough keeps
/// the place.
pub(crate) fn in_order(history: &History, route: &Route) -> Result<Vec<Step>, Failure> {
    let mut steps = route.steps.clone();
    if !route.by_speed {
        return Ok(steps);
    }
    let mut measured = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let mut paces = history.paces(&step.connection, &step.model)?;
        paces.sort_unstable();
        if let Some(median) = paces.get(paces.len() / 2).filter(|_| paces.len() >= MEASURED) {
            measured.push((place, *median));
        }
    }
    let mut quickest = measured.clone();
    quickest.sort_by_key(|(_, median)| *median);
    for ((place, _), (from, _)) in measured.iter().zip(&quickest) {
        steps[*place] = route.steps[*from].clone();
    }
    Ok(steps)
}

impl Along {
    pub(crate) fn new(line: Line, held: Vec<Held>) -> Self {
        Self { line, now: 0, prompt: None, held }
    }

    /// Who is asked now.
    pub(crate) fn target(&self) -> &Target {
        &self.line.targets[self.now]
    }

    /// The note that is kept.
    pub(crate) fn note(&self) -> Option<String> {
        let Line { route, passed, .. } = &self.line;
        let route = route.clone()?;
        serde_json::to_string(&RouteNote { route, passed: passed.clone() }).ok()
    }

    fn pass(&mut self, failure: Failure, ms: Option<u64>) -> Passed {
        let target = self.target();
        let passed = Passed {
            connection: target.endpoint.connection.clone(),
            model: target.model.clone(),
            failure,
            ms,
        };
        self.line.passed.push(passed.clone());
        passed
    }
}

impl<L: FnMut(TurnEvent) + Send> Reading<'_, L> {
    /// Asks one after the other until one answers, or the last has failed.
    pub(crate) async fn along(
        &mut self,
        turns: &Turns,
        vault: &Vault,
        history: &Arc<History>,
        begun: &Begun,
        along: &mut Along,
    ) -> Result<FinishReason, Failure> {
        let last = along.line.targets.len() - 1;
        // Where every way is closed, the first is tried all the same.
        let way = |target: &Target| target.endpoint.way(&target.model);
        let some_open = along
            .line
            .targets
            .iter()
            .any(|target| turns.breaker.closed(&way(target), Instant::now()).is_none());
        loop {
            let target = along.target().clone();
            turns.ask_over(begun.answer.id, &target.endpoint.connection);
            let entered = match some_open && last > 0 {
                true => turns.breaker.enter(&way(&target), Instant::now()),
                false => Ok(turns.breaker.enter_anyway(&way(&target))),
            };
            let (failure, ms) = match entered {
                Err(closed) => (closed_failure(&target, closed), None),
                Ok(passing) => {
                    let asked = Instant::now();
                    self.patience = (along.now < last).then_some(turns.patience);
                    let tries = if along.now < last { 1 } else { TRIES };
                    let answer = match Drawn::of(turns, &target, begun).await {
                        Err(failure) => Err(failure),
                        Ok(drawn) => {
                            let (endpoint, told, sent) =
                                prompt(&target, begun, &along.held, &drawn);
                            let told = along.prompt.insert(told);
                            self.answer(vault, history, &endpoint, told, &sent, tries).await
                        }
                    };
                    let answer = answer.map_err(|failure| target.endpoint.knowing(failure));
                    tell(passing, &answer);
                    match answer {
                        Err(failure) if !self.fold.has_begun() => (failure, Some(millis(asked))),
                        done => return done,
                    }
                }
            };
            if along.line.route.is_none() || !moves_on(failure.trouble) {
                return Err(failure);
            }
            let passed = along.pass(failure.clone(), ms);
            if along.now == last {
                return Err(failure);
            }
            along.now += 1;
            self.begin_anew(&along.target().endpoint);
            let Target { endpoint, model, .. } = along.target();
            let (connection, model) = (endpoint.connection.clone(), model.clone());
            (self.listener)(TurnEvent::MovedOn { passed, connection, model });
        }
    }
}

fn tell(passing: Passing, answer: &Result<FinishReason, Failure>) {
    match answer {
        Ok(_) => passing.answered(Instant::now()),
        Err(failure) => passing.failed(failure, Instant::now()),
    }
}

/// What is said of a way that is known to be closed.
fn closed_failure(target: &Target, closed: Rest) -> Failure {
    let retry_after_ms =
        closed.wait.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
    Failure { retry_after_ms, ..Failure::at(closed.why, &target.endpoint.name, None) }
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
