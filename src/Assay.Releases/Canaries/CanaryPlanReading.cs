using System.Globalization;
using Assay.Catalogs;
using Assay.Experimentation.Analysis;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Canaries.Readings;
using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>
/// Makes a plan of a release file that was checked as one (<see cref="ReleaseFiles"/>). What only a canary asks for is checked here and told with its line.
/// </summary>
internal static class CanaryPlanReading
{
    // More would be no statement about healthy canaries any more.
    private const double MostAlpha = 0.2;

    private static readonly TimeSpan ShortestLook = TimeSpan.FromSeconds(1);

    /// <exception cref="AssayException">The file has no canary or a value is wrong (exit code 2).</exception>
    public static CanaryPlan Of(ReleaseFile file, string version) =>
        file.Canary is { } canary
            ? Of(new ReleaseId(file.Name, version), file.Service, canary)
            : throw file.Place.Error($"Release '{file.Name}' has no canary.", "Write a section canary, or release it by the gate alone.");

    /// <exception cref="AssayException">A value is wrong (exit code 2).</exception>
    public static CanaryPlan Of(ReleaseId release, string service, CanaryEntry canary)
    {
        var place = canary.Place;
        Demand(
            place,
            canary.Steps.Count >= 2 && canary.Steps[^1] == 100,
            "The canary has no step below 100.",
            "Give ascending percentages, the last 100: [5, 25, 100]."
        );
        Demand(
            place,
            canary.Alpha is > 0 and <= MostAlpha,
            string.Create(CultureInfo.InvariantCulture, $"alpha is {canary.Alpha}."),
            "Give a share above 0 and at most 0.2; 0.02 is the default."
        );
        CheckSplit(canary.Split);
        return new CanaryPlan(release, service, canary)
        {
            LookEvery = Durations.Read(canary, "lookEvery", canary.LookEvery) is var every && every > ShortestLook ? every : ShortestLook,
            MinTime = Durations.Read(canary, "minTime", canary.MinTime),
            LongestHold = Durations.Read(canary, "longestHold", canary.LongestHold),
            Metrics = canary.Watch.ConvertAll(m => m.Probe is { } probe ? Probed(m, probe) : Metric(m, canary.Metrics == CanaryPlan.HubMetrics)),
        };
    }

    private static void CheckSplit(SplitEntry split)
    {
        if (split.Upstreams is { } upstreams)
        {
            Demand(
                upstreams.Place,
                !string.Concat(upstreams.Name, upstreams.Control, upstreams.Canary)
                    .Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ';' or '{' or '}' or '#'),
                "upstreams has a name or an address that nginx would read as something else.",
                "Give a word as name and host:port as addresses."
            );
            Demand(
                upstreams.Place,
                upstreams.Reload is { Count: > 0 },
                "upstreams has no reload.",
                "Write what makes the server read the file: [nginx, -s, reload]."
            );
        }
    }

    private static CanaryMetric Probed(CanaryMetricEntry entry, ProbeEntry probe) =>
        new(entry.Name, CanaryMetricKind.Probe, Role(entry.Role), entry.Better == "lower")
        {
            Limit = entry.Limit,
            Unit = entry.Unit,
            Probe = Probe.Of(probe),
        };

    private static CanaryMetric Metric(CanaryMetricEntry entry, bool fromHub)
    {
        var (kind, quantile) = Kind(entry.Kind);
        var metric = new CanaryMetric(entry.Name, kind, Role(entry.Role), entry.Better == "lower")
        {
            Quantile = quantile,
            Margin = new Margin(entry.Margin ?? 0, entry.RelativeMargin ?? 0),
            Limit = entry.Limit,
            Unit = entry.Unit,
            Read = entry.Read,
            Query = entry.Query,
        };
        CheckProvable(entry, metric);
        if (fromHub)
        {
            CanarySource.Of(metric, entry.Place);
        }
        else
        {
            CheckQueries(entry);
        }

        return metric;
    }

    private static void CheckProvable(CanaryMetricEntry entry, CanaryMetric metric)
    {
        Demand(
            entry.Place,
            metric.Role != CanaryRole.Guardrail || !metric.Margin.IsNone,
            $"The guardrail '{entry.Name}' has no margin above 0.",
            "Say how much worse than control is accepted (margin or relativeMargin): no number of requests proves that nothing at all is worse."
        );
        Demand(
            entry.Place,
            metric.Kind != CanaryMetricKind.Quantile || (metric.IsLowerBetter && entry.Query is null),
            $"'{entry.Name}' is a quantile that is better higher, or one of Prometheus.",
            "Watch a mean, or the share of requests beyond a bound as a rate."
        );
    }

    private static void CheckQueries(CanaryMetricEntry entry) =>
        Demand(
            entry.Place,
            entry.Query is { } q && new[] { q.Sum, q.Count, q.Squares }.OfType<string>().All(ArmQuery.IsOfArms),
            $"A query of '{entry.Name}' does not tell the arms apart.",
            "Write a matcher label=\"$arm\" in each: sum(increase(requests_total{version=\"$arm\"}[$window]))."
        );

    private static CanaryRole Role(string role) =>
        role switch
        {
            "signal" => CanaryRole.Signal,
            "info" => CanaryRole.Info,
            _ => CanaryRole.Guardrail,
        };

    private static (CanaryMetricKind Kind, double? Quantile) Kind(string kind) =>
        kind switch
        {
            "rate" => (CanaryMetricKind.Rate, null),
            "mean" => (CanaryMetricKind.Mean, null),
            _ => (CanaryMetricKind.Quantile, double.Parse(kind.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) / 100),
        };

    private static void Demand(CatalogPlace place, bool isWell, string problem, string fix)
    {
        if (!isWell)
        {
            throw place.Error(problem, fix);
        }
    }
}
