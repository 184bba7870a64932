//! The shell: the only code that knows Tauri. It opens the window, shows native windows, and passes on.

#![allow(unreachable_pub, reason = "the library exists for its binary and its tests")]

mod aloud;
mod attaching;
mod autostart;
mod background;
pub mod cli;
mod command_names;
mod commands;
mod dictation;
mod door;
mod emptying;
pub mod environment;
mod fetching;
mod guarding;
mod handover;
mod home;
mod indexing;
mod ipc;
mod jobs;
mod latest;
mod leaks;
mod lending;
mod links;
pub mod native;
mod newsroom;
mod noticing;
mod pictures;
mod practice_provider;
mod quick;
mod saving;
mod start;
mod state;
mod store;
mod stream;
mod team_questions;
mod titling;
mod watchers;
mod window;
mod words;

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tauri::Manager;
use vault::{EnvironmentKeys, Vault};

use broker::Broker;
use home::Home;
use lending::{Lender, Lending};
use native::{Desktop, Hardened};
use start::Start;
use state::AppState;
use store::Store;

pub use command_names::COMMANDS;
pub use files::document::{ARGUMENT as READ_DOCUMENT, read_standard_input as read_document};

/// Runs the app until its window is closed.
pub fn run(hardened: Hardened, environment: EnvironmentKeys) -> tauri::Result<()> {
    if hardened == Hardened::Refused {
        warn(words::start::NOT_PROTECTED);
    }
    let context = context();
    native::wait_for_the_dying(&context.config().identifier);
    tauri::Builder::default()
        // The history has one writer: a second start shows the window of the first.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
            match Start::of(arguments.into_iter().skip(1)) {
                Start::Window => window::show(app),
                Start::Ask => window::ask(app),
                // It was begun already, and whoever begins it so wants no window.
                Start::Hidden => {}
            }
        }))
        .invoke_handler(handler())
        .setup(move |app| Ok(set_up(app, environment)?))
        .run(context)
}

/// The configuration that ships: the page, its policy, its capabilities.
pub fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// The name under which the system knows the app, and its folder.
fn identifier() -> String {
    context::<tauri::Wry>().config().identifier.clone()
}

/// Every command, in the order of [`COMMANDS`].
pub fn handler<R: tauri::Runtime>() -> impl Fn(tauri::ipc::Invoke<R>) -> bool + Send + Sync + 'static
{
    tauri::generate_handler![
        commands::app::boot,
        commands::app::watch_news,
        commands::app::stop_job,
        commands::leaks::get_leak_check,
        commands::leaks::choose_leak_folders,
        commands::leaks::drop_leak_folder,
        commands::leaks::begin_leak_check,
        commands::leaks::ignore_leak,
        commands::leaks::show_ignored_leaks,
        commands::leaks::ignore_leak_in_git,
        commands::leaks::keep_leaked_key,
        commands::leaks::save_leak_report,
        commands::conversations::open_conversation,
        commands::conversations::outline_conversation,
        commands::conversations::list_conversations,
        commands::conversations::load_messages,
        commands::conversations::find_in_conversation,
        commands::search::search_messages,
        commands::search::open_at_message,
        commands::conversations::show_formatted,
        commands::conversations::rename_conversation,
        commands::organise::organise_conversations,
        commands::organise::list_shelf,
        commands::organise::save_folder,
        commands::organise::remove_folder,
        commands::organise::attach_to_folder,
        commands::organise::detach_from_folder,
        commands::organise::empty_trash,
        commands::data::get_data,
        commands::data::show_data_folder,
        commands::data::export_chats,
        commands::data::delete_all_chats,
        commands::data::set_guard,
        commands::conversations::set_system_prompt,
        commands::conversations::set_parameters,
        commands::conversations::estimate_answer,
        commands::conversations::save_draft,
        commands::queue::save_queue,
        commands::branches::list_branches,
        commands::branches::remove_branch,
        commands::branches::branch_conversation,
        commands::branches::answer_text,
        commands::branches::edit_answer,
        commands::attachments::attach_files,
        commands::attachments::attach_pasted,
        commands::attachments::attach_bytes,
        commands::attachments::attached_text,
        commands::writing_down::write_down_attachment,
        commands::attachments::save_attachment,
        commands::attachments::detach_file,
        commands::conversations::choose_model,
        commands::conversations::choose_version,
        commands::keys::list_connections,
        commands::spending::compare_spending,
        commands::team::get_team,
        commands::team::choose_team_file,
        commands::team::set_up_team_connection,
        commands::team::leave_team,
        commands::titles::get_titles,
        commands::titles::choose_titler,
        commands::turns::send_message,
        commands::turns::find_secrets,
        commands::turns::put_back,
        commands::turns::edit_message,
        commands::turns::try_again,
        commands::turns::watch_answer,
        commands::turns::stop_turn,
        commands::keys::find_local_servers,
        commands::keys::connect_local,
        commands::keys::connect_address,
        commands::keys::hand_over_key,
        commands::keys::keep_pending,
        commands::keys::drop_pending,
        commands::keys::check_connection,
        commands::keys::rename_connection,
        commands::keys::remove_connection,
        commands::spending::get_spending,
        commands::spending::set_limits,
        commands::spending::accept_excess,
        commands::spending::take_alarms,
        commands::rotation::set_upkeep,
        commands::rotation::check_next_key,
        commands::rotation::switch_key,
        commands::rotation::check_old_key,
        commands::rotation::forget_old_key,
        commands::rotation::remove_leaked_key,
        commands::rotation::list_key_standings,
        commands::rotation::list_key_uses,
        commands::rotation::save_key_report,
        commands::usage::get_usage,
        commands::usage::export_usage,
        commands::applications::get_lending,
        commands::applications::set_lending,
        commands::applications::add_application,
        commands::applications::change_application,
        commands::applications::revoke_application,
        commands::applications::copy_token,
        commands::keys::list_models,
        commands::models::pull_model,
        commands::keys::describe_model,
        commands::presets::save_preset,
        commands::presets::delete_preset,
        commands::presets::choose_preset,
        commands::presets::set_default_preset,
        commands::prompts::list_prompts,
        commands::prompts::save_prompt,
        commands::prompts::delete_prompt,
        commands::prompts::import_prompts,
        commands::prompts::export_prompts,
        commands::prompts::take_clipboard,
        commands::models::star_model,
        commands::models::set_price,
        commands::keys::send_parameter_again,
        commands::routes::list_routes,
        commands::routes::save_route,
        commands::routes::remove_route,
        commands::routes::choose_route,
        commands::keys::start_practice,
        commands::app::keep_whereabouts,
        commands::app::keep_unfinished,
        commands::app::change_text_size,
        commands::app::save_preferences,
        commands::app::unlock_history,
        commands::app::begin_anew,
        commands::links::open_link,
        commands::links::open_provider_page,
        commands::pictures::load_picture,
        commands::links::copy_key_page,
        commands::links::copy_message,
        commands::links::copy_rich_text,
        commands::links::copy_text,
        commands::background::get_background,
        commands::background::change_background,
        commands::quick::begin_quick,
        commands::quick::ask_quick,
        commands::quick::stop_quick,
        commands::quick::copy_quick,
        commands::quick::take_text,
        commands::quick::hide_quick,
        commands::quick::leave_quick,
        commands::quick::settle_quick,
        commands::voice::get_voice,
        commands::voice::choose_voice,
        commands::voice::begin_dictation,
        commands::voice::pause_dictation,
        commands::voice::cancel_dictation,
        commands::voice::finish_dictation,
        commands::voice::read_aloud,
        commands::voice::stop_reading,
    ]
}

/// Says on the terminal that the app cannot run.
#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
pub fn report_fatal(error: &tauri::Error) {
    eprintln!("{}", words::start::cannot_start(error));
}

#[allow(clippy::print_stderr, reason = "for whoever starts it in a terminal")]
fn warn(what: &str) {
    eprintln!("{}", words::start::warning(what));
}

fn set_up(app: &mut tauri::App, environment: EnvironmentKeys) -> tauri::Result<()> {
    let folder = app.path().app_data_dir()?;
    std::fs::create_dir_all(&folder)?;
    let vault = Arc::new(Vault::platform());
    let home = Home::new(&folder);
    let store = Store::new(&home);
    // Whoever asks for the history waits from here on, while the window is drawn.
    let opening = tauri::async_runtime::block_on(store.begin());
    let desktop = Desktop::new(app.handle(), window::MAIN);
    let broker = Broker::new(Arc::new(Lender::new(app.handle(), &vault)));
    let lending = Lending::new(broker);
    app.manage(AppState::new(
        app.handle().clone(),
        Arc::clone(&vault),
        home,
        store,
        desktop,
        lending,
        environment,
    ));
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        opening.open(&vault).await;
        lending::resume(&handle.state::<AppState>()).await;
    });
    #[cfg(unix)]
    door::open(app.handle());
    begin(app.handle(), Start::of(std::env::args().skip(1)))
}

/// Shows what the app was started for, and does what was wished before.
fn begin(app: &tauri::AppHandle, start: Start) -> tauri::Result<()> {
    background::resume(app);
    let is_hidden = start != Start::Window && app.state::<AppState>().background.wishes_way_back();
    window::open(app, is_hidden)?;
    if is_hidden {
        background::see_to_way_back(app);
    }
    if start == Start::Ask {
        window::ask(app);
    }
    Ok(())
}

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}
