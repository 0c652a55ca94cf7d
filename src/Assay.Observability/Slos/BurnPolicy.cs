namespace Assay.Observability.Slos;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>Someone looks at it the same day.</summary>
    Ticket,

    /// <summary>Someone is woken.</summary>
    Page,
}

/// <summary>Two windows in which the budget must burn at a rate at once: the long one says that it matters, the short one that it goes on.</summary>
/// <param name="Severity">How urgent.</param>
/// <param name="Short">The short window.</param>
/// <param name="Long">The long window.</param>
/// <param name="Burn">The least burn rate; 1 spends the budget in exactly 30 days.</param>
public sealed record BurnPair(AlertSeverity Severity, TimeSpan Short, TimeSpan Long, double Burn);

/// <summary>The pairs of windows that alert.</summary>
public static class BurnPolicy
{
    /// <summary>Pages for 2 % of the budget in 1 h and 5 % in 6 h, tickets for 10 % in 1 d and in 3 d: Site Reliability Workbook, ch. 5, table 5-8 and its text.</summary>
    public static readonly IReadOnlyList<BurnPair> Pairs =
    [
        new(AlertSeverity.Page, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), 14.4),
        new(AlertSeverity.Page, TimeSpan.FromMinutes(30), TimeSpan.FromHours(6), 6),
        new(AlertSeverity.Ticket, TimeSpan.FromHours(2), TimeSpan.FromDays(1), 3),
        new(AlertSeverity.Ticket, TimeSpan.FromHours(6), TimeSpan.FromDays(3), 1),
    ];

    /// <summary>Every window of the pairs, the shortest first, and the 30 days of the budget.</summary>
    public static readonly IReadOnlyList<TimeSpan> Windows =
    [
        .. Pairs.SelectMany(p => (TimeSpan[])[p.Short, p.Long]).Append(SloDefinition.Window).Distinct().Order(),
    ];
}

/// <summary>Counts of one window, and how fast they burn the budget.</summary>
/// <param name="Window">The window's length.</param>
/// <param name="Count">What was counted in it.</param>
/// <param name="Burn">The share of bad events over the budget; null without events.</param>
public readonly record struct BurnReading(TimeSpan Window, EventCount Count, double? Burn)
{
    /// <summary>The window's length in its largest unit: <c>5m</c>, <c>1h</c>, <c>3d</c>.</summary>
    public string Name => BurnText.Name(Window);

    /// <summary>The window of <see cref="BurnPolicy.Windows"/> with that name; null when there is none.</summary>
    public static TimeSpan? WindowOf(string name) => BurnPolicy.Windows.Where(w => BurnText.Name(w) == name).Select(w => (TimeSpan?)w).FirstOrDefault();

    internal static BurnReading Of(TimeSpan window, EventCount count, double budget) =>
        new(window, count, count.Total == 0 ? null : count.Bad / (count.Total * budget));
}
