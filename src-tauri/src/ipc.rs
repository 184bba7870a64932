//! The vocabulary of the IPC boundary. TypeScript is generated from it by a test, committed, and compared.

mod application;
mod attachment;
mod background;
mod boot;
mod connection;
mod conversation;
mod data;
mod error;
mod key;
mod leak;
mod marks;
mod message;
mod news;
mod organise;
mod parameters;
mod picture;
mod preferences;
mod preset;
mod prompt;
mod queue;
mod quick;
mod route;
mod search;
mod secret;
mod spending;
mod team;
mod title;
mod tree;
mod update;
mod upkeep;
mod usage;
mod voice;

pub use application::{ApplicationInput, ApplicationView, LendingView};
pub use attachment::{AttachedView, AttachmentView, FileProblem};
pub use background::{BackgroundChange, BackgroundView, HotkeyStanding, TrayStanding};
pub use boot::{Boot, CameBack, HistoryState, NewChat, ProviderInfo};
pub use connection::{ConnectionView, LocalServerView, ModelView};
pub use conversation::{ConversationRowView, ConversationView, Found, OutlineLine};
pub use data::{ChatFormInput, DataView};
pub use error::{AppError, ErrorCode};
pub use key::{Check, ClipboardFate, HandOver, HandOverInput, KeepPlace, KeySource, ProviderPage};
pub use leak::{LeakCheckInput, LeakCheckView, LeakPlaceView, LeakRunView, LeakedKeyView};
pub use marks::{MarksView, PriceView};
pub use message::{CostView, MessageFacts, MessageView};
pub use news::{JobKind, JobView, News, Wanted};
pub use organise::{
    After, ChatChange, FolderFiled, FolderInput, Organised, Reorganised, ShelfInput,
};
pub use parameters::{AbilitiesView, EstimateView, FileTokens, ParametersView};
pub use picture::LoadedPicture;
pub use preferences::Preferences;
pub use preset::{PresetInput, PresetView};
pub use prompt::{PromptInput, PromptView};
pub use queue::QueuedView;
pub use quick::{QuickStanding, QuickView, TextSource};
pub use route::{RouteInput, RouteNoteView, RouteView, StepView};
pub use search::{SearchOrder, SearchResults};
pub use secret::{PutBackView, SecretView, SecretsChoice};
pub use spending::{ComparisonView, LimitsView, SpendingView};
pub use team::TeamView;
pub use title::TitlesView;
pub use tree::TreeNode;
pub use update::{SendInput, TurnUpdate};
pub use upkeep::{KeyStanding, KeyUse, OldKeyCheck, RemovedKey, UpkeepInput};
pub use usage::UsageView;
pub use voice::{
    Dictated, ListenerOffer, ReadingView, SpeakerChoice, SpeakerOffer, TakeEnd, TakeView,
    VoiceChoice, VoiceView, WrittenDown,
};
