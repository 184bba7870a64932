//! `latchkey run`: a program with an address and a token in its environment, and no key.

use super::{Call, Exit, misused, say};
#[cfg(not(unix))]
use crate::words::cli::run as words;

#[cfg(unix)]
pub fn run(call: &Call) -> Exit {
    let wish = match unix::wish(call) {
        Ok(wish) => wish,
        Err(words) => return misused(&words),
    };
    match unix::start(call, wish) {
        Ok(exit) => exit,
        Err(words) => say::failed(call, &words),
    }
}

#[cfg(not(unix))]
pub fn run(call: &Call) -> Exit {
    if call.command.is_empty() {
        return misused(words::WHAT);
    }
    say::failed(call, words::NOT_HERE)
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::super::{Call, Exit, reach};
    use crate::door::{self, Lent, RunWish};
    use crate::home::Home;
    use crate::words::cli::run as words;

    /// What a month may cost where nobody says.
    const MONTH_NANO: i64 = 5_000_000_000;

    /// How long the app may take to begin.
    const BEGINNING: Duration = Duration::from_secs(30);

    pub(super) fn wish(call: &Call) -> Result<RunWish, String> {
        if let Some(words) = call.beyond(&["app", "key", "model", "limit", "json"]) {
            return Err(words);
        }
        let app = call.value("app").ok_or(words::WHICH_APPLICATION)?.to_owned();
        let program = call.command.first().ok_or(words::WHAT)?;
        if !call.rest.is_empty() {
            return Err(words::BEHIND.to_owned());
        }
        let month_nano = match call.value("limit") {
            None => Some(MONTH_NANO),
            Some("none") => None,
            Some(limit) => {
                let nano = dollars(limit);
                Some(nano.ok_or(words::AMOUNT)?)
            }
        };
        let program = find(program).ok_or_else(|| words::no_program(program.display()))?;
        Ok(RunWish {
            app,
            key: call.value("key").map(str::to_owned),
            models: call.values("model"),
            month_nano,
            runs: runs(&program, call),
            program: program.to_string_lossy().into_owned(),
        })
    }

    pub(super) fn start(call: &Call, wish: RunWish) -> Result<Exit, String> {
        let program = PathBuf::from(&wish.program);
        let lent = lend(&reach::home()?, wish)?;
        let mut command = Command::new(&program);
        if let Some(name) = call.command.first() {
            command.arg0(name);
        }
        command.args(call.command.iter().skip(1));
        for (name, value) in variables(&lent) {
            command.env(name, value);
        }
        // The terminal's keys go to the program; we only wait for it, and hold its token.
        crate::native::leave_terminal_to_child();
        let mut child = command.spawn().map_err(|error| words::not_started(&program, error))?;
        let status = child.wait().map_err(|error| words::lost(&program, error))?;
        let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
        Ok(Exit::Program(u8::try_from(code).unwrap_or(1)))
    }

    /// What a shell or an interpreter is to run: that is what is asked about.
    fn runs(program: &Path, call: &Call) -> Option<String> {
        let name = program.file_name()?.to_string_lossy();
        let words = call.command.iter().skip(1).map(|word| word.to_string_lossy().into_owned());
        let runs = broker::runs(&name, &words.collect::<Vec<_>>())?;
        let whole = std::fs::canonicalize(&runs).map(|path| path.to_string_lossy().into_owned());
        Some(whole.unwrap_or(runs))
    }

    /// What libraries read. OpenAI's want the version in the address, Anthropic's do not.
    fn variables(lent: &Lent) -> Vec<(&'static str, String)> {
        let with_version = format!("{}/v1", lent.address);
        let token = lent.token.to_string();
        vec![
            ("OPENAI_BASE_URL", with_version.clone()),
            ("OPENAI_API_BASE", with_version),
            ("OPENAI_API_KEY", token.clone()),
            ("ANTHROPIC_BASE_URL", lent.address.clone()),
            ("ANTHROPIC_API_KEY", token.clone()),
            ("ANTHROPIC_AUTH_TOKEN", token),
            // Nothing on this computer is asked through somebody else's.
            ("NO_PROXY", no_proxy()),
            ("no_proxy", no_proxy()),
        ]
    }

    fn no_proxy() -> String {
        let said =
            std::env::var("NO_PROXY").or_else(|_| std::env::var("no_proxy")).unwrap_or_default();
        match said.is_empty() {
            true => "127.0.0.1,localhost".to_owned(),
            false => format!("{said},127.0.0.1,localhost"),
        }
    }

    /// Asks the app, which is started where it does not run: it has the window that asks the person.
    fn lend(home: &Home, wish: RunWish) -> Result<Lent, String> {
        if let Ok(answer) = door::lend(home, wish.clone()) {
            return answer;
        }
        if std::env::var_os("DISPLAY").is_none()
            && std::env::var_os("WAYLAND_DISPLAY").is_none()
            && cfg!(target_os = "linux")
        {
            return Err(words::NO_DESKTOP.to_owned());
        }
        let own = std::env::current_exe().map_err(words::cannot_start_app)?;
        let begun = Command::new(own)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        begun.map_err(words::cannot_start_app)?;
        let start = Instant::now();
        while start.elapsed() < BEGINNING {
            std::thread::sleep(Duration::from_millis(200));
            if let Ok(answer) = door::lend(home, wish.clone()) {
                return answer;
            }
        }
        Err(words::NO_ANSWER.to_owned())
    }

    /// Where a shell would find it.
    fn find(name: &OsStr) -> Option<PathBuf> {
        let is_program = |path: &Path| path.is_file();
        let whole = |path: PathBuf| std::path::absolute(path).ok();
        if name.as_encoded_bytes().contains(&b'/') {
            return Some(PathBuf::from(name)).filter(|path| is_program(path)).and_then(whole);
        }
        let folders = std::env::var_os("PATH")?;
        let found = std::env::split_paths(&folders).map(|folder| folder.join(name));
        found.into_iter().find(|path| is_program(path)).and_then(whole)
    }

    /// An amount in billionths.
    fn dollars(text: &str) -> Option<i64> {
        let (whole, part) = text
            .trim()
            .trim_start_matches('$')
            .split_once('.')
            .unwrap_or((text.trim().trim_start_matches('$'), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 9 {
            return None;
        }
        let whole: i64 = whole.parse().ok().filter(|whole| *whole <= 1_000_000)?;
        let part: i64 = format!("{part:0<9}").parse().ok()?;
        Some(whole * 1_000_000_000 + part)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_limit_is_an_amount() {
            let table = [
                ("5", Some(5_000_000_000)),
                ("$2.50", Some(2_500_000_000)),
                ("0.000000001", Some(1)),
            ];
            for (text, nano) in table {
                assert_eq!(dollars(text), nano, "{text}");
            }
            for text in ["", "-1", "1e9", "five", "1.0000000001", "99999999999", "."] {
                assert_eq!(dollars(text), None, "{text}");
            }
        }
    }
}
