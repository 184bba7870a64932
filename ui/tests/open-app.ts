// The whole page over the fake, found the way assistive technology finds it.
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import App from '../src/app/App.svelte';
import { Fake, type FakeOptions } from '../src/ipc/fake';
import { useHost } from '../src/ipc/host';
import { boot } from '../src/state/boot.svelte';
import { notices } from '../src/state/notices.svelte';

export async function openApp(options: FakeOptions): Promise<Fake> {
  const fake = new Fake({ stepMs: 0, ...options });
  useHost(fake);
  notices.dismiss();
  notices.say('');
  boot.phase = 'loading';
  const loaded = boot.load();
  render(App);
  await loaded;
  return fake;
}

export const button = (name: string) => screen.findByRole('button', { name });
export const press = async (name: string) => {
  const found = await button(name);
  await waitFor(() => {
    if ((found as HTMLButtonElement).disabled) throw new Error(`${name} is disabled`);
  });
  await fireEvent.click(found);
};
export const heading = (name: string) => screen.findByRole('heading', { name });
export const status = () => screen.getByRole('status', { name: 'Status' }).textContent;
export const commandsOf = (fake: Fake) => fake.calls.map((c) => c.command);
