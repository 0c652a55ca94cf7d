using Assay.Server.Surface.Reading;

namespace Assay.Server.Overview;

/// <summary>A source of things that happened: alerts, decisions.</summary>
internal interface IHappenings
{
    /// <summary>The newest in a window, in any order.</summary>
    Task<IReadOnlyList<Happening>> ListAsync(TimeWindow window, string? service, int limit, CancellationToken cancellationToken);
}

/// <summary>Something that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Icon">pass, fail, inconclusive, nodata or info.</param>
/// <param name="Subject">To what.</param>
/// <param name="Href">The subject's page; null when it has none.</param>
/// <param name="What">What: paged, resolved, decided.</param>
/// <param name="Detail">Why, in a line.</param>
public sealed record Happening(DateTimeOffset At, string Icon, string Subject, string? Href, Phrase What, Phrase Detail);
