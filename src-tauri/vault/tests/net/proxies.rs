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
    assert!(matches!(outcome, Err(SendError::Offline { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_proxy_that_cannot_be_used_is_not_passed_over() {
    for address in ["socks5://127.0.0.1:1", "::::"] {
        let proxies = Proxies { https: Some(address.into()), except: None };
        let vault = Vault::in_memory().with_proxies(proxies);
        let remote = BaseUrl::parse("https://nowhere.invalid/v1").unwrap();
        let outcome =
            vault.send(Credential::Candidate(&canary()), &remote, post("chat", STYLES[0])).await;
        assert!(matches!(outcome, Err(SendError::InvalidRequest { .. })), "{address}: {outcome:?}");
    }
}

#[test]
fn a_proxys_password_is_not_shown() {
    let proxies = Proxies { https: Some("http://u:canary@p:1".into()), except: None };
    assert_eq!(format!("{proxies:?}"), "Proxies(set)");
}
