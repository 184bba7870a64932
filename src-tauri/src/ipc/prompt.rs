//! Texts that a person uses again, as the page says and sees them.

use history::{Prompt, PromptId};
use serde::{Deserialize, Serialize};

/// A prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts", rename = "Prompt"))]
#[serde(rename_all = "camelCase")]
pub struct PromptView {
    /// Its number.
    #[cfg_attr(test, ts(type = "PromptId"))]
    pub id: PromptId,
    /// What the person calls it.
    pub name: String,
    /// What is typed after a slash to insert it; may be empty.
    pub slash: String,
    /// The folder that it is in; empty is none.
    pub folder: String,
    /// What it says, with its blanks.
    pub text: String,
    /// Whether it stands on top.
    pub favourite: bool,
}

/// A prompt to keep.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PromptInput {
    /// Which one; `None` makes one.
    #[cfg_attr(test, ts(type = "PromptId | null"))]
    pub id: Option<PromptId>,
    /// What it is called.
    pub name: String,
    /// What is typed after a slash to insert it.
    pub slash: String,
    /// The folder that it is in.
    pub folder: String,
    /// What it says.
    pub text: String,
    /// Whether it stands on top.
    pub favourite: bool,
}

#[cfg(test)]
#[derive(ts_rs::TS)]
#[ts(export, export_to = "types.ts", rename = "PromptId")]
#[allow(dead_code, reason = "only its TypeScript is used")]
pub(super) struct PromptNumber(#[ts(type = "number")] i64);

impl PromptInput {
    /// What is to be kept: names in one line, a slash name as it can be typed.
    pub fn into_prompt(self) -> Prompt {
        Prompt {
            id: self.id.unwrap_or_default(),
            name: one_line(&self.name),
            slash: history::slash_name(&self.slash),
            folder: one_line(&self.folder),
            text: self.text,
            favourite: self.favourite,
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl From<Prompt> for PromptView {
    fn from(prompt: Prompt) -> Self {
        Self {
            id: prompt.id,
            name: prompt.name,
            slash: prompt.slash,
            folder: prompt.folder,
            text: prompt.text,
            favourite: prompt.favourite,
        }
    }
}
