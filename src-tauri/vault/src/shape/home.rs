//! Where known providers live, so that a key can be seen to be on its way to a stranger.

use super::KeyFamily;
use super::service::is_below;
use crate::address::BaseUrl;

/// What is known of the server behind an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// A hosted provider, and whose keys it takes if their shape says so.
    Hosted(Option<KeyFamily>),
    /// Somebody's own: on this computer, or an address that nobody here knows.
    Own,
}

/// Who lives at this address.
pub(crate) fn home_of(base: &BaseUrl) -> Home {
    let origin = base.origin();
    HOSTS
        .iter()
        .find(|(name, _)| is_below(origin.host(), name))
        .map_or(Home::Own, |(_, family)| Home::Hosted(*family))
}

/// Hosts with those below them; the first match wins.
const HOSTS: &[(&str, Option<KeyFamily>)] = &[
    ("api.openai.com", Some(KeyFamily::OpenAi)),
    ("api.anthropic.com", Some(KeyFamily::Anthropic)),
    ("generativelanguage.googleapis.com", Some(KeyFamily::Google)),
    ("aiplatform.googleapis.com", Some(KeyFamily::Google)),
    ("openrouter.ai", Some(KeyFamily::OpenRouter)),
    ("api.groq.com", Some(KeyFamily::Groq)),
    ("api.x.ai", Some(KeyFamily::Xai)),
    ("api.perplexity.ai", Some(KeyFamily::Perplexity)),
    ("api.replicate.com", Some(KeyFamily::Replicate)),
    ("router.huggingface.co", Some(KeyFamily::HuggingFace)),
    ("huggingface.co", Some(KeyFamily::HuggingFace)),
    ("huggingface.cloud", Some(KeyFamily::HuggingFace)),
    ("integrate.api.nvidia.com", Some(KeyFamily::Nvidia)),
    ("amazonaws.com", Some(KeyFamily::Bedrock)),
    ("api.elevenlabs.io", Some(KeyFamily::ElevenLabs)),
    ("api.together.xyz", Some(KeyFamily::Together)),
    ("api.together.ai", Some(KeyFamily::Together)),
    ("api.fireworks.ai", Some(KeyFamily::Fireworks)),
    ("api.cerebras.ai", Some(KeyFamily::Cerebras)),
    ("ai-gateway.vercel.sh", Some(KeyFamily::Vercel)),
    ("api.mistral.ai", None),
    ("api.deepseek.com", None),
    ("api.cohere.com", None),
    ("api.cohere.ai", None),
    ("api.moonshot.ai", None),
    ("api.moonshot.cn", None),
    ("api.z.ai", None),
    ("open.bigmodel.cn", None),
    ("api.minimax.io", None),
    ("aliyuncs.com", None),
    ("api.deepinfra.com", None),
    ("api.cloudflare.com", None),
    ("api.sambanova.ai", None),
    ("api.studio.nebius.ai", None),
    ("ollama.com", None),
    ("openai.azure.com", None),
    ("services.ai.azure.com", None),
    ("models.github.ai", None),
    ("models.inference.ai.azure.com", None),
];
