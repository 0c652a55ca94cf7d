using System.Globalization;
using Assay.Evaluation.Benchmarks;

namespace Assay.Evaluation.Gates.Learning;

/// <summary>What a gate found in a run that somebody blessed.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Fingerprint">What shapes the figure, as a hash: figures of another metric or judge do not count.</param>
/// <param name="Estimate">The figure.</param>
/// <param name="Edge">The end of its interval that must lie on the good side of the limit; of a sum the sum. The gate passes when the limit is not beyond it.</param>
/// <param name="N">Cases that it rests on.</param>
internal sealed record BlessedFigure(string Gate, string Fingerprint, double Estimate, double Edge, long N)
{
    /// <summary>The figure of a gate; null when chance does not move it alone, or when there is no bound.</summary>
    public static BlessedFigure? Of(GateResult result, RunContent run)
    {
        var (gate, side) = (result.Gate, result.Gate.Threshold.Side);
        var edge =
            gate.Statistic == GateStatistic.Total ? result.Estimate
            : side == ThresholdSide.AtLeast ? result.Interval?.Low
            : result.Interval?.High;
        return IsLearnable(gate.Statistic) && result.Estimate is { } estimate && edge is { } end
            ? new BlessedFigure(gate.Name, FingerprintOf(gate.Metric, gate.CaseThreshold, run), estimate, end, result.N)
            : null;
    }

    /// <summary>
    /// A difference has the baseline as its measure already, an agreement does not change from run to run, and a spread of some repeats is far from the normal sample that limits are
    /// learned from.
    /// </summary>
    public static bool IsLearnable(GateStatistic statistic) =>
        statistic is not (GateStatistic.Difference or GateStatistic.Agreement or GateStatistic.RunDeviation);

    public static string FingerprintOf(string metric, Threshold? cases, RunContent run)
    {
        var shape = run.Metrics.FirstOrDefault(planned => planned.Name == metric)?.Fingerprint ?? GateNames.Resource(metric);
        return cases is null ? shape : string.Create(CultureInfo.InvariantCulture, $"{shape} {cases.Side} {cases.Value}");
    }
}
