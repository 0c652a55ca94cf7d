using System.Collections.Concurrent;

namespace Assay.Server.Tests.Experiments;

/// <summary>Exposures and outcomes at a hub that may be killed at any moment: which it acknowledged, and of which nobody heard again.</summary>
internal sealed class PromisedEvents(string experiment)
{
    private const int UnitsPerBatch = 10;
    private const int EventsPerBatch = 2 * UnitsPerBatch;
    private const string Path = "/api/v1/experiment-events";

    private readonly ConcurrentBag<string> promised = [];
    private readonly ConcurrentBag<string> unheard = [];

    /// <summary>Units that were checked to be there; each has one outcome.</summary>
    public long Units { get; private set; }

    /// <summary>Sends batches of new units until the hub is gone.</summary>
    /// <param name="hub">A client.</param>
    /// <param name="sender">Who sends, in this round.</param>
    /// <param name="heard">Is called for each acknowledgement.</param>
    public async Task SendUntilGoneAsync(HttpClient hub, string sender, Action heard)
    {
        for (var i = 0; ; i++)
        {
            var batch = Batch($"{sender}-{i}");
            try
            {
                var answer = await Answered.PostJsonAsync(hub, Path, batch);
                answer.Text.ShouldBe(Stored(EventsPerBatch));
                promised.Add(batch);
                heard();
            }
            catch (HttpRequestException)
            {
                unheard.Add(batch);
                return;
            }
        }
    }

    /// <summary>Sends everything again: what was acknowledged is there whole, and what was not is there whole or not at all.</summary>
    public async Task CheckAsync(HttpClient hub)
    {
        while (promised.TryTake(out var batch))
        {
            (await Answered.PostJsonAsync(hub, Path, batch)).Text.ShouldBe(Stored(0));
            Units += UnitsPerBatch;
        }

        while (unheard.TryTake(out var batch))
        {
            (await Answered.PostJsonAsync(hub, Path, batch)).Text.ShouldBeOneOf(Stored(0), Stored(EventsPerBatch));
            Units += UnitsPerBatch;
        }
    }

    private static string Stored(int events) => $$"""{"stored":{{events}},"duplicates":{{EventsPerBatch - events}},"rejected":0}""";

    private string Batch(string name)
    {
        var units = Enumerable.Range(0, UnitsPerBatch).Select(i => $"{name}-{i}").ToList();
        var exposures = units.Select(u => $$"""{"experiment": "{{experiment}}", "version": 1, "unit": "{{u}}", "variant": "control"}""");
        var outcomes = units.Select(u => $$"""{"key": "{{u}}", "experiment": "{{experiment}}", "unit": "{{u}}", "metric": "relevance", "value": 0.5}""");
        return $$"""{"exposures": [{{string.Join(',', exposures)}}], "outcomes": [{{string.Join(',', outcomes)}}]}""";
    }
}
