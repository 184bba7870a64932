// A model of which nothing is known but its name: it can be told the least.
import type { Model } from './bindings/types';

export const unknownModel = (id: string): Model => ({
  id,
  contextTokens: null,
  inputPrice: null,
  outputPrice: null,
  reasons: false,
  seesImages: false,
  outputTokens: null,
  retires: null,
  abilities: { efforts: [], sampling: 'no', stop: false, seed: false, verbosity: false, json: 'no', search: null, runsHere: false },
  takes: { pictures: null, mostPictures: null, documents: false, pages: null, hears: null, audio: [] },
  refused: [],
  passedTo: null,
});
