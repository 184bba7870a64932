//! Turns with software that this project did not write, on loopback: LiteLLM's proxy, with answers that it makes up itself; a
//! mock of every provider; and programs of others that use a key through the broker.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::command::{cargo, command, target, top, wait};

/// Its start loads half of Python's libraries.
const PATIENCE: Duration = Duration::from_secs(300);

pub fn against() -> Outcome {
    lent()?;
    aimock()?;
    litellm()
}

/// Libraries and tools that are told an address and a token.
fn lent() -> Outcome {
    let home = target().join("against-clients");
    let pip = |venv: &std::path::Path, packages: &[&str]| -> Outcome {
        if !venv.join("bin/python").is_file() {
            wait(command("python3 -m venv").arg(venv))?;
        }
        wait(
            command(&venv.join("bin/pip").to_string_lossy()).args(["install", "-q"]).args(packages),
        )
    };
    pip(&home, &["openai", "anthropic", "llm"])?;
    // It wants older ones of what the others want.
    pip(&home.join("aider"), &["aider-chat"])?;
    let node = home.join("node");
    std::fs::create_dir_all(&node).map_err(|error| format!("{}: {error}", node.display()))?;
    wait(command("npm install --no-audit --no-fund openai").current_dir(&node))?;
    let tests = "test --package broker --test it --locked -- --ignored --test-threads=1 clients";
    wait(cargo(tests).env("LATCHKEY_CLIENTS", &home))
}

/// It speaks every format, each as its provider's own libraries expect it.
fn aimock() -> Outcome {
    let home = target().join("against-mock");
    let program = home.join("node_modules/.bin/llmock");
    if !program.is_file() {
        std::fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
        let install = "npm install --no-audit --no-fund @copilotkit/aimock@1.43.0";
        wait(command(install).current_dir(&home))?;
    }
    let port = free_port()?;
    let mut running = Running::start(
        Command::new(&program)
            .args(["--strict", "--port", &port.to_string(), "--fixtures"])
            .arg(top().join("tests/fixtures/against/aimock.json")),
    )?;
    running.until_it_answers(port, "/health")?;
    let tests = "test --package turn --test it --locked -- --ignored mock";
    wait(cargo(tests).env("LATCHKEY_AIMOCK", format!("http://127.0.0.1:{port}")))
}

fn litellm() -> Outcome {
    let home = target().join("against");
    let program = home.join("bin/litellm");
    if !program.is_file() {
        wait(command("python3 -m venv").arg(&home))?;
        wait(command(&home.join("bin/pip").to_string_lossy()).args(["install", "litellm[proxy]"]))?;
    }
    let (port, upstream) = (free_port()?, free_port()?);
    let mut running = Running::start(
        Command::new(&program)
            .arg("--config")
            .arg(top().join("tests/fixtures/against/litellm.yaml"))
            .args(["--host", "127.0.0.1", "--port", &port.to_string()])
            // It would load its prices from elsewhere.
            .envs([("LITELLM_LOCAL_MODEL_COST_MAP", "True"), ("LITELLM_TELEMETRY", "False")])
            .env("LATCHKEY_UPSTREAM", format!("http://127.0.0.1:{upstream}/v1"))
            .current_dir(&home),
    )?;
    running.until_it_answers(port, "/health/liveliness")?;
    let tests = "test --package turn --test it --locked -- --ignored litellm";
    wait(
        cargo(tests)
            .env("LATCHKEY_AGAINST", format!("http://127.0.0.1:{port}"))
            .env("LATCHKEY_UPSTREAM_PORT", upstream.to_string()),
    )
}

/// Ends what it started, however this ends.
struct Running(Child);

impl Running {
    fn start(program: &mut Command) -> Result<Self, String> {
        let name = program.get_program().to_string_lossy().into_owned();
        let started = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        started.map(Self).map_err(|error| format!("{name}: {error}"))
    }

    fn until_it_answers(&mut self, port: u16, path: &str) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Ok(Some(status)) = self.0.try_wait() {
                return Err(format!("it ended before it answered: {status}"));
            }
            if is_alive(port, path) {
                return Ok(());
            }
            sleep(Duration::from_millis(500));
        }
        Err(format!("it did not answer in {} s", PATIENCE.as_secs()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

fn free_port() -> Result<u16, String> {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = taken.and_then(|taken| taken.local_addr());
    address.map(|address| address.port()).map_err(|error| format!("no port is free: {error}"))
}

fn is_alive(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(answer.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
