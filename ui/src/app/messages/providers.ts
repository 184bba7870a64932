// How to get a key that can do little, provider by provider.
import type { ProviderId } from '../../ipc/bindings/types';

export interface KeyStep {
  title: string;
  body?: string;
  /** Settings on the provider's page, in their order. `good` marks what is allowed. */
  permissions?: readonly { name: string; value: string; good?: boolean }[];
  /** The step that shows Open the key page. */
  page?: true;
}

const last = (provider: string): KeyStep => ({
  title: 'Copy the key, then come straight back',
  body: `${provider} shows it once. Don’t paste it into a note or a chat, not even this one.`,
});

const steps: Partial<Record<ProviderId, readonly KeyStep[]>> = {
  openAi: [
    { title: 'Set a monthly limit first', body: 'In your project’s settings, under Limits. 10\u00a0dollars is plenty for daily use.' },
    {
      title: 'Create a project key with restricted permissions',
      page: true,
      permissions: [
        { name: 'Owned by', value: 'You, in one project' },
        { name: 'Permissions', value: 'Restricted' },
        { name: 'Model capabilities', value: 'Write', good: true },
        { name: 'Models', value: 'Read', good: true },
        { name: 'Everything else', value: 'None' },
      ],
    },
    last('OpenAI'),
  ],
  anthropic: [
    { title: 'Make a workspace with a spend limit', body: 'In the Console’s settings, under Workspaces. A key of that workspace can’t spend more.' },
    { title: 'Create a key in that workspace', body: 'Not an admin key: Latchkey refuses those.', page: true },
    last('Anthropic'),
  ],
  google: [
    { title: 'Make a project only for this', body: 'Then the key can be stopped without stopping anything else.' },
    { title: 'Create an API key for the Gemini API only', body: 'Restrict it to the Generative Language API, so that it opens nothing else of your account.', page: true },
    last('Google'),
  ],
  mistral: [
    { title: 'Set a monthly limit first', body: 'In the Console, under Limits or Billing.' },
    { title: 'Create a key in a workspace of its own', body: 'Give it an end date, if you’re offered one.', page: true },
    last('Mistral'),
  ],
  openRouter: [
    { title: 'Create a key with a credit limit', body: 'OpenRouter asks for the limit while you make the key. Not a provisioning key: those make other keys.', page: true },
    last('OpenRouter'),
  ],
};

const generic = (provider: string): readonly KeyStep[] => [
  { title: 'Set a spending limit, if there is one', body: 'Then losing the key costs no more than that.' },
  { title: 'Create a key that can only use models', body: 'Leave out everything about billing, members and other keys.', page: true },
  last(provider),
];

export const getAKey = (id: ProviderId, provider: string): readonly KeyStep[] => steps[id] ?? generic(provider);
