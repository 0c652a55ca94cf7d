using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Benchmarks.Telemetry;

/// <summary>What one contender's scrapes needed: milliseconds, the most bytes of any scrape, the length of the page.</summary>
internal sealed record ScrapeCost(string Who, double MinMs, double MedianMs, long Bytes, int Page);

/// <summary>A meter provider of its own with one way to read it.</summary>
internal sealed class ScrapeTarget : IDisposable
{
    private const int ScrapesPerTurn = 20;

    private readonly string who;
    private readonly Meter meter;
    private readonly MeterProvider provider;
    private readonly Action record;
    private readonly Func<int> scrape;

    public ScrapeTarget(string who, Func<Meter, Action> instrument, Func<MeterProviderBuilder, Func<int>> read)
    {
        this.who = who;
        meter = new Meter($"bench.{who}");
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name);
        scrape = read(builder);
        provider = builder.Build();
        record = instrument(meter);
    }

    /// <summary>Scrapes every target in each round, some times in a row: another's page must not be what fills the cache.</summary>
    public static IReadOnlyList<ScrapeCost> TakeTurns(IReadOnlyList<ScrapeTarget> targets, TimeSpan warmUp, int rounds)
    {
        // The runtime compiles hot loops again in the background: only time, not a number of scrapes, lets it finish.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < warmUp; )
        {
            foreach (var target in targets)
            {
                target.Measure();
            }
        }

        var samples = targets.Select(_ => new List<Sample>(rounds * ScrapesPerTurn)).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < targets.Count * ScrapesPerTurn; i++)
            {
                var target = i / ScrapesPerTurn;
                samples[target].Add(targets[target].Measure());
            }
        }

        return [.. targets.Select((t, i) => t.Sum(samples[i]))];
    }

    public void Dispose()
    {
        provider.Dispose();
        meter.Dispose();
    }

    private Sample Measure()
    {
        record();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var from = Stopwatch.GetTimestamp();
        var page = scrape();
        var elapsed = Stopwatch.GetElapsedTime(from);
        return new Sample(elapsed.TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - before, page);
    }

    private ScrapeCost Sum(List<Sample> samples)
    {
        var ms = samples.Select(s => s.Ms).Order().ToList();
        return new ScrapeCost(who, ms[0], ms[ms.Count / 2], samples.Max(s => s.Bytes), samples[^1].Page);
    }

    private readonly record struct Sample(double Ms, long Bytes, int Page);
}
