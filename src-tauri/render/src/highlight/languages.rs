//! The languages, by family. Each is a table of words and features; see `program/rules.rs` for what they mean.

mod c;
mod classic;
mod data;
mod functional;
mod jvm;
mod native;
mod script;
mod shell;
mod text;
mod web;

use super::Language;

/// Every language there is.
pub(super) fn all() -> impl Iterator<Item = &'static Language> {
    let families: [&'static [Language]; 10] = [
        &text::LANGUAGES,
        &c::LANGUAGES,
        &classic::LANGUAGES,
        &data::LANGUAGES,
        &functional::LANGUAGES,
        &jvm::LANGUAGES,
        &native::LANGUAGES,
        &script::LANGUAGES,
        &shell::LANGUAGES,
        &web::LANGUAGES,
    ];
    families.into_iter().flatten()
}
