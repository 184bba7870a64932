// Every command of the native side, once, by its own name. A Rust test compares these names with the ACL:
// keep one command a line, its name first.
import type * as t from './bindings/types';
import { toAppError } from './errors';
import { host } from './host';

type Updates = (update: t.TurnUpdate) => void;

async function call<Result>(command: string, args: Record<string, unknown> = {}): Promise<Result> {
  try {
    return (await host().invoke(command, args)) as Result;
  } catch (reason) {
    throw toAppError(reason);
  }
}

async function hand<Result>(command: string, bytes: Uint8Array, facts: Record<string, string>): Promise<Result> {
  try {
    return (await host().hand(command, bytes, facts)) as Result;
  } catch (reason) {
    throw toAppError(reason);
  }
}

/** Whose draft; none is the new chat’s. */
const draftOf = (id: t.ConversationId | null): Record<string, string> => (id === null ? {} : { 'latchkey-conversation': String(id) });

const channel = (updates: Updates) => host().channel((update) => updates(update as t.TurnUpdate));

export interface Outgoing {
  conversationId: t.ConversationId | null;
  connectionId: t.ConnectionId;
  model: string;
  text: string;
  files: number[];
  secrets: t.SecretsChoice;
  /** It waited, and this waits behind it. */
  waiting: t.Queued[] | null;
  preset: t.PresetId | null;
  route: t.RouteId | null;
  folder: t.FolderId | null;
  systemPrompt: string | null;
  parameters: t.Parameters | null;
}

// prettier-ignore
export const commands = {
  boot: () => call<t.Boot>('boot'),
  watch_news: (tell: (news: t.News) => void) => call<void>('watch_news', { news: host().channel((news) => tell(news as t.News)) }),
  stop_job: (kind: t.JobKind) => call<void>('stop_job', { kind }),
  get_leak_check: () => call<t.LeakCheck>('get_leak_check'),
  choose_leak_folders: () => call<t.LeakCheck>('choose_leak_folders'),
  drop_leak_folder: (place: number) => call<t.LeakCheck>('drop_leak_folder', { place }),
  begin_leak_check: (input: t.LeakCheckInput) => call<t.LeakCheck>('begin_leak_check', { input }),
  ignore_leak: (number: number) => call<t.LeakCheck>('ignore_leak', { number }),
  show_ignored_leaks: () => call<t.LeakCheck>('show_ignored_leaks'),
  ignore_leak_in_git: (number: number) => call<t.LeakCheck>('ignore_leak_in_git', { number }),
  keep_leaked_key: (number: number) => call<t.HandOver>('keep_leaked_key', { number }),
  save_leak_report: () => call<void>('save_leak_report'),
  open_conversation: (id: t.ConversationId) => call<t.ConversationView>('open_conversation', { id }),
  list_conversations: (last: t.ConversationRow) => call<t.ConversationRow[]>('list_conversations', { updatedMs: last.updatedMs, id: last.id }),
  outline_conversation: (id: t.ConversationId) => call<t.OutlineLine[]>('outline_conversation', { id }),
  load_messages: (conversationId: t.ConversationId, ids: t.MessageId[]) => call<t.MessageView[]>('load_messages', { conversationId, ids }),
  find_in_conversation: (id: t.ConversationId, text: string) => call<t.Found[]>('find_in_conversation', { id, text }),
  search_messages: (text: string, order: t.SearchOrder, skip: number) => call<t.SearchResults>('search_messages', { text, order, skip }),
  open_at_message: (messageId: t.MessageId) => call<t.ConversationView>('open_at_message', { messageId }),
  rename_conversation: (id: t.ConversationId, title: string) => call<t.ConversationRow>('rename_conversation', { id, title }),
  organise_conversations: (ids: t.ConversationId[], change: t.ChatChange) => call<t.Reorganised>('organise_conversations', { ids, change }),
  list_shelf: (shelf: t.ShelfInput, after: t.After | null) => call<t.ConversationRow[]>('list_shelf', { shelf, after }),
  save_folder: (input: t.FolderInput) => call<t.Organised>('save_folder', { input }),
  remove_folder: (id: t.FolderId) => call<t.Organised>('remove_folder', { id }),
  attach_to_folder: (id: t.FolderId) => call<t.FolderFiled>('attach_to_folder', { id }),
  detach_from_folder: (id: t.FolderId, file: number) => call<t.Organised>('detach_from_folder', { id, file }),
  empty_trash: () => call<t.Organised>('empty_trash'),
  get_data: () => call<t.Data>('get_data'),
  show_data_folder: () => call<void>('show_data_folder'),
  export_chats: (ids: t.ConversationId[] | null, form: t.ChatForm) => call<number>('export_chats', { ids, form }),
  delete_all_chats: () => call<t.Organised>('delete_all_chats'),
  set_guard: (on: boolean) => call<t.Data>('set_guard', { on }),
  set_system_prompt: (conversationId: t.ConversationId | null, text: string) => call<void>('set_system_prompt', { conversationId, text }),
  set_parameters: (conversationId: t.ConversationId | null, parameters: t.Parameters) => call<void>('set_parameters', { conversationId, parameters }),
  estimate_answer: (conversationId: t.ConversationId | null, folder: t.FolderId | null, connectionId: t.ConnectionId, model: string, bytes: number, maxTokens: number | null, search: boolean) => call<t.Estimate>('estimate_answer', { conversationId, folder, step: { connectionId, model }, bytes, maxTokens, search }),
  save_draft: (conversationId: t.ConversationId | null, text: string) => call<void>('save_draft', { conversationId, text }),
  save_queue: (conversationId: t.ConversationId, queue: t.Queued[]) => call<void>('save_queue', { conversationId, queue }),
  attach_files: (conversationId: t.ConversationId | null) => call<t.Attached[]>('attach_files', { conversationId }),
  attach_pasted: (conversationId: t.ConversationId | null) => call<t.Attached[]>('attach_pasted', { conversationId }),
  attach_bytes: (conversationId: t.ConversationId | null, name: string, bytes: Uint8Array) => hand<t.Attached[]>('attach_bytes', bytes, { 'latchkey-name': encodeURIComponent(name), ...draftOf(conversationId) }),
  attached_text: (conversationId: t.ConversationId | null, id: number) => call<string>('attached_text', { conversationId, id }),
  write_down_attachment: (conversationId: t.ConversationId | null, id: number) => call<t.WrittenDown>('write_down_attachment', { conversationId, id }),
  save_attachment: (messageId: t.MessageId, place: number) => call<void>('save_attachment', { messageId, place }),
  detach_file: (conversationId: t.ConversationId | null, id: number) => call<void>('detach_file', { conversationId, id }),
  choose_model: (conversationId: t.ConversationId | null, connectionId: t.ConnectionId, model: string) => call<void>('choose_model', { conversationId, connectionId, model }),
  choose_version: (messageId: t.MessageId) => call<t.ConversationView>('choose_version', { messageId }),
  list_branches: (conversationId: t.ConversationId) => call<t.TreeNode[]>('list_branches', { conversationId }),
  remove_branch: (messageId: t.MessageId) => call<t.ConversationView>('remove_branch', { messageId }),
  branch_conversation: (messageId: t.MessageId, title: string) => call<t.ConversationRow>('branch_conversation', { messageId, title }),
  answer_text: (messageId: t.MessageId) => call<string>('answer_text', { messageId }),
  edit_answer: (messageId: t.MessageId, text: string) => call<t.ConversationView>('edit_answer', { messageId, text }),

  get_titles: () => call<t.Titles>('get_titles'),
  choose_titler: (step: t.Step | null) => call<t.Titles>('choose_titler', { step }),
  send_message: (input: Outgoing, updates: Updates) => call<void>('send_message', { input, updates: channel(updates) }),
  edit_message: (messageId: t.MessageId, text: string, secrets: t.SecretsChoice, updates: Updates) => call<void>('edit_message', { messageId, text, secrets, updates: channel(updates) }),
  find_secrets: (conversationId: t.ConversationId | null, text: string, files: number[]) => call<t.Secret[]>('find_secrets', { conversationId, text, files }),
  put_back: (messageId: t.MessageId) => call<t.PutBack[]>('put_back', { messageId }),
  try_again: (messageId: t.MessageId, by: { without?: t.Parameter; over?: t.Step }, updates: Updates) => call<void>('try_again', { messageId, without: by.without ?? null, over: by.over ?? null, updates: channel(updates) }),
  watch_answer: (messageId: t.MessageId, updates: Updates) => call<boolean>('watch_answer', { messageId, updates: channel(updates) }),
  stop_turn: (messageId: t.MessageId) => call<void>('stop_turn', { messageId }),

  find_local_servers: () => call<t.LocalServer[]>('find_local_servers'),
  connect_local: (provider: t.ProviderId) => call<t.HandOver>('connect_local', { provider }),
  connect_address: (address: string) => call<t.HandOver>('connect_address', { address }),
  hand_over_key: (input: t.HandOverInput) => call<t.HandOver>('hand_over_key', { input }),
  keep_pending: (place: 'keychain' | 'session') => call<t.HandOver>('keep_pending', { place }),
  drop_pending: () => call<void>('drop_pending'),
  check_connection: (id: t.ConnectionId) => call<t.Check>('check_connection', { id }),
  rename_connection: (id: t.ConnectionId, name: string) => call<t.Connection>('rename_connection', { id, name }),
  remove_connection: (id: t.ConnectionId) => call<void>('remove_connection', { id }),
  get_spending: (connectionId: t.ConnectionId) => call<t.Spending>('get_spending', { connectionId }),
  set_limits: (connectionId: t.ConnectionId, limits: t.Limits) => call<t.Spending>('set_limits', { connectionId, limits }),
  accept_excess: (connectionId: t.ConnectionId) => call<t.Spending>('accept_excess', { connectionId }),
  compare_spending: (connectionId: t.ConnectionId) => call<t.Comparison>('compare_spending', { connectionId }),
  take_alarms: () => call<string[]>('take_alarms'),
  set_upkeep: (connectionId: t.ConnectionId, upkeep: t.UpkeepInput) => call<t.Connection>('set_upkeep', { connectionId, upkeep }),
  check_next_key: (connectionId: t.ConnectionId) => call<t.Check>('check_next_key', { connectionId }),
  switch_key: (connectionId: t.ConnectionId) => call<t.Connection>('switch_key', { connectionId }),
  check_old_key: (connectionId: t.ConnectionId) => call<t.OldKeyCheck>('check_old_key', { connectionId }),
  forget_old_key: (connectionId: t.ConnectionId) => call<t.Connection>('forget_old_key', { connectionId }),
  remove_leaked_key: (connectionId: t.ConnectionId) => call<t.RemovedKey>('remove_leaked_key', { connectionId }),
  list_connections: () => call<t.Connection[]>('list_connections'),
  get_team: () => call<t.Team | null>('get_team'),
  choose_team_file: () => call<t.Team | null>('choose_team_file'),
  set_up_team_connection: (name: string) => call<t.Connection>('set_up_team_connection', { name }),
  leave_team: () => call<t.Team | null>('leave_team'),
  list_key_standings: () => call<t.KeyStanding[]>('list_key_standings'),
  list_key_uses: (connectionId: t.ConnectionId) => call<t.KeyUse[]>('list_key_uses', { connectionId }),
  save_key_report: (connectionId: t.ConnectionId) => call<void>('save_key_report', { connectionId }),
  get_usage: (month: string | null) => call<t.Usage>('get_usage', { month }),
  export_usage: (month: string | null) => call<number>('export_usage', { month }),
  get_lending: () => call<t.Lending>('get_lending'),
  set_lending: (on: boolean) => call<t.Lending>('set_lending', { on }),
  add_application: (input: t.ApplicationInput) => call<t.Application>('add_application', { input }),
  change_application: (id: number, input: t.ApplicationInput) => call<t.Lending>('change_application', { id, input }),
  revoke_application: (id: number) => call<t.Lending>('revoke_application', { id }),
  copy_token: (id: number) => call<void>('copy_token', { id }),
  pull_model: (connectionId: t.ConnectionId, model: string) => call<void>('pull_model', { connectionId, model }),
  list_models: (connectionId: t.ConnectionId) => call<t.Model[]>('list_models', { connectionId }),
  describe_model: (connectionId: t.ConnectionId, model: string) => call<t.Model>('describe_model', { connectionId, model }),
  save_preset: (preset: t.PresetInput) => call<t.Preset>('save_preset', { preset }),
  delete_preset: (id: t.PresetId) => call<void>('delete_preset', { id }),
  choose_preset: (conversationId: t.ConversationId | null, id: t.PresetId | null) => call<void>('choose_preset', { conversationId, id }),
  set_default_preset: (id: t.PresetId | null) => call<void>('set_default_preset', { id }),
  list_prompts: () => call<t.Prompt[]>('list_prompts'),
  save_prompt: (prompt: t.PromptInput) => call<t.Prompt>('save_prompt', { prompt }),
  delete_prompt: (id: t.PromptId) => call<void>('delete_prompt', { id }),
  import_prompts: () => call<t.Prompt[]>('import_prompts'),
  export_prompts: () => call<number>('export_prompts'),
  take_clipboard: () => call<string>('take_clipboard'),
  star_model: (connectionId: t.ConnectionId, model: string, starred: boolean) => call<void>('star_model', { connectionId, model, starred }),
  set_price: (connectionId: t.ConnectionId, model: string, price: t.Price | null) => call<void>('set_price', { connectionId, model, price }),
  send_parameter_again: (connectionId: t.ConnectionId, model: string, parameter: t.Parameter) => call<void>('send_parameter_again', { connectionId, model, parameter }),
  list_routes: () => call<t.Route[]>('list_routes'),
  save_route: (input: t.RouteInput) => call<t.RouteId>('save_route', { input }),
  remove_route: (id: t.RouteId) => call<void>('remove_route', { id }),
  choose_route: (conversationId: t.ConversationId | null, id: t.RouteId) => call<void>('choose_route', { conversationId, id }),
  start_practice: () => call<t.Connection>('start_practice'),
  keep_whereabouts: (whereabouts: string) => call<void>('keep_whereabouts', { whereabouts }),
  keep_unfinished: (unfinished: string) => call<void>('keep_unfinished', { unfinished }),
  change_text_size: (step: t.TextStep) => call<number>('change_text_size', { step }),
  save_preferences: (preferences: t.Preferences) => call<void>('save_preferences', { preferences }),
  unlock_history: () => call<t.HistoryState>('unlock_history'),
  begin_anew: () => call<void>('begin_anew'),

  show_formatted: (messageId: t.MessageId) => call<string[]>('show_formatted', { messageId }),
  open_link: (url: string) => call<void>('open_link', { url }),
  open_provider_page: (provider: t.ProviderId, page: t.ProviderPage) => call<void>('open_provider_page', { provider, page }),
  load_picture: (messageId: t.MessageId, picture: string) => call<t.LoadedPicture>('load_picture', { messageId, picture }),
  copy_key_page: (provider: t.ProviderId) => call<void>('copy_key_page', { provider }),
  copy_rich_text: (messageId: t.MessageId) => call<number>('copy_rich_text', { messageId }),
  copy_message: (messageId: t.MessageId) => call<number>('copy_message', { messageId }),
  get_voice: () => call<t.Voice>('get_voice'),
  choose_voice: (choice: t.VoiceChoice) => call<void>('choose_voice', { choice }),
  begin_dictation: () => call<void>('begin_dictation'),
  pause_dictation: (paused: boolean) => call<void>('pause_dictation', { paused }),
  cancel_dictation: () => call<void>('cancel_dictation'),
  finish_dictation: (conversationId: t.ConversationId | null) => call<t.Dictated>('finish_dictation', { conversationId }),
  read_aloud: (messageId: t.MessageId) => call<void>('read_aloud', { messageId }),
  stop_reading: () => call<void>('stop_reading'),
  copy_text: (text: string) => call<void>('copy_text', { text }),
  get_background: () => call<t.Background>('get_background'),
  change_background: (change: t.BackgroundChange) => call<t.Background>('change_background', { change }),
  begin_quick: () => call<t.QuickView>('begin_quick'),
  ask_quick: (text: string, updates: Updates) => call<void>('ask_quick', { text, updates: channel(updates) }),
  stop_quick: () => call<void>('stop_quick'),
  copy_quick: () => call<number>('copy_quick'),
  take_text: (source: t.TextSource) => call<string>('take_text', { source }),
  hide_quick: () => call<void>('hide_quick'),
  leave_quick: (typed: string | null) => call<void>('leave_quick', { typed }),
  settle_quick: () => call<void>('settle_quick'),
};
