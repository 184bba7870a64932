//! The count of tokens as OpenAI counts them, in each of the ways that others imitate it.

use serde_json::Value;

use crate::Usage;
use crate::json::count;
use crate::money::{nano_dollars, nano_of_ticks};

/// The count of tokens, wherever it stands. An impossible number is left out.
pub(super) fn of(
    chunk: &Value,
    choice: Option<&Value>,
    reasoning_beside_output: bool,
) -> Option<Usage> {
    let places = [
        chunk.get("usage"),
        chunk.pointer("/x_groq/usage"),
        choice.and_then(|choice| choice.get("usage")),
    ];
    let counted = places.into_iter().flatten().find(|usage| usage.is_object())?;
    read(counted, reasoning_beside_output)
}

/// The same of what holds the counts.
pub(super) fn read(counted: &Value, reasoning_beside_output: bool) -> Option<Usage> {
    let first =
        |places: &[&str]| places.iter().find_map(|place| counted.pointer(place).and_then(count));
    let prompt = first(&["/prompt_tokens", "/input_tokens"]);
    let cache_read = first(&[
        "/prompt_tokens_details/cached_tokens",
        "/input_tokens_details/cached_tokens",
        "/prompt_cache_hit_tokens", // DeepSeek
        "/num_cached_tokens",       // Mistral
        "/prompt_token_details/cached_tokens",
    ]);
    let cache_write = first(&[
        "/prompt_tokens_details/cache_write_tokens",
        "/input_tokens_details/cache_write_tokens",
    ]);
    let completion = first(&["/completion_tokens", "/output_tokens"]);
    let reasoning = first(&[
        "/completion_tokens_details/reasoning_tokens",
        "/output_tokens_details/reasoning_tokens",
        "/reasoning_tokens",
    ]);
    let searches = first(&[
        "/server_side_tool_usage_details/web_search_calls", // xAI
        "/num_search_queries",                              // Perplexity
        "/server_tool_use/web_search_requests",             // OpenRouter
        "/connectors/web_search",
    ]);
    let audio =
        first(&["/prompt_tokens_details/audio_tokens", "/input_tokens_details/audio_tokens"]);
    let known = |count: Option<u64>| count.filter(|count| *count > 0);
    let (prompt, cache_read) = without_audio(prompt, cache_read, audio.unwrap_or(0));
    let cached = cache_read.unwrap_or(0).saturating_add(cache_write.unwrap_or(0));
    let among = reasoning.filter(|_| !reasoning_beside_output).unwrap_or(0);
    let usage = Usage {
        // Where more is cached than was read at all, the cached tokens are counted beside the others.
        input: prompt.map(|prompt| prompt.checked_sub(cached).unwrap_or(prompt)),
        cache_read: known(cache_read),
        cache_write: known(cache_write),
        cache_write_1h: None,
        audio: known(audio),
        output: completion.map(|completion| completion.checked_sub(among).unwrap_or(completion)),
        reasoning: known(reasoning),
        searches: known(searches),
        cost_nano: cost(counted),
    };
    (usage != Usage::default()).then_some(usage)
}

/// What was read beside what was heard. Audio may come from a cache too, which nobody tells apart everywhere: all of it counts as
/// heard anew, which is never too little.
pub(super) fn without_audio(
    prompt: Option<u64>,
    cached: Option<u64>,
    audio: u64,
) -> (Option<u64>, Option<u64>) {
    // Where more was heard than was read at all, it is counted beside.
    let rest = prompt.map(|prompt| prompt.checked_sub(audio).unwrap_or(prompt));
    let is_within = cached <= prompt;
    (rest, cached.map(|cached| if is_within { cached.min(rest.unwrap_or(cached)) } else { cached }))
}

/// What the provider says that it cost: OpenRouter and Perplexity in dollars, xAI in ticks.
fn cost(counted: &Value) -> Option<u64> {
    let ticks = counted.get("cost_in_usd_ticks").and_then(count).map(nano_of_ticks);
    let dollars = counted.pointer("/cost/total_cost").or_else(|| counted.get("cost"));
    // Over a key of one's own behind OpenRouter, that is its fee; what is paid there stands beside it, or is not known.
    let is_beside = counted.get("is_byok") == Some(&Value::Bool(true));
    let beside = match is_beside {
        true => nano_dollars(counted.pointer("/cost_details/upstream_inference_cost")?)?,
        false => 0,
    };
    ticks.or_else(|| nano_dollars(dollars?)?.checked_add(beside))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn usage(counted: Value) -> Option<Usage> {
        of(&json!({ "usage": counted }), None, false)
    }

    fn known(input: Option<u64>, output: Option<u64>) -> Option<Usage> {
        Some(Usage { input, output, ..Usage::default() })
    }

    #[test]
    fn counts_that_cannot_be_are_left_out() {
        let table = [
            (json!({"prompt_tokens": 640, "completion_tokens": -12}), known(Some(640), None)),
            (json!({"prompt_tokens": -1, "completion_tokens": -1}), None),
            (json!({"prompt_tokens": 3.0, "completion_tokens": "4"}), known(Some(3), None)),
            (json!({"input_tokens": 3, "output_tokens": 4}), known(Some(3), Some(4))),
        ];
        for (counted, expected) in table {
            assert_eq!(usage(counted.clone()), expected, "{counted}");
        }
        let inside = json!({"usage": {"prompt_tokens": 1}});
        assert_eq!(of(&json!({"usage": null}), Some(&inside), false), known(Some(1), None));
    }

    #[test]
    fn what_is_counted_within_another_number_is_taken_out_of_it() {
        let all = json!({
            "prompt_tokens": 100,
            "prompt_tokens_details": {"cached_tokens": 60, "cache_write_tokens": 10},
            "completion_tokens": 50,
            "completion_tokens_details": {"reasoning_tokens": 20},
        });
        let apart = Usage {
            input: Some(30),
            cache_read: Some(60),
            cache_write: Some(10),
            output: Some(30),
            reasoning: Some(20),
            ..Usage::default()
        };
        assert_eq!(usage(all.clone()), Some(apart));
        assert_eq!((apart.read(), apart.written()), (Some(100), Some(50)));
        let beside = of(&json!({ "usage": all }), None, true).unwrap();
        assert_eq!((beside.output, beside.written()), (Some(50), Some(70)));
        let more = usage(json!({"prompt_tokens": 10, "prompt_cache_hit_tokens": 60})).unwrap();
        assert_eq!(
            more.read(),
            Some(70),
            "what does not fit is counted in full, never understated"
        );
        let more = usage(json!({"completion_tokens": 5, "reasoning_tokens": 9})).unwrap();
        assert_eq!(more.written(), Some(14));
    }

    #[test]
    fn what_was_heard_is_counted_apart() {
        let heard = |cached: u64, audio: u64| {
            usage(json!({
                "prompt_tokens": 100,
                "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": audio},
                "completion_tokens": 5,
            }))
            .unwrap()
        };
        let usual = heard(0, 80);
        assert_eq!((usual.input, usual.audio, usual.read()), (Some(20), Some(80), Some(100)));
        // Some of it came from a cache, and counts as heard all the same.
        let cached = heard(60, 80);
        assert_eq!((cached.input, cached.cache_read, cached.audio), (Some(0), Some(20), Some(80)));
        let beside = heard(0, 300);
        assert_eq!((beside.input, beside.audio), (Some(100), Some(300)), "never understated");
        assert_eq!(heard(0, 0).audio, None);
    }

    #[test]
    fn the_providers_own_price_counts() {
        let table = [
            (json!({"cost": 0.0123}), 12_300_000),
            (json!({"cost": "0.5"}), 500_000_000),
            (json!({"cost": {"total_cost": 0.006}}), 6_000_000),
            (json!({"cost_in_usd_ticks": 10_000_000_005_u64}), 1_000_000_001),
            (
                json!({"cost": 0.0005, "is_byok": true, "cost_details": {"upstream_inference_cost": 0.01}}),
                10_500_000,
            ),
        ];
        for (counted, nano) in table {
            assert_eq!(
                usage(counted.clone()).and_then(|usage| usage.cost_nano),
                Some(nano),
                "{counted}"
            );
        }
        for odd in [
            json!({"cost": 0.0005, "is_byok": true}),
            json!({"cost": -1}),
            json!({"cost": "much"}),
            json!({"cost": true}),
        ] {
            assert_eq!(usage(odd.clone()), None, "{odd}");
        }
    }
}
