using Assay.Evaluation.Judges.Calibrations;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Cli.Calibrating;

/// <summary>A calibration with its decision; with <c>--json</c> this is the document.</summary>
/// <param name="Decision">Whether the judge agrees enough; null when nothing was asked for.</param>
/// <param name="Calibration">The figures.</param>
/// <param name="Used">What it took.</param>
/// <param name="SavedAs">The file that keeps it; null when it was not kept.</param>
internal sealed record CalibrationDocument(CalibrationDecision? Decision, CalibrationReport Calibration, JudgingCost Used, string? SavedAs)
{
    /// <summary>A report is no gate: it fails only where there is nothing to report.</summary>
    public ExitCode ExitCode =>
        Decision?.Verdict switch
        {
            Verdict.Pass => ExitCode.Pass,
            Verdict.Fail => ExitCode.Fail,
            null when Calibration.Judged > 0 => ExitCode.Pass,
            _ => ExitCode.Inconclusive,
        };
}

/// <summary>What judging took.</summary>
/// <param name="Calls">Model calls; 0 for an offline judge.</param>
/// <param name="Cached">Those that a response cache answered.</param>
/// <param name="CostUsd">What they cost, in US dollars; null when a price is unknown.</param>
internal sealed record JudgingCost(int Calls, int Cached, string? CostUsd)
{
    public static JudgingCost Of(IReadOnlyList<CallFacts> calls)
    {
        var paid = calls.Where(call => !call.FromCache).ToList();
        var known = paid.TrueForAll(call => call.Cost is not null);
        var cost = paid.Aggregate(Money.Zero, (sum, call) => sum + (call.Cost ?? Money.Zero));
        return new JudgingCost(calls.Count, calls.Count - paid.Count, known ? cost.ToString() : null);
    }
}
