// How to get a key that can do little, provider by provider.
import type { ProviderId } from '../ipc/bindings/types';

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

/** A server of one’s own. */
const local = (server: string, about: string): readonly KeyStep[] => [
  { title: `Start ${server}`, body: 'Latchkey finds it on this computer.' },
  { title: 'Look whether it wants a key', body: about },
];

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
  dashScope: [
    { title: 'Create a key in a workspace of its own', body: 'Its prices rise with the length of what is read. Look at what an answer costs before you send long texts.', page: true },
    last('Alibaba Cloud'),
  ],
  bedrock: [
    { title: 'Choose the region first', body: 'A key belongs to one region, and the region is a part of the address.' },
    { title: 'Create a Bedrock API key', body: 'Not an access key of your account: that opens far more. A short-lived key ends within 12 hours.', page: true },
    last('AWS'),
  ],
  azure: [
    { title: 'Make a resource only for this', body: 'Azure has no limit in money: a budget only warns. What bounds it is the number of tokens a minute of a deployment.' },
    { title: 'Copy one of the resource’s two keys', body: 'Each opens the whole resource. There are two, so that one can be renewed while the other works. A model’s name is the name of your deployment of it.', page: true },
    last('Azure'),
  ],
  cerebras: [
    { title: 'Create a key only for this', body: 'Then it can be revoked without stopping anything else.', page: true },
    last('Cerebras'),
  ],
  cloudflare: [
    { title: 'Create an API token, not the global key', body: 'The global key opens the whole account. Give the token Workers AI alone, in one account, and an end date if you’re offered one.', page: true },
    last('Cloudflare'),
  ],
  cohere: [
    { title: 'Choose between a trial key and a production key', body: 'A trial key costs nothing and may do little. A production key is paid for.' },
    { title: 'Create the key', page: true },
    last('Cohere'),
  ],
  deepInfra: [
    { title: 'Set a spending limit, if you’re offered one', body: 'Then losing the key costs no more than that.' },
    { title: 'Create a key only for this', page: true },
    last('DeepInfra'),
  ],
  deepSeek: [
    { title: 'Top up only what you can lose', body: 'A key has neither permissions nor a limit: the balance is the limit. Leave automatic top-up off.' },
    { title: 'Create a key only for this', page: true },
    last('DeepSeek'),
  ],
  fireworks: [
    { title: 'Look at your account’s spending limit', body: 'It is one for all keys.' },
    { title: 'Create a key only for this', page: true },
    last('Fireworks'),
  ],
  gitHub: [
    {
      title: 'Create a fine-grained token',
      body: 'Not a classic one: those open your repositories.',
      page: true,
      permissions: [
        { name: 'Models', value: 'Read', good: true },
        { name: 'Repositories', value: 'None' },
        { name: 'Everything else', value: 'None' },
      ],
    },
    last('GitHub'),
  ],
  vertex: [
    { title: 'Make a project only for this', body: 'A budget only warns. A project can be stopped without stopping anything else.' },
    { title: 'Create a key for that project’s models only', page: true },
    last('Google Cloud'),
  ],
  groq: [
    { title: 'Make a project only for this', body: 'Limits belong to a project. Set a spending limit there, if you’re offered one.' },
    { title: 'Create a key in that project', page: true },
    last('Groq'),
  ],
  huggingFace: [
    { title: 'Create a fine-grained token', body: 'Allow it to ask inference providers, and nothing else. A token with write access can change what is yours.', page: true },
    last('Hugging Face'),
  ],
  miniMax: [
    { title: 'Create a key only for this', body: 'Then it can be revoked without stopping anything else.', page: true },
    last('MiniMax'),
  ],
  moonshot: [
    { title: 'Top up only what you can lose', body: 'The balance is the limit. Leave automatic top-up off.' },
    { title: 'Create a key only for this', page: true },
    last('Moonshot'),
  ],
  nebius: [
    { title: 'Create a key only for this', body: 'Then it can be revoked without stopping anything else.', page: true },
    last('Nebius'),
  ],
  nvidia: [
    { title: 'Create a key only for this', body: 'Give it an end date, if you’re offered one.', page: true },
    last('NVIDIA'),
  ],
  ollamaCloud: [
    { title: 'Create a key only for this', body: 'It never ends by itself: revoke it when you no longer need it.', page: true },
    last('Ollama'),
  ],
  perplexity: [
    { title: 'Make a group with little credit', body: 'A key spends the prepaid credit of its group. Leave automatic top-up off.' },
    { title: 'Create a key in that group', page: true },
    last('Perplexity'),
  ],
  sambaNova: [
    { title: 'Create a key only for this', body: 'Then it can be revoked without stopping anything else.', page: true },
    last('SambaNova'),
  ],
  together: [
    { title: 'Set a monthly limit first', body: 'In the billing settings. It is one for all keys.' },
    { title: 'Create a key only for this', page: true },
    last('Together'),
  ],
  vercel: [
    { title: 'Create a key of the AI Gateway', body: 'Not a token of your account: that opens your projects.', page: true },
    last('Vercel'),
  ],
  xAi: [
    {
      title: 'Create a key that may do little',
      body: 'Not a management key.',
      page: true,
      permissions: [
        { name: 'Endpoints', value: 'Chat and models', good: true },
        { name: 'Models', value: 'The ones you use', good: true },
        { name: 'Everything else', value: 'None' },
      ],
    },
    last('xAI'),
  ],
  zAi: [
    { title: 'Create a key only for this', body: 'The coding plan has an address of its own: its key may not work here.', page: true },
    last('Z.ai'),
  ],
  liteLlm: [
    { title: 'Make a virtual key with a budget', body: 'In your LiteLLM: the models it may use, a budget, and an end. Not the master key: that makes other keys.' },
    { title: 'Copy it, then come straight back' },
  ],
  ollama: local('Ollama', 'It asks for no key on this computer. Models that run in the cloud leave it all the same.'),
  lmStudio: local('LM Studio', 'A token is needed only where you switched that on, in the server’s settings.'),
  llamaCpp: local('llama.cpp', 'It asks for a key only if it was started with one.'),
  vllm: local('vLLM', 'It asks for a key only if it was started with one.'),
  jan: local('Jan', 'The key is the one in its local server’s settings.'),
  koboldCpp: local('KoboldCpp', 'It asks for a key only if it was started with one.'),
};

/** Of an address on this computer that has no name. */
const own = (server: string): readonly KeyStep[] => [
  { title: 'Look whether it wants a key', body: 'Most servers on this computer want none.' },
  last(server),
];

/** Of an address that has no name. */
const generic = (provider: string): readonly KeyStep[] => [
  { title: 'Set a spending limit, if there is one', body: 'Then losing the key costs no more than that.' },
  { title: 'Create a key that can only use models', body: 'Leave out everything about billing, members and other keys.', page: true },
  last(provider),
];

/** Whose steps are known. */
export const STEPS_OF: readonly ProviderId[] = Object.keys(steps);

/** `here`: the server runs on this computer. */
export const getAKey = (id: ProviderId, provider: string, here = false): readonly KeyStep[] => steps[id] ?? (here ? own(provider) : generic(provider));
