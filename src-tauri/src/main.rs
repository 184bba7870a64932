//! The program: harden the process, clean its environment, then run the shell.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

// Whatever held a secret is overwritten when it is freed, wherever a library copied it to.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    // The same program once more, for one file that nobody trusts.
    if std::env::args().nth(1).as_deref() == Some(shell::READ_DOCUMENT) {
        shell::read_document();
        return std::process::ExitCode::SUCCESS;
    }
    if let Some(exit) = shell::cli::main(std::env::args_os().skip(1)) {
        return exit;
    }
    let hardened = shell::native::harden();
    let environment = shell::environment::take();
    if let Err(error) = shell::run(hardened, environment) {
        shell::report_fatal(&error);
        return std::process::ExitCode::FAILURE;
    }
    std::process::ExitCode::SUCCESS
}
