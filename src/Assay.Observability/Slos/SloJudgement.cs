using System.Globalization;
using Assay.Statistics.Rates;

namespace Assay.Observability.Slos;

/// <summary>Whether an SLO is kept, and why that is said.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">In words.</param>
internal sealed record SloJudgement(Verdict Verdict, string Reason)
{
    /// <summary>A verdict may be wrong so often.</summary>
    private const double Alpha = 0.05;

    /// <summary>
    /// Judges counts of 30 days. From <see cref="EnoughEvents"/> on the counts speak for themselves; below it a service at twice its budget often has no
    /// bad event at all, so that only counts that chance does not explain are a fail, and nothing is a pass.
    /// </summary>
    public static SloJudgement Of(SloDefinition slo, EventCount count)
    {
        if (slo.Indicator.Signal == SloSignal.Prometheus)
        {
            return new(Verdict.NoData, "Prometheus counts it: see the rules of assay slo rules.");
        }

        if (count.Total == 0)
        {
            return new(Verdict.NoData, "No events in the last 30 days.");
        }

        return count.Bad > slo.Budget * count.Total ? Overspent(slo, count) : Within(slo, count);
    }

    /// <summary>So many events that a service at exactly its budget has at least one bad event in 95 of 100 cases: ln 0.05 / ln target.</summary>
    public static long EnoughEvents(SloDefinition slo) => (long)Math.Ceiling(Math.Log(Alpha) / Math.Log(slo.Target));

    private static SloJudgement Overspent(SloDefinition slo, EventCount count)
    {
        var isProven = BinomialTail.Log10AtLeast(count.Bad, count.Total, slo.Budget) <= Math.Log10(Alpha);
        return isProven || count.Total >= EnoughEvents(slo)
            ? new(Verdict.Fail, $"{Bad(count)}; {Percent(slo.Target)} allows {Allowed(slo, count)}.")
            : new(Verdict.Inconclusive, $"{Bad(count)}, which chance explains; {Needed(slo, count)}.");
    }

    private static SloJudgement Within(SloDefinition slo, EventCount count) =>
        count.Total >= EnoughEvents(slo)
            ? new(Verdict.Pass, $"{Bad(count)}; {Percent(slo.Target)} allows {Allowed(slo, count)}.")
            : new(Verdict.Inconclusive, $"{Bad(count)}, too few events to decide; {Needed(slo, count)}.");

    private static string Needed(SloDefinition slo, EventCount count) => Text($"{EnoughEvents(slo) - count.Total:#,0} more events are needed");

    private static string Bad(EventCount count) => Text($"{count.Bad:#,0} of {count.Total:#,0} events in 30 days were bad");

    private static string Allowed(SloDefinition slo, EventCount count) => Text($"{slo.Budget * count.Total:#,0.#}");

    private static string Percent(double share) => Text($"{(decimal)share * 100:0.######} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
