//! What a terminal sends to a program and to whoever started it.

/// From now on the keys that end a program in a terminal end only those that this process starts: it outlives them to take
/// back what they were lent.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn leave_terminal_to_child() {
    extern "C" fn heard(_: libc::c_int) {}
    let heard = heard as extern "C" fn(libc::c_int) as libc::sighandler_t;
    // SAFETY: the handler does nothing, so it may run at any time. A program that is started begins without it.
    unsafe {
        libc::signal(libc::SIGINT, heard);
        libc::signal(libc::SIGQUIT, heard);
    }
}
