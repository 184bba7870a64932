//! What stands before a fact or a claim of a question, wherever it is asked.

/// Where a picture or a link leads.
pub const ADDRESS: &str = "Address";
/// A program that uses a key.
pub const APPLICATION: &str = "Application";
/// The most that may be spent.
pub const AT_MOST: &str = "At most";
/// The first letters of a text of other programs.
pub const BEGINS_WITH: &str = "Begins with";
/// A name that somebody gave.
pub const CALLED: &str = "Called";
/// Conversations.
pub const CHATS: &str = "Chats";
/// A key that can be used, and where.
pub const CONNECTION: &str = "Connection";
/// The model where none is chosen.
pub const DEFAULT_MODEL: &str = "Default model";
/// The last characters of a key.
pub const ENDS_IN: &str = "Ends in";
/// A file.
pub const FILE: &str = "File";
/// Files.
pub const FILES: &str = "Files";
/// A computer's name.
pub const HOST: &str = "Host";
/// The key that is used now.
pub const IN_USE: &str = "In use";
/// A key.
pub const KEY: &str = "Key";
/// Where a key comes from.
pub const KEY_FROM: &str = "Key from";
/// How long a text is.
pub const LENGTH: &str = "Length";
/// A line of a file.
pub const LINE: &str = "Line";
/// Messages of a conversation.
pub const MESSAGES: &str = "Messages";
/// A model.
pub const MODEL: &str = "Model";
/// Models.
pub const MODELS: &str = "Models";
/// A key that takes another's place.
pub const NEW_KEY: &str = "New key";
/// A key whose place was taken.
pub const OLD_KEY: &str = "Old key";
/// A connection, inside of a sentence that other facts begin.
pub const OVER_THE_CONNECTION: &str = "over the connection";
/// Which program it is.
pub const PROGRAM: &str = "Program";
/// Who made the models.
pub const PROVIDER: &str = "Provider";
/// What names a key to a secret manager.
pub const REFERENCE: &str = "Reference";
/// How often may be asked.
pub const REQUESTS_A_MINUTE: &str = "Requests a minute";
/// What a program runs.
pub const RUNS: &str = "Runs";
/// The one origin that a key goes to.
pub const SENT_ONLY_TO: &str = "Sent only to";
/// Who shares a file of connections.
pub const TEAM: &str = "Team";
/// How much may be read and written.
pub const TOKENS_A_MINUTE: &str = "Tokens a minute";
