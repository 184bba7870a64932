//! The desktop's own notices.

use gtk::gio::prelude::ApplicationExt;

use super::super::{Answer, NativeError, Notice, Notices};
use super::Stage;

pub(super) struct GtkNotices(pub(super) Stage);

impl Notices for GtkNotices {
    fn tell(&self, notice: Notice) -> Answer<()> {
        self.0.perform(move |_, reply| {
            let told = gtk::gio::Application::default().filter(ApplicationExt::is_registered);
            if let Some(app) = &told {
                let shown = gtk::gio::Notification::new(&notice.title);
                shown.set_body(Some(&notice.body));
                app.send_notification(None, &shown);
            }
            let _ = reply.send(told.map(drop).ok_or(NativeError::Unavailable));
        })
    }
}
