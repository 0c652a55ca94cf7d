using System.Globalization;
using Assay.Catalogs;
using Assay.Experimentation.Assignment;

namespace Assay.Releases.Files;

/// <summary>What is wrong with the canary of a release file.</summary>
internal static class CanaryFaults
{
    private const int MostSteps = 20;
    private const int MostMetrics = 20;
    private const int MostApprovals = 20;
    private const int MostName = 128;

    private static readonly string[] Roles = ["guardrail", "signal", "info"];

    public static IEnumerable<ReleaseFault> Of(CanaryEntry canary) =>
        [.. Split(canary), .. Steps(canary), .. Times(canary), .. Numbers(canary), .. Watched(canary)];

    private static IEnumerable<ReleaseFault> Split(CanaryEntry canary)
    {
        var split = canary.Split;
        var ways = (split?.Flag is null ? 0 : 1) + (split?.Upstreams is null ? 0 : 1) + (split?.Command is null ? 0 : 1);
        if (ways != 1)
        {
            yield return At((CatalogEntry?)split ?? canary, $"the canary's split names {ways} ways.", "Write exactly one of flag, upstreams and command.");
        }
        else if (split!.Command is { } command && (command.Count == 0 || !command.Any(c => c?.Contains("{percent}") == true)))
        {
            yield return At(
                split,
                "the split's command does not take the percentage.",
                "Write {percent} where it stands: [\"deploy/split.sh\", \"{percent}\"]."
            );
        }
        else if (split.Upstreams is { } u && new[] { u.File, u.Name, u.Control, u.Canary }.Any(string.IsNullOrWhiteSpace))
        {
            yield return At(u, "the upstreams are not whole.", "Write file, name, control and canary.");
        }
    }

    private static IEnumerable<ReleaseFault> Steps(CanaryEntry canary)
    {
        var steps = canary.Steps ?? [];
        var isAscending = steps.Zip(steps.Skip(1)).All(pair => pair.First < pair.Second);
        if (steps.Count is 0 or > MostSteps || steps[^1] != 100 || !isAscending || steps[0] <= 0 || steps.Exists(s => Percent.Millionths(s) is null))
        {
            var shown = string.Join(", ", steps.Take(MostSteps + 1).Select(s => s.ToString(CultureInfo.InvariantCulture)));
            yield return At(
                canary,
                $"'steps: [{shown}]' cannot be gone.",
                $"Write 1 to {MostSteps} percentages above 0, ascending, in steps of 0.0001, the last 100."
            );
        }
    }

    private static IEnumerable<ReleaseFault> Times(CanaryEntry canary)
    {
        (string Key, string Text)[] times = [("lookEvery", canary.LookEvery), ("minTime", canary.MinTime), ("longestHold", canary.LongestHold)];
        foreach (var (key, text) in times.Where(t => Durations.TryRead(t.Text) is null))
        {
            yield return At(canary, $"'{key}: {text}' is no length of time.", Durations.Fix);
        }

        if (Durations.TryRead(canary.MinTime) is { } least && Durations.TryRead(canary.LongestHold) is { } longest && longest < least)
        {
            yield return At(canary, $"'longestHold: {canary.LongestHold}' is shorter than minTime.", "A step must be allowed to take its least time.");
        }
    }

    private static IEnumerable<ReleaseFault> Numbers(CanaryEntry canary)
    {
        if (canary.MinRequests < 1)
        {
            yield return At(canary, $"'minRequests: {canary.MinRequests}' is out of range.", "Write 1 or more: nothing is no evidence.");
        }

        if (canary.Approvals is < 0 or > MostApprovals)
        {
            yield return At(canary, $"'approvals: {canary.Approvals}' is out of range.", $"Write 0 to {MostApprovals}.");
        }

        if (canary.Alpha is not (> 0 and <= 0.5))
        {
            yield return At(
                canary,
                string.Create(CultureInfo.InvariantCulture, $"'alpha: {canary.Alpha}' is out of range."),
                "Write a share above 0 and at most 0.5: 0.02."
            );
        }

        if (canary.Environment is { } environment && (environment.Length is 0 or > MostName || environment.Any(char.IsControl) || canary.Metrics != "hub"))
        {
            yield return At(
                canary,
                canary.Metrics == "hub" ? $"'environment: {environment}' cannot be one." : "the environment is the hub's to tell, and the metrics are not its.",
                canary.Metrics == "hub"
                    ? $"Write 1 to {MostName} characters: production."
                    : "Write it into the queries: requests_total{environment=\"production\"}."
            );
        }

        if (canary.Metrics != "hub" && !(Uri.TryCreate(canary.Metrics, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return At(
                canary,
                $"'metrics: {canary.Metrics}' is neither hub nor an address.",
                "Write hub, or the address of a Prometheus server: http://127.0.0.1:9090."
            );
        }
    }

    private static IEnumerable<ReleaseFault> Watched(CanaryEntry canary)
    {
        if (canary.Watch is not { Count: > 0 and <= MostMetrics } watch)
        {
            yield return At(
                canary,
                $"{canary.Watch?.Count ?? 0} metrics are watched.",
                $"Watch 1 to {MostMetrics}: a canary that nobody watches is a release."
            );
            yield break;
        }

        foreach (
            var fault in watch.SelectMany(m =>
                m is null ? [At(canary, "a watched metric is empty.", "Write name and read, query or probe.")] : Metric(canary, m)
            )
        )
        {
            yield return fault;
        }

        foreach (var twice in watch.OfType<CanaryMetricEntry>().GroupBy(m => m.Name).Where(g => g.Skip(1).Any()))
        {
            yield return At(twice.Last(), $"two watched metrics are called '{twice.Key}'.", "Name each differently.");
        }

        // The hub counts requests itself; Prometheus tells of none that nobody asks for.
        if (canary.Metrics != "hub" && watch.TrueForAll(m => m?.Probe is not null))
        {
            yield return At(
                canary,
                "every watched metric is a probe, and probes count no requests.",
                "With Prometheus watch one metric with a query beside them."
            );
        }

        if (watch.TrueForAll(m => m?.Role != "guardrail"))
        {
            yield return At(canary, "no watched metric is a guardrail.", "Write `role: guardrail` at what must be proven before traffic moves.");
        }
    }

    private static IEnumerable<ReleaseFault> Metric(CanaryEntry canary, CanaryMetricEntry metric)
    {
        var name = string.IsNullOrWhiteSpace(metric.Name) ? "a watched metric" : $"'{metric.Name}'";
        if (string.IsNullOrWhiteSpace(metric.Name) || metric.Name.Length > 64 || metric.Name.Any(char.IsControl))
        {
            yield return At(metric, "a watched metric has no name that can be used.", "Write 1 to 64 characters.");
        }

        if (!Roles.Contains(metric.Role))
        {
            yield return At(metric, $"{name} has the role '{metric.Role}'.", $"Write one of {string.Join(", ", Roles)}.");
        }

        if (metric.Better is not ("higher" or "lower"))
        {
            yield return At(metric, $"{name} is better '{metric.Better}'.", "Write higher or lower.");
        }

        foreach (var fault in metric.Probe is { } probe ? ProbeFaults.Of(metric, probe, name) : Compared(canary, metric, name))
        {
            yield return fault;
        }
    }

    private static IEnumerable<ReleaseFault> Compared(CanaryEntry canary, CanaryMetricEntry metric, string name)
    {
        if (!IsKind(metric.Kind))
        {
            yield return At(metric, $"{name} has the kind '{metric.Kind}'.", "Write rate, mean or a quantile such as p95.");
        }

        foreach (var fault in Read(canary, metric, name).Concat(Margins(metric, name)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<ReleaseFault> Read(CanaryEntry canary, CanaryMetricEntry metric, string name)
    {
        if (canary.Metrics != "hub")
        {
            if (metric.Query is not { Count.Length: > 0 } query || query.Sum.Length == 0)
            {
                yield return At(metric, $"{name} has no queries.", "With Prometheus write query: { sum: …, count: … }.");
            }

            yield break;
        }

        var (what, of) = metric.Read.Split(' ', 2) is [var first, var rest] ? (first, rest.Trim()) : (metric.Read, "");
        var isRate = what is "errors" or "log" or "span" or "fallback";
        if (
            metric.Query is not null
            || !(what is "errors" or "latency" or "cost" ? of.Length == 0 : what is "score" or "log" or "span" or "fallback" && of.Length > 0)
        )
        {
            yield return At(
                metric,
                metric.Query is not null ? $"{name} has queries, which the hub does not know." : $"{name} reads '{metric.Read}', which there is not.",
                "Write read: one of errors, latency, cost, score NAME, log NAME, span NAME and fallback STAGE."
            );
        }
        else if (IsKind(metric.Kind) && isRate != (metric.Kind == "rate"))
        {
            yield return At(metric, $"{name} reads {what} as '{metric.Kind}'.", isRate ? "Write kind: rate." : "Write kind: mean, or a quantile such as p95.");
        }
        else if (what is "log" or "span" && metric.Role is "guardrail" or "signal")
        {
            // One request that leaves twenty of them is one event and not twenty, and the store counts them all.
            yield return At(
                metric,
                $"{name} is a {metric.Role} by {what}, and one request may leave any number of those: they prove nothing of requests.",
                "Write role: info, to be told how many there are. What decides is errors, latency, cost, score NAME or fallback STAGE."
            );
        }
    }

    private static IEnumerable<ReleaseFault> Margins(CanaryMetricEntry metric, string name)
    {
        if (metric is { Margin: not null, RelativeMargin: not null } || (metric.Role == "guardrail" && metric.Margin is null && metric.RelativeMargin is null))
        {
            yield return At(
                metric,
                $"{name} has not exactly one margin.",
                "Write margin, in the metric's unit, or relativeMargin, a share of control's value."
            );
        }

        if ((metric.Margin ?? metric.RelativeMargin) is { } margin && !(margin >= 0 && double.IsFinite(margin)))
        {
            yield return At(metric, string.Create(CultureInfo.InvariantCulture, $"{name} has the margin {margin}."), "Write a finite number from 0.");
        }

        if (metric.Limit is { } limit && !double.IsFinite(limit))
        {
            yield return At(metric, $"{name} has a limit that is no number.", "Write a finite number.");
        }
    }

    private static bool IsKind(string kind) =>
        kind is "rate" or "mean"
        || (
            kind is ['p', ..]
            && double.TryParse(kind.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is > 0 and < 100
        );

    private static ReleaseFault At(CatalogEntry entry, string problem, string fix) => new(entry.Place, problem, fix);
}
