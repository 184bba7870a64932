// The fake plays for one test: what it had begun must not reach the page of the next.
import { expect, test } from 'vitest';
import type { TurnUpdate } from '../src/ipc/bindings/types';
import { closeFakes, Fake } from '../src/ipc/fake';
import { CONNECTIONS, NOTHING } from '../src/ipc/fake-data';

test('a fake that is closed says nothing more', async () => {
  const fake = new Fake({ connections: CONNECTIONS, stepMs: 0 });
  const told: TurnUpdate['type'][] = [];
  const heard = new Promise<void>((done) => {
    const deliver = (update: TurnUpdate) => {
      told.push(update.type);
      if (update.type === 'painted') done();
    };
    void fake.invoke('send_message', { input: { conversationId: null, text: 'Hello', model: 'gpt-5.1', files: [], parameters: NOTHING }, updates: deliver });
  });
  await heard;
  closeFakes();
  const before = told.length;
  for (let i = 0; i < 50; i += 1) await new Promise((done) => setTimeout(done));
  expect(told.length).toBe(before);
  expect(told).not.toContain('ended');
});
