using System.Globalization;
using Assay.Catalogs;
using Assay.Releases.Canaries.Probes;

namespace Assay.Releases.Files;

/// <summary>What is wrong with a watched metric that is a probe.</summary>
internal static class ProbeFaults
{
    private const int LongestUrl = 2_000;
    private const int LongestName = 200;
    private const int MostFailures = 20;
    private const int MostLabels = 20;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static IEnumerable<ReleaseFault> Of(CanaryMetricEntry metric, ProbeEntry probe, string name) =>
        [.. Beside(metric, name), .. Address(probe, name), .. Times(probe, name), .. Sample(metric, probe, name)];

    private static IEnumerable<ReleaseFault> Beside(CanaryMetricEntry metric, string name)
    {
        (string Key, bool IsThere)[] keys =
        [
            ("kind", metric.HasKind),
            ("read", metric.Read is { Length: > 0 }),
            ("query", metric.Query is not null),
            ("margin", metric.Margin is not null),
            ("relativeMargin", metric.RelativeMargin is not null),
        ];
        var there = keys.Where(k => k.IsThere).Select(k => k.Key).ToList();
        if (there.Count > 0)
        {
            yield return At(
                metric,
                $"{name} is a probe and has {string.Join(" and ", there)} beside it.",
                "A probe is not compared with control: beside it write name, role, better, limit and unit alone."
            );
        }
    }

    private static IEnumerable<ReleaseFault> Address(ProbeEntry probe, string name)
    {
        // The address may have a password in it: it is not told.
        if (probe.Url is not { Length: <= LongestUrl } || !(Uri.TryCreate(probe.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return At(probe, $"the url of {name} is none that can be asked.", "Write an http or https address: http://127.0.0.1:5081/readyz.");
        }
    }

    private static IEnumerable<ReleaseFault> Times(ProbeEntry probe, string name)
    {
        if (probe.Failures is < 1 or > MostFailures)
        {
            yield return At(probe, Invariant($"'failures: {probe.Failures}' of {name} is out of range."), Invariant($"Write 1 to {MostFailures}."));
        }

        (string Key, string Text)[] times = [("every", probe.Every), ("timeout", probe.Timeout)];
        var isRead = true;
        foreach (var (key, text) in times.Where(t => !(Durations.TryReadFine(t.Text) is { } time && time >= Shortest && time <= Longest)))
        {
            isRead = false;
            yield return At(probe, $"'{key}: {text}' of {name} is out of range.", "Write a length of time from 100ms to 1m.");
        }

        if (isRead && probe.Failures is >= 1 and <= MostFailures && ProbeTimes.Of(probe) is var (failures, every, timeout))
        {
            var all = (failures * timeout) + ((failures - 1) * every);
            if (all > ProbeTimes.Longest)
            {
                yield return At(
                    probe,
                    Invariant($"{name} would take {all.TotalSeconds:0.#} s to fail."),
                    Invariant($"Let failures × timeout and the times between them take {ProbeTimes.Longest.TotalSeconds:0} s at most: a look waits for it.")
                );
            }
        }
    }

    private static IEnumerable<ReleaseFault> Sample(CanaryMetricEntry metric, ProbeEntry probe, string name)
    {
        if (probe.Metric is null)
        {
            if (metric.Limit is not null || probe.Labels is { Count: > 0 })
            {
                yield return At(
                    metric,
                    $"{name} has a limit or labels and no metric to be read.",
                    "Write `metric:` and the name of a sample on the page, or leave limit and labels out."
                );
            }

            yield break;
        }

        if (!IsName(probe.Metric))
        {
            yield return At(probe, $"{name} reads a sample that cannot be there.", "Write its name as the page does: process_memory_usage_bytes.");
        }

        if (metric.Limit is { } limit && !double.IsFinite(limit))
        {
            yield return At(metric, $"{name} has a limit that is no number.", "Write a finite number.");
        }

        if (probe.Labels is not { Count: <= MostLabels } labels || labels.Any(l => l.Key.Length == 0 || l.Value is null))
        {
            yield return At(probe, $"the labels of {name} cannot be used.", Invariant($"Write at most {MostLabels} labels, each with its value."));
        }
    }

    private static bool IsName(string name) =>
        name is { Length: > 0 and <= LongestName } && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');

    private static ReleaseFault At(CatalogEntry entry, string problem, string fix) => new(entry.Place, problem, fix);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
