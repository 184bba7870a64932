//! What a model is told: the conversation's branch, as its format and its owner allow.

use history::{Begun, Role, Said};
use serde_json::Value;
use vault::KeyId;
use wire::{
    Abilities, Day, FinishReason, Format, Hearing, Parameter, Parameters, Part, Prompt, Takes,
    Thought, facts,
};

use crate::Endpoint;
use crate::attachments::{self, takes};
use crate::cost::{UNASKED, within_listed};
use crate::drawn::Drawn;
use crate::guard::{Held, told};
use crate::run::finish_word;
use crate::store::now_ms;
use crate::target::Target;

/// The conversation as the model is told it: the system prompt, then the branch up to the message that is answered. What
/// searches may be spoken to in another format than else. With it go the parameters that the model could refuse.
pub(crate) fn prompt(
    target: &Target,
    begun: &Begun,
    held: &[Held],
    drawn: &Drawn,
) -> (Endpoint, Prompt, Vec<Parameter>) {
    let Target { endpoint, model, refused, told: of_model } = target;
    let mut abilities = Abilities::of(endpoint.provider, model);
    // What cannot be read was written by another version: the model's own ways are better than no answer.
    let wished: Parameters =
        serde_json::from_str(&begun.conversation.parameters).unwrap_or_default();
    let searching = abilities.search.filter(|_| wished.search);
    let is_heard = begun.said.iter().flat_map(|said| &said.parts).any(attachments::is_audio);
    let hearing = Hearing::of(endpoint.provider, model).filter(|_| is_heard);
    let endpoint = endpoint.clone().searching(searching).hearing(hearing);
    let mut parameters = abilities.allow(endpoint.format, &wished);
    for parameter in refused {
        parameters.leave_out(*parameter);
        abilities.leave_out(*parameter);
    }
    let sent = sent(endpoint.format, &parameters, &abilities);
    if endpoint.format == Format::Messages && parameters.max_tokens.is_none() {
        let facts = facts(endpoint.provider, model, Day::of_ms(now_ms()));
        let most = facts.and_then(|facts| facts.output_tokens).unwrap_or(UNASKED);
        parameters.max_tokens = u32::try_from(most.min(UNASKED)).ok();
    }
    parameters.max_tokens =
        within_listed(endpoint.provider, model, *of_model, parameters.max_tokens);
    let takes = takes(&endpoint, model);
    let sealed = Sealed { endpoint: &endpoint, model, takes, drawn };
    let said = told(&begun.said, held, &endpoint.connection);
    let messages = well_formed(&said, &sealed);
    let system = begun.conversation.system_prompt.trim().to_owned();
    let prompt = Prompt { model: model.clone(), system, messages, parameters, abilities };
    (endpoint, prompt, sent)
}

/// The parameters that a request holds because somebody wishes them, or because its format shows no reasoning without them.
fn sent(format: Format, parameters: &Parameters, abilities: &Abilities) -> Vec<Parameter> {
    let asks_for_thoughts = matches!(format, Format::Responses | Format::Gemini);
    let is_sent = |parameter: &Parameter| {
        parameters.has(*parameter)
            || *parameter == Parameter::Effort && asks_for_thoughts && !abilities.efforts.is_empty()
    };
    Parameter::ALL.into_iter().filter(is_sent).collect()
}

/// Whose thoughts may go back.
struct Sealed<'a> {
    endpoint: &'a Endpoint,
    model: &'a str,
    takes: Takes,
    drawn: &'a Drawn,
}

impl Sealed<'_> {
    /// What goes with a message's words, of these parts of it; `files` counts those of the whole request. A thought goes back only over the
    /// connection, to the model and with the key that it came from.
    fn parts(&self, said: &Said, of_it: &[history::Part], files: &mut usize) -> Vec<Part> {
        let mut parts = Vec::with_capacity(of_it.len());
        for part in of_it {
            match part {
                history::Part::Image(_) | history::Part::File(_) => {
                    *files += 1;
                    parts.extend(attachments::parts(&self.takes, part, *files, self.drawn));
                }
                history::Part::Thought(json) => parts.extend(self.thought(said, json)),
            }
        }
        parts
    }

    fn thought(&self, said: &Said, json: &str) -> Option<Part> {
        let is_same = said.connection.as_deref() == Some(&self.endpoint.connection)
            && said.model.as_deref() == Some(self.model);
        let sealed: Value = serde_json::from_str(json).ok()?;
        let key = self.endpoint.key.as_ref().map(KeyId::as_str);
        if !is_same || sealed.get("key").and_then(Value::as_str) != key {
            return None;
        }
        Some(Part::Thought(Thought {
            provider: self.endpoint.provider.id().to_owned(),
            model: self.model.to_owned(),
            state: sealed.get("state")?.clone(),
        }))
    }
}

/// Whether an answer was ended by a refusal: sent again, it would have everything after it refused.
fn is_refused(said: &Said) -> bool {
    said.finish.as_deref() == Some(finish_word(FinishReason::Refusal))
}

/// What was said, in turns: no empty message, and no two of one side in a row, since many servers refuse both. A question
/// whose answer never came is left out, and so is that answer, or one that was refused; the page says so.
fn well_formed(said: &[Said], sealed: &Sealed<'_>) -> Vec<wire::Message> {
    let mut messages: Vec<wire::Message> = Vec::with_capacity(said.len());
    let mut files = 0;
    let mut of_folder = Vec::new();
    for said in said {
        let role = match said.role {
            Role::User => wire::Role::User,
            Role::Assistant => wire::Role::Assistant,
        };
        let (around, own) = said.parts.split_at(said.of_folder.min(said.parts.len()));
        of_folder.extend(sealed.parts(said, around, &mut files));
        let mut parts = sealed.parts(said, own, &mut files);
        let is_thought = |part: &Part| matches!(part, Part::Thought(_));
        if is_refused(said) || said.text.trim().is_empty() && parts.iter().all(is_thought) {
            continue;
        }
        if messages.last().is_some_and(|last| last.role == role) {
            messages.pop();
            // What was thought of one conversation is refused in another.
            parts.retain(|part| !is_thought(part));
        }
        if !said.text.trim().is_empty() {
            parts.push(Part::Text(said.text.clone()));
        }
        messages.push(wire::Message { role, parts });
    }
    // With the first of what is left: the message that they stood with may have been left out.
    if let Some(first) = messages.iter_mut().find(|message| message.role == wire::Role::User) {
        first.parts.splice(0..0, of_folder);
    }
    messages
}
