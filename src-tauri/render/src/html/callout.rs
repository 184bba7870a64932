//! Callouts: quotes that say what they are for.

use comrak::nodes::{AlertType, NodeAlert};

use super::{Inside, Writer};
use crate::hidden::write_text;

impl Writer<'_> {
    pub(super) fn callout<'a>(&mut self, alert: &NodeAlert) -> Inside<'a> {
        let (class, title) = match alert.alert_type {
            AlertType::Note => ("note", self.words.note),
            AlertType::Tip => ("tip", self.words.tip),
            AlertType::Important => ("important", self.words.important),
            AlertType::Warning => ("warning", self.words.warning),
            AlertType::Caution => ("caution", self.words.caution),
        };
        self.out.push_str("<div class=\"callout callout-");
        self.out.push_str(class);
        self.out.push_str("\" dir=\"auto\"><p class=\"callout-title\">");
        write_text(&mut self.out, alert.title.as_deref().unwrap_or(title));
        self.element("</p>", "</div>")
    }
}
