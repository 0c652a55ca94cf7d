using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Assay.Server.Hosting;
using Assay.Stores;

namespace Assay.Benchmarks.Experiments;

/// <summary>Posts the events of an experiment to a hub in this process.</summary>
internal static class UnitPosting
{
    private const int Senders = 4;
    private const int EventsPerRequest = 1_000;
    private const int Requests = 600;

    public static async Task<UnitPostingCost> MeasureAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            var options = new HubOptions
            {
                DataFolder = folder,
                CatalogFolder = Path.Combine(folder, "catalog"),
                Port = 0,
                OtlpHttpPort = 0,
                OtlpGrpcPort = 0,
                // The events have fixed times.
                KeepDays = 3650,
            };
            await using var hub = await Server.Hosting.Hub.StartAsync(options, TimeProvider.System, CancellationToken.None);
            using var client = new HttpClient { BaseAddress = hub.Addresses.Pages };
            var traffic = new UnitTraffic(units: Requests * EventsPerRequest / 10, outcomes: 9);
            var bodies = Enumerable.Range(0, Requests).Select(i => Body(traffic.Batch((long)i * EventsPerRequest, EventsPerRequest))).ToList();
            var (spent, _) = await Spent.OfAsync(() => PostAsync(client, bodies));
            var cost = new UnitPostingCost(Requests * EventsPerRequest / spent.Seconds, 1e6 * spent.ProcessorSeconds / (Requests * EventsPerRequest));
            output.WriteLine($"over HTTP: {cost.EventsPerSecond:N0} events/s, {cost.MicrosPerEvent:0.0} us of processor time each");
            return cost;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> PostAsync(HttpClient client, List<byte[]> bodies)
    {
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, Senders)
                .Select(async _ =>
                {
                    for (int at; (at = Interlocked.Increment(ref next)) < bodies.Count; )
                    {
                        using var content = new ByteArrayContent(bodies[at]);
                        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                        content.Headers.ContentEncoding.Add("gzip");
                        using var answer = await client.PostAsync(new Uri("/api/v1/experiment-events", UriKind.Relative), content);
                        var text = await answer.Content.ReadAsStringAsync();
                        if (!text.StartsWith($"{{\"stored\":{EventsPerRequest},", StringComparison.Ordinal))
                        {
                            throw new InvalidOperationException($"The hub answered {(int)answer.StatusCode}: {text}");
                        }
                    }
                })
        );
        return bodies.Count;
    }

    private static byte[] Body(EventBatch batch)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var json = new Utf8JsonWriter(gzip))
        {
            json.WriteStartObject();
            json.WriteStartArray("exposures");
            foreach (var e in batch.Exposures)
            {
                Write(json, e.Experiment, e.Unit, e.TimeNanos, ("variant", e.Variant), ("", ""));
            }

            json.WriteEndArray();
            json.WriteStartArray("outcomes");
            foreach (var o in batch.Outcomes)
            {
                Write(json, o.Experiment, o.Unit, o.TimeNanos, ("metric", o.Metric), ("key", o.Key), o.Value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return packed.ToArray();
    }

    private static void Write(
        Utf8JsonWriter json,
        string experiment,
        long unit,
        long nanos,
        (string Field, string Value) name,
        (string Field, string Value) key,
        double? value = null
    )
    {
        json.WriteStartObject();
        json.WriteString("experiment", experiment);
        json.WriteString("unit", $"user-{unit:x}");
        json.WriteString(name.Field, name.Value);
        json.WriteString("time", DateTimeOffset.UnixEpoch.AddTicks(nanos / 100));
        if (value is { } measured)
        {
            json.WriteString(key.Field, key.Value);
            json.WriteNumber("value", measured);
        }
        else
        {
            json.WriteNumber("version", 1);
        }

        json.WriteEndObject();
    }
}

/// <summary>What posting cost.</summary>
internal sealed record UnitPostingCost(double EventsPerSecond, double MicrosPerEvent);
