namespace RagService.Asking;

/// <summary>What the service answers from; section <c>RagService</c>.</summary>
internal sealed class AskOptions
{
    public const string Section = "RagService";

    /// <summary>Documents to answer from. The default is the bundled handbook.</summary>
    public string Documents { get; set; } = Path.Combine(AppContext.BaseDirectory, "handbook", "docs");

    /// <summary>Folder of the index; it is made at the first start. The default is <c>out/rag-service</c>.</summary>
    public string DataFolder { get; set; } = Path.Combine("out", "rag-service");

    /// <summary>The longest question, in characters. The default is 2,000.</summary>
    public int MaxQuestionLength { get; set; } = 2_000;

    /// <summary>Answers that are kept for equal questions. The default is 64, fewer than the handbook's questions; 0 keeps none.</summary>
    public int CachedAnswers { get; set; } = 64;

    /// <summary>A reranker over the network in place of the weighted features: text-embeddings-inference, or Cohere's and Jina's shape where it has /v1 or /v2. The default is none.</summary>
    public string? Reranker { get; set; }

    /// <summary>Its name. The default is <c>reranker</c>.</summary>
    public string RerankerModel { get; set; } = "reranker";

    /// <summary>The environment variable that holds its key. The default is none.</summary>
    public string? RerankerKey { get; set; }

    /// <summary>
    /// An embedding provider under trial: OpenAI-compatible, or text-embeddings-inference where it ends in /embed. Whom the flag <c>embedding_provider</c> gives it searches an index of its
    /// own, which is made at the first start. The default is none.
    /// </summary>
    public string? TriedEmbeddings { get; set; }

    /// <summary>The name of its model. The default is <c>text-embedding-3-small</c>.</summary>
    public string TriedEmbeddingsModel { get; set; } = "text-embedding-3-small";

    /// <summary>The environment variable that holds its key; <c>OPENAI_API_KEY</c> when left out.</summary>
    public string? TriedEmbeddingsKey { get; set; }

    /// <summary>The time that models over the network have for one question, milliseconds. The default is 2,000.</summary>
    public int ModelsWithinMs { get; set; } = 2_000;
}
