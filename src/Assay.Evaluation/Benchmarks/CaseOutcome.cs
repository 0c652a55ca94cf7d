using Assay.Evaluation.Datasets;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Benchmarks;

/// <summary>One case asked once: what came back and how it measured.</summary>
/// <param name="Index">The case's place in the dataset, from 0.</param>
/// <param name="Repeat">Which repeat, from 0.</param>
/// <param name="Case">The case as it was asked; long texts are cut (see <see cref="CaseExcerpt"/>).</param>
/// <param name="Answer">The answer; null when the target failed.</param>
/// <param name="TargetFault">Why there is no answer; null when there is one.</param>
/// <param name="Measurements">A measurement for each metric of the plan, in its order; empty when the target failed.</param>
/// <param name="JudgeCalls">The model calls that measuring took.</param>
public sealed record CaseOutcome(
    int Index,
    int Repeat,
    CaseExcerpt Case,
    Answer? Answer,
    TargetFault? TargetFault,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<CallFacts> JudgeCalls
);

/// <summary>What a run keeps of a case, so that its report can be read without the dataset.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Input">The input, at most <see cref="MostCharacters"/>.</param>
/// <param name="Expected">The reference answer, cut alike; null when there is none.</param>
/// <param name="Cluster">Its cluster; null when it has none.</param>
/// <param name="Tags">Its tags.</param>
public sealed record CaseExcerpt(string Id, string Input, string? Expected, string? Cluster, IReadOnlyList<string> Tags)
{
    /// <summary>The most characters that are kept of input and reference.</summary>
    public const int MostCharacters = 4_000;

    /// <summary>The excerpt of a case.</summary>
    public static CaseExcerpt Of(Case from) => new(from.Id, Cut(from.Input), from.Expected is null ? null : Cut(from.Expected), from.Cluster, from.Tags);

    private static string Cut(string text) =>
        text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters - (char.IsHighSurrogate(text[MostCharacters - 1]) ? 1 : 0)), "…");
}

/// <summary>Why a target gave no answer.</summary>
/// <param name="Fault">The kind.</param>
/// <param name="Problem">In words, without secrets.</param>
public sealed record TargetFault(ModelFault Fault, string Problem);
