// Whether keys are lent to other programs, and to whom.
import type { Application, ApplicationInput, Lending } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

class LendingState {
  view: Lending | null = $state.raw(null);

  async load(): Promise<void> {
    this.view = await commands.get_lending();
  }

  async turn(on: boolean): Promise<void> {
    this.view = await commands.set_lending(on);
  }

  async add(input: ApplicationInput): Promise<Application> {
    const added = await commands.add_application(input);
    await this.load();
    return added;
  }

  async change(id: number, input: ApplicationInput): Promise<void> {
    this.view = await commands.change_application(id, input);
  }

  async revoke(id: number): Promise<void> {
    this.view = await commands.revoke_application(id);
  }
}

export const lending = new LendingState();
