using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Overview;

/// <summary>Asks the stores for what the overview shows.</summary>
internal sealed class OverviewReading(IEventStore events, DataAge age, IEnumerable<ISloLights> lights, IEnumerable<IHappenings> happenings)
{
    /// <summary>Lines under "What happened".</summary>
    private const int MostHappenings = 6;

    public async Task<OverviewModel> ReadAsync(TimeWindow window, string? service, CancellationToken cancellationToken)
    {
        var where = service is null ? new Dictionary<Dimension, string>() : new() { [Dimension.Service] = service };
        var requests = new AggregateQuery(Series.Requests, window.From, window.Before) { Where = where };
        var score = ScoreOf(await ScoresAsync(window, where, by: [Dimension.Name], step: null, cancellationToken));
        var facts = new OverviewFacts(window)
        {
            Services = await ServicesAsync(window, cancellationToken),
            Now = await events.AggregateAsync(requests, cancellationToken),
            Points = await events.AggregateAsync(requests with { Step = window.Step }, cancellationToken),
            Before = await events.AggregateAsync(requests with { From = window.Previous.From, Before = window.From }, cancellationToken),
            Oldest = age.Oldest,
            Score = score,
            ScorePoints = score is null ? [] : await ScoresAsync(window, With(where, Dimension.Name, score), by: [], window.Step, cancellationToken),
        };
        return OverviewModel.Of(facts) with
        {
            HasSpans = facts.Now.Count > 0 || (await events.MeasureAsync(cancellationToken)).Spans > 0,
            Lights = await LightsAsync(service, cancellationToken),
            Happenings = await HappeningsAsync(window, service, cancellationToken),
        };
    }

    /// <summary>The score that the overview shows: relevance of the answer if answers are scored for it, else what is scored most.</summary>
    internal static string? ScoreOf(IReadOnlyList<AggregateRow> scores) =>
        scores
            .OrderByDescending(row => OverviewTexts.IsAnswerRelevance(row.By[0]))
            .ThenByDescending(row => row.Count)
            .Select(row => row.By[0])
            .FirstOrDefault();

    private Task<IReadOnlyList<AggregateRow>> ScoresAsync(
        TimeWindow window,
        Dictionary<Dimension, string> where,
        IReadOnlyList<Dimension> by,
        TimeSpan? step,
        CancellationToken cancellationToken
    ) =>
        events.AggregateAsync(
            new AggregateQuery(Series.Scores, window.From, window.Before)
            {
                By = by,
                Step = step,
                Where = With(where, Dimension.Category, "quality"),
            },
            cancellationToken
        );

    private async Task<IReadOnlyList<string>> ServicesAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        var rows = await events.AggregateAsync(new AggregateQuery(Series.Requests, window.From, window.Before) { By = [Dimension.Service] }, cancellationToken);
        return [.. rows.Select(row => row.By[0]).Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<SloLight>> LightsAsync(string? service, CancellationToken cancellationToken)
    {
        var all = new List<SloLight>();
        foreach (var source in lights)
        {
            all.AddRange(await source.ListAsync(cancellationToken));
        }

        return [.. all.Where(l => service is null || l.Service == service)];
    }

    private async Task<IReadOnlyList<Happening>> HappeningsAsync(TimeWindow window, string? service, CancellationToken cancellationToken)
    {
        var all = new List<Happening>();
        foreach (var source in happenings)
        {
            all.AddRange(await source.ListAsync(window, service, MostHappenings, cancellationToken));
        }

        return [.. all.OrderByDescending(h => h.At).Take(MostHappenings)];
    }

    private static Dictionary<Dimension, string> With(Dictionary<Dimension, string> where, Dimension dimension, string value) =>
        new(where) { [dimension] = value };
}
