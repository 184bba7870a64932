// Routes: lists of models as one choice.
import type { ErrorCode } from '../ipc/bindings/types';
import { span } from './format';

/** Why a model of a route was passed by, in a few words behind its name. */
function why(code: ErrorCode, provider: string): string {
  switch (code) {
    case 'busy':
      return `${provider} asked for a pause`;
    case 'noCredit':
      return `${provider} says there is no credit left`;
    case 'keyRejected':
    case 'keyRevoked':
      return `${provider} doesn’t accept the key`;
    case 'keyMissing':
    case 'keyDamaged':
      return 'its key can’t be used';
    case 'keyLeaked':
      return 'its key had leaked and is gone';
    case 'commandFailed':
      return 'the program that prints its key gave none';
    case 'notAllowed':
      return 'the key may not use it';
    case 'modelNotAllowed':
      return 'you let its key ask other models only';
    case 'capReached':
      return 'its key has spent what it may';
    case 'priceUnknown':
      return 'nobody knows its price, which its key’s cap needs';
    case 'paceReached':
      return 'its key has sent as much as a minute may have';
    case 'paceTooSmall':
      return `${provider} lets its key send less in a minute than this message has`;
    case 'overcharged':
      return 'its key is on hold';
    case 'noWords':
      return 'it can’t read one of the files';
    case 'notServed':
      return `${provider} doesn’t serve this place`;
    case 'noTakers':
      return `${provider} found nobody for it`;
    case 'modelNotFound':
      return `${provider} has no such model`;
    case 'timedOut':
    case 'idleStream':
      return `${provider} didn’t answer in time`;
    case 'unreachable':
      return `${provider} isn’t running`;
    case 'offline':
    case 'brokenStream':
    case 'tlsFailed':
      return `${provider} couldn’t be reached`;
    case 'noPictures':
      return 'it sees no pictures';
    case 'noAudio':
      return 'it takes no audio';
    case 'audioKind':
      return 'it takes other kinds of audio';
    default:
      return `${provider} reported a fault`;
  }
}

export const routes = {
  group: 'Routes, the first that can answers',
  new: 'New route',
  edit: 'Edit route',
  editHint: 'edit the route',
  /** What an option is described by. */
  models: (names: readonly string[]) => names.join(', then '),
  name: 'Name',
  order: 'Tried in this order',
  steps: 'Steps of the route',
  moveUp: (model: string) => `Move up ${model}`,
  moveDown: (model: string) => `Move down ${model}`,
  removeStep: (model: string) => `Remove ${model}`,
  add: 'Add a model',
  over: (server: string, name: string) => (server === name ? server : `${server}, ${name}`),
  local: 'On this computer',
  bySpeed: 'Order by measured speed',
  note: 'Moves on before the first word only: too many requests, provider’s fault, no answer for 20 s, no credit, offline. Never for a refused message.',
  /** Said where the route is made, because nobody is asked when it happens. */
  crosses: (local: string, server: string) => `Where ${local}, on this computer, can’t answer, your messages go to ${server}.`,
  cancel: 'Cancel',
  save: 'Save route',
  remove: 'Delete route',
  saved: (name: string) => `Route “${name}” is saved`,
  removed: (name: string) => `Route “${name}” is deleted`,
  chosen: (name: string) => `Answers come along “${name}”`,
  /** Under an answer. */
  inPlace: ' answered in place of ',
  passed: (model: string, connection: string, code: ErrorCode, provider: string, asked: boolean) => `${model}, ${connection}: ${why(code, provider)}${asked ? '' : ', so it wasn’t asked'}.`,
  answered: (model: string, connection: string) => `${model}, ${connection}: answered.`,
  askNow: (model: string) => `Ask ${model} now`,
  nextModel: 'Next model',
  took: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  noneTitle: (route: string) => `No model of “${route}” could answer`,
  noneBody: 'Your message is kept.',
  whyShort: why,
  /** Under the composer. */
  first: (model: string, connection: string) => `First in line: ${model}, ${connection}`,
  again: (model: string, ms: number) => `${model} is tried again in ${span(ms)}`,
} as const;
