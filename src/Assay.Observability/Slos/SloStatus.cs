namespace Assay.Observability.Slos;

/// <summary>How an SLO stands.</summary>
/// <param name="Slo">The SLO.</param>
/// <param name="At">When this was read.</param>
/// <param name="Verdict">Whether it is kept over the last 30 days.</param>
/// <param name="Reason">The verdict in words.</param>
/// <param name="Count">Events of the last 30 days.</param>
/// <param name="Burns">Each window of <see cref="BurnPolicy.Windows"/>, the shortest first.</param>
/// <param name="Alerts">Alerts that are firing.</param>
/// <param name="TooLate">Events that were older than 30 days when they came and are counted nowhere.</param>
public sealed record SloStatus(
    SloDefinition Slo,
    DateTimeOffset At,
    Verdict Verdict,
    string Reason,
    EventCount Count,
    IReadOnlyList<BurnReading> Burns,
    IReadOnlyList<SloAlert> Alerts,
    long TooLate
)
{
    /// <summary>The share of good events; null without events.</summary>
    public double? GoodRatio => Count.Total == 0 ? null : (double)Count.Good / Count.Total;

    /// <summary>The share of the budget that is left: 1 when nothing was bad, negative when overspent; null without events.</summary>
    public double? BudgetLeft => Count.Total == 0 ? null : 1 - (Count.Bad / (Count.Total * Slo.Budget));

    /// <summary>The burn rate of a window; null without events in it.</summary>
    public double? BurnOf(TimeSpan window) => Burns.Single(b => b.Window == window).Burn;
}

/// <summary>All SLOs at a glance.</summary>
/// <param name="At">When this was read.</param>
/// <param name="Verdict">The worst of all: Fail before Inconclusive before NoData before Pass; NoData without SLOs.</param>
/// <param name="Slos">Each SLO, by name.</param>
public sealed record SloSummary(DateTimeOffset At, Verdict Verdict, IReadOnlyList<SloStatus> Slos)
{
    internal static SloSummary Of(DateTimeOffset at, IReadOnlyList<SloStatus> slos) => new(at, Worst(slos), slos);

    private static Verdict Worst(IReadOnlyList<SloStatus> slos)
    {
        Verdict[] order = [Verdict.Fail, Verdict.Inconclusive, Verdict.NoData];
        return slos.Count == 0 ? Verdict.NoData : order.Where(v => slos.Any(s => s.Verdict == v)).Append(Verdict.Pass).First();
    }
}
