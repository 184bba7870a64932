// What happened to the key, line by line. Only what native code reported.
import { readable } from '../../ui/readable';
import type { Connection, HandOver } from '../../ipc/bindings/types';
import { words } from '../../words';

export interface ReceiptLine {
  name: string;
  text: string;
  mono?: true;
  badge?: string;
}

export function receipt(done: HandOver, connection: Connection, keychain: string): readonly ReceiptLine[] {
  const w = words.wizard.checked;
  const key = connection.key;
  const models: ReceiptLine = { name: w.modelsLine, text: w.available(done.check.models.map(readable)) };
  const origin: ReceiptLine = { name: w.sentOnlyTo, text: connection.origin, mono: true };
  const cut: ReceiptLine[] = done.cut === null ? [] : [{ name: w.cut, text: w.cutOff(connection.address, done.cut) }];
  if (!key) return [{ name: w.key, text: w.noKey }, origin, ...cut, models];
  return [
    { name: w.key, text: `…${key.lastFour}`, mono: true, badge: w.kind(key) },
    { name: w.keptIn, text: { keychain, session: w.keptSession, command: w.keptNowhere }[key.keptIn] },
    origin,
    ...cut,
    { name: w.clipboard, text: w.clipboards[done.clipboard] },
    { name: w.inThisPage, text: w.never },
    models,
  ];
}
