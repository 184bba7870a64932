//! The window in which a person says which program prints a key: it shows exactly what is run.

use std::rc::Rc;

use gtk::prelude::*;
use vault::{CommandError, KeyCommand, TOOLS};

use super::super::{Answer, CommandWindow, KeyQuestion, NativeError};
use super::window::NativeWindow;
use super::{Reply, Stage};
use crate::words::windows::{CANCEL, command as words};

pub(super) struct GtkCommand(pub(super) Stage);

impl CommandWindow for GtkCommand {
    fn ask(&self, question: KeyQuestion) -> Answer<KeyCommand> {
        self.0.show(move |parent, reply| show(parent.as_ref(), &question, reply))
    }
}

fn show(parent: Option<&gtk::ApplicationWindow>, question: &KeyQuestion, reply: Reply<KeyCommand>) {
    let native = NativeWindow::new(parent, words::TITLE, reply);
    native.line(words::GOES_TO);
    super::window::bold(&native.line(&question.address.origin().to_string()));

    let tools = gtk::ComboBoxText::new();
    TOOLS.iter().for_each(|tool| tools.append_text(tool.name));
    tools.append_text(words::OTHER);
    named(&tools, words::MANAGER);
    let reference = gtk::Entry::new();
    reference.set_max_length(1_024);
    reference.set_activates_default(true);
    named(&reference, words::REFERENCE);
    native.body.pack_start(&tools, false, false, 0);
    native.body.pack_start(&reference, false, false, 0);
    native.line(words::EXACTLY);
    let shown = native.line(" ");
    shown.set_selectable(true);
    super::window::bold(&shown);

    let cancel = native.button(CANCEL);
    let run = native.button(words::RUN);
    run.set_sensitive(false);
    run.set_can_default(true);
    native.window.set_default(Some(&run));

    let read = {
        let (tools, reference) = (tools.clone(), reference.clone());
        Rc::new(move || {
            let chosen = tools.active().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
            read(chosen, reference.text().trim())
        })
    };
    let update = {
        let (read, run, tools, reference) =
            (Rc::clone(&read), run.clone(), tools.clone(), reference.clone());
        move || {
            let chosen = tools.active().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
            let example = TOOLS.get(chosen).map_or(words::OTHER_EXAMPLE, |tool| tool.example);
            reference.set_placeholder_text(Some(example));
            let command = read();
            run.set_sensitive(command.is_ok());
            shown.set_text(&match &command {
                Ok(command) => spelled(command),
                Err(_) if reference.text().trim().is_empty() => " ".to_owned(),
                Err(error) => words::cannot(error),
            });
        }
    };
    let update = Rc::new(update);
    let changed = Rc::clone(&update);
    tools.connect_changed(move |_| changed());
    let changed = Rc::clone(&update);
    reference.connect_changed(move |_| changed());
    let said = native.clone();
    cancel.connect_clicked(move |_| said.answer(Err(NativeError::Cancelled)));
    let said = native.clone();
    run.connect_clicked(move |_| {
        if let Ok(command) = read() {
            said.answer(Ok(command));
        }
    });
    tools.set_active(Some(0));
    native.show();
    reference.grab_focus();
}

fn named(widget: &impl IsA<gtk::Widget>, name: &str) {
    if let Some(accessible) = widget.accessible() {
        accessible.set_name(name);
    }
}

/// What was chosen and typed; for another program, its name and its arguments with spaces between them.
fn read(chosen: usize, text: &str) -> Result<KeyCommand, CommandError> {
    match TOOLS.get(chosen) {
        Some(tool) => {
            let arguments = tool.arguments_for(text).ok_or(CommandError::BadReference)?;
            KeyCommand::new(tool.program, arguments)
        }
        None => {
            let mut words = text.split_whitespace().map(str::to_owned);
            let program = words.next().ok_or(CommandError::BadReference)?;
            KeyCommand::new(&program, words.collect())
        }
    }
}

/// Each argument by itself, so that nobody takes two for one.
fn spelled(command: &KeyCommand) -> String {
    let program = command.program().display().to_string();
    let arguments = command.arguments().iter().map(|argument| match argument.contains(' ') {
        true => words::argument(argument),
        false => argument.clone(),
    });
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_program_is_taken_word_by_word() {
        let command = read(TOOLS.len(), "sh -c  x").unwrap();
        assert_eq!(command.arguments(), ["-c", "x"]);
        assert!(spelled(&command).ends_with("sh -c x"));
        assert_eq!(read(TOOLS.len(), ""), Err(CommandError::BadReference));
        assert_eq!(read(0, "not a reference"), Err(CommandError::BadReference));
    }
}
