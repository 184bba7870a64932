//! The providers Latchkey knows by name, and the facts that differ between them.

use serde::{Deserialize, Serialize};

/// Where answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Provider {
    OpenAi,
    Anthropic,
    Google,
    Mistral,
    OpenRouter,
    Ollama,
    LmStudio,
    LlamaCpp,
    Vllm,
    /// Any other OpenAI-compatible address.
    Other,
    /// The practice provider inside Latchkey.
    Practice,
}

/// The hosted providers, in the order the wizard offers them.
pub const REMOTE: [Provider; 5] = [
    Provider::OpenAi,
    Provider::Anthropic,
    Provider::Google,
    Provider::Mistral,
    Provider::OpenRouter,
];

/// The servers looked for on loopback, in the order they are shown.
pub const LOCAL: [Provider; 4] =
    [Provider::Ollama, Provider::LmStudio, Provider::LlamaCpp, Provider::Vllm];

impl Provider {
    /// The name people know.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "OpenAI",
            Self::Anthropic => "Anthropic",
            Self::Google => "Google",
            Self::Mistral => "Mistral",
            Self::OpenRouter => "OpenRouter",
            Self::Ollama => "Ollama",
            Self::LmStudio => "LM Studio",
            Self::LlamaCpp => "llama.cpp",
            Self::Vllm => "vLLM",
            Self::Other => "Other address",
            Self::Practice => "Practice",
        }
    }

    /// The word stored in the keychain item and the history.
    pub fn id(self) -> &'static str {
        match self {
            Self::OpenAi => "openAi",
            Self::Anthropic => "anthropic",
            Self::Google => "google",
            Self::Mistral => "mistral",
            Self::OpenRouter => "openRouter",
            Self::Ollama => "ollama",
            Self::LmStudio => "lmStudio",
            Self::LlamaCpp => "llamaCpp",
            Self::Vllm => "vllm",
            Self::Other => "other",
            Self::Practice => "practice",
        }
    }

    /// The provider stored under `id`, if this version knows it.
    pub fn from_id(id: &str) -> Option<Self> {
        REMOTE
            .into_iter()
            .chain(LOCAL)
            .chain([Self::Other, Self::Practice])
            .find(|provider| provider.id() == id)
    }

    /// The base URL of its OpenAI-compatible interface; `None` where the person gives it.
    pub fn address(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("https://api.openai.com/v1"),
            Self::Anthropic => Some("https://api.anthropic.com/v1"),
            Self::Google => Some("https://generativelanguage.googleapis.com/v1beta/openai"),
            Self::Mistral => Some("https://api.mistral.ai/v1"),
            Self::OpenRouter => Some("https://openrouter.ai/api/v1"),
            Self::Ollama => Some("http://127.0.0.1:11434/v1"),
            Self::LmStudio => Some("http://127.0.0.1:1234/v1"),
            Self::LlamaCpp => Some("http://127.0.0.1:8080/v1"),
            Self::Vllm => Some("http://127.0.0.1:8000/v1"),
            Self::Other | Self::Practice => None,
        }
    }

    /// The page where a person makes a key.
    pub fn key_page(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("https://platform.openai.com/api-keys"),
            Self::Anthropic => Some("https://console.anthropic.com/settings/keys"),
            Self::Google => Some("https://aistudio.google.com/apikey"),
            Self::Mistral => Some("https://console.mistral.ai/api-keys"),
            Self::OpenRouter => Some("https://openrouter.ai/settings/keys"),
            Self::Ollama | Self::LmStudio | Self::LlamaCpp | Self::Vllm => None,
            Self::Other | Self::Practice => None,
        }
    }

    /// The page where a person adds credit.
    pub fn billing_page(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("https://platform.openai.com/settings/organization/billing"),
            Self::Anthropic => Some("https://console.anthropic.com/settings/billing"),
            Self::Google => Some("https://aistudio.google.com/usage"),
            Self::Mistral => Some("https://console.mistral.ai/billing"),
            Self::OpenRouter => Some("https://openrouter.ai/settings/credits"),
            Self::Ollama | Self::LmStudio | Self::LlamaCpp | Self::Vllm => None,
            Self::Other | Self::Practice => None,
        }
    }

    /// The environment variable its own tools read the key from.
    pub fn env_var(self) -> Option<&'static str> {
        match self {
            Self::OpenAi | Self::Other => Some("OPENAI_API_KEY"),
            Self::Anthropic => Some("ANTHROPIC_API_KEY"),
            Self::Google => Some("GEMINI_API_KEY"),
            Self::Mistral => Some("MISTRAL_API_KEY"),
            Self::OpenRouter => Some("OPENROUTER_API_KEY"),
            Self::Ollama | Self::LmStudio | Self::LlamaCpp | Self::Vllm | Self::Practice => None,
        }
    }

    /// Whether a usage count at the stream's end may be asked for. Mistral refuses fields it does not know and counts
    /// anyway.
    pub fn takes_stream_options(self) -> bool {
        self != Self::Mistral
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back() {
        for provider in REMOTE.into_iter().chain(LOCAL).chain([Provider::Other, Provider::Practice])
        {
            assert_eq!(Provider::from_id(provider.id()), Some(provider));
            let json = serde_json::to_string(&provider).unwrap();
            assert_eq!(json, format!("\"{}\"", provider.id()), "serde and the stored id agree");
        }
        assert_eq!(Provider::from_id("cohere"), None);
    }
}
