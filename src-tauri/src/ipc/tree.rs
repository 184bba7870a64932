//! The tree of a conversation, as the page draws it.

use history::{MessageId, Node, Role, Status};
use serde::Serialize;

use super::CostView;

/// One message of the tree that a conversation is, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct TreeNode {
    /// Its id.
    #[cfg_attr(test, ts(type = "MessageId"))]
    pub id: MessageId,
    /// What it follows.
    #[cfg_attr(test, ts(type = "MessageId | null"))]
    pub parent_id: Option<MessageId>,
    /// Whose it is.
    #[cfg_attr(test, ts(type = "\"user\" | \"assistant\""))]
    pub role: Role,
    /// How it begins, in a line.
    pub beginning: String,
    /// The model that answered.
    pub model: Option<String>,
    /// What became of it.
    #[cfg_attr(test, ts(type = "MessageStatus"))]
    pub status: Status,
    /// When it was begun.
    #[cfg_attr(test, ts(type = "number"))]
    pub created_ms: i64,
    /// What it cost.
    pub cost: Option<CostView>,
    /// Whether it stands in the branch that is shown.
    pub shown: bool,
}

impl From<Node> for TreeNode {
    fn from(node: Node) -> Self {
        Self {
            id: node.id,
            parent_id: node.parent,
            role: node.role,
            beginning: line(&node.beginning),
            model: node.model,
            status: node.status,
            created_ms: node.created_ms,
            cost: node.cost.map(|(nano, from)| CostView { nano, from }),
            shown: node.is_shown,
        }
    }
}

/// The first words of a text in one line, without the marks that begin it and without what nobody sees.
fn line(text: &str) -> String {
    const MOST: usize = 160;
    let marks = ['#', '>', '*', '-', '`', '_', ' '];
    let lines = text.lines().filter(|line| !line.trim_matches(marks).is_empty()).map(|line| {
        let words = line.trim_start_matches(marks).trim_end();
        // A heading is no part of the sentence below it.
        if line.starts_with('#') { format!("{words}.") } else { words.to_owned() }
    });
    let words = lines.collect::<Vec<_>>().join(" ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = words.chars().filter(|letter| !"*`".contains(*letter)).take(MOST).collect();
    render::spelled_out(&line).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_message_begins() {
        let table = [
            ("## The *idea*\n\nWhen a service falls", "The idea. When a service falls"),
            ("`code` first", "code first"),
            ("", ""),
            ("pay \u{202e}moc", "pay ⟦U+202E⟧moc"),
        ];
        for (text, begins) in table {
            assert_eq!(line(text), begins);
        }
    }
}
