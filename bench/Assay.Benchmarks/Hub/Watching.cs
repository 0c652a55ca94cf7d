using System.Diagnostics;
using System.Text.Json;

namespace Assay.Benchmarks.Hub;

/// <summary>Looks at the hub as a reader while it takes spans in: whether the last acknowledged trace is there, and how far SLOs are behind.</summary>
internal sealed class Watching(HubProcess hub, Sending sending)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MostWait = TimeSpan.FromMinutes(5);

    private readonly List<double> found = [];

    /// <summary>The longest wait for an acknowledged trace in milliseconds, asked all through the sending.</summary>
    public double SlowestFoundMs => found.DefaultIfEmpty(double.NaN).Max();

    /// <summary>How often it was asked for.</summary>
    public int Looks => found.Count;

    /// <summary>The most requests that SLOs were behind.</summary>
    public long MostBehind { get; private set; }

    /// <summary>Looks now and then until it is cancelled.</summary>
    public async Task RunAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var told = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (sending.Last is { } last)
            {
                found.Add(await FindAsync(last));
            }

            var acknowledged = sending.Traces;
            var behind = acknowledged - await CountedAsync();
            MostBehind = Math.Max(MostBehind, behind);
            if (clock.Elapsed.TotalSeconds >= told + 5)
            {
                told = (int)clock.Elapsed.TotalSeconds;
                var rate = sending.Spans / clock.Elapsed.TotalSeconds;
                say($"{told, 3} s: {sending.Spans:N0} spans, {rate:N0}/s; {hub.PeakMb:0} MB peak; SLOs {Math.Max(0, behind):N0} requests behind");
            }

            await Task.Delay(Every, CancellationToken.None);
        }
    }

    /// <summary>Waits until an acknowledged trace is there with all its spans, and gives the milliseconds from its acknowledgement.</summary>
    public async Task<double> FindAsync(Acknowledgement acknowledgement)
    {
        while (Stopwatch.GetElapsedTime(acknowledgement.At) < MostWait)
        {
            var text = await hub.TryGetAsync($"/api/v1/traces/{acknowledgement.LastTrace}");
            if (text is not null && SpansOf(text) == RequestTemplate.SpansPerTrace)
            {
                return Stopwatch.GetElapsedTime(acknowledgement.At).TotalMilliseconds;
            }
        }

        throw AssayException.Infrastructure($"The acknowledged trace {acknowledgement.LastTrace} is not there.", "See logs/hub.log in its data folder.");
    }

    /// <summary>Waits until SLOs have counted every acknowledged request, and gives the seconds from the last acknowledgement; null when they never do.</summary>
    public async Task<double?> CaughtUpAsync(long at)
    {
        while (await CountedAsync() < sending.Traces)
        {
            if (Stopwatch.GetElapsedTime(at) > MostWait)
            {
                return null;
            }

            await Task.Delay(20);
        }

        return Stopwatch.GetElapsedTime(at).TotalSeconds;
    }

    /// <summary>Requests that the availability of all services counts.</summary>
    public async Task<long> CountedAsync()
    {
        using var slos = JsonDocument.Parse(await hub.GetAsync("/api/v1/slos"));
        return slos.RootElement.GetProperty("slos").EnumerateArray().Where(IsAvailability).Sum(s => s.GetProperty("events").GetInt64());
    }

    // Those of the catalog have the name, those that a service gets by itself end in it.
    private static bool IsAvailability(JsonElement slo) => slo.GetProperty("name").GetString()!.Split('.')[^1] == "availability";

    private static int SpansOf(string trace)
    {
        using var document = JsonDocument.Parse(trace);
        return document.RootElement.GetProperty("spans").GetArrayLength();
    }
}
