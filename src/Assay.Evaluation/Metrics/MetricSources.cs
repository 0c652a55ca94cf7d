using Assay.Evaluation.Judges;
using Assay.Evaluation.Prompts;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Metrics;

/// <summary>What metrics ask: models, judges and prompts, as the benchmark at hand names them.</summary>
internal sealed class MetricSources
{
    /// <summary>No model, no judge: enough for metrics that compute.</summary>
    public static readonly MetricSources None = new();

    /// <summary>The model that a judged metric asks; null when the benchmark names none.</summary>
    public IChatClient? Chat { get; init; }

    /// <summary>Finds the judge that an entry names. Throws <see cref="AssayException"/> for an unknown one.</summary>
    public Func<MetricEntry, IJudge>? Judge { get; init; }

    /// <summary>Finds the prompt that an entry names. Throws <see cref="AssayException"/> for an unknown one.</summary>
    public Func<MetricEntry, Prompt>? Prompt { get; init; }
}
