use super::*;
use FailureKind::*;

fn refused(status: u16, body: &str) -> Failure {
    let now = SystemTime::UNIX_EPOCH;
    classify(Refused { status, body, retry_after: Some("22"), request_id: Some("req_1"), now })
}

#[test]
fn classes() {
    let table = [
        (401, r#"{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}"#, KeyRejected),
        (
            400,
            r#"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]"#,
            KeyRejected,
        ),
        (402, "", Busy),
        (402, r#"{"error":{"message":"Insufficient credits"}}"#, NoCredit),
        (
            429,
            r#"{"error":{"type":"insufficient_quota","message":"m","code":"insufficient_quota"}}"#,
            NoCredit,
        ),
        (
            400,
            r#"{"error":{"message":"Budget has been exceeded! Current cost: 1.2, Max budget: 1.0","type":"budget_exceeded","param":null,"code":"400"}}"#,
            NoCredit,
        ),
        (
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}"#,
            NoCredit,
        ),
        (429, r#"{"error":{"message":"slow down","code":"rate_limit_exceeded"}}"#, Busy),
        (429, "", Busy),
        (403, r#"{"error":"You have insufficient permissions"}"#, NotAllowed),
        (
            404,
            r#"{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}"#,
            ModelNotFound,
        ),
        (
            404,
            r#"{"error":{"message":"model \"x\" not found, try pulling it first"}}"#,
            ModelNotFound,
        ),
        (
            400,
            r#"{"error":{"message":"/chat/completions: Invalid model name passed in model=x. Call `/v1/models` to view available models for your key.","type":"invalid_request_error","param":"model","code":"400"}}"#,
            ModelNotFound,
        ),
        (400, r#"{"error":{"message":"x is not a valid model ID","code":400}}"#, ModelNotFound),
        (400, r#"{"error":{"message":"the model takes no temperature"}}"#, RequestRefused),
        (404, "<html>nginx</html>", AddressNotFound),
        (404, r#"{"error":"Unexpected endpoint or method. (GET /models)"}"#, AddressNotFound),
        (405, "", AddressNotFound),
        (408, "", TimedOut),
        (504, "<html>", TimedOut),
        (524, "", TimedOut),
        (400, r#"{"message":"bad"}"#, RequestRefused),
        (422, r#"{"detail":[{"msg":"x"}]}"#, RequestRefused),
        (500, "", ProviderDown),
        (503, "upstream", ProviderDown),
        (
            429,
            r#"{"error":{"code":429,"message":"Quota exceeded for metric: generate_requests, limit: 0, model: x","status":"RESOURCE_EXHAUSTED"}}"#,
            NoCredit,
        ),
        (
            429,
            r#"{"error":{"code":429,"message":"Quota exceeded for metric: generate_requests, limit: 0.5","status":"RESOURCE_EXHAUSTED"}}"#,
            Busy,
        ),
        (
            529,
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            Busy,
        ),
        (
            429,
            r#"{"error":{"type":"insufficient_quota","message":"m","code":"project_spend_limit_exceeded"}}"#,
            NoCredit,
        ),
        (
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits."}}"#,
            NoCredit,
        ),
        (
            429,
            r#"{"type":"error","error":{"type":"rate_limit_error","message":"m","details":{"error_code":"enforced_spend_limit_reached"}}}"#,
            NoCredit,
        ),
        (
            403,
            r#"{"error":{"code":403,"message":"Key limit exceeded (monthly limit)."}}"#,
            NoCredit,
        ),
        (
            401,
            r#"{"error":{"code":401,"message":"m","status":"UNAUTHENTICATED","details":[{"reason":"ACCESS_TOKEN_TYPE_UNSUPPORTED"}]}}"#,
            KeyRejected,
        ),
        (
            400,
            r#"{"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***."}"#,
            KeyRejected,
        ),
        (498, r#"{"message":"invalid api token"}"#, KeyRejected),
        (
            498,
            r#"{"error":{"message":"Flex tier capacity exceeded","code":"capacity_exceeded"}}"#,
            Busy,
        ),
        (
            404,
            r#"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}"#,
            ModelNotFound,
        ),
        (
            400,
            r#"{"object":"error","message":"Invalid model: x","type":"invalid_model","code":"1500"}"#,
            ModelNotFound,
        ),
        (204, "", Nonsense),
        // Where it is asked from, and what was said: no other key of the provider’s helps.
        (
            403,
            r#"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","type":"request_forbidden"}}"#,
            NotServed,
        ),
        (
            400,
            r#"{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}"#,
            NotServed,
        ),
        (
            403,
            r#"{"error":{"code":403,"message":"openai/gpt-5 requires moderation on OpenAI. Your input was flagged for \"harassment\"","metadata":{"reasons":["harassment"],"flagged_input":"x"}}}"#,
            Moderated,
        ),
        // OpenRouter, where nobody is left to ask.
        (
            404,
            r#"{"error":{"message":"No allowed providers are available for the selected model.","code":404}}"#,
            NoTakers,
        ),
        (
            404,
            r#"{"error":{"message":"No endpoints found matching your data policy (Free model training).","code":404}}"#,
            NoTakers,
        ),
        (
            404,
            r#"{"error":{"message":"No endpoints found that support image input","code":404}}"#,
            NoTakers,
        ),
        (
            404,
            r#"{"error":{"message":"No endpoints found for nobody/knows-this.","code":404}}"#,
            ModelNotFound,
        ),
        // Models that there were once.
        (
            400,
            r#"{"error":{"message":"The model `llama2-70b-4096` has been decommissioned and is no longer supported.","code":"model_decommissioned"}}"#,
            ModelNotFound,
        ),
        (410, r#"{"error":{"message":"Gone"}}"#, ModelNotFound),
        (
            404,
            r#"{"error":{"message":"This model models/gemini-1.0-pro is no longer available."}}"#,
            ModelNotFound,
        ),
        // A budget of one's own.
        (
            403,
            r#"{"error":{"code":403,"message":"Workspace budget exceeded","metadata":{"limit_source":"workspace"}}}"#,
            NoCredit,
        ),
    ];
    for (status, body, kind) in table {
        assert_eq!(refused(status, body).kind, kind, "{status} {body}");
    }
}

#[test]
fn google_says_in_the_body_how_long_to_wait() {
    let body = r#"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"46.5s"}]}}"#;
    let now = SystemTime::UNIX_EPOCH;
    let told = |retry_after, body| {
        classify(Refused { status: 429, body, retry_after, request_id: None, now }).retry_after
    };
    assert_eq!(told(None, body), Some(Duration::from_millis(46_500)));
    assert_eq!(told(Some("2"), body), Some(Duration::from_secs(2)), "the header comes first");
    assert_eq!(told(None, &body.replace("46.5s", "soon")), None);
}

#[test]
fn a_conversation_that_is_too_long_is_known_in_every_form() {
    let table = [
        (400, r#"{"error":{"code":"context_length_exceeded","message":"too long"}}"#),
        // llama.cpp, new and old
        (
            400,
            r#"{"error":{"code":400,"message":"9120 tokens were sent, 8192 fit","type":"exceed_context_size_error"}}"#,
        ),
        (
            500,
            r#"{"error":{"code":500,"message":"the request exceeds the available context size. try increasing the context size","type":"server_error"}}"#,
        ),
        // LiteLLM
        (
            400,
            r#"{"error":{"message":"litellm.ContextWindowExceededError: litellm.BadRequestError: OpenAIException - {\"error\": {\"message\": \"no\"}}","type":null,"code":"400"}}"#,
        ),
        // Together
        (
            422,
            r#"{"error":{"message":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 512 `max_new_tokens`","type":"invalid_request_error"}}"#,
        ),
        // Anthropic
        (
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#,
        ),
        (
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"}}"#,
        ),
        // Gemini
        (
            400,
            r#"[{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}]"#,
        ),
        // vLLM, OpenRouter
        (
            400,
            r#"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.","type":"BadRequestError","code":400}"#,
        ),
        // Mistral
        (
            400,
            r#"{"object":"error","message":"Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length","type":"invalid_request_error"}"#,
        ),
        // xAI, Bedrock, GitHub
        (
            400,
            r#"{"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 537812 tokens."}"#,
        ),
        (400, r#"{"message":"Input is too long for requested model."}"#),
        (
            400,
            r#"{"object":"error","message":"The decoder prompt (length 9000) is longer than the maximum model length of 8192"}"#,
        ),
        (400, r#"{"message":"Input length 9000 exceeds maximum allowed input length 8192"}"#),
        (400, r#"{"message":"Your request exceeded model token limit: 8192"}"#),
        (400, r#"{"error":{"message":"Range of input length should be [1, 30720]"}}"#),
        (
            400,
            r#"{"error":{"message":"Input tokens exceed the configured limit of 272000 tokens."}}"#,
        ),
        (
            413,
            r#"{"error":{"code":"tokens_limit_reached","message":"Request body too large for gpt-4o model. Max size: 8000 tokens."}}"#,
        ),
    ];
    for (status, body) in table {
        assert_eq!(refused(status, body).kind, ContextTooLong, "{status} {body}");
    }
}

#[test]
fn a_pace_and_the_answers_own_length_are_something_else() {
    let table = [
        (
            429,
            r#"{"error":{"message":"Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens must be reduced","code":"rate_limit_exceeded"}}"#,
            PaceTooSmall,
        ),
        (
            413,
            r#"{"error":{"message":"Request too large for model `m` in organization `org` service tier `on_demand` on tokens per minute (TPM): Limit 6000, Requested 7004, please reduce your message size and try again.","type":"tokens","code":"rate_limit_exceeded"}}"#,
            PaceTooSmall,
        ),
        (
            400,
            r#"{"error":{"message":"max_tokens is too large: 100000. This model supports at most 16384 completion tokens"}}"#,
            RequestRefused,
        ),
        (
            429,
            r#"{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED"}}"#,
            Busy,
        ),
    ];
    for (status, body, kind) in table {
        assert_eq!(refused(status, body).kind, kind, "{status} {body}");
    }
}

#[test]
fn without_a_time_to_wait_a_bill_is_a_bill() {
    let now = SystemTime::UNIX_EPOCH;
    let refused = Refused { status: 402, body: "", retry_after: None, request_id: None, now };
    assert_eq!(classify(refused).kind, NoCredit);
}

#[test]
fn small_print_and_wait() {
    let failure = refused(429, r#"{"error":{"message":"m\u0007","code":"insufficient_quota"}}"#);
    assert_eq!(failure.detail.as_deref(), Some("429 insufficient_quota, req_1"));
    assert_eq!(failure.said, "m", "control characters are left out");
    assert_eq!(failure.retry_after, Some(Duration::from_secs(22)));
    assert_eq!(refused(500, &"x".repeat(9_000)).said.len(), 600);
    assert_eq!(refused(502, "<html>bad gateway</html>").said, "");
}

#[test]
fn no_code_is_said_twice() {
    let table = [
        (429, r#"{"error":{"code":429,"message":"m"}}"#, "429, req_1"),
        (
            429,
            r#"{"error":{"code":"429","message":"m","type":"throttled"}}"#,
            "429 throttled, req_1",
        ),
        (
            429,
            r#"{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}"#,
            "429 RESOURCE_EXHAUSTED, req_1",
        ),
        (400, r#"{"error":{"code":1113,"message":"m"}}"#, "400 1113, req_1"),
    ];
    for (status, body, detail) in table {
        assert_eq!(refused(status, body).detail.as_deref(), Some(detail), "{body}");
    }
}

#[test]
fn words_are_decoded_whatever_they_are_wrapped_in() {
    let table = [
        (r#"{"error":{"message":"first\nsecond \"quoted\""}}"#, "first\nsecond \"quoted\""),
        (r#"{"error":"plain"}"#, "plain"),
        (r#"{"detail":"gone"}"#, "gone"),
        (
            r#"{"detail":[{"loc":["body","messages",0],"msg":"Field required","type":"missing"},{"msg":"and another"}]}"#,
            "Field required (body.messages.0)\nand another",
        ),
        ("data: {\"error\":{\"message\":\"in a stream\"}}\n\ndata: [DONE]\n\n", "in a stream"),
        ("event: error\ndata: no reply\n\n", "no reply"),
        ("error: {\"message\":\"odd\"}\n", "odd"),
        (r#"{"error":{"message":"{\"error\":{\"message\":\"within\"}}"}}"#, "within"),
        (
            r#"{"error":{"message":"OpenAIException - {\"error\": {\"message\": \"within\"}}"}}"#,
            "OpenAIException\nwithin",
        ),
        (
            r#"{"error":{"message":"Error code: 400 - {'error': {'message': 'within', 'param': None}}"}}"#,
            "Error code: 400\nwithin",
        ),
        (
            r#"{"error":{"message":"Provider returned error","metadata":{"raw":"{\"error\":{\"message\":\"upstream is full\"}}"}}}"#,
            "Provider returned error\nupstream is full",
        ),
        (r#"{"base_resp":{"status_code":1004,"status_msg":"login fail"}}"#, "login fail"),
        (r#"{"errors":["one","two"]}"#, "one\ntwo"),
        (r#"{"error":{"a":{"b":1}}}"#, ""),
        ("upstream said {nothing}", "upstream said {nothing}"),
        (r#"{"error":{"message":"cut o"#, ""),
        ("[ERROR] no such thing", "[ERROR] no such thing"),
        ("", ""),
    ];
    for (body, said) in table {
        assert_eq!(refused(400, body).said, said, "{body}");
    }
}

#[test]
fn a_refused_field_is_known_by_its_name() {
    let names = |status, body| refused(status, body).refuses_stream_options;
    assert!(names(
        400,
        r#"{"error":{"message":"This field is not allowed here: stream_options"}}"#
    ));
    assert!(names(422, r#"{"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs"}]}"#));
    assert!(names(400, r#"{"error":{"message":"unknown parameter","param":"stream_options"}}"#));
    assert!(!names(400, r#"{"error":{"message":"This model is not served on Sundays."}}"#));
}

#[test]
fn errors_inside_a_stream() {
    let table = [
        (r#"{"message":"boom","type":"server_error"}"#, ProviderDown),
        (r#"{"message":"slow","code":429}"#, Busy),
        (r#"{"message":"quota","code":"insufficient_quota"}"#, NoCredit),
        (r#""plain""#, ProviderDown),
        (r#"{"message":"x","type":"overloaded_error"}"#, Busy),
        (r#"{"message":"x","type":"BadRequestError","code":400}"#, RequestRefused),
        (r#"{"message":"x","type":"BadRequestError"}"#, RequestRefused),
        (r#"{"message":"x","code":"503"}"#, ProviderDown),
        (r#"{"message":"x","code":"invalid_prompt"}"#, RequestRefused),
        (r#"{"message":"x","code":"image_too_large"}"#, RequestRefused),
        (r#"{"message":"x","code":"bio_policy"}"#, Moderated),
    ];
    for (json, kind) in table {
        assert_eq!(in_stream(&serde_json::from_str(json).unwrap()).kind, kind, "{json}");
    }
}
