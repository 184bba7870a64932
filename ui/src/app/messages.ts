// The one text catalogue. Every word a person can read is in here or in messages/, in one place per screen.
import { actions, keyboard, menu, palette } from './messages/actions';
import { background } from './messages/background';
import { branches } from './messages/branches';
import { attachments } from './messages/attachments';
import { chat } from './messages/chat';
import { compare } from './messages/compare';
import { frame } from './messages/frame';
import { guard } from './messages/guard';
import { keys } from './messages/keys';
import { lending } from './messages/lending';
import { leaks } from './messages/leaks';
import { organise } from './messages/organise';
import { presets, prompts, shippedPresets } from './messages/prompts';
import { queue } from './messages/queue';
import { quick } from './messages/quick';
import { parameters } from './messages/parameters';
import { models } from './messages/models';
import { rotation } from './messages/rotation';
import { usage } from './messages/usage';
import { settings } from './messages/settings';
import { spending } from './messages/spending';
import { search } from './messages/search';
import { routes } from './messages/routes';
import { team } from './messages/team';
import { status } from './messages/status';
import { voice } from './messages/voice';
import { wizard } from './messages/wizard';

export { menuItem } from './messages/menu';
export { getAKey, STEPS_OF, type KeyStep } from './messages/providers';
export { problemIn, problems, said, whole, type Problem, type Setting } from './messages/problems';
export { wizardProblemIn, type WizardSetting } from './messages/wizard-problems';

export { shippedPresets };

export const words = { ...frame, actions, keyboard, menu, palette, settings, attachments, background, branches, chat, compare, guard, keys, leaks, lending, models, organise, parameters, presets, prompts, queue, quick, rotation, routes, search, spending, status, team, usage, voice, wizard };
