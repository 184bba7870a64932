// Dictation and reading aloud.
import { dollars } from './format';

/** 0:07, 12:40 */
const clock = (ms: number): string => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

export const voice = {
  dictate: 'Dictate',
  dictation: 'Dictation',
  finish: 'Finish',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  again: 'Try again',
  beginning: 'Opening the microphone',
  listening: 'Listening. Finish writes it down.',
  paused: 'Paused',
  writing: 'Writing down what you said',
  full: 'This take is as long as it may be. Finish writes it down.',
  broken: 'The microphone is gone. What you said before is kept: Finish writes it down.',
  cancelled: 'Dictation cancelled, nothing was sent',
  nothingHeard: 'The model heard no words',
  done: (cost: string | null): string => (cost === null ? 'Written down' : `Written down, ${cost}`),
  length: (ms: number, seconds: number): string => `${clock(ms)} of ${clock(seconds * 1000)}`,
  goesTo: (name: string, cost: string): string => `Goes to ${name} when you press Finish, ${cost}`,
  kept: 'What you said is kept until you cancel.',

  readAloud: 'Read aloud',
  stopReading: 'Stop reading',
  reading: 'Reading aloud',
  stopped: 'Reading stopped',
  unchosen: { listener: 'Choose first who writes down what you say', speaker: 'Choose first who reads aloud' },

  settings: {
    dictation: 'Dictation',
    listener: 'Who writes down',
    listenerNote: (seconds: number): string => `The microphone is heard only while you dictate, ${Math.floor(seconds / 60)} minutes at most. Silence isn’t sent.`,
    off: 'Nobody',
    none: 'None of your keys has a model for it. OpenAI, Groq, Mistral, Azure and servers of your own do.',
    anyModel: (connection: string): string => `${connection}, a model of your own`,
    model: 'Model',
    modelNote: 'As its server calls it.',
    offer: (model: string, connection: string): string => `${model}, ${connection}`,
    aloud: 'Reading aloud',
    speaker: 'Who reads',
    speakerNote: 'Sentence by sentence, also while an answer is still written. Code is named, not read.',
    system: 'The voice of this system',
    noSystem: 'This system has no voice: install espeak-ng for one.',
    voice: 'Voice',
    voiceUsual: 'Its usual one',
    speed: 'Speed',
    speeds: { '75': 'Slower', '100': 'Usual', '125': 'Faster', '150': 'Half as fast again', '200': 'Twice as fast' } as Readonly<Record<string, string>>,
    price: 'Price',
    costMinute: (nano: number | null): string => (nano === null ? 'price unknown' : nano === 0 ? 'costs nothing' : `${dollars(nano / 1e9)} a minute`),
    costMillion: (nano: number | null): string => (nano === null ? 'price unknown' : nano === 0 ? 'costs nothing' : `${dollars(nano / 1e9)} a million characters`),
    capped: 'Counted by the limits of its key, like any request.',
    systemCost: 'Nothing is sent, and it costs nothing.',
  },
};
