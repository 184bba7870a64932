//! The attack list. Each attack is tried beside the honest request that it imitates, which must succeed; of the attacks none may.

use std::time::{Duration, Instant};

use broker::Token;
use history::{Application, ApplicationKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::stage::{HANG, Stage, chat, until};

const PAGE: &str = "https://notes.example.org";

/// How many requests reached the provider: what an attack is after.
fn reached(stage: &Stage) -> usize {
    stage.provider.log().seen().len()
}

async fn page(stage: &Stage) -> Token {
    let origin = Some(PAGE.to_owned());
    stage.lend(&Application { kind: ApplicationKind::Page, origin, ..stage.application() }).1
}

#[tokio::test]
async fn another_name_for_this_computer_gets_nothing() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let (port, body) = (stage.port, chat("practice", false));
    let asks = async |line: &str, hosts: &str| {
        let (token, length) = (token.text(), body.len());
        let request = format!(
            "POST {line} HTTP/1.1\r\n{hosts}Authorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        stage.raw(&request).await.status
    };
    let path = "/v1/chat/completions";
    assert_eq!(asks(path, &format!("Host: localhost:{port}\r\n")).await, 200, "the honest one");
    for hosts in [
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1.nip.io:{port}\r\n"),
        format!("Host: localhost.evil.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 127.0.0.1:{}\r\n", port ^ 1),
        format!("Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n"),
        format!("Host: evil.example\r\nX-Forwarded-Host: 127.0.0.1:{port}\r\n"),
        format!("Host: 127.0.0.1:{port}@evil.example\r\n"),
        "Host:\r\n".to_owned(),
        String::new(),
    ] {
        let status = asks(path, &hosts).await;
        assert!(matches!(status, 400 | 403), "{hosts}: {status}");
    }
    let absolute = format!("http://evil.example{path}");
    assert!(matches!(asks(&absolute, &format!("Host: localhost:{port}\r\n")).await, 400 | 403));
    assert_eq!(reached(&stage), 1);
}

#[tokio::test]
async fn a_page_gets_nothing_that_nobody_has_let_it_have() {
    let stage = Stage::new().await;
    let (_, program) = stage.lend(&stage.application());
    let page = page(&stage).await;
    let body = chat("practice", false);
    let asks = async |headers: String| {
        let got = stage.post_with("/v1/chat/completions", &headers, &body).await;
        (got.status, got.header("access-control-allow-origin").map(str::to_owned))
    };
    let bearer = |token: &Token| format!("Authorization: Bearer {}\r\n", token.text());
    let honest = asks(format!("Origin: {PAGE}\r\n{}", bearer(&page))).await;
    assert_eq!(honest, (200, Some(PAGE.to_owned())));
    let mut attacks = vec![
        bearer(&page),
        format!("Origin: {PAGE}\r\n"),
        format!("Origin: {PAGE}\r\n{}", bearer(&program)),
    ];
    for origin in [
        "null",
        "https://evil.example",
        "http://notes.example.org",
        "https://notes.example.org:444",
        "https://notes.example.org.evil.example",
        "https://evil-notes.example.org",
        "HTTPS://NOTES.EXAMPLE.ORG",
        "https://notes.example.org/",
        "http://127.0.0.1",
        "http://localhost",
    ] {
        attacks.push(format!("Origin: {origin}\r\n{}", bearer(&page)));
        attacks.push(format!("Origin: {origin}\r\n{}", bearer(&program)));
    }
    attacks.push(format!("Origin: {PAGE}\r\nOrigin: https://evil.example\r\n{}", bearer(&page)));
    for site in ["cross-site", "same-site", "same-origin"] {
        attacks.push(format!("Sec-Fetch-Site: {site}\r\n{}", bearer(&program)));
    }
    for attack in attacks {
        let (status, let_page) = asks(attack.clone()).await;
        assert_eq!((status, let_page), (403, None), "{attack}");
    }
    assert_eq!(reached(&stage), 1);
}

#[tokio::test]
async fn a_form_gets_nothing_even_with_a_token() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let (port, body) = (stage.port, chat("practice", false));
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", ""]
    {
        let (token, length) = (token.text(), body.len());
        let request = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        assert_eq!(stage.raw(&request).await.status, 415, "{kind}");
    }
    for path in ["/v1/models?key=", "/v1/models?api_key=", "/v1/models?x="] {
        let got = stage.get(&format!("{path}{}", token.text()), "").await;
        assert_eq!(got.status, 400, "no token in an address: {path}");
    }
    assert_eq!(reached(&stage), 0);
}

#[tokio::test]
async fn a_preflight_is_answered_for_the_named_page_alone() {
    let stage = Stage::new().await;
    page(&stage).await;
    let port = stage.port;
    let asks = async |origin: &str, method: &str, headers: &str| {
        let request = format!(
            "OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n\
             Access-Control-Request-Method: {method}\r\nAccess-Control-Request-Headers: {headers}\r\n\
             Access-Control-Request-Private-Network: true\r\nConnection: close\r\n\r\n"
        );
        let got = stage.raw(&request).await;
        (got.status, got.header("access-control-allow-origin").map(str::to_owned))
    };
    let honest = asks(PAGE, "POST", "authorization,content-type,x-stainless-lang").await;
    assert_eq!(honest, (204, Some(PAGE.to_owned())));
    for (origin, method, headers) in [
        ("https://evil.example", "POST", "authorization"),
        ("null", "POST", "authorization"),
        ("*", "POST", "authorization"),
        (PAGE, "DELETE", "authorization"),
        (PAGE, "POST", "authorization,cookie"),
    ] {
        let (status, let_page) = asks(origin, method, headers).await;
        assert_eq!((status, let_page), (403, None), "{origin} {method} {headers}");
    }
}

#[tokio::test]
async fn nothing_without_a_token_and_no_guess_is_one() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let right = token.text();
    let mut guesses = vec![
        String::new(),
        "lk-".to_owned(),
        right[..right.len() - 1].to_owned(),
        format!("{right}A"),
        right.to_uppercase(),
        right[3..].to_owned(),
        "null".to_owned(),
        "0".repeat(64),
        "a".repeat(8_000),
    ];
    // One letter wrong, at every place.
    guesses.extend((0..right.len()).map(|place| {
        let mut guess = right.to_owned();
        let other = if &right[place..=place] == "A" { "B" } else { "A" };
        guess.replace_range(place..=place, other);
        guess
    }));
    for (path, method) in [
        ("/v1/models", "GET"),
        ("/v1/chat/completions", "POST"),
        ("/", "GET"),
        ("/v1/nothing", "GET"),
    ] {
        let port = stage.port;
        let bare = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        );
        let got = stage.raw(&bare).await;
        assert_eq!(got.status, 401, "{path}");
        assert!(!got.body.contains("practice"), "not even a list of models");
    }
    let stage = &stage;
    let tried = guesses.iter().map(async |guess| {
        stage.get("/v1/models", &format!("Authorization: Bearer {guess}\r\n")).await.status
    });
    let statuses = futures_util::future::join_all(tried).await;
    assert!(statuses.iter().all(|status| *status == 401), "{statuses:?}");
    for header in
        ["Authorization: Basic", "Authorization:", "Cookie: token=", "Proxy-Authorization: Bearer"]
    {
        assert_eq!(
            stage.get("/v1/models", &format!("{header} {right}\r\n")).await.status,
            401,
            "{header}"
        );
    }
    for header in ["Authorization: Bearer", "x-api-key:", "api-key:", "authorization: bearer"] {
        assert_eq!(
            stage.get("/v1/models", &format!("{header} {right}\r\n")).await.status,
            200,
            "{header}"
        );
    }
}

#[tokio::test]
async fn two_readers_of_a_request_cannot_see_two_requests() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let (port, token) = (stage.port, token.text());
    let inner = chat("practice", false);
    let hidden = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{inner}",
        inner.len()
    );
    // What another reader would take for the body hides a second request; the first has no token.
    for lengths in [
        format!("Content-Length: {}\r\nTransfer-Encoding: chunked", hidden.len() + 5),
        "Transfer-Encoding: chunked\r\nContent-Length: 5".to_owned(),
        "Content-Length: 5\r\nContent-Length: 0".to_owned(),
        "Content-Length: +5".to_owned(),
        "Content-Length: 0x5".to_owned(),
        "Transfer-Encoding: xchunked".to_owned(),
        "Transfer-Encoding: chunked, identity".to_owned(),
        "Transfer-Encoding : chunked".to_owned(),
        "Content-Length: 5\r\n Transfer-Encoding: chunked".to_owned(),
    ] {
        let request = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
             {lengths}\r\n\r\n0\r\n\r\n{hidden}"
        );
        let got = stage.raw(&request).await;
        assert!(matches!(got.status, 0 | 400..=499), "{lengths}: {got:?}");
        assert!(!got.body.contains("HTTP/1.1 200"), "{lengths}: a second answer");
    }
    assert_eq!(reached(&stage), 0);
}

#[tokio::test]
async fn who_takes_their_time_keeps_nobody_out() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    // More than there are places, each with a head that never ends.
    let mut slow = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(("127.0.0.1", stage.port)).await.unwrap();
        let _ = stream.write_all(b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0").await;
        slow.push(stream);
    }
    let began = Instant::now();
    let ended = async {
        let mut byte = [0];
        // Each is closed: with an answer that it took too long, or without one.
        for stream in &mut slow {
            while !matches!(stream.read(&mut byte).await, Ok(0) | Err(_)) {}
        }
    };
    tokio::time::timeout(HANG, ended).await.expect("every one of them is closed");
    assert!(began.elapsed() < Duration::from_secs(60));
    let got = stage.post("/v1/chat/completions", token.text(), &chat("practice", false)).await;
    assert_eq!(got.status, 200, "and the next is served");
}

#[tokio::test]
async fn a_huge_body_or_head_is_not_read() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let (port, token) = (stage.port, token.text());
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\n"
    );
    let said = stage.raw(&format!("{head}Content-Length: 999999999999\r\n\r\n{{")).await;
    assert_eq!(said.status, 413);
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000));
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{}", chunk.repeat(40));
    let unsaid = stage.raw(&chunked).await;
    assert!(matches!(unsaid.status, 0 | 413), "{unsaid:?}");
    let long = stage.get("/v1/models", &format!("X-Long: {}\r\n", "a".repeat(100_000))).await;
    assert!(matches!(long.status, 0 | 400 | 431), "{long:?}");
    let many: String = (0..1_000).map(|number| format!("X-{number}: a\r\n")).collect();
    assert!(matches!(stage.get("/v1/models", &many).await.status, 0 | 400 | 431));
    let deep = format!("{head}Content-Length: 200000\r\n\r\n{}", "[".repeat(200_000));
    assert_eq!(stage.raw(&deep).await.status, 400);
    assert_eq!(reached(&stage), 0);
}

#[tokio::test]
async fn what_a_program_says_of_itself_and_of_others_stays_here() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let headers = format!(
        "Authorization: Bearer {0}\r\nx-api-key: {0}\r\nCookie: a=b\r\nReferer: http://x\r\nOpenAI-Organization: org-x\r\n\
         X-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\nUser-Agent: secret-project/1\r\nTE: trailers\r\n\
         Proxy-Authorization: Basic x\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\nOpenAI-Beta: assistants=v2\r\n",
        token.text()
    );
    let got = stage.post_with("/v1/chat/completions", &headers, &chat("practice", false)).await;
    assert_eq!(got.status, 200, "{got:?}");
    let seen = stage.provider.log().seen().remove(0);
    let said = format!("{:?}", seen.headers).to_lowercase();
    for word in [
        "lk-",
        "cookie",
        "referer",
        "org-x",
        "forwarded",
        "secret-project",
        "proxy-",
        "keep-alive",
        "upgrade",
        "trailers",
    ] {
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert!(said.contains("openai-beta"), "{said}");
}

#[tokio::test]
async fn who_hangs_up_hangs_up_on_the_provider() {
    let stage = Stage::new().await;
    let (_, token) = stage.lend(&stage.application());
    let (port, body) = (stage.port, chat("speed-50-1000000", true));
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        token.text(),
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut some = [0; 600];
    stream.read_exact(&mut some).await.unwrap();
    drop(stream);
    until("the provider notices", || stage.provider.log().hung_up() == 1).await;
    until("what came is settled", || stage.history.audit(1, 9).unwrap().len() == 1).await;
}
