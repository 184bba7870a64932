//! What only the desktop can do: its own windows, its clipboard, its protection of a process.
//!
//! Each thing stands behind one small trait, so that another platform is one more implementation and nothing else. A
//! platform that has none yet answers [`NativeError::Unavailable`]; the web page never stands in.

mod gate;
#[cfg(target_os = "linux")]
mod graphics;
#[cfg(target_os = "linux")]
mod gtk;
mod hardening;
mod hotkey;
mod pace;
mod pressed;
mod running;
mod terminal;
mod tray;
#[cfg(not(target_os = "linux"))]
mod unavailable;

use std::pin::Pin;

use tokio::sync::oneshot;
use vault::{BaseUrl, KeyCommand};
use zeroize::Zeroizing;

use crate::words::windows::PageTrouble;
use crate::words::{Asked, Told};

pub use gate::{Gate, Pass};
#[cfg(target_os = "linux")]
pub use graphics::has_graphics_card;
pub use hardening::{Hardened, harden};
pub use hotkey::{Chord, Hotkey, NoHotkey};
pub use pace::Pace;
pub use pressed::Pressed;
pub use running::wait_for_the_dying;
#[cfg(unix)]
pub use terminal::leave_terminal_to_child;
pub use tray::{Tray, TrayAct, TrayNews, TrayPicture};

/// The answer of a native window, when the person has given it.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, NativeError>> + Send>>;

/// Why a native window gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NativeError {
    /// The person closed it or pressed Cancel.
    #[error("the person said no")]
    Cancelled,
    /// Three refusals in a row closed the door for a minute: a page that asks again and again gets nothing.
    #[error("too many refusals")]
    TooManyRefusals,
    /// One is open already.
    #[error("a native window is open already")]
    WindowOpen,
    /// This platform has none yet, or the desktop could not show it.
    #[error("no native window here")]
    Unavailable,
}

/// A window of the desktop to type a key into.
pub trait PasswordWindow: Send + Sync {
    /// Asks for a key. The text is wiped from the window before the answer comes.
    fn ask(&self, question: KeyQuestion) -> Answer<Zeroizing<String>>;
}

/// A window of the desktop that asks for a yes. Cancel is the default, and yes is live only after a second.
pub trait ConfirmWindow: Send + Sync {
    /// Asks; anything but a yes is [`NativeError::Cancelled`].
    fn ask(&self, question: Question) -> Answer<()>;
    /// The same with a second yes, in these words, that holds once.
    fn ask_how_long(&self, question: Question, once: String) -> Answer<HowLong>;
}

/// How long a yes holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowLong {
    /// This once.
    Once,
    /// From now on.
    Always,
}

/// Shows a token to the person, once.
pub trait TokenWindow: Send + Sync {
    /// Comes back when they have closed it.
    fn show(&self, application: String, token: Zeroizing<String>) -> Answer<()>;
}

/// The clipboard, reached through our own focused window.
pub trait Clipboard: Send + Sync {
    /// Its text; `None` when it holds none.
    fn read(&self) -> Answer<Option<Zeroizing<String>>>;
    /// What is selected in some window; `None` where nothing is, or no desktop tells.
    fn selection(&self) -> Answer<Option<Zeroizing<String>>>;
    /// What lies in it beside text, if the person has just pressed the keys that paste: a page cannot press them.
    fn pasted(&self) -> Answer<Pasted>;
    /// Begins to notice those keys in the window.
    fn notice_pastes(&self);
    /// Replaces its text.
    fn write(&self, text: String) -> Answer<()>;
    /// Replaces it by a text that other programs may also take with its markup.
    fn write_rich(&self, text: String, html: String) -> Answer<()>;
}

/// What a clipboard holds beside text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pasted {
    /// Nothing.
    Nothing,
    /// A picture, as a PNG file.
    Picture(Vec<u8>),
    /// Files of this computer.
    Files(Vec<std::path::PathBuf>),
}

/// The desktop's own file window.
pub trait FileWindow: Send + Sync {
    /// Lets the person pick some files to send to a model.
    fn pick_some(&self, title: String) -> Answer<Vec<std::path::PathBuf>>;
    /// Lets the person pick folders to look through.
    fn pick_folders(&self, title: String) -> Answer<Vec<std::path::PathBuf>>;
    /// Lets the person say where a file is to be written, beginning with this name.
    fn pick_new(&self, title: String, name: String) -> Answer<std::path::PathBuf>;
    /// Lets the person pick one file to read.
    fn pick(&self, title: String) -> Answer<std::path::PathBuf>;
}

/// Hands an address to the program the desktop has for it.
pub trait Opener: Send + Sync {
    /// Opens it. Whoever calls has checked the scheme and asked the person.
    fn open(&self, url: url::Url) -> Answer<()>;
}

/// Tells a person something by the desktop's own notices, also while they look elsewhere.
pub trait Notices: Send + Sync {
    /// Tells it. Whether the desktop shows notices is the desktop's business.
    fn tell(&self, notice: Notice) -> Answer<()>;
}

/// A notice. It never holds what was said in a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub title: String,
    /// What is safe, and what to do next.
    pub body: String,
}

/// Says what is wrong with the page itself. No page can ask for it, so it passes no gate.
pub trait TroubleWindow: Send + Sync {
    /// Asks; the end of `over` closes it, because the trouble has gone by itself.
    fn ask(&self, trouble: Trouble, over: oneshot::Receiver<()>) -> Answer<()>;
}

/// What is wrong with the page, and two ways on.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The window's title.
    pub title: String,
    /// What may be the reason.
    pub reason: String,
    /// What is safe, and what each way does.
    pub note: String,
    /// The words on the button that says yes.
    pub yes: String,
    /// The words on the one that says no, which is the default.
    pub no: String,
}

/// What the key is asked for.
#[derive(Debug, Clone)]
pub struct KeyQuestion {
    /// The provider's name.
    pub provider: String,
    /// The one address it will be sent to.
    pub address: BaseUrl,
}

/// A question with one yes.
#[derive(Debug, Clone)]
pub struct Question {
    /// The window's title, a question in our own words.
    pub title: String,
    /// Facts of our own, a line each: label and value. Values are shown as they are, never as markup.
    pub facts: Vec<(String, String)>,
    /// What the page or an answer chose: shown after them, small, shortened and in quotes.
    pub claims: Vec<(String, String)>,
    /// What follows from a yes.
    pub note: String,
    /// Something to think about first, in bold.
    pub warning: Option<String>,
    /// The words on the button that says yes.
    pub yes: String,
}

/// A line of a question: its label, in our own words, and its value.
pub type Line = (&'static str, String);

impl Question {
    /// A question in these words, with our own facts, and with claims that others chose.
    pub fn of<T: Into<String>>(asked: Asked<T>, facts: Vec<Line>, claims: Vec<Line>) -> Self {
        let lines = |lines: Vec<Line>| {
            lines.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
        };
        Self {
            title: asked.title.into(),
            facts: lines(facts),
            claims: lines(claims),
            note: asked.note.to_owned(),
            warning: None,
            yes: asked.yes.to_owned(),
        }
    }

    /// The same with something to think about first, where there is something.
    pub fn warning_of(self, warning: Option<impl Into<String>>) -> Self {
        Self { warning: warning.map(Into::into), ..self }
    }
}

impl<T: Into<String>> From<Told<T>> for Notice {
    fn from(told: Told<T>) -> Self {
        Self { title: told.title.into(), body: told.body.into() }
    }
}

impl From<PageTrouble> for Trouble {
    fn from(words: PageTrouble) -> Self {
        Self {
            title: words.title.to_owned(),
            reason: words.reason.to_owned(),
            note: words.note.to_owned(),
            yes: words.yes.to_owned(),
            no: words.no.to_owned(),
        }
    }
}

/// The window in which a person says which program prints a key.
pub trait CommandWindow: Send + Sync {
    /// Asks for it; what it shows is exactly what will be run.
    fn ask(&self, question: KeyQuestion) -> Answer<KeyCommand>;
}

/// The desktop this process runs on.
pub struct Desktop {
    /// See [`PasswordWindow`].
    pub password: Box<dyn PasswordWindow>,
    /// See [`CommandWindow`].
    pub command: Box<dyn CommandWindow>,
    /// See [`ConfirmWindow`].
    pub confirm: Box<dyn ConfirmWindow>,
    /// See [`Clipboard`].
    pub clipboard: Box<dyn Clipboard>,
    /// See [`FileWindow`].
    pub files: Box<dyn FileWindow>,
    /// See [`Opener`].
    pub opener: Box<dyn Opener>,
    /// See [`TokenWindow`].
    pub token: Box<dyn TokenWindow>,
    /// See [`Notices`].
    pub notices: Box<dyn Notices>,
    /// See [`TroubleWindow`].
    pub trouble: Box<dyn TroubleWindow>,
    /// Whether there are native windows at all.
    pub has_windows: bool,
}

impl Desktop {
    /// The desktop of this platform, its windows belonging to the window called `parent`.
    pub fn new(app: &tauri::AppHandle, parent: &'static str) -> Self {
        #[cfg(target_os = "linux")]
        return gtk::desktop(app, parent);
        #[cfg(not(target_os = "linux"))]
        return unavailable::desktop(app, parent);
    }
}
