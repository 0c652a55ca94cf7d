using Assay.Releases.Canaries;
using Assay.Stores;

namespace Assay.Server.Canaries;

/// <summary>
/// Finds traces in which a stage fell back. Requests are not filed by what their stages did, so some of the worst minutes are looked through; what is found is for people
/// to look at, and no figure is made of it.
/// </summary>
internal sealed class StageTraces(IEventStore events)
{
    private const int MostPoints = 3;

    private const int MostListed = 500;

    // A trace is read by unpacking its block, about a millisecond: a look stays short.
    private const int MostLookedAt = 60;

    // 2^64 divided by the golden ratio: any sixty of five hundred, and the same ones the next time.
    private const ulong Shuffling = 0x9E3779B97F4A7C15;

    /// <summary>At most <see cref="Evidence.MostTraces"/>.</summary>
    /// <param name="requests">Requests of the canary.</param>
    /// <param name="window">The step.</param>
    /// <param name="runs">Runs of the stage.</param>
    /// <param name="source">The stage and the reason.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<string>> FindAsync(
        RequestQuery requests,
        StepWindow window,
        StageRuns runs,
        CanarySource source,
        CancellationToken cancellationToken
    )
    {
        var found = new List<string>();
        var points = runs.WorstPoints().Take(MostPoints).ToList();
        foreach (var at in points)
        {
            var query = requests with { From = at, Before = at + window.Point, Limit = MostListed };
            var page = await events.FindRequestsAsync(query, cancellationToken);
            foreach (var trace in page.Rows.Select(r => r.Request.Trace).Distinct().OrderBy(Place).Take(MostLookedAt / points.Count))
            {
                if (await FellBackAsync(trace, source, cancellationToken))
                {
                    found.Add(trace.ToString());
                }
            }
        }

        return [.. found.Distinct().Take(Evidence.MostTraces)];
    }

    private static ulong Place(TraceId trace) => unchecked((ulong)trace.Value * Shuffling);

    private async Task<bool> FellBackAsync(TraceId trace, CanarySource source, CancellationToken cancellationToken) =>
        (await events.GetTraceAsync(trace, cancellationToken))?.Spans.Any(s =>
            s.Name == source.Name && s.Fallback is { Length: > 0 } reason && (source.Reason ?? reason) == reason
        )
            is true;
}
