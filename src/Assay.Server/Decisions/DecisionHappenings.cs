using Assay.Server.Overview;
using Assay.Server.Surface.Components;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Decisions;

/// <summary>Decisions for what happened lately; of all services, because a decision names none.</summary>
internal sealed class DecisionHappenings(DecisionLog log) : IHappenings
{
    public async Task<IReadOnlyList<Happening>> ListAsync(TimeWindow window, string? service, int limit, CancellationToken cancellationToken)
    {
        var found = await log.ListAsync(new DecisionQuery(Trace: null, window.From, window.Before, Skip: 0, limit), cancellationToken);
        return [.. found.Select(Of)];
    }

    private static Happening Of(Decision decision) =>
        new(
            decision.At,
            decision.Verdict is { } verdict ? VerdictWords.ClassOf(verdict) : "info",
            decision.Subject,
            DecisionDetailPage.Address(decision),
            new($"decided: {decision.Choice}", $"решено: {decision.Choice}"),
            Phrase.Same(decision.Reason)
        );
}
