using System.Diagnostics;

namespace Assay.Benchmarks.Hub;

/// <summary>How long a reader waits for pages.</summary>
internal static class PageTimes
{
    private const int Rounds = 9;

    /// <summary>Reads each page, whole, as a browser does.</summary>
    public static async Task<IReadOnlyList<PageTime>> MeasureAsync(HubProcess hub, string service)
    {
        (string What, string Path)[] pages =
        [
            ("Overview", "/"),
            ("Traces", "/traces"),
            ("Traces of a service, failed ones", $"/traces?service={service}&failed=true"),
            ("Costs", "/costs"),
            ("SLOs", "/slos"),
        ];
        var times = new List<PageTime>();
        foreach (var (what, path) in pages)
        {
            times.Add(await MeasureAsync(hub, what, path));
        }

        return times;
    }

    private static async Task<PageTime> MeasureAsync(HubProcess hub, string what, string path)
    {
        var first = await ReadAsync(hub, path);
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            times.Add(await ReadAsync(hub, path));
        }

        times.Sort();
        return new PageTime(what, first, times[Rounds / 2], times[^1]);
    }

    private static async Task<double> ReadAsync(HubProcess hub, string path)
    {
        var started = Stopwatch.GetTimestamp();
        await hub.GetAsync(path);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}

/// <summary>Milliseconds that a page took.</summary>
/// <param name="What">The page.</param>
/// <param name="First">The first time, when its code is compiled too.</param>
/// <param name="Median">The median of the others.</param>
/// <param name="Worst">The slowest of the others.</param>
internal sealed record PageTime(string What, double First, double Median, double Worst);
