//! What the shell holds while it runs.

use std::sync::{Arc, Mutex, PoisonError};

use files::document::Reader;
use tauri::AppHandle;
use turn::{Candidate, Turns};
use vault::{BaseUrl, EnvironmentKeys, HandedOver, KeyRefusal, Vault};
use wire::Provider;

use crate::aloud::Aloud;
use crate::background::Background;
use crate::dictation::Dictation;
use crate::handover::{How, KeyOrigin};
use crate::home::Home;
use crate::ipc::CameBack;
use crate::jobs::Jobs;
use crate::latest::Latest;
use crate::leaks::LeakCheck;
use crate::lending::Lending;
use crate::native::{Desktop, Pace};
use crate::newsroom::Newsroom;
use crate::practice_provider::PracticeProvider;
use crate::quick::Quick;
use crate::store::Store;
use crate::watchers::Watchers;
use crate::window::TextSize;

/// The one state of the app, managed by Tauri.
pub struct AppState {
    /// The app itself, for what concerns its windows.
    pub app: AppHandle,
    /// Keys.
    pub vault: Arc<Vault>,
    /// Where everything is kept.
    pub home: Home,
    /// Chats.
    pub store: Store,
    /// What reads and draws documents; none where this program cannot be started once more.
    pub documents: Option<Reader>,
    /// Answers on their way.
    pub turns: Turns,
    /// Where a page finds them.
    pub watchers: Watchers,
    /// Native windows.
    pub desktop: Desktop,
    /// How large the page is drawn.
    pub text_size: TextSize,
    /// The practice provider, once somebody practises.
    pub practice: PracticeProvider,
    /// What the page hears without having asked.
    pub newsroom: Newsroom,
    /// Long work.
    pub jobs: Jobs,
    /// What is done while no window is looked at.
    pub background: Background,
    /// What was asked in the small window.
    pub quick: Quick,
    /// The leak check.
    pub leaks: LeakCheck,
    /// The microphone and the loudspeaker.
    pub sound: Arc<dyn voice::Device>,
    /// What is being dictated.
    pub dictation: Arc<Dictation>,
    /// What is being read aloud.
    pub aloud: Aloud,
    /// What is lent to other programs.
    pub lending: Lending,
    /// How often providers' pages are opened.
    pub pages: Pace,
    /// What is searched everywhere.
    pub searching: Latest,
    /// The same in one chat.
    pub finding: Latest,
    environment: Mutex<EnvironmentKeys>,
    pending: Mutex<Option<Held>>,
    came_back: Mutex<Option<CameBack>>,
    unfinished: Mutex<Option<String>>,
}

/// A key that the keychain would not take, and where it came from and still is.
pub struct Held {
    /// The key.
    pub candidate: Candidate,
    /// Where it came from.
    pub origin: KeyOrigin,
    /// What else the page is told.
    pub how: How,
}

impl AppState {
    /// The state at the start.
    pub fn new(
        app: AppHandle,
        vault: Arc<Vault>,
        home: Home,
        store: Store,
        desktop: Desktop,
        lending: Lending,
        environment: EnvironmentKeys,
    ) -> Self {
        let newsroom = Newsroom::default();
        let documents = Reader::this_program().ok();
        Self {
            app,
            vault,
            background: Background::new(home.background()),
            home,
            store,
            turns: Turns::default().drawing(documents.clone()),
            documents,
            watchers: Watchers::default(),
            desktop,
            text_size: TextSize::default(),
            practice: PracticeProvider::default(),
            jobs: Jobs::telling(newsroom.clone()),
            newsroom,
            quick: Quick::default(),
            leaks: LeakCheck::default(),
            sound: voice::desktop(),
            dictation: Arc::default(),
            aloud: Aloud::default(),
            lending,
            pages: Pace::default(),
            searching: Latest::default(),
            finding: Latest::default(),
            environment: Mutex::new(environment),
            pending: Mutex::new(None),
            came_back: Mutex::new(None),
            unfinished: Mutex::new(None),
        }
    }

    /// The variable of this provider's that held a text where Latchkey was started.
    pub fn variable_of(&self, provider: Provider) -> Option<&'static str> {
        let environment = lock(&self.environment);
        let holds = |name: &&str| environment.names().any(|held| held == *name);
        provider.variables().iter().map(String::as_str).find(holds)
    }

    /// A key of a variable's text, which stays until it is forgotten.
    pub fn environment_key(
        &self,
        name: &str,
        base: &BaseUrl,
    ) -> Option<Result<HandedOver, KeyRefusal>> {
        lock(&self.environment).read(name, base)
    }

    /// Wipes a variable's text: its key is kept elsewhere now.
    pub fn forget_environment_key(&self, name: &str) {
        lock(&self.environment).forget(name);
    }

    /// Holds a key that the keychain would not take; a later one takes its place.
    pub fn hold(&self, held: Option<Held>) {
        *lock(&self.pending) = held;
    }

    /// The page is about to be loaded again, for this reason.
    pub fn note_death(&self, came_back: CameBack) {
        *lock(&self.came_back) = Some(came_back);
    }

    /// Why the page was loaded again; told once.
    pub fn take_death(&self) -> Option<CameBack> {
        lock(&self.came_back).take()
    }

    /// Keeps what the page has begun and not ended, for the page that may have to take its place. In memory only.
    pub fn keep_unfinished(&self, unfinished: String) {
        *lock(&self.unfinished) = Some(unfinished);
    }

    /// What a page before had begun.
    pub fn unfinished(&self) -> Option<String> {
        lock(&self.unfinished).clone()
    }

    /// The key that was held.
    pub fn take_held(&self) -> Option<Held> {
        lock(&self.pending).take()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
