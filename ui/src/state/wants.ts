// What a model may be asked to have before it is chosen.
export const WANTS = ['pictures', 'audio', 'reasons', 'documents', 'search', 'priced', 'cheap'] as const;
export type Want = (typeof WANTS)[number];
