using Assay.Models;
using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Models;

/// <summary>Answers in the shapes that are documented, in our own words, and connections to them.</summary>
internal static class Fixtures
{
    public const string Key = "sk-test-0123456789abcdefghij";

    // Shape: OpenAI API reference, "The chat completion object" (platform.openai.com/docs/api-reference/chat/object).
    public const string Completion = """
        {
          "id": "chatcmpl-7", "object": "chat.completion", "created": 1760000000, "model": "glass-1-2026-01-31",
          "choices": [{
            "index": 0, "finish_reason": "stop", "logprobs": null,
            "message": { "role": "assistant", "content": "Откатите релиз.", "refusal": null, "annotations": [] }
          }],
          "usage": {
            "prompt_tokens": 100, "completion_tokens": 30, "total_tokens": 130,
            "prompt_tokens_details": { "cached_tokens": 40, "audio_tokens": 0 },
            "completion_tokens_details": { "reasoning_tokens": 10, "audio_tokens": 0 }
          },
          "service_tier": "default", "system_fingerprint": "fp_1"
        }
        """;

    // Shape: OpenAI guide, "Error codes" (platform.openai.com/docs/guides/error-codes) and the error object that the service answers with.
    public static string Error(string message, string code, string type = "invalid_request_error") =>
        $$"""{ "error": { "message": "{{message}}", "type": "{{type}}", "param": null, "code": "{{code}}" } }""";

    public static ModelConnection To(ModelServer server, CallLimits? limits = null, string model = "glass-1") =>
        new()
        {
            Address = new Uri(server.Address, "/v1"),
            Model = model,
            ApiKey = Key,
            Limits = limits ?? Quick,
        };

    /// <summary>Limits that let a test retry at once.</summary>
    public static CallLimits Quick { get; } =
        new()
        {
            AttemptTimeout = TimeSpan.FromSeconds(20),
            TotalBudget = TimeSpan.FromSeconds(30),
            MaxRetries = 2,
            FirstWait = TimeSpan.FromMilliseconds(1),
        };
}
