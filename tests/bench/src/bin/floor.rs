//! The floor: a Tauri window that shows one page and does nothing else.

use tauri::test::{mock_context, noop_assets};
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let page = std::env::args().nth(1).expect("the address of a page");
    let page = page.parse().expect("an address");
    let context: tauri::Context<tauri::Wry> = mock_context(noop_assets());
    tauri::Builder::default()
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::External(page))
                .title("Floor")
                .inner_size(1200.0, 800.0)
                .incognito(true)
                .build()?;
            Ok(())
        })
        .run(context)
        .expect("a window");
}
