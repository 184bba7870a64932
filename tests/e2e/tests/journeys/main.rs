//! The journeys. Each has a world of its own; see the README.

mod artifacts;
mod clipboard;
mod fences;
mod interrupted;
mod keychain;
mod practice;
mod refused;
mod scan;
mod typed;
