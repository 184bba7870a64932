//! The journeys. Each has a world of its own; see the README.

mod artifacts;
mod attached;
mod attacks;
mod clipboard;
mod fences;
mod grown;
mod hard;
mod interrupted;
mod keychain;
mod leaked;
mod lending;
mod listener;
mod organised;
mod page_dies;
mod pictures;
mod practice;
mod quick;
mod reading;
mod refused;
mod repeated;
mod rotated;
mod scan;
mod team;
mod tight;
mod typed;
mod windows;
