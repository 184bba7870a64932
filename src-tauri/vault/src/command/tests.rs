use std::os::unix::fs::PermissionsExt;

use super::*;

const KEY: &str = "sk-proj-0123456789abcdefghijklmnopqrstuv";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        // Not in /tmp of others: everything above it must be safe.
        Self(tempfile::tempdir().unwrap())
    }

    fn program(&self, script: &str) -> PathBuf {
        let path = self.0.path().join("secrets");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        path
    }

    fn command(&self, script: &str) -> KeyCommand {
        KeyCommand::new(self.program(script).to_str().unwrap(), vec!["ai/key".to_owned()]).unwrap()
    }
}

fn base() -> BaseUrl {
    BaseUrl::parse("https://api.openai.com/v1").unwrap()
}

fn outcome(script: &str) -> Result<(), CommandError> {
    Folder::new().command(script).fetch(&base(), false).map(drop)
}

#[test]
fn one_line_that_is_a_key_is_one() {
    for script in
        [format!("printf '%s' {KEY}"), format!("echo {KEY}"), format!("printf '{KEY}\\r\\n'")]
    {
        assert_eq!(outcome(&script), Ok(()), "{script}");
    }
}

#[test]
fn everything_else_is_refused_with_the_right_reason() {
    let cases = [
        ("true".to_owned(), CommandError::Nothing),
        ("echo".to_owned(), CommandError::Nothing),
        (format!("echo {KEY}; exit 3"), CommandError::Exit(3)),
        (format!("echo {KEY}; echo second"), CommandError::ManyLines),
        (format!("printf '\\033[1m{KEY}\\033[0m'"), CommandError::Marks),
        (format!("printf '\\377{KEY}'"), CommandError::Marks),
        // A folder of `pass` prints a tree and succeeds.
        ("printf 'ai\\n└── openai\\n'".to_owned(), CommandError::ManyLines),
        ("echo '*not found*'".to_owned(), CommandError::NotAKey),
        ("echo None".to_owned(), CommandError::NotAKey),
        ("echo 'Master password: '".to_owned(), CommandError::NotAKey),
        (format!("echo \"OPENAI_API_KEY={KEY}\""), CommandError::NotAKey),
        ("head -c 1000000000 /dev/zero".to_owned(), CommandError::TooMuch),
    ];
    for (script, reason) in cases {
        assert_eq!(outcome(&script), Err(reason), "{script}");
    }
}

#[test]
fn it_gets_no_shell_no_terminal_and_little_of_the_environment() {
    let folder = Folder::new();
    let seen = folder.0.path().join("seen");
    let script = format!("{{ echo \"$#:$1\"; env; }} > {}; cat; echo {KEY}", seen.display());
    let path = folder.program(&script);
    let command = KeyCommand::new(path.to_str().unwrap(), vec!["$(id); `id`".to_owned()]).unwrap();
    command.fetch(&base(), false).unwrap();
    let seen = std::fs::read_to_string(seen).unwrap();
    assert!(seen.starts_with("1:$(id); `id`\n"), "{seen}");
    assert!(seen.contains("NO_COLOR=1") && !seen.contains("CARGO"), "{seen}");
}

#[test]
fn a_program_that_has_changed_is_not_run() {
    let folder = Folder::new();
    let command = folder.command(&format!("echo {KEY}"));
    folder.program(&format!("echo {KEY} # another"));
    assert_eq!(command.fetch(&base(), false).map(drop), Err(CommandError::Changed));
    std::fs::remove_file(command.program()).unwrap();
    assert_eq!(command.fetch(&base(), false).map(drop), Err(CommandError::NoProgram));
}

#[test]
fn a_program_that_others_could_change_is_not_allowed() {
    let folder = Folder::new();
    let path = folder.program("true");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o777)).unwrap();
    let new = || KeyCommand::new(path.to_str().unwrap(), Vec::new());
    assert_eq!(new(), Err(CommandError::Unsafe));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    assert!(new().is_ok());
    std::fs::set_permissions(folder.0.path(), PermissionsExt::from_mode(0o777)).unwrap();
    assert_eq!(new(), Err(CommandError::Unsafe));
}

#[test]
fn names_are_looked_for_where_programs_are() {
    assert!(KeyCommand::new("sh", Vec::new()).unwrap().program().is_absolute());
    for odd in ["", "./sh", "no-such-program-at-all", "../bin/sh"] {
        assert_eq!(KeyCommand::new(odd, Vec::new()), Err(CommandError::NoProgram), "{odd}");
    }
    let long = vec!["x".repeat(600)];
    assert_eq!(KeyCommand::new("sh", long), Err(CommandError::BadReference));
    assert_eq!(KeyCommand::new("sh", vec!["a\u{1b}b".into()]), Err(CommandError::BadReference));
}

#[test]
fn what_it_started_ends_with_it() {
    let folder = Folder::new();
    let pid = folder.0.path().join("pid");
    let script = format!("sleep 600 >/dev/null & echo $! > {}; echo {KEY}", pid.display());
    folder.command(&script).fetch(&base(), false).unwrap();
    let pid: i32 = std::fs::read_to_string(pid).unwrap().trim().parse().unwrap();
    let is_gone = || {
        std::fs::read_to_string(format!("/proc/{pid}/stat"))
            .map_or(true, |stat| stat.contains(") Z "))
    };
    while !is_gone() {
        std::thread::yield_now();
    }
}

#[test]
fn one_that_never_ends_is_ended() {
    let folder = Folder::new();
    for script in ["sleep 600", "echo half; exec 1>&-; sleep 600"] {
        let path = folder.program(script);
        let outcome = run::one_line(&path, &[], Duration::from_millis(200));
        assert_eq!(outcome.map(drop), Err(CommandError::TooSlow), "{script}");
    }
}
