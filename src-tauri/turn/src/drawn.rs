//! Pages of scanned documents as pictures, for who sees them and is sent no document: drawn before a request is made of them.

use std::sync::Arc;

use files::document::Pages;
use history::{Begun, Role};

use crate::attachments::{scan, takes};
use crate::target::Target;
use crate::{Failure, Trouble, Turns};

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Drawn(Vec<(Arc<[u8]>, Pages)>);

impl Drawn {
    /// Those that this target is sent. What is asked about has to be there; of what was said before, a note tells that it is not.
    pub(crate) async fn of(turns: &Turns, target: &Target, begun: &Begun) -> Result<Self, Failure> {
        let takes = takes(&target.endpoint, &target.model);
        let asked = begun.said.iter().rposition(|said| said.role == Role::User);
        let scans = begun.said.iter().enumerate().flat_map(|(at, said)| {
            let files = said.parts.iter().filter_map(|part| scan(&takes, part));
            files.map(move |file| (file.name.clone(), file.bytes.clone(), Some(at) == asked))
        });
        let scans: Vec<_> = scans.collect();
        if scans.is_empty() {
            return Ok(Self::default());
        }
        let documents = turns.documents.clone();
        let draw = move || {
            let pages = |pdf: &[u8]| documents.as_ref().map(|reader| reader.pages(pdf));
            let drawn = scans.into_iter().map(|(name, pdf, is_asked)| {
                let pages = pages(&pdf).unwrap_or_default();
                match is_asked && pages.is_empty() {
                    true => Err(format!("the pages of “{name}” could not be drawn")),
                    false => Ok((pdf, pages)),
                }
            });
            drawn.collect::<Result<Vec<_>, String>>()
        };
        let drawn = tokio::task::spawn_blocking(draw).await;
        let drawn = drawn.map_err(|_| Failure::of(Trouble::Internal))?;
        let provider = target.endpoint.provider.name();
        drawn.map(Self).map_err(|detail| Failure::at(Trouble::NoWords, provider, Some(detail)))
    }

    /// The pages of this file, if they were drawn.
    pub(crate) fn pages(&self, pdf: &Arc<[u8]>) -> &[Arc<[u8]>] {
        let found = self.0.iter().find(|(known, _)| Arc::ptr_eq(known, pdf));
        found.map_or(&[], |(_, pages)| pages)
    }
}
