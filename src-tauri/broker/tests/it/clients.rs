//! Programs that this project did not write, as people use them: `cargo xtask against` sets them up and runs this.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use history::{Application, Limits};
use tokio::process::Command;

use crate::stage::{KEY, Stage, until};

/// Longer than any of them takes on a slow machine.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(280);

struct Clients {
    stage: Stage,
    home: PathBuf,
    token: String,
    /// A token whose limit is reached already.
    spent: String,
}

impl Clients {
    async fn new() -> Self {
        let home = std::env::var_os("LATCHKEY_CLIENTS").expect("cargo xtask against sets it");
        let stage = Stage::new().await;
        let models = ["practice", "fault-401"].map(str::to_owned).to_vec();
        let (_, token) = stage.lend(&Application { models, ..stage.application() });
        stage.price("practice");
        let limits = Limits { month_nano: Some(1), ..Limits::default() };
        let (_, spent) = stage.lend(&Application { limits, ..stage.application() });
        let (token, spent) = (token.text().to_owned(), spent.text().to_owned());
        Self { stage, home: home.into(), token, spent }
    }

    /// Runs it with what `latchkey run` sets, and nothing else of ours.
    async fn run(&self, program: &Path, arguments: &[&str], more: &[(&str, &str)]) -> String {
        let address = format!("http://127.0.0.1:{}", self.stage.port);
        let with_version = format!("{address}/v1");
        let home = self.home.join("home");
        std::fs::create_dir_all(&home).unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .env("PATH", path)
            .env("HOME", &home)
            .env("LANG", "C.UTF-8")
            .env("OPENAI_BASE_URL", &with_version)
            .env("OPENAI_API_BASE", &with_version)
            .env("OPENAI_API_KEY", &self.token)
            .env("ANTHROPIC_BASE_URL", &address)
            .env("ANTHROPIC_API_KEY", &self.token)
            .envs(more.iter().copied())
            .current_dir(&home)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let output = tokio::time::timeout(LIMIT, command.output()).await.expect("it ends").unwrap();
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "{}: {text}", program.display());
        assert!(!text.contains(KEY), "it saw the key");
        text
    }

    fn script(name: &str) -> String {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        top.join("../../tests/fixtures/against").join(name).display().to_string()
    }

    /// What was sent had the key, and no token.
    async fn is_clean(&self, what: &str) {
        let seen = self.stage.provider.log().seen();
        assert!(!seen.is_empty(), "{what} was passed on");
        for seen in seen {
            let said = format!("{seen:?}");
            assert!(!said.contains("lk-") && said.contains(KEY), "{what}: {}", seen.path);
        }
        until("all is settled", || self.stage.history.settle_left_open() == Ok(0)).await;
        let chain = self.stage.history.verify_audit().unwrap();
        assert!(chain.lines > 0 && chain.broken_at.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs programs of others: cargo xtask against"]
async fn clients_openai_python() {
    let clients = Clients::new().await;
    let script = Clients::script("openai_client.py");
    let said = clients.run(&clients.home.join("bin/python"), &[&script, &clients.spent], &[]).await;
    assert!(said.contains("fine"), "{said}");
    clients.is_clean("openai-python").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs programs of others: cargo xtask against"]
async fn clients_anthropic_python() {
    let clients = Clients::new().await;
    let script = Clients::script("anthropic_client.py");
    let said = clients.run(&clients.home.join("bin/python"), &[&script, &clients.spent], &[]).await;
    assert!(said.contains("fine"), "{said}");
    clients.is_clean("anthropic-sdk-python").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs programs of others: cargo xtask against"]
async fn clients_openai_node() {
    let clients = Clients::new().await;
    // Node looks for libraries beside the script.
    let script = clients.home.join("node/openai_client.mjs");
    std::fs::copy(Clients::script("openai_client.mjs"), &script).unwrap();
    let script = script.display().to_string();
    let said = clients.run(Path::new("node"), &[&script, &clients.spent], &[]).await;
    assert!(said.contains("fine"), "{said}");
    clients.is_clean("openai-node").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs programs of others: cargo xtask against"]
async fn clients_llm() {
    let clients = Clients::new().await;
    let settings = clients.home.join("home/llm");
    std::fs::create_dir_all(&settings).unwrap();
    let models = format!(
        "- model_id: lent\n  model_name: practice\n  api_key_name: openai\n  api_base: \"http://127.0.0.1:{}/v1\"\n",
        clients.stage.port
    );
    std::fs::write(settings.join("extra-openai-models.yaml"), models).unwrap();
    let settings = settings.display().to_string();
    let more = [("LLM_USER_PATH", settings.as_str())];
    let arguments = ["-m", "lent", "--key", &clients.token, "Hello"];
    let said = clients.run(&clients.home.join("bin/llm"), &arguments, &more).await;
    assert!(said.contains("No model wrote this"), "{said}");
    clients.is_clean("llm").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs programs of others: cargo xtask against"]
async fn clients_aider() {
    let clients = Clients::new().await;
    let arguments = [
        "--model",
        "openai/practice",
        "--message",
        "Hello",
        "--no-git",
        "--yes-always",
        "--no-check-update",
        "--analytics-disable",
        "--no-show-model-warnings",
        "--no-pretty",
        "--map-tokens",
        "0",
        "--edit-format",
        "ask",
    ];
    let more = [("LITELLM_LOCAL_MODEL_COST_MAP", "True")];
    let said = clients.run(&clients.home.join("aider/bin/aider"), &arguments, &more).await;
    assert!(said.contains("No model wrote this"), "{said}");
    clients.is_clean("aider").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs programs of others: cargo xtask against"]
async fn clients_curl() {
    let clients = Clients::new().await;
    let bearer = format!("Authorization: Bearer {}", clients.token);
    let address = format!("http://127.0.0.1:{}/v1/chat/completions", clients.stage.port);
    let body = crate::stage::chat("practice", true);
    let arguments =
        ["-sSN", &address, "-H", &bearer, "-H", "Content-Type: application/json", "-d", &body];
    let said = clients.run(Path::new("curl"), &arguments, &[]).await;
    assert!(said.trim_end().ends_with("data: [DONE]"), "{said}");
    clients.is_clean("curl").await;
}
