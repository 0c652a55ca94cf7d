using Microsoft.Extensions.Logging;

namespace Assay.Rag.Answering;

/// <summary>What <see cref="RagAnswers"/> answers from.</summary>
/// <param name="Documents">Files and folders: <c>.md .txt .html .jsonl</c> in any mix.</param>
/// <param name="Folder">Where the index is; it is built there when there is none. Delete it to index anew.</param>
public sealed record RagCorpus(IReadOnlyList<string> Documents, string Folder)
{
    /// <summary>The variables that set the pipeline, <c>ASSAY__RAG__TOP_K</c> and so on. The default is none: the defaults of the pipeline.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Models over the network; the default is none. With any, questions are asked with <see cref="RagAnswers.FindAsync"/>.</summary>
    public RagModels Models { get; init; } = RagModels.None;

    /// <summary>Makes the loggers of the stages. The default, null, logs nothing.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>The clock; the system's when null.</summary>
    public TimeProvider? Time { get; init; }
}
