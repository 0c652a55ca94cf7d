using System.Collections.Concurrent;
using System.Text.Json;

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
    public int Units { get; private set; }

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
                answer.Json.GetProperty("stored").GetInt32().ShouldBe(EventsPerBatch, answer.Text);
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

    /// <summary>
    /// That what was acknowledged is there, and what was not is there whole or not at all; then everything is sent again, as senders do that were not answered,
    /// and is there once.
    /// </summary>
    public async Task CheckAsync(HttpClient hub)
    {
        var (units, outcomes) = await SumAsync(hub);
        (outcomes, units % UnitsPerBatch).ShouldBe((units, 0), "half a batch is there");
        units.ShouldBeInRange(Units + (promised.Count * UnitsPerBatch), Units + ((promised.Count + unheard.Count) * UnitsPerBatch));
        Units += (promised.Count + unheard.Count) * UnitsPerBatch;
        foreach (var batch in promised.Concat(unheard))
        {
            (await Answered.PostJsonAsync(hub, Path, batch)).Status.ShouldBe(200);
        }

        (await SumAsync(hub)).ShouldBe((Units, Units));
        promised.Clear();
        unheard.Clear();
    }

    private async Task<(int Units, int Outcomes)> SumAsync(HttpClient hub)
    {
        var report = (await Answered.GetAsync(hub, $"/api/v1/experiments/{experiment}/report")).Json;
        return (Sum(report.GetProperty("arms"), "units"), report.GetProperty("metrics").EnumerateArray().Sum(m => Sum(m.GetProperty("arms"), "outcomes")));

        static int Sum(JsonElement arms, string what) => arms.EnumerateArray().Sum(a => a.GetProperty(what).GetInt32());
    }

    private string Batch(string name)
    {
        var units = Enumerable.Range(0, UnitsPerBatch).Select(i => $"{name}-{i}").ToList();
        var exposures = units.Select(u => $$"""{"experiment": "{{experiment}}", "version": 1, "unit": "{{u}}", "variant": "control"}""");
        var outcomes = units.Select(u => $$"""{"key": "{{u}}", "experiment": "{{experiment}}", "unit": "{{u}}", "metric": "relevance", "value": 0.5}""");
        return $$"""{"exposures": [{{string.Join(',', exposures)}}], "outcomes": [{{string.Join(',', outcomes)}}]}""";
    }
}
