//! A Latchkey that runs already, or that is just dying.
//!
//! The plugin that keeps us single asks whoever holds our name to show its window, and gives up when nobody answers. Right
//! after a crash the name is still held by a process that will never answer again.

use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(100);

/// Waits while our name is held by somebody who does not answer. `identifier` is the app's.
#[cfg(target_os = "linux")]
pub fn wait_for_the_dying(identifier: &str) {
    use gtk::gio;

    let name = format!("{identifier}.SingleInstance");
    // Without a session bus there are no names, and nothing to wait for.
    let Ok(bus) = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE) else { return };
    // GLib would end the whole program with the bus.
    bus.set_exit_on_close(false);
    let start = std::time::Instant::now();
    while start.elapsed() < PATIENCE && is_dying(&bus, &name) {
        std::thread::sleep(PAUSE);
    }
}

/// Waits while our name is held by somebody who does not answer.
#[cfg(not(target_os = "linux"))]
pub fn wait_for_the_dying(_: &str) {}

#[cfg(target_os = "linux")]
fn is_dying(bus: &gtk::gio::DBusConnection, name: &str) -> bool {
    let ping = |to: &str, interface: &str, method: &str, about: Option<&gtk::glib::Variant>| {
        bus.call_sync(
            Some(to),
            "/",
            interface,
            method,
            about,
            None,
            gtk::gio::DBusCallFlags::NO_AUTO_START,
            1_000,
            gtk::gio::Cancellable::NONE,
        )
    };
    let bus_itself = "org.freedesktop.DBus";
    let asked = gtk::glib::Variant::from((name,));
    let held = ping(bus_itself, bus_itself, "NameHasOwner", Some(&asked));
    let is_held = held.ok().and_then(|answer| answer.get::<(bool,)>()).is_some_and(|(held,)| held);
    is_held && ping(name, "org.freedesktop.DBus.Peer", "Ping", None).is_err()
}
