//! A provider at its own https address: a proxy of the world's plays the server behind it, with a certificate that only this
//! world trusts. The program is told nothing but what any computer may have: a proxy and a file of certificates.

use std::path::Path;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::process::ask;
use crate::world::World;
use crate::{Result, Trouble};

/// See the module. Dropping it lets no new connection through.
#[derive(Debug)]
pub struct FarAway(JoinHandle<()>);

impl FarAway {
    /// From the program's next start on, `host` is the server on loopback whose base URL this is.
    pub async fn put(world: &mut World, host: &'static str, base: &str) -> Result<Self> {
        let server = base.trim_start_matches("http://").split('/').next().unwrap_or_default();
        let server = server.to_owned();
        let (certificate, acceptor) = certified(world, host).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        world.set("HTTPS_PROXY", format!("http://{}", listener.local_addr()?));
        world.set("SSL_CERT_FILE", certificate);
        Ok(Self(tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (acceptor, server) = (acceptor.clone(), server.clone());
                tokio::spawn(async move {
                    // Whichever side goes takes the other with it.
                    let _ = pass(socket, host, &acceptor, &server).await;
                });
            }
        })))
    }
}

impl Drop for FarAway {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// One connection: what a proxy is asked for, then what the server behind it says.
async fn pass(
    mut socket: TcpStream,
    host: &str,
    acceptor: &TlsAcceptor,
    server: &str,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await?);
    }
    if !head.starts_with(format!("CONNECT {host}:443 ").as_bytes()) {
        return socket.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").await;
    }
    socket.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    let mut near = acceptor.accept(socket).await?;
    let mut far = TcpStream::connect(server).await?;
    copy_bidirectional(&mut near, &mut far).await.map(drop)
}

/// A certificate for this host, in a file of its own, and who shows it.
async fn certified(world: &World, host: &str) -> Result<(String, TlsAcceptor)> {
    let at = |name: &str| world.folder().join(name);
    let (wish, certificate, key) = (at("host.cnf"), at("host.pem"), at("host.key"));
    std::fs::write(&wish, wish_of(host))?;
    let shown = |path: &Path| path.display().to_string();
    let mut command = world.command("openssl");
    command.args(["req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"]);
    command.args(["-pkeyopt", "ec_paramgen_curve:prime256v1", "-config"]).arg(&wish);
    command.arg("-keyout").arg(&key).arg("-out").arg(&certificate);
    ask(command, b"").await?.ok_or_else(|| Trouble::new("openssl made no certificate"))?;
    let odd = |what: &dyn std::fmt::Display| Trouble::new(format!("{}: {what}", shown(&wish)));
    let chain = CertificateDer::from_pem_file(&certificate).map_err(|error| odd(&error))?;
    let private = PrivateKeyDer::from_pem_file(&key).map_err(|error| odd(&error))?;
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![chain], private)
        .map_err(|error| odd(&error))?;
    Ok((shown(&certificate), TlsAcceptor::from(Arc::new(config))))
}

/// No authority's: it is trusted by itself, and for this one host.
fn wish_of(host: &str) -> String {
    format!(
        "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = more\n[name]\nCN = {host}\n\
         [more]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:{host}\nextendedKeyUsage = serverAuth\n"
    )
}
