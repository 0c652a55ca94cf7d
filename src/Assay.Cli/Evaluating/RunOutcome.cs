using Assay.Evaluation.Gates;
using Assay.Evaluation.Running;
using Assay.Evaluation.Summaries;

namespace Assay.Cli.Evaluating;

/// <summary>How a run ended and what it came to.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Summary">Its numbers.</param>
/// <param name="Verdict">What the gates say of it.</param>
internal sealed record RunOutcome(RunEnd End, RunFolder Folder, RunSummary Summary, RunVerdict Verdict)
{
    /// <summary>The verdict in English, for terminal and scripts.</summary>
    public RunVerdict Spoken { get; init; } = Verdict;

    /// <summary>Why limits that were learned do not hold for it; null when there is nothing to say.</summary>
    public string? UnusedLimits { get; init; }

    /// <summary>A run that did not end has no verdict that could pass.</summary>
    public ExitCode ExitCode =>
        End != RunEnd.Finished
            ? ExitCode.Inconclusive
            : Verdict.Verdict switch
            {
                Assay.Verdict.Pass => ExitCode.Pass,
                Assay.Verdict.Fail => ExitCode.Fail,
                _ => ExitCode.Inconclusive,
            };
}
