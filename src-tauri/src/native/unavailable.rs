//! A platform whose native windows are not written yet. It says so; the page never asks for a key instead.

use super::{
    Answer, Clipboard, CommandWindow, ConfirmWindow, Desktop, FileWindow, HowLong, KeyQuestion,
    NativeError, Opener, PasswordWindow, Question, TokenWindow, Trouble, TroubleWindow,
};

struct NotHere;

pub(super) fn desktop(_: &tauri::AppHandle, _: &'static str) -> Desktop {
    Desktop {
        password: Box::new(NotHere),
        command: Box::new(NotHere),
        confirm: Box::new(NotHere),
        clipboard: Box::new(NotHere),
        files: Box::new(NotHere),
        opener: Box::new(NotHere),
        token: Box::new(NotHere),
        notices: Box::new(NotHere),
        trouble: Box::new(NotHere),
        has_windows: false,
    }
}

fn no<T: Send + 'static>() -> Answer<T> {
    Box::pin(async { Err(NativeError::Unavailable) })
}

impl PasswordWindow for NotHere {
    fn ask(&self, _: KeyQuestion) -> Answer<zeroize::Zeroizing<String>> {
        no()
    }
}

impl CommandWindow for NotHere {
    fn ask(&self, _: KeyQuestion) -> Answer<vault::KeyCommand> {
        no()
    }
}

impl ConfirmWindow for NotHere {
    fn ask(&self, _: Question) -> Answer<()> {
        no()
    }

    fn ask_how_long(&self, _: Question, _: String) -> Answer<HowLong> {
        no()
    }
}

impl TokenWindow for NotHere {
    fn show(&self, _: String, _: zeroize::Zeroizing<String>) -> Answer<()> {
        no()
    }
}

impl Clipboard for NotHere {
    fn read(&self) -> Answer<Option<zeroize::Zeroizing<String>>> {
        no()
    }

    fn selection(&self) -> Answer<Option<zeroize::Zeroizing<String>>> {
        no()
    }

    fn pasted(&self) -> Answer<super::Pasted> {
        no()
    }

    fn notice_pastes(&self) {}

    fn write(&self, _: String) -> Answer<()> {
        no()
    }

    fn write_rich(&self, _: String, _: String) -> Answer<()> {
        no()
    }
}

impl FileWindow for NotHere {
    fn pick_some(&self, _: String) -> Answer<Vec<std::path::PathBuf>> {
        no()
    }

    fn pick_folders(&self, _: String) -> Answer<Vec<std::path::PathBuf>> {
        no()
    }

    fn pick_new(&self, _: String, _: String) -> Answer<std::path::PathBuf> {
        no()
    }

    fn pick(&self, _: String) -> Answer<std::path::PathBuf> {
        no()
    }
}

impl Opener for NotHere {
    fn open(&self, _: url::Url) -> Answer<()> {
        no()
    }
}

impl super::Notices for NotHere {
    fn tell(&self, _: super::Notice) -> Answer<()> {
        no()
    }
}

impl TroubleWindow for NotHere {
    fn ask(&self, _: Trouble, _: tokio::sync::oneshot::Receiver<()>) -> Answer<()> {
        no()
    }
}
