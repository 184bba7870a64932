//! Making connections.

use std::time::{Duration, Instant};

use practice::{Account, Options, Standing};
use turn::{Admitted, Aim, Candidate, Place, Trouble, check};
use vault::{BaseUrl, Deadlines, Vault};
use wire::Provider;

use crate::stage::{HANG, KEY, Stage, api_key};

async fn server(standing: Standing) -> practice::Running {
    let account = Account { key: KEY.to_owned(), standing };
    let options = Options { accounts: vec![account], list_faults: false, ..Options::default() };
    practice::start(options).await.unwrap()
}

fn candidate(key: &str, address: &str) -> Candidate {
    Candidate::new(api_key(key), Provider::other(), BaseUrl::parse(address).unwrap(), Aim::Own)
}

#[tokio::test]
async fn a_good_key_is_tried_and_then_kept() {
    let stage = Stage::new().await;
    let server = server(Standing::Good).await;
    let (admitted, checked) =
        candidate(KEY, &server.base_url()).admit(&stage.vault, &stage.history).await;
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    assert_eq!(checked.models.unwrap(), ["practice", "practice-thinking"]);
    assert_eq!(connection.key.as_ref().unwrap().last_four, "W7qK");
    assert!(
        check(&stage.vault, &stage.history, &connection).await.unwrap().models.is_ok(),
        "the kept key works"
    );
    assert_eq!(stage.history.connections().unwrap().len(), 2);
}

#[tokio::test]
async fn a_wrong_key_is_not_kept() {
    let stage = Stage::new().await;
    let server = server(Standing::Good).await;
    let wrong = candidate("sk-proj-wrongwrongwrongwrongwrong", &server.base_url());
    let (admitted, checked) = wrong.admit(&stage.vault, &stage.history).await;
    assert!(matches!(admitted, Admitted::Refused));
    let failure = checked.models.unwrap_err();
    assert_eq!(failure.trouble, Trouble::KeyRejected);
    assert_eq!(
        failure.said, "Incorrect API key provided: •••.",
        "what is said does not repeat the key"
    );
    assert_eq!(stage.history.connections().unwrap().len(), 1);
}

#[tokio::test]
async fn a_key_without_credit_or_with_few_rights_is_kept_and_said() {
    for (standing, trouble) in
        [(Standing::NoCredit, Trouble::NoCredit), (Standing::Restricted, Trouble::NotAllowed)]
    {
        let stage = Stage::new().await;
        let server = server(standing).await;
        let (admitted, checked) =
            candidate(KEY, &server.base_url()).admit(&stage.vault, &stage.history).await;
        assert!(matches!(admitted, Admitted::Kept(_)));
        assert_eq!(checked.models.unwrap_err().trouble, trouble);
    }
}

#[tokio::test]
async fn a_wrong_address_keeps_nothing() {
    let stage = Stage::new().await;
    let server = server(Standing::Good).await;
    let wrong_path = server.base_url().replace("/v1", "/v2");
    let table = [
        (wrong_path.as_str(), Trouble::AddressNotFound, true),
        ("http://127.0.0.1:9", Trouble::Unreachable, false),
    ];
    for (address, trouble, answers) in table {
        let (admitted, checked) = candidate(KEY, address).admit(&stage.vault, &stage.history).await;
        assert_eq!(matches!(admitted, Admitted::Unlisted(_)), answers, "{address}");
        assert_eq!(matches!(admitted, Admitted::Refused), !answers, "{address}");
        assert_eq!(stage.history.connections().unwrap().len(), 1, "{address}");
        assert_eq!(checked.models.unwrap_err().trouble, trouble, "{address}");
    }
}

#[tokio::test]
async fn without_a_keychain_the_key_waits_and_can_be_kept_for_the_session() {
    let stage = Stage::new().await;
    let server = server(Standing::Good).await;
    let absent = Vault::with_store(|| Err(keyring_core::Error::NoDefaultStore));
    let (admitted, _) = candidate(KEY, &server.base_url()).admit(&absent, &stage.history).await;
    let Admitted::NotKept(waiting, failure) = admitted else { panic!("{admitted:?}") };
    assert_eq!(failure.trouble, Trouble::KeychainAbsent);
    let kept = waiting.keep(&absent, &stage.history, Place::Session).await;
    let Admitted::Kept(connection) = kept else { panic!("{kept:?}") };
    assert!(check(&absent, &stage.history, &connection).await.unwrap().models.is_ok());
}

#[tokio::test]
async fn a_keychain_that_never_answers_is_not_waited_for() {
    let stage = Stage::new().await;
    let server = server(Standing::Good).await;
    let deadlines = Deadlines { brief: Duration::from_millis(200), ..Deadlines::default() };
    let silent = Vault::with_store(|| {
        std::thread::sleep(Duration::from_secs(3600));
        Err(keyring_core::Error::NoDefaultStore)
    })
    .with_deadlines(deadlines);
    let start = Instant::now();
    let (admitted, checked) =
        candidate(KEY, &server.base_url()).admit(&silent, &stage.history).await;
    assert!(start.elapsed() < HANG, "{:?}", start.elapsed());
    assert!(checked.models.is_ok());
    let Admitted::NotKept(_, failure) = admitted else { panic!("{admitted:?}") };
    assert_eq!(failure.trouble, Trouble::KeychainSilent);
}

#[tokio::test]
async fn a_key_that_replaces_a_session_key_is_the_one_that_is_used() {
    let stage = Stage::new().await;
    let options = practice::Options {
        accounts: vec![Account::good("sk-local-old-key-1111"), Account::good(KEY)],
        ..Default::default()
    };
    let server = practice::start(options).await.unwrap();
    let old = candidate("sk-local-old-key-1111", &server.base_url());
    let kept = old.keep(&stage.vault, &stage.history, Place::Session).await;
    let Admitted::Kept(connection) = kept else { panic!("{kept:?}") };
    let base = BaseUrl::parse(&server.base_url()).unwrap();
    let next = Candidate::new(api_key(KEY), Provider::other(), base, Aim::Replace(connection));
    let (admitted, _) = next.admit(&stage.vault, &stage.history).await;
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    check(&stage.vault, &stage.history, &connection).await.unwrap();
    let sent: Vec<_> = server.log().seen().into_iter().flat_map(|seen| seen.headers).collect();
    assert!(sent.iter().any(|(_, value)| value == &format!("Bearer {KEY}")), "{sent:?}");
}

#[tokio::test]
async fn a_replaced_key_keeps_its_connection() {
    let stage = Stage::new().await;
    let old = stage.history.connections().unwrap().remove(0);
    let base = BaseUrl::parse(&old.address).unwrap();
    let next =
        Candidate::new(api_key(KEY), Provider::other(), base, Aim::Replace(Box::new(old.clone())));
    let (admitted, _) = next.admit(&stage.vault, &stage.history).await;
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    assert_eq!((connection.id, connection.name), (old.id, old.name));
    assert_eq!(stage.history.connections().unwrap().len(), 1);
}

#[tokio::test]
async fn an_address_without_a_key() {
    let stage = Stage::new().await;
    let open = practice::start(Options::default()).await.unwrap();
    let connect = async |address: String| {
        let base = BaseUrl::parse(&address).unwrap();
        Candidate::without_key(Provider::other(), base).admit(&stage.vault, &stage.history).await
    };
    let (admitted, _) = connect(open.base_url()).await;
    let Admitted::Kept(connection) = admitted else { panic!("{admitted:?}") };
    assert_eq!(connection.key, None);
    let closed = server(Standing::Good).await;
    let (admitted, checked) = connect(closed.base_url()).await;
    assert!(matches!(admitted, Admitted::Refused));
    assert_eq!(checked.models.unwrap_err().trouble, Trouble::KeyRejected);
    assert!(closed.log().seen()[0].headers.iter().all(|(name, _)| name != "authorization"));
}
