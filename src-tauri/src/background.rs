//! What Latchkey does while its window is not looked at: keys for the small window, an icon, and beginning with the session. All
//! of it is off until a person wants it.

mod wishes;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::ipc::{
    AppError, BackgroundChange, BackgroundView, ErrorCode, HotkeyStanding, TrayStanding, Wanted,
};
use crate::native::{Chord, Hotkey, NoHotkey, Tray, TrayAct, TrayNews, TrayPicture};
use crate::state::AppState;
use crate::{autostart, window, words};

use wishes::Wishes;

/// At the start of a session, what shows icons may begin after what has one.
const PATIENCE: Duration = Duration::from_secs(8);

/// The small window is made when nothing else is to be done, so that the first press finds it.
const LATER: Duration = Duration::from_secs(3);

/// The wishes, and what came of them.
pub struct Background {
    file: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    wishes: Wishes,
    hotkey: Option<Result<Hotkey, NoHotkey>>,
    tray: Option<Arc<Tray>>,
    is_tray_shown: bool,
}

impl Background {
    /// What is kept in this file. Nothing of it is done yet.
    pub fn new(file: PathBuf) -> Self {
        let inner = Inner { wishes: Wishes::load(&file), ..Inner::default() };
        Self { file, inner: Mutex::new(inner) }
    }

    /// How it stands.
    pub fn view(&self) -> BackgroundView {
        let inner = self.inner();
        let session = autostart::place();
        let program = autostart::program().unwrap_or_else(|_| "latchkey".into());
        BackgroundView {
            hotkey: match &inner.hotkey {
                None => HotkeyStanding::Off,
                Some(Ok(_)) => HotkeyStanding::Works,
                Some(Err(why)) => (*why).into(),
            },
            keys: inner.wishes.chord().to_string(),
            tray: match (inner.wishes.tray, inner.is_tray_shown) {
                (false, _) => TrayStanding::Off,
                (true, true) => TrayStanding::Shown,
                (true, false) => TrayStanding::NoHost,
            },
            starts_with_session: session.is_some_and(|file| autostart::is_on(&file)),
            starts_hidden: inner.wishes.starts_hidden,
            command: format!("{} ask", program.display()),
        }
    }

    /// Whether the window can be opened again once it is hidden, as far as that is known now.
    pub fn has_way_back(&self) -> bool {
        let inner = self.inner();
        inner.is_tray_shown || matches!(inner.hotkey, Some(Ok(_)))
    }

    /// Whether closing the window hides it: where its icon is seen, and nowhere else.
    pub fn hides_on_close(&self) -> bool {
        let inner = self.inner();
        inner.wishes.tray && inner.is_tray_shown
    }

    /// Whether a way back was ever wished.
    pub fn wishes_way_back(&self) -> bool {
        let inner = self.inner();
        inner.wishes.tray || inner.wishes.hotkey
    }

    /// The icon. Not to be talked to under the lock: it may be telling something at that moment.
    fn tray(&self) -> Option<Arc<Tray>> {
        self.inner().tray.clone()
    }

    /// The first time, it is to be said that the window is only hidden.
    fn take_telling(&self) -> bool {
        let mut inner = self.inner();
        let is_first = !inner.wishes.told_of_hiding;
        inner.wishes.told_of_hiding = true;
        if is_first {
            // Said twice is better than not hidden.
            let _ = inner.wishes.save(&self.file);
        }
        is_first
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<NoHotkey> for HotkeyStanding {
    fn from(why: NoHotkey) -> Self {
        match why {
            NoHotkey::Taken => Self::Taken,
            NoHotkey::Wayland => Self::Wayland,
            NoHotkey::NoDisplay => Self::NoDisplay,
            NoHotkey::NoSuchKey => Self::NoSuchKey,
        }
    }
}

/// Does what was wished before, at the start.
pub fn resume(app: &AppHandle) {
    let app = app.clone();
    // A bus that hangs makes nobody wait for the window.
    std::thread::spawn(move || {
        let state = app.state::<AppState>();
        let wishes = state.background.inner().wishes.clone();
        if wishes.hotkey {
            take_keys(&app, &wishes.chord());
        }
        if wishes.tray {
            put_icon(&app);
        }
    });
}

/// A start without a window has one all the same where there is no way to it.
pub fn see_to_way_back(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        if !app.state::<AppState>().background.has_way_back() {
            window::show(&app);
        }
    });
}

/// Does what is wished from now on. What the desktop does not give is said by the view, and is wished all the same; what cannot
/// be kept is not done.
pub fn change(app: &AppHandle, change: BackgroundChange) -> Result<BackgroundView, AppError> {
    let state = app.state::<AppState>();
    let background = &state.background;
    let mut wishes = background.inner().wishes.clone();
    match change {
        BackgroundChange::Hotkey { on, keys } => {
            if let Some(keys) = keys {
                let chord: Chord = keys.parse().map_err(|_| AppError::of(ErrorCode::NotFound))?;
                wishes.keys = Some(chord.to_string());
            }
            wishes.hotkey = on;
            keep(background, &wishes)?;
            match on {
                true => take_keys(app, &wishes.chord()),
                false => drop(background.inner().hotkey.take()),
            }
        }
        BackgroundChange::Tray { on } => {
            wishes.tray = on;
            keep(background, &wishes)?;
            match on {
                true => put_icon(app),
                false => take_icon(background),
            }
        }
        BackgroundChange::Session { on, hidden } => {
            let unwritten = |_| AppError::of(ErrorCode::FileNotWritten);
            let file = autostart::place().ok_or_else(|| AppError::of(ErrorCode::FileNotWritten))?;
            match on {
                true => {
                    let program = autostart::program().map_err(unwritten)?;
                    autostart::write(&file, &program, hidden).map_err(unwritten)?;
                }
                false => autostart::remove(&file).map_err(unwritten)?,
            }
            wishes.starts_hidden = hidden;
            keep(background, &wishes)?;
        }
    }
    Ok(background.view())
}

fn keep(background: &Background, wishes: &Wishes) -> Result<(), AppError> {
    let kept = wishes.save(&background.file);
    kept.map_err(|error| AppError::with_detail(ErrorCode::FileNotWritten, error.to_string()))?;
    background.inner().wishes = wishes.clone();
    Ok(())
}

fn take_keys(app: &AppHandle, chord: &Chord) {
    let background = &app.state::<AppState>().background;
    // Those that are ours already would seem to be another's.
    let before = background.inner().hotkey.take();
    drop(before);
    let pressed = app.clone();
    let taken = Hotkey::take(chord, move || window::ask(&pressed));
    let works = taken.is_ok();
    background.inner().hotkey = Some(taken);
    if works {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(LATER).await;
            window::make_ready(&app);
        });
    }
}

fn put_icon(app: &AppHandle) {
    let state = app.state::<AppState>();
    if state.background.inner().tray.is_some() {
        return;
    }
    let Some(picture) = app.default_window_icon() else { return };
    let picture = TrayPicture {
        width: picture.width(),
        height: picture.height(),
        points: picture.rgba().to_vec(),
    };
    let heard = app.clone();
    let ear = Arc::new(move |news| hear(&heard, news));
    let tray = Tray::put(picture, state.turns.answers().len(), ear);
    state.background.inner().tray = tray.map(Arc::new);
    tauri::async_runtime::spawn(follow_answers(app.clone()));
}

/// Says on the icon how many answers are being written, for as long as there is an icon.
async fn follow_answers(app: AppHandle) {
    let state = app.state::<AppState>();
    let mut count = state.turns.count();
    while count.changed().await.is_ok() {
        let answering = *count.borrow_and_update();
        let Some(tray) = state.background.tray() else { return };
        // The bus may be slow.
        let _ = tauri::async_runtime::spawn_blocking(move || tray.say(answering)).await;
    }
}

fn take_icon(background: &Background) {
    let mut inner = background.inner();
    inner.is_tray_shown = false;
    let tray = inner.tray.take();
    drop(inner);
    drop(tray);
}

fn hear(app: &AppHandle, news: TrayNews) {
    let state = app.state::<AppState>();
    match news {
        TrayNews::Shown(is_shown) => {
            state.background.inner().is_tray_shown = is_shown;
            if !is_shown && !state.background.has_way_back() {
                window::show_if_hidden(app);
            }
        }
        TrayNews::Chosen(TrayAct::Open) => window::show(app),
        TrayNews::Chosen(TrayAct::Ask) => window::ask(app),
        TrayNews::Chosen(TrayAct::NewChat) => {
            window::go_on(app, Wanted::NewChat { text: String::new() });
        }
        TrayNews::Chosen(TrayAct::Stop) => {
            state.turns.answers().into_iter().for_each(|answer| state.turns.stop(answer));
        }
        TrayNews::Chosen(TrayAct::Quit) => app.exit(0),
    }
}

/// The window was hidden and not closed; the first time that is said.
pub fn tell_of_hiding(app: &AppHandle) {
    let state = app.state::<AppState>();
    if state.background.take_telling() {
        drop(state.desktop.notices.tell(words::background::HIDDEN.into()));
    }
}
