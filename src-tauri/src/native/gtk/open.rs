//! Opens an address in the person's browser.

use super::super::{Answer, NativeError, Opener};
use super::Stage;

pub(super) struct GtkOpener(pub(super) Stage);

impl Opener for GtkOpener {
    fn open(&self, url: url::Url) -> Answer<()> {
        self.0.perform(move |_, reply| {
            let context = gtk::gio::AppLaunchContext::NONE;
            let opened = gtk::gio::AppInfo::launch_default_for_uri(url.as_str(), context);
            let _ = reply.send(opened.map_err(|_| NativeError::Unavailable));
        })
    }
}
