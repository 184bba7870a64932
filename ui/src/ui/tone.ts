/** How serious something is; the words say it too, the colour never alone. */
export type Tone = 'info' | 'warn' | 'danger' | 'ok' | 'brass';
