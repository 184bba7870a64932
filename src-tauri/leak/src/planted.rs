//! A key of nobody's, planted where a check has to find it. A search that does not is no proof of anything.

use std::io::Write;
use std::path::PathBuf;

use tempfile::TempDir;
use vault::{ApiKey, BaseUrl, Binding, KeyId, Patience, Vault, VaultError, Watch};
use zeroize::Zeroizing;

use crate::git;

/// A made-up key, and the places where it lies.
#[derive(Debug)]
pub struct Planted {
    pub(crate) id: KeyId,
    folder: TempDir,
    /// Where it lies in plain text.
    pub(crate) file: PathBuf,
    /// Where it lies in the history of a repository; none without git.
    pub(crate) repository: Option<PathBuf>,
}

impl Planted {
    /// Plants a key, and gets a watch ready for it and for these stored keys.
    pub async fn watch(
        vault: &Vault,
        keys: &[KeyId],
        patience: Patience,
    ) -> Result<(Planted, Watch), VaultError> {
        let text = made_up()?;
        let planted = Planted::plant(&text).map_err(|_| VaultError::Failed)?;
        let key = ApiKey::parse(text).map_err(|_| VaultError::Failed)?;
        let base = BaseUrl::parse("http://127.0.0.1:1").map_err(|_| VaultError::Failed)?;
        // Known in the way in which every stored key is known, and forgotten with the session at the latest.
        vault.keep_for_session(&planted.id, key, &Binding { base, provider: "practice".into() });
        let all: Vec<KeyId> = keys.iter().chain([&planted.id]).cloned().collect();
        let watch = vault.watch(&all, patience).await;
        vault.forget_here(&planted.id);
        Ok((planted, watch?))
    }

    fn plant(text: &str) -> std::io::Result<Planted> {
        let folder = tempfile::Builder::new().prefix("latchkey-planted-").tempdir()?;
        let file = folder.path().join(".env");
        let mut out = std::fs::File::create_new(&file)?;
        writeln!(out, "# A made-up key that a leak check has to find.\nMADE_UP={text}")?;
        let repository = git::plant(folder.path(), text);
        let id = KeyId::random().map_err(|_| std::io::ErrorKind::Other)?;
        Ok(Planted { id, folder, file, repository })
    }

    /// Takes it away from where only the history has it.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

/// Nobody's key: its letters come from chance, and no provider makes keys that begin so.
fn made_up() -> Result<Zeroizing<String>, VaultError> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";
    let mut bytes = Zeroizing::new([0_u8; 40]);
    getrandom::fill(&mut *bytes).map_err(|_| VaultError::Failed)?;
    let mut text = Zeroizing::new(String::with_capacity(64));
    text.push_str("latchkey-planted-");
    text.extend(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 63)])));
    Ok(text)
}
