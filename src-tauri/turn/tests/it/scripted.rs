//! A server that answers as a script says, byte for byte, and keeps what it was asked.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u64,
    pub(crate) content_type: String,
    pub(crate) headers: String,
    pub(crate) chunks: Vec<String>,
    /// The connection is torn down instead of being ended.
    pub(crate) reset: bool,
}

/// What was asked: the first line, and the body.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) line: String,
    pub(crate) key: bool,
    pub(crate) body: Value,
}

pub(crate) struct Scripted {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Answer {
    pub(crate) fn of(status: u64, content_type: &str, body: &str) -> Self {
        Self {
            status,
            content_type: content_type.to_owned(),
            headers: String::new(),
            chunks: vec![body.to_owned()],
            reset: false,
        }
    }

    pub(crate) fn stream(body: &str) -> Self {
        Self::of(200, "text/event-stream", body)
    }

    /// An answer as the cases write it down.
    pub(crate) fn of_case(case: &Value) -> Self {
        let text = |field: &str, or: &str| case[field].as_str().unwrap_or(or).to_owned();
        let chunks = match case["chunks"].as_array() {
            Some(chunks) => chunks.iter().map(|chunk| chunk.as_str().unwrap().to_owned()).collect(),
            None => vec![text("body", "")],
        };
        Self {
            status: case["status"].as_u64().unwrap_or(200),
            content_type: text("content_type", "application/json"),
            headers: String::new(),
            chunks,
            reset: case["close"] == "reset",
        }
    }
}

impl Scripted {
    /// Gives one answer after the other, the last one for ever.
    pub(crate) async fn start(answers: Vec<Answer>) -> Self {
        let answers = Mutex::new(answers);
        Self::answering(move |_| {
            let mut answers = answers.lock().unwrap();
            if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() }
        })
        .await
    }

    pub(crate) async fn answering(
        choose: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (written, choose) = (Arc::clone(&asked), Arc::new(choose));
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (written, choose) = (Arc::clone(&written), Arc::clone(&choose));
                tokio::spawn(async move {
                    let Some(asked) = read(&mut socket).await else { return };
                    let answer = choose(&asked);
                    written.lock().unwrap().push(asked);
                    write(socket, answer).await;
                });
            }
        });
        Self { address, asked }
    }

    /// One that somebody else answers for.
    pub(crate) fn at(address: &str) -> Self {
        Self { address: address.to_owned(), asked: Arc::default() }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn read(socket: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    while bytes.len() < end + length.unwrap_or(0) {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let first = String::from_utf8_lossy(&bytes[..end]);
    Some(Asked {
        line: first.lines().next()?.to_owned(),
        key: ["authorization:", "x-api-key:", "x-goog-api-key:"]
            .iter()
            .any(|name| head.contains(name)),
        body: serde_json::from_slice(&bytes[end..]).unwrap_or(Value::Null),
    })
}

async fn write(mut socket: TcpStream, answer: Answer) {
    let Answer { status, content_type, headers, chunks, reset } = answer;
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\n{headers}transfer-encoding: chunked\r\nconnection: close\r\n\r\n"
    );
    let _ = socket.write_all(head.as_bytes()).await;
    for chunk in chunks.iter().filter(|chunk| !chunk.is_empty()) {
        let piece = format!("{:x}\r\n{chunk}\r\n", chunk.len());
        let _ = socket.write_all(piece.as_bytes()).await;
        let _ = socket.flush().await;
    }
    // Without its last chunk a body is torn.
    if !reset {
        let _ = socket.write_all(b"0\r\n\r\n").await;
    }
}
