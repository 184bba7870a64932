//! The provider's count of money beside our own, from a server that tells it, and from one that lies.

use history::{Connection, Request, Settled};
use practice::{Account, Options};
use turn::{Comparison, Failure, Trouble, compare};

use crate::stage::{KEY, Stage};

const DOLLAR: i64 = 1_000_000_000;

/// A connection of this provider's whose server tells this.
async fn telling(provider: &str, money: &[(&str, &str)]) -> Stage {
    let money = money.iter().map(|&(path, told)| (path.to_owned(), told.to_owned())).collect();
    let accounts = vec![Account::good(KEY)];
    let stage = Stage::of(Options { accounts, money, ..Options::default() }).await;
    let connection = stage.history.connections().unwrap().remove(0);
    let named = Connection { provider: provider.to_owned(), ..connection };
    stage.history.put_connection(&named).unwrap();
    stage
}

async fn compared(stage: &Stage) -> Result<Comparison, Failure> {
    let connection = stage.history.connections().unwrap().remove(0);
    compare(&stage.vault, &stage.history, &connection).await
}

fn spend(stage: &Stage, nano: i64) {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let request = Request {
        connection: &stage.connection,
        model: "m",
        conversation: None,
        message: None,
        key: None,
        at_most_nano: Some(nano),
        tokens_at_most: 1,
        now_ms: i64::try_from(now.as_millis()).unwrap(),
    };
    let entry = stage.history.reserve(&request).unwrap().unwrap();
    stage.history.settle(entry, &Settled { nano: Some(nano), ..Settled::default() }).unwrap();
}

const USED: &str = r#"{"data":{"usage":9,"usage_daily":0.25,"usage_monthly":3.125,"limit":20,"limit_remaining":16.875}}"#;

#[tokio::test]
async fn what_open_router_counts_stands_beside_what_was_counted_here() {
    let credits = r#"{"data":{"total_credits":25.5,"total_usage":9.5}}"#;
    let stage = telling("openRouter", &[("/v1/key", USED), ("/v1/credits", credits)]).await;
    spend(&stage, 3 * DOLLAR);
    let comparison = compared(&stage).await.unwrap();
    assert_eq!(comparison.told.month_nano, Some(3_125_000_000));
    assert_eq!((comparison.month_nano, comparison.day_nano), (3 * DOLLAR, 3 * DOLLAR));
    assert_eq!(comparison.told.balance, Some((16 * DOLLAR, "USD".to_owned())));
    let key = stage.history.connections().unwrap().remove(0).key.unwrap();
    assert!(key.restricted, "the provider itself limits this key");
    let seen = stage.server.log().seen();
    assert_eq!(
        seen.iter().map(|seen| seen.path.as_str()).collect::<Vec<_>>(),
        ["/v1/key", "/v1/credits"]
    );
    // An ordinary key is not told of credits any more: what it is told stands without them.
    let stage = telling("openRouter", &[("/v1/key", USED)]).await;
    let comparison = compared(&stage).await.unwrap();
    assert_eq!((comparison.told.month_nano, comparison.told.balance), (Some(3_125_000_000), None));
}

#[tokio::test]
async fn a_balance_is_compared_with_the_one_before() {
    let path = "/v1/user/balance";
    let usd = |left: &str| {
        format!(r#"{{"balance_infos":[{{"currency":"USD","total_balance":"{left}"}}]}}"#)
    };
    let stage = telling("deepSeek", &[(path, &usd("8.25"))]).await;
    spend(&stage, DOLLAR);
    assert_eq!(compared(&stage).await.unwrap().since, None, "there was none before");
    // What was sent in the very millisecond of a balance could be on either side of it.
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    spend(&stage, DOLLAR / 2);
    let later = telling("deepSeek", &[(path, &usd("7.50"))]).await;
    let moved = later.history.connections().unwrap().remove(0);
    let here = stage.history.connections().unwrap().remove(0);
    let id = vault::KeyId::parse(&here.id).unwrap();
    let base = vault::BaseUrl::parse(&moved.address).unwrap();
    let binding = vault::Binding { base, provider: "other".to_owned() };
    let key = crate::stage::api_key(KEY);
    stage.vault.store(&id, &key, &binding, vault::Patience::Brief).await.unwrap();
    let Connection { address, origin, .. } = moved;
    stage.history.put_connection(&Connection { address, origin, ..here }).unwrap();
    let since = compared(&stage).await.unwrap().since.unwrap();
    assert_eq!((since.fell_nano, since.counted_nano), (DOLLAR * 3 / 4, DOLLAR / 2));
}

#[tokio::test]
async fn lies_and_silence_are_errors_and_change_nothing() {
    let odd = [
        r#"{"data":{"usage_monthly":-5,"usage_daily":0}}"#,
        r#"{"data":{"usage_monthly":1e300,"usage_daily":0}}"#,
        r#"{"error":"no"}"#,
        "<html>",
        "",
    ];
    for told in odd {
        let stage = telling("openRouter", &[("/v1/key", told), ("/v1/credits", "{}")]).await;
        let failure = compared(&stage).await.unwrap_err();
        assert_eq!(failure.trouble, Trouble::Nonsense, "{told}");
        assert_eq!(failure.detail.as_deref(), Some("what it told of its money is no amount"));
        assert!(!stage.history.connections().unwrap()[0].key.as_ref().unwrap().restricted);
    }
    let silent = telling("openRouter", &[]).await;
    assert_eq!(compared(&silent).await.unwrap_err().trouble, Trouble::AddressNotFound);
    let other = telling("openAi", &[]).await;
    assert_eq!(compared(&other).await.unwrap_err().trouble, Trouble::NotFound, "it tells nobody");
    assert!(other.server.log().seen().is_empty());
}
