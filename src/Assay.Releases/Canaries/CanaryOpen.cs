using Assay.Experimentation.Analysis;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>What keeps a canary on its step.</summary>
/// <param name="Items">In words, one each.</param>
/// <param name="IsOnlyApproval">Whether all but approvals is done.</param>
internal sealed record CanaryOpen(IReadOnlyList<string> Items, bool IsOnlyApproval)
{
    public bool IsNothing => Items.Count == 0;

    public string Text => string.Join(" ", Items);

    public static CanaryOpen Of(CanaryPlan plan, CanaryState state, CanaryReading reading, IReadOnlyList<MetricJudgement> judgements, CanaryMoment moment)
    {
        List<string> open = [.. Metrics(judgements), .. Traffic(state, moment), .. Least(plan, state, reading)];
        var approvals = Approvals(plan, state, moment).ToList();
        return new CanaryOpen([.. open, .. approvals], open.Count == 0 && approvals.Count > 0);
    }

    private static IEnumerable<string> Metrics(IReadOnlyList<MetricJudgement> judgements) =>
        judgements.Where(j => j.Holds).Select(j => $"{j.Metric}: {j.Reason}");

    private static IEnumerable<string> Traffic(CanaryState state, CanaryMoment moment) =>
        state.Move is { } move ? [Invariant($"Traffic could not be moved to {move.Percent} % yet{Why(moment.MoveFault)}; it is tried at every look.")]
        : CanaryOrders.ForeignTraffic(state, moment) is { } foreign ? [$"{foreign} Roll back, or set it again by hand."]
        : [];

    private static string Why(string? fault) => fault is null ? "" : $" ({fault.TrimEnd('.')})";

    private static IEnumerable<string> Least(CanaryPlan plan, CanaryState state, CanaryReading reading)
    {
        if (state.OnStep < plan.MinTime)
        {
            yield return $"The step takes {Durations.Text(plan.MinTime)} at least; {Durations.Text(plan.MinTime - state.OnStep)} are left.";
        }

        if (reading.Canary < plan.File.MinRequests)
        {
            yield return $"The canary has {FigureText.Counted(reading.Canary, "request")}; the step needs {FigureText.Count(plan.File.MinRequests)}.";
        }
    }

    private static IEnumerable<string> Approvals(CanaryPlan plan, CanaryState state, CanaryMoment moment) =>
        CanaryOrders.MissingApprovals(plan, state, moment) is > 0 and var missing
            ?
            [
                $"All else is proven: {FigureText.Counted(missing, "more approval")} opens the last step (`assay release approve {state.Release} --for promote`).",
            ]
            : [];

    private static string Invariant(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
