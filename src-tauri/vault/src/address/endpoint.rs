//! Paths of endpoints, which people paste together with the base they stand behind.

/// A path without the known endpoint at its end, if there is one. The same words in the middle of a path stay.
pub(super) fn without_endpoint(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    // Gemini puts the model and what is done with it behind its list.
    if let Some((list, act)) = path.rsplit_once('/')
        && act.contains(':')
        && let Some(base) = list.strip_suffix("/models")
    {
        return base.trim_end_matches('/');
    }
    let lower = path.to_ascii_lowercase();
    // A single model of the list, whose name may have a slash.
    if let Some((base, _)) = lower.split_once("/models/")
        && is_version(base.rsplit('/').next().unwrap_or(base))
        && !is_version(lower.rsplit('/').next().unwrap_or_default())
    {
        return path[..base.len()].trim_end_matches('/');
    }
    let cut = ENDPOINTS.iter().find(|endpoint| lower.ends_with(**endpoint));
    let versioned = VERSIONED.iter().find(|endpoint| {
        lower
            .strip_suffix(**endpoint)
            .is_some_and(|base| is_version(base.rsplit('/').next().unwrap_or(base)))
    });
    cut.or(versioned)
        .map_or(path, |endpoint| path[..path.len() - endpoint.len()].trim_end_matches('/'))
}

fn is_version(step: &str) -> bool {
    step.strip_prefix('v').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Longer ones before those that they end with.
const ENDPOINTS: &[&str] = &[
    "/chat/completions",
    "/fim/completions",
    "/agents/completions",
    "/completions",
    "/messages/count_tokens",
    "/messages/batches",
    "/messages",
    "/responses/compact",
    "/responses",
    "/models",
    "/embeddings",
    "/images/generations",
    "/images/edits",
    "/images/variations",
    "/audio/speech",
    "/audio/transcriptions",
    "/audio/translations",
    "/moderations",
    "/fine_tuning/jobs",
    "/rerank",
    "/api/chat",
    "/api/generate",
    "/api/tags",
    "/api/embed",
    "/api/embeddings",
    "/api/show",
    "/api/ps",
    "/api/version",
];

/// Words so common that they are an endpoint only right behind a version.
const VERSIONED: &[&str] = &[
    "/chat",
    "/complete",
    "/completion",
    "/files",
    "/batches",
    "/assistants",
    "/threads",
    "/realtime",
    "/generate",
    "/embed",
    "/score",
    "/tokenize",
    "/detokenize",
    "/conversations",
    "/vector_stores",
    "/generate_stream",
    "/infill",
    "/ocr",
    "/classify",
    "/model/info",
    "/key",
    "/credits",
    "/usage",
];
