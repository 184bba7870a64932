//! A server on loopback that remembers which paths were asked for.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use e2e::Result;

pub(crate) struct Listener {
    origin: String,
    heard: Arc<Mutex<BTreeSet<String>>>,
}

impl Listener {
    /// Listens until the test's process ends, and gives nothing.
    pub(crate) fn start() -> Result<Self> {
        Self::answering(
            b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        )
    }

    /// Gives this file to whoever asks.
    pub(crate) fn serving(file: &[u8]) -> Result<Self> {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            file.len()
        );
        Self::answering([head.as_bytes(), file].concat())
    }

    fn answering(answer: Vec<u8>) -> Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let origin = format!("http://{}", socket.local_addr()?);
        let heard = Arc::new(Mutex::new(BTreeSet::new()));
        let paths = heard.clone();
        std::thread::spawn(move || {
            for connection in socket.incoming().flatten() {
                let path = path_of(connection, &answer);
                paths.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
            }
        });
        Ok(Self { origin, heard })
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The paths so far. A connection that asked for nothing is an empty one.
    pub(crate) fn heard(&self) -> BTreeSet<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn path_of(mut connection: TcpStream, answer: &[u8]) -> String {
    let mut head = [0; 2048];
    // What opens a connection ahead of need sends nothing; it counts, and must not hold up the next.
    let _ = connection.set_read_timeout(Some(Duration::from_millis(200)));
    let length = connection.read(&mut head).unwrap_or(0);
    let _ = connection.write_all(answer);
    let request = String::from_utf8_lossy(&head[..length]).into_owned();
    request.split(' ').nth(1).unwrap_or_default().to_owned()
}
