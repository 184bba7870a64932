//! One server for both sides: the practice provider, and beside it the floor's pages, of the same origin.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::middleware::map_response;
use axum::response::{Html, Response};
use axum::routing::get;
use futures_util::StreamExt;
use practice::{Log, Options};
use tokio::net::TcpListener;

/// Events that go to the floor in one piece, where so many are ready.
const A_PIECE: usize = 100;

/// The running server.
pub struct Provider {
    /// Its origin.
    pub origin: String,
    /// What it streamed.
    pub log: Log,
    marks: Marks,
}

type Marks = Arc<Mutex<HashMap<String, f64>>>;

impl Provider {
    /// Starts it.
    pub async fn start() -> Self {
        let (routes, log) = practice::router(Options { list_faults: true, ..Options::default() });
        let marks = Marks::default();
        let pages = axum::Router::new()
            .route("/empty.html", get(async || Html(include_str!("../pages/empty.html"))))
            .route("/bare.html", get(async || Html(include_str!("../pages/bare.html"))))
            .route("/mark", get(mark))
            .route("/many/v1/models", get(async || many_models()))
            .with_state(marks.clone())
            .nest("/in-large-pieces", routes.clone().layer(map_response(in_large_pieces)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let app = pages.fallback_service(routes);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { origin, log, marks }
    }

    /// The base URL for the app.
    pub fn base_url(&self) -> String {
        format!("{}/v1", self.origin)
    }

    /// The base URL of who lists 1,000 models.
    pub fn with_many_models(&self) -> String {
        format!("{}/many/v1", self.origin)
    }

    /// Waits until this many streams have gone out whole, and their last frames have been painted.
    pub async fn finished(&self, count: usize) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(180);
        while self.log.finished() < count {
            assert!(tokio::time::Instant::now() < deadline, "the stream never ended");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        tokio::time::sleep(Duration::from_millis(1500)).await;
    }

    /// Waits for what the bare page will tell under this name.
    pub async fn wait_for_mark(&self, name: &str) -> f64 {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(180);
        loop {
            if let Some(value) = self.take_mark(name) {
                return value;
            }
            assert!(tokio::time::Instant::now() < deadline, "the page never told “{name}”");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What the bare page has told under this name, in milliseconds since 1970.
    pub fn take_mark(&self, name: &str) -> Option<f64> {
        self.marks.lock().expect("marks").remove(name)
    }
}

/// The same stream in fewer pieces of HTTP. The engine's own way from the socket to a page costs more for each piece the more
/// of them there are: at 50,000 it takes a minute for what a page could read in two seconds, and the floor would be no floor.
async fn in_large_pieces(response: Response) -> Response {
    response.map(|body| {
        Body::from_stream(body.into_data_stream().ready_chunks(A_PIECE).map(|pieces| {
            let pieces: Result<Vec<_>, _> = pieces.into_iter().collect();
            pieces.map(|pieces| pieces.concat())
        }))
    })
}

fn many_models() -> String {
    let entry = |number: u32| format!(r#"{{"id":"maker-{}/model-{number}"}}"#, number % 7);
    format!(r#"{{"data":[{}]}}"#, (0..1_000).map(entry).collect::<Vec<_>>().join(","))
}

async fn mark(State(marks): State<Marks>, Query(told): Query<HashMap<String, String>>) {
    if let (Some(name), Some(value)) = (told.get("name"), told.get("value")) {
        let value = value.parse().unwrap_or(f64::NAN);
        marks.lock().expect("marks").insert(name.clone(), value);
    }
}
