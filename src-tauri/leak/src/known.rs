//! Where other programs keep keys as plain text, and where shells keep what was typed.

use std::path::{Path, PathBuf};

/// A program, and the files and folders below the home folder where it keeps what it knows.
struct Program(&'static str, &'static [&'static str]);

const PROGRAMS: &[Program] = &[
    Program("Codex", &[".codex/auth.json", ".codex/config.toml"]),
    Program("Claude Code", &[".claude/.credentials.json", ".claude/settings.json", ".claude.json"]),
    Program("Gemini CLI", &[".gemini"]),
    Program("Qwen Code", &[".qwen"]),
    Program("opencode", &[".local/share/opencode/auth.json", ".config/opencode"]),
    Program("Cline", &[".cline/data"]),
    Program(
        "Visual Studio Code",
        &[
            ".config/Code/User/settings.json",
            ".config/Code/User/chatLanguageModels.json",
            ".config/Code/User/globalStorage/state.vscdb",
            "Library/Application Support/Code/User/settings.json",
            "Library/Application Support/Code/User/globalStorage/state.vscdb",
        ],
    ),
    Program(
        "Cursor",
        &[
            ".config/Cursor/User/globalStorage/state.vscdb",
            ".cursor/mcp.json",
            "Library/Application Support/Cursor/User/globalStorage/state.vscdb",
        ],
    ),
    Program(
        "Windsurf",
        &[
            ".config/Windsurf/User/globalStorage/state.vscdb",
            ".codeium/windsurf/mcp_config.json",
            "Library/Application Support/Windsurf/User/globalStorage/state.vscdb",
        ],
    ),
    Program("Continue", &[".continue/config.yaml", ".continue/config.json", ".continue/.env"]),
    Program(
        "aider",
        &[".env", ".aider.conf.yml", ".aider.chat.history.md", ".aider/oauth-keys.env"],
    ),
    Program("llm", &[".config/io.datasette.llm", "Library/Application Support/io.datasette.llm"]),
    Program("aichat", &[".config/aichat", "Library/Application Support/aichat"]),
    Program("goose", &[".config/goose"]),
    Program("Zed", &[".config/zed/settings.json"]),
    Program("Jan", &[".config/Jan/data", "Library/Application Support/Jan/data"]),
    Program(
        "Chatbox",
        &[
            ".config/xyz.chatboxapp.app",
            ".config/xyz.chatboxapp.ce",
            "Library/Application Support/xyz.chatboxapp.app",
        ],
    ),
    Program(
        "Cherry Studio",
        &[
            ".config/CherryStudio/Local Storage",
            ".config/CherryStudio/Data",
            "Library/Application Support/CherryStudio/Local Storage",
        ],
    ),
    Program("LM Studio", &[".lmstudio/.internal", ".lmstudio/credentials"]),
    Program("LiteLLM", &[".litellm"]),
    Program("n8n", &[".n8n/config"]),
    Program("ShellGPT", &[".config/shell_gpt"]),
    Program("mods", &[".config/mods"]),
    Program("fabric", &[".config/fabric"]),
    Program("gptme", &[".config/gptme"]),
    Program("Crush", &[".config/crush", ".local/share/crush"]),
    Program("Hugging Face", &[".cache/huggingface/token", ".cache/huggingface/stored_tokens"]),
    Program("Docker", &[".docker/config.json"]),
    Program("Git", &[".git-credentials", ".netrc", ".config/git/credentials"]),
    Program(
        "your shell’s start files",
        &[
            ".bashrc",
            ".bash_profile",
            ".profile",
            ".zshrc",
            ".zshenv",
            ".zprofile",
            ".config/fish/config.fish",
            ".envrc",
            ".config/environment.d",
        ],
    ),
    Program(
        "MCP servers",
        &[
            ".mcp.json",
            ".config/mcp",
            ".config/Claude/claude_desktop_config.json",
            "Library/Application Support/Claude/claude_desktop_config.json",
        ],
    ),
];

const SHELLS: &[&str] = &[
    ".bash_history",
    ".zsh_history",
    ".histfile",
    ".local/share/zsh/history",
    ".local/share/fish/fish_history",
    ".python_history",
    ".node_repl_history",
    ".psql_history",
    ".mysql_history",
    ".sqlite_history",
    ".local/share/powershell/PSReadLine/ConsoleHost_history.txt",
    ".local/share/atuin/history.db",
    ".local/share/atuin/history.db-wal",
];

/// The places of programs that are there.
pub(crate) fn programs(home: &Path) -> impl Iterator<Item = (&'static str, PathBuf)> {
    PROGRAMS
        .iter()
        .flat_map(move |Program(name, places)| {
            places.iter().map(move |place| (*name, home.join(place)))
        })
        .filter(|(_, path)| is_there(path))
}

/// The histories of shells that are there.
pub(crate) fn shells(home: &Path) -> impl Iterator<Item = PathBuf> {
    SHELLS.iter().map(move |place| home.join(place)).filter(|path| is_there(path))
}

/// How many places of programs are known, whether there is something or not.
pub fn count_programs() -> usize {
    PROGRAMS.iter().map(|Program(_, places)| places.len()).sum()
}

/// How many histories of shells there are.
pub fn count_shells(home: &Path) -> usize {
    shells(home).count()
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|facts| facts.is_file() || facts.is_dir())
}
