//! The help of `latchkey` in a terminal: a page each command.

pub const ALL: &str = "\
Latchkey keeps your API keys and lends them to programs that never hold them.

  latchkey                                open the window
  latchkey --hidden                       begin without a window, where an icon or keys can open one
  latchkey ask                            open the small window for a question
  latchkey run --app NAME -- COMMAND ...  start a program that uses a key without holding it
  latchkey keys                           the keys, by their names and last four characters
  latchkey usage                          what each key and each application has spent
  latchkey audit [--verify]               what was done with keys
  latchkey scan PATH ...                  look for keys that lie about
  latchkey help COMMAND                   more about one of them

Every command takes --json. Exit codes: 0 done, 1 could not, 2 wrong use, 3 done and something was found.";

pub const ASK: &str = "\
latchkey ask

Opens the small window for a question, in the app that runs or in one that begins. Bind it to keys in the settings of your
desktop where Latchkey can have none of its own.";

pub const RUN: &str = "\
latchkey run --app NAME [--key NAME] [--model MODEL]... [--limit DOLLARS] -- COMMAND ...

Starts COMMAND with an address and a token of its own in its environment: OPENAI_BASE_URL, OPENAI_API_BASE, OPENAI_API_KEY,
ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY and ANTHROPIC_AUTH_TOKEN. The token dies with it. The first time, Latchkey asks in a
window of its own.

  --app NAME       the application, as Latchkey shows it; its key, models and limit are kept
  --key NAME       the key that a new application uses; otherwise the one that was used last
  --model MODEL    a model that a new application may ask; none named is every one
  --limit DOLLARS  what a new application may spend in a month, or none; otherwise 5

Ends as COMMAND ends; 1 where it could not be started.";

pub const KEYS: &str = "\
latchkey keys [--json]

Lists the keys: name, provider, kind, last four characters, where it is kept. Never a key.";

pub const USAGE: &str = "\
latchkey usage [--json]

Lists what each key and each application has spent today and this month, and their limits. Days and months are UTC's.";

pub const AUDIT: &str = "\
latchkey audit [--json] [--verify [--expect HASH]] [--export FILE]

Lists what was done with keys: time, application, key, model, tokens, cost, outcome. Never what was asked or answered.

  --verify        see whether every line follows from those before it; 3 where one does not
  --expect HASH   and whether the line with this hash is still there
  --export FILE   write every line as JSON, one a line, into a new file";

pub const SCAN: &str = "\
latchkey scan PATH ... [--json] [--no-git] [--all]

Looks for your keys, and for anything shaped like one, in files below PATH and in the git histories there. Names the place and
the last four characters, never a key. A made-up key is planted in a folder of its own and has to be found.

  --no-git  leave git histories out
  --all     look into shell histories, and where other AI programs keep keys, too

Ends with 0 where nothing was found, 3 where something was, 1 where it could not look or proves nothing.";
