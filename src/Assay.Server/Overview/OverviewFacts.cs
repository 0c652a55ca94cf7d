using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Overview;

/// <summary>What the store knows of a window.</summary>
/// <param name="Window">The window.</param>
internal sealed record OverviewFacts(TimeWindow Window)
{
    /// <summary>Services that had requests.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Requests of the window in one row.</summary>
    public IReadOnlyList<AggregateRow> Now { get; init; } = [];

    /// <summary>Requests by point.</summary>
    public IReadOnlyList<AggregateRow> Points { get; init; } = [];

    /// <summary>Requests of the window before, in one row.</summary>
    public IReadOnlyList<AggregateRow> Before { get; init; } = [];

    /// <summary>The begin of the oldest event of all; null when there is none.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>The score that is shown; null when answers are not scored.</summary>
    public string? Score { get; init; }

    /// <summary>Its values by point.</summary>
    public IReadOnlyList<AggregateRow> ScorePoints { get; init; } = [];
}
