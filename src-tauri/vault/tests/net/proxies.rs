//! A proxy never sees a key: not for loopback at all, elsewhere only as the carrier of ciphertext.

use std::process::Command;

use crate::server::Server;
use crate::{CANARY, STYLES, canary, post};
use vault::{BaseUrl, Credential, Proxies, SendError, Vault};

const CHILD: &str = "VAULT_PROXY_CHILD";
const VARIABLES: [&str; 6] =
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The environment belongs to the whole process, so the test runs itself again with another one.
#[tokio::test(flavor = "multi_thread")]
async fn the_environments_proxy_is_not_for_loopback_and_sees_only_connect() {
    if std::env::var(CHILD).is_ok() {
        return with_proxy_environment().await;
    }
    for no_proxy in [None, Some("*"), Some("example.com,127.0.0.1")] {
        for variable in VARIABLES {
            let proxy = Server::answering(502, "", "").await;
            let address = format!("http://127.0.0.1:{}", proxy.port);
            let mut child = Command::new(std::env::current_exe().unwrap());
            let name = "proxies::the_environments_proxy_is_not_for_loopback_and_sees_only_connect";
            child.args(["--exact", name, "--nocapture"]);
            for variable in VARIABLES.iter().chain(&["NO_PROXY", "no_proxy"]) {
                child.env_remove(variable);
            }
            child.env(CHILD, "1").env(variable, address);
            if let Some(no_proxy) = no_proxy {
                child.env("NO_PROXY", no_proxy);
            }
            let output =
                tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
            assert!(output.status.success(), "{variable}: {output:?}");
            let heads = proxy.heads();
            assert!(!heads.iter().any(|head| head.contains("canary")), "{variable}: {heads:?}");
            // The control: where the variable is meant for https, the proxy has been asked.
            let used = !variable.eq_ignore_ascii_case("http_proxy") && no_proxy != Some("*");
            assert_eq!(heads.len(), usize::from(used), "{variable} {no_proxy:?}: {heads:?}");
            assert!(heads.iter().all(|head| head.starts_with("CONNECT nowhere.invalid:443 ")));
        }
    }
}

async fn with_proxy_environment() {
    let server = Server::answering(200, "", "{}").await;
    let vault = Vault::in_memory();
    let key = canary();
    let local = [server.base(), BaseUrl::parse(&format!("localhost:{}", server.port)).unwrap()];
    for base in &local {
        vault.send(Credential::Candidate(&key), base, post("chat", STYLES[0])).await.unwrap();
    }
    let heads = server.heads();
    assert_eq!(heads.len(), 2);
    assert!(heads.iter().all(|head| head.contains(CANARY)));
    let remote = BaseUrl::parse("https://nowhere.invalid/v1").unwrap();
    let outcome = vault.send(Credential::Candidate(&key), &remote, post("chat", STYLES[0])).await;
    match outcome {
        Err(SendError::Offline { .. }) => {}
        Err(SendError::Proxy { detail }) => {
            assert!(detail.contains("_PROXY=http") || detail.contains("_proxy=http"), "{detail}")
        }
        other => panic!("{other:?}"),
    }
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    environment: std::collections::HashMap<String, String>,
    address: Option<String>,
    expected: Expected,
}

#[derive(serde::Deserialize)]
struct Expected {
    way: String,
}

const CASES: &str = include_str!("../../../../tests/fixtures/cases/proxies.jsonl");

/// What each case sets, with ports that are listened at.
#[tokio::test]
async fn every_case_of_the_collection_goes_its_way() {
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let proxy = Server::answering(502, "", "").await;
        let server = Server::answering(200, "", "{}").await;
        let said = |names: [&str; 4]| names.iter().find_map(|name| case.environment.get(*name));
        let setting = said(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]).unwrap();
        let setting = setting.replace("7890", &proxy.port.to_string());
        let setting = setting.replace("7891", &proxy.port.to_string());
        let except = said(["no_proxy", "NO_PROXY", "", ""]).cloned().unwrap_or_default();
        let proxies = Proxies::of("ALL_PROXY", &setting, &except);
        let vault = Vault::in_memory().with_proxies(proxies);
        let is_local = case.address.as_ref().is_none_or(|address| address.contains("127.0.0.1"));
        // Far hosts get a name that leads nowhere, below the same domain.
        let base = match &case.address {
            Some(address) if !is_local => BaseUrl::parse(address).unwrap(),
            _ => server.base(),
        };
        let key = canary();
        let request = post("chat", STYLES[0]);
        let outcome = vault.send(Credential::Candidate(&key), &base, request).await;
        match case.expected.way.as_str() {
            "direct" if is_local => assert!(outcome.is_ok(), "{}: {outcome:?}", case.name),
            "direct" => assert!(matches!(outcome, Err(SendError::Offline { .. })), "{}", case.name),
            _ => {
                let Err(SendError::Proxy { detail }) = outcome else {
                    panic!("{}: {outcome:?}", case.name)
                };
                assert!(detail.contains(&format!("ALL_PROXY={setting}")), "{detail}");
            }
        }
        let asked = case.expected.way != "direct";
        assert_eq!(!proxy.heads().is_empty(), asked, "{}", case.name);
    }
}

#[tokio::test]
async fn a_setting_that_cannot_be_used_breaks_no_loopback_and_is_named_to_whoever_goes_that_way() {
    let server = Server::answering(200, "", "{}").await;
    for value in ["ftp://u:canary@127.0.0.1:1", "::::", "http://"] {
        let vault = Vault::in_memory().with_proxies(Proxies::of("HTTPS_PROXY", value, ""));
        let send = async |base: &BaseUrl| {
            vault.send(Credential::Candidate(&canary()), base, post("chat", STYLES[0])).await
        };
        assert!(send(&server.base()).await.is_ok(), "{value}");
        let remote = BaseUrl::parse("https://nowhere.invalid/v1").unwrap();
        let Err(SendError::Proxy { detail }) = send(&remote).await else { panic!("{value}") };
        assert!(detail.contains("HTTPS_PROXY=") && !detail.contains("canary"), "{detail}");
    }
}

#[tokio::test]
async fn a_socks_proxy_is_asked_for_the_host_by_its_name_and_sees_no_key() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let value = format!("socks://{}/", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut greeting = [0; 2];
        socket.read_exact(&mut greeting).await.unwrap();
        let mut methods = vec![0; greeting[1].into()];
        socket.read_exact(&mut methods).await.unwrap();
        socket.write_all(&[5, 0]).await.unwrap();
        let mut asked = vec![0; 4 + 1 + "nowhere.invalid".len() + 2];
        socket.read_exact(&mut asked).await.unwrap();
        asked
    });
    let vault = Vault::in_memory().with_proxies(Proxies::of("all_proxy", &value, ""));
    let remote = BaseUrl::parse("https://nowhere.invalid/v1").unwrap();
    let outcome =
        vault.send(Credential::Candidate(&canary()), &remote, post("chat", STYLES[0])).await;
    assert!(matches!(outcome, Err(SendError::Proxy { .. })), "{outcome:?}");
    let asked = heard.await.unwrap();
    assert_eq!(asked[..5], [5, 1, 0, 3, 15], "a connection, to a host by name");
    assert_eq!(&asked[5..20], b"nowhere.invalid");
}

#[test]
fn a_proxys_password_is_not_shown() {
    let proxies = Proxies::of("HTTPS_PROXY", "http://u:canary@p:1", "");
    assert_eq!(format!("{proxies:?}"), "Proxies(set)");
}
