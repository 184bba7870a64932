//! What fits best: where the words are said often, in little text, and the rare ones count more.
//!
//! All that fits has every word in it, and there are no more than some hundred: so how rare a word is is asked of these, and not of
//! the index, which would have to read everything that it knows of a common one.

use std::ops::ControlFlow;

use rusqlite::Transaction;

use super::places::each_place;
use super::query::Term;
use crate::{Error, MessageId, Stop};

/// Bytes of a text that are read for it.
const LOOKED_AT: usize = 64_000;

/// How much more a word counts that is said again, and how much less in a long text: what is usual.
const AGAIN: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// How often each term is said in a text, and how long that is.
struct Said {
    id: MessageId,
    often: Vec<f64>,
    length: f64,
}

/// The messages, what fits best first; of what fits alike, in the order in which they come.
pub(super) fn best(
    read: &Transaction<'_>,
    terms: &[Term],
    ids: &[MessageId],
    stop: &Stop,
) -> Result<Vec<MessageId>, Error> {
    let mut text = read.prepare_cached("SELECT text FROM message WHERE id = ?1")?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        stop.check()?;
        all.push(text.query_row([id], |row| Ok(Said::of(*id, row.get_ref(0)?.as_str()?, terms)))?);
    }
    let whole: f64 = all.iter().map(|said| said.length).sum();
    let weights: Vec<f64> = (0..terms.len())
        .map(|term| (1.0 + whole / all.iter().map(|said| said.often[term]).sum::<f64>()).ln())
        .collect();
    let usual = whole / all.iter().map(|_| 1.0).sum::<f64>();
    let score = |said: &Said| -> f64 {
        let less = AGAIN * (1.0 - LENGTH + LENGTH * said.length / usual);
        let each = said.often.iter().zip(&weights);
        each.map(|(often, weight)| weight * often / (often + less)).sum()
    };
    let mut scored: Vec<(f64, MessageId)> = all.iter().map(|said| (score(said), said.id)).collect();
    scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    Ok(scored.into_iter().map(|(_, id)| id).collect())
}

impl Said {
    fn of(id: MessageId, text: &str, terms: &[Term]) -> Self {
        let text = &text[..text.floor_char_boundary(LOOKED_AT)];
        let mut often = vec![0.0; terms.len()];
        let _whole = each_place(text, terms, |term, _| {
            often[term] += 1.0;
            ControlFlow::Continue(())
        });
        // It stands somewhere: further down, or in the name of a file.
        for once in &mut often {
            *once = f64::max(*once, 1.0);
        }
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self { id, often, length: 1.0 + f64::from(length) }
    }
}
