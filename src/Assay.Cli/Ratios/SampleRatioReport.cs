using System.Text.Json.Serialization;
using Assay.Cli.Showing;
using Assay.Statistics;
using Assay.Statistics.Tables;

namespace Assay.Cli.Ratios;

/// <summary>Whether the arms hold their planned shares; with <c>--json</c> this is the document.</summary>
/// <param name="Verdict">Pass: no mismatch. Fail: a mismatch at <paramref name="Alpha"/>. No data: it could not be said.</param>
/// <param name="Summary">The verdict in a sentence.</param>
/// <param name="Alpha">Accepted share of false alarms.</param>
/// <param name="Arms">The arms in the order they were given.</param>
/// <param name="Result">The test.</param>
internal sealed record SampleRatioReport(Verdict Verdict, string Summary, double Alpha, IReadOnlyList<ObservedArm> Arms, StatisticResult Result)
{
    private const string Broken = "Assignment or logging is broken; trust no other figure of this experiment.";

    [JsonIgnore]
    public ExitCode ExitCode =>
        Verdict switch
        {
            Verdict.Pass => ExitCode.Pass,
            Verdict.Fail => ExitCode.Fail,
            _ => ExitCode.Inconclusive,
        };

    /// <exception cref="AssayException">Counts, weights or alpha are out of range, or there is only one arm (exit code 2).</exception>
    public static SampleRatioReport Of(long[] observed, double[] weights, double alpha)
    {
        if (observed.Length < 2)
        {
            throw AssayException.Usage("One arm has no ratio.", "Give the units of every arm, two or more, and --weights after them.");
        }

        if (!(alpha > 0 && alpha < 1))
        {
            throw AssayException.Usage($"--alpha is {NumberText.Plain(alpha)}; it must lie between 0 and 1, ends excluded.", "Leave it out for 0.001.");
        }

        var result = SampleRatio.Check(observed, weights);
        var verdict = result.AsComputed?.P switch
        {
            null => Verdict.NoData,
            { } p when p.IsAtMost(alpha) => Verdict.Fail,
            _ => Verdict.Pass,
        };
        return new SampleRatioReport(verdict, Sentence(verdict, result, alpha), alpha, ArmsOf(observed, weights), result);
    }

    private static string Sentence(Verdict verdict, StatisticResult result, double alpha) =>
        (verdict, result) switch
        {
            (Verdict.Pass, Computed { P: { } p }) =>
                $"No mismatch: chance explains these shares ({NumberText.Equation(p)}, alarm at {NumberText.Plain(alpha)}).",
            (Verdict.Fail, Computed { P: { } p }) =>
                $"Mismatch: chance does not explain these shares ({NumberText.Equation(p)}, alarm at {NumberText.Plain(alpha)}). {Broken}",
            (_, NotComputable not) => $"No verdict: {not.Reason}.",
            _ => throw new InvalidOperationException($"No words for {verdict} of {result.GetType().Name}."),
        };

    private static List<ObservedArm> ArmsOf(long[] observed, double[] weights)
    {
        var units = observed.Where((_, i) => weights[i] > 0).Sum(o => (double)o);
        var largest = weights.Max();
        var sum = weights.Sum(w => w / largest);
        return [.. observed.Select((o, i) => Arm(o, units, weights[i], weights[i] / largest / sum))];
    }

    private static ObservedArm Arm(long observed, double units, double weight, double share) =>
        weight > 0
            ? new ObservedArm(observed, units * share, units > 0 ? observed / units : null, share, weight)
            : new ObservedArm(observed, Expected: null, Share: null, PlannedShare: 0, weight);
}

/// <summary>One arm. An arm of weight 0 is left out of the check: nothing is expected of it.</summary>
/// <param name="Observed">Units seen.</param>
/// <param name="Expected">Units that its weight asks for; null when it is left out.</param>
/// <param name="Share">Its share of all units that count; null when there are none or it is left out.</param>
/// <param name="PlannedShare">Its share of all weights.</param>
/// <param name="Weight">Its weight as it was given.</param>
internal sealed record ObservedArm(long Observed, double? Expected, double? Share, double PlannedShare, double Weight);
