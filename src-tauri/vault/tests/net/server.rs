//! A server by hand: it keeps every request's head and answers with given bytes.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use vault::BaseUrl;

/// An answer that ends so is never finished.
const HANG: &[u8] = b"HANG";
/// How a client begins that wants to talk TLS.
const TLS: &[u8] = b"\x16";
/// How one begins that takes this for a SOCKS proxy.
const SOCKS: &[u8] = b"\x05";

pub(crate) struct Server {
    pub(crate) port: u16,
    ip: IpAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) async fn start(ip: &str, answer: impl Into<Vec<u8>>) -> Server {
        let ip: IpAddr = ip.parse().unwrap();
        let listener = TcpListener::bind((ip, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&heads), answer.into());
        tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let (kept, answer) = (Arc::clone(&kept), answer.clone());
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    let mut piece = [0; 4096];
                    let is_other = |head: &[u8]| head.starts_with(TLS) || head.starts_with(SOCKS);
                    while !head.windows(4).any(|w| w == b"\r\n\r\n") && !is_other(&head) {
                        match socket.read(&mut piece).await {
                            Ok(n) if n > 0 => head.extend_from_slice(&piece[..n]),
                            _ => break,
                        }
                    }
                    // A connection counts even if nothing was said on it.
                    kept.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
                    let hangs = answer.strip_suffix(HANG);
                    let _ = socket.write_all(hangs.unwrap_or(&answer)).await;
                    if hangs.is_some() {
                        std::future::pending::<()>().await;
                    }
                });
            }
        });
        Server { port, ip, heads }
    }

    pub(crate) async fn answering(status: u16, headers: &str, body: &str) -> Server {
        Server::start("127.0.0.1", response(status, headers, body)).await
    }

    pub(crate) fn base(&self) -> BaseUrl {
        BaseUrl::parse(&format!("http://{}:{}/v1", self.ip, self.port)).unwrap()
    }

    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

pub(crate) fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    )
}
