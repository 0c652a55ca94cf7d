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

    // Shape: OpenAI API reference, "Create embeddings" (platform.openai.com/docs/api-reference/embeddings/create). Out of order on purpose: the index counts.
    public const string Embeddings = """
        { "object": "list", "model": "glass-embed-1",
          "data": [
            { "object": "embedding", "index": 1, "embedding": [0.0, 1.0] },
            { "object": "embedding", "index": 0, "embedding": [1.0, -2.5e-1] }
          ],
          "usage": { "prompt_tokens": 8, "total_tokens": 8 } }
        """;

    // Shape: text-embeddings-inference, OpenAPI of the service (huggingface.github.io/text-embeddings-inference), POST /embed.
    public const string TeiEmbeddings = "[[1.0, -0.25], [0.0, 1.0]]";

    // The same, POST /embed_sparse.
    public const string TeiSparse = """[[{"index":7,"value":0.5},{"index":3,"value":1.25}],[]]""";

    // The same, POST /rerank.
    public const string TeiRerank = """[{"index":1,"score":0.98},{"index":0,"score":0.02}]""";

    // Shape: Cohere API reference, v1 rerank (docs.cohere.com/v1/reference/rerank).
    public const string CohereV1 = """
        { "id": "a-1", "results": [ { "index": 1, "relevance_score": 0.98 }, { "index": 0, "relevance_score": 0.02 } ],
          "meta": { "api_version": { "version": "1" }, "billed_units": { "search_units": 1 } } }
        """;

    // Shape: Cohere API reference, v2 rerank (docs.cohere.com/reference/rerank).
    public const string CohereV2 = """
        { "results": [ { "index": 1, "relevance_score": 0.98 }, { "index": 0, "relevance_score": 0.02 } ],
          "id": "a-2", "meta": { "api_version": { "version": "2", "is_experimental": false }, "billed_units": { "search_units": 1 } } }
        """;

    // Shape: Jina reranker API (jina.ai/reranker, api.jina.ai/redoc): with model, usage and the documents themselves.
    public const string Jina = """
        { "model": "glass-rerank-1", "object": "list", "usage": { "total_tokens": 25, "prompt_tokens": 25 },
          "results": [ { "index": 1, "relevance_score": 0.98, "document": { "text": "b" } }, { "index": 0, "relevance_score": 0.02, "document": { "text": "a" } } ] }
        """;

    public static ModelConnection To(ModelServer server, CallLimits? limits = null, string model = "glass-1") =>
        new()
        {
            Address = new Uri(server.Address, "/v1"),
            Model = model,
            ApiKey = Key,
            Limits = limits ?? Quick,
        };

    public static ModelConnection At(ModelServer server, string path, string model = "glass-1") =>
        new()
        {
            Address = new Uri(server.Address, path),
            Model = model,
            Limits = Quick,
        };

    /// <summary>Limits that let a test retry at once; their times only end what hangs.</summary>
    public static CallLimits Quick { get; } =
        new()
        {
            AttemptTimeout = Patience.Longest,
            TotalBudget = Patience.Longest * 1.5,
            MaxRetries = 2,
            FirstWait = TimeSpan.FromMilliseconds(1),
        };
}
