// The one text catalogue. Every word a person can read is in this folder, in one place per screen.
import { actions, keyboard, menu, palette } from './actions';
import { background } from './background';
import { branches } from './branches';
import { attachments } from './attachments';
import { chat } from './chat';
import { compare } from './compare';
import { frame } from './frame';
import { guard } from './guard';
import { keys } from './keys';
import { lending } from './lending';
import { leaks } from './leaks';
import { organise } from './organise';
import { presets, prompts, shippedPresets } from './prompts';
import { queue } from './queue';
import { quick } from './quick';
import { parameters } from './parameters';
import { models } from './models';
import { rotation } from './rotation';
import { usage } from './usage';
import { settings } from './settings';
import { spending } from './spending';
import { search } from './search';
import { routes } from './routes';
import { team } from './team';
import { status } from './status';
import { voice } from './voice';
import { wizard } from './wizard';

export { getAKey, STEPS_OF, type KeyStep } from './providers';
export { problemIn, problems, said, whole, type Problem, type Setting } from './problems';
export { wizardProblemIn, type WizardSetting } from './wizard-problems';

export { shippedPresets };

export const words = { ...frame, actions, keyboard, menu, palette, settings, attachments, background, branches, chat, compare, guard, keys, leaks, lending, models, organise, parameters, presets, prompts, queue, quick, rotation, routes, search, spending, status, team, usage, voice, wizard };
