//! The sockets: loopback only, so many at a time, and none that takes its time to say what it wants.

use std::collections::HashSet;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use history::ApplicationId;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OnceCell, Semaphore, watch};
use tokio::task::JoinHandle;

use crate::answer::answer;
use crate::desk::Desk;
use crate::peer::{self, Peer};

/// How long a head may take. What waits for another request may wait as long.
const HEAD: Duration = Duration::from_secs(10);

/// The most bytes of a head.
const HEAD_CAP: usize = 32 * 1024;

const MOST_HEADERS: usize = 100;

/// The most connections at a time.
const MOST: usize = 256;

/// A listener; dropping it closes it and every connection.
pub(crate) struct Listening {
    pub(crate) port: u16,
    stop: watch::Sender<()>,
    accepting: Vec<JoinHandle<()>>,
}

/// A connection, and who is at its other end.
pub(crate) struct Line {
    pub(crate) port: u16,
    theirs: SocketAddr,
    ours: SocketAddr,
    peer: OnceCell<Peer>,
    let_in: Mutex<HashSet<ApplicationId>>,
}

impl Line {
    /// Whether its program may use this application's token, as far as that was looked up already.
    pub(crate) fn is_let_in(&self, application: ApplicationId) -> bool {
        self.let_in.lock().unwrap_or_else(PoisonError::into_inner).contains(&application)
    }

    /// Its program may, from now on.
    pub(crate) fn let_in(&self, application: ApplicationId) {
        self.let_in.lock().unwrap_or_else(PoisonError::into_inner).insert(application);
    }

    /// Looked up once, when somebody with a token asks.
    pub(crate) async fn peer(&self) -> Peer {
        let (theirs, ours) = (self.theirs, self.ours);
        let find = || async move {
            let found = tokio::task::spawn_blocking(move || peer::find(theirs, ours)).await;
            found.unwrap_or(Peer::Own(None))
        };
        self.peer.get_or_init(find).await.clone()
    }
}

impl Listening {
    /// Binds both of this computer's own addresses: whoever had the other would be asked by programs that say `localhost`.
    pub(crate) async fn begin(desk: &Arc<Desk>, port: u16) -> io::Result<Self> {
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = four.local_addr()?.port();
        let six = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(six) => Some(six),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            // A computer without it has nobody there.
            Err(_) => None,
        };
        let (stop, stopped) = watch::channel(());
        let connections = Arc::new(Semaphore::new(MOST));
        let listeners = [Some(four), six].into_iter().flatten();
        let accepting = listeners.map(|listener| {
            let (desk, stopped) = (Arc::clone(desk), stopped.clone());
            tokio::spawn(accept(listener, desk, Arc::clone(&connections), stopped, port))
        });
        Ok(Self { port, stop, accepting: accepting.collect() })
    }

    /// Stops, and waits until the port is free again.
    pub(crate) async fn end(self) {
        drop(self.stop);
        for accepting in self.accepting {
            // One that panicked has let go of it, too.
            let _ = accepting.await;
        }
    }
}

async fn accept(
    listener: TcpListener,
    desk: Arc<Desk>,
    connections: Arc<Semaphore>,
    mut stopped: watch::Receiver<()>,
    port: u16,
) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // Nothing is ever sent: the other end is gone.
            _ = stopped.changed() => return,
        };
        let Ok((stream, theirs)) = accepted else {
            // Too many open files, most likely: some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // One too many is closed at once.
        let Ok(permit) = Arc::clone(&connections).try_acquire_owned() else { continue };
        let (desk, mut stopped) = (Arc::clone(&desk), stopped.clone());
        tokio::spawn(async move {
            let _permit = permit;
            tokio::select! {
                () = serve(stream, theirs, desk, port) => {}
                _ = stopped.changed() => {}
            }
        });
    }
}

async fn serve(stream: TcpStream, theirs: SocketAddr, desk: Arc<Desk>, port: u16) {
    let Ok(ours) = stream.local_addr() else { return };
    // Small events go out as they come.
    let _ = stream.set_nodelay(true);
    let line =
        Arc::new(Line { port, theirs, ours, peer: OnceCell::new(), let_in: Mutex::default() });
    let service = service_fn(move |request| {
        let (desk, line) = (Arc::clone(&desk), Arc::clone(&line));
        async move { Ok::<_, Infallible>(answer(&desk, &line, request).await) }
    });
    // However it ends, there is nobody to tell.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_CAP)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
