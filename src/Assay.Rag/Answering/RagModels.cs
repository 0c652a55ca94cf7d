using Assay.Models;

namespace Assay.Rag.Answering;

/// <summary>Models over the network that take the place of the pipeline's own. One that gives no answer is a stage that falls back, told on its span.</summary>
public sealed record RagModels
{
    /// <summary>None: everything runs inside the process.</summary>
    public static readonly RagModels None = new();

    /// <summary>Makes the vectors of passages and questions; null for the model that is learned from the documents. An index is of one model: another one needs another folder.</summary>
    public ModelConnection? Embeddings { get; init; }

    /// <summary>Orders what was found; null for the weighted features.</summary>
    public ModelConnection? Reranker { get; init; }

    /// <summary>The time in which all of them together must answer for one question, retries included. The default is 10 s.</summary>
    public TimeSpan QueryBudget { get; init; } = TimeSpan.FromSeconds(10);
}
