//! Fills a history before the app sees it. Runs as a process of its own inside a world, where the keychain is.

use std::path::Path;

use history::{Finished, History, MessageId, NewTurn, Setting};
use vault::{Patience, Vault};

use crate::rows::turn::connection;

/// How many messages, and how many of them in the newest conversation.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// All messages.
    pub messages: usize,
    /// Those of the conversation that is opened.
    pub in_newest: usize,
}

/// Makes the history's key and the history, with a connection to `address` and `model` chosen.
pub async fn fill(data: &Path, address: &str, model: &str, amount: Amount) {
    std::fs::create_dir_all(data).expect("a folder");
    let vault = Vault::platform();
    let key = vault.create_database_key(Patience::Person).await.expect("a key");
    let disk = History::open(&data.join("history.db"), key).expect("a store");
    // In memory nothing is flushed; the disk then takes all of it in one step.
    let memory = History::in_memory().expect("a store");
    let others = amount.messages.saturating_sub(amount.in_newest);
    for number in 0..others / 50 {
        conversation(&memory, &format!("Conversation {number}"), 50);
    }
    conversation(&memory, "The newest", amount.in_newest);
    memory.put_connection(&connection(address)).expect("a connection");
    memory.set_setting(Setting::NewChatConnection, "floor").expect("a setting");
    memory.set_setting(Setting::NewChatModel, model).expect("a setting");
    disk.absorb(&memory).expect("to be moved");
}

fn conversation(history: &History, title: &str, messages: usize) {
    let mut known = None;
    let mut parent: Option<MessageId> = None;
    for number in 0..messages / 2 {
        let turn = NewTurn {
            conversation: known,
            title: title.to_owned(),
            parent,
            ..NewTurn::of(
                "floor",
                "speed-0-20",
                format!("Question {number}: what happens when a service falls over?"),
            )
        };
        let begun = history.begin_turn(&turn).expect("a turn");
        let finished = Finished {
            finish: Some("stop".to_owned()),
            prompt_tokens: Some(20),
            answer_tokens: Some(200),
            first_token_ms: Some(400),
            ..Finished::of(practice::long_answer(300 + number * 37 % 900))
        };
        history.finish_answer(begun.answer.id, &finished).expect("an answer");
        known = Some(begun.conversation.id);
        parent = Some(begun.answer.id);
    }
}
