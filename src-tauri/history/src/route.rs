//! Routes: an ordered list of models as one choice.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};

use crate::store::{found, now_ms};
use crate::{ConversationId, Error, History};

/// Names a route. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RouteId(pub i64);

/// An ordered list of models as one choice: the first that can answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// Its number.
    pub id: RouteId,
    /// What the person calls it.
    pub name: String,
    /// Whether the quickest is asked first, as far as that was measured.
    pub by_speed: bool,
    /// Who is asked, in order.
    pub steps: Vec<Step>,
}

/// One model of a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    /// The connection; may be removed since.
    pub connection: String,
    /// The model's id there.
    pub model: String,
}

impl ToSql for RouteId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for RouteId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl History {
    /// Every route, in the order they were made.
    pub fn routes(&self) -> Result<Vec<Route>, Error> {
        self.read(all)
    }

    /// One route.
    pub fn route(&self, id: RouteId) -> Result<Route, Error> {
        self.read(|read| {
            let mut find = read.prepare_cached("SELECT name, by_speed FROM route WHERE id = ?1")?;
            let named = find.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let (name, by_speed) = named.ok_or(Error::NotFound)?;
            Ok(Route { id, name, by_speed, steps: steps(read, id)? })
        })
    }

    /// Keeps a new route; the number in it is ignored.
    pub fn add_route(&self, route: &Route) -> Result<Route, Error> {
        self.write(|write| Ok(Route { id: add(write, route)?, ..route.clone() }))
    }

    /// Changes a route to what is given.
    pub fn change_route(&self, route: &Route) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute(
                "UPDATE route SET name = ?2, by_speed = ?3 WHERE id = ?1",
                (route.id, &route.name, route.by_speed),
            )?)?;
            write.execute("DELETE FROM route_step WHERE route = ?1", [route.id])?;
            add_steps(write, route.id, &route.steps)
        })
    }

    /// Takes a route away. Conversations that went by it go on with the model that came first in it.
    pub fn remove_route(&self, id: RouteId) -> Result<(), Error> {
        self.write(|write| {
            write.execute("UPDATE conversation SET route = NULL WHERE route = ?1", [id])?;
            found(write.execute("DELETE FROM route WHERE id = ?1", [id])?)
        })
    }

    /// Chooses a route for a conversation's next answers, and the model that comes first in it.
    pub fn set_route(&self, id: ConversationId, route: RouteId, first: &Step) -> Result<(), Error> {
        self.write(|write| {
            found(write.execute(
                "UPDATE conversation SET route = ?2, connection = ?3, model = ?4 WHERE id = ?1",
                (id, route, &first.connection, &first.model),
            )?)
        })
    }
}

pub(crate) fn all(read: &Transaction<'_>) -> Result<Vec<Route>, Error> {
    let mut list = read.prepare_cached("SELECT id, name, by_speed FROM route ORDER BY id")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (id, name, by_speed) = row?;
        Ok(Route { id, name, by_speed, steps: steps(read, id)? })
    })
    .collect()
}

pub(crate) fn add(write: &Transaction<'_>, route: &Route) -> Result<RouteId, Error> {
    write.execute(
        "INSERT INTO route (name, by_speed, created_ms) VALUES (?1, ?2, ?3)",
        (&route.name, route.by_speed, now_ms()),
    )?;
    let id = RouteId(write.last_insert_rowid());
    add_steps(write, id, &route.steps)?;
    Ok(id)
}

fn add_steps(write: &Transaction<'_>, route: RouteId, steps: &[Step]) -> Result<(), Error> {
    let mut add = write.prepare_cached(
        "INSERT INTO route_step (route, place, connection, model) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (place, step) in (0_i64..).zip(steps) {
        add.execute((route, place, &step.connection, &step.model))?;
    }
    Ok(())
}

fn steps(read: &Transaction<'_>, route: RouteId) -> Result<Vec<Step>, Error> {
    let mut list = read.prepare_cached(
        "SELECT connection, model FROM route_step WHERE route = ?1 ORDER BY place",
    )?;
    let rows =
        list.query_map([route], |row| Ok(Step { connection: row.get(0)?, model: row.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewTurn;

    fn step(connection: &str, model: &str) -> Step {
        Step { connection: connection.into(), model: model.into() }
    }

    #[test]
    fn a_route_is_kept_changed_and_taken_away() {
        let history = History::in_memory().unwrap();
        let steps = vec![step("c", "m"), step("d", "n"), step("c", "o")];
        let made = Route { name: "Everyday".into(), steps, ..Route::default() };
        let kept = history.add_route(&made).unwrap();
        assert_eq!(history.routes().unwrap(), std::slice::from_ref(&kept));
        let turn = NewTurn { route: Some(kept.id), ..NewTurn::of("c", "m", "Hello") };
        let begun = history.begin_turn(&turn).unwrap();
        let goes_by = &begun.conversation;
        assert_eq!((goes_by.route, goes_by.model.as_deref()), (Some(kept.id), Some("m")));
        let over = history.begin_answer(begun.user.id, "d", "n").unwrap();
        assert_eq!(over.answer.model.as_deref(), Some("n"));
        assert_eq!(over.conversation.model.as_deref(), Some("m"), "the first stays the first");
        let steps = vec![step("d", "n"), step("c", "m")];
        let changed = Route { by_speed: true, steps, ..kept };
        history.change_route(&changed).unwrap();
        assert_eq!(history.route(changed.id).unwrap(), changed);
        history.set_model(begun.conversation.id, "c", "m").unwrap();
        assert_eq!(history.conversation(begun.conversation.id).unwrap().route, None);
        history.set_route(begun.conversation.id, changed.id, &changed.steps[0]).unwrap();
        let goes_by = history.conversation(begun.conversation.id).unwrap();
        assert_eq!((goes_by.route, goes_by.model.as_deref()), (Some(changed.id), Some("n")));
        history.remove_route(changed.id).unwrap();
        let goes_on = history.conversation(begun.conversation.id).unwrap();
        assert_eq!((goes_on.route, goes_on.model.as_deref()), (None, Some("n")));
        assert_eq!(history.route(changed.id), Err(Error::NotFound));
        assert_eq!(history.change_route(&changed), Err(Error::NotFound));
    }
}
