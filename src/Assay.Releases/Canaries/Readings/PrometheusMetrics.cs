using System.Globalization;
using Assay.Releases.Files;
using Assay.Statistics.Samples;

namespace Assay.Releases.Canaries.Readings;

/// <summary>
/// Figures asked of a Prometheus server by the queries of the release file. An answer that is no single number is told in words: nothing answers as missing, what cannot be
/// right as an error. A metric whose name is wrong answers nothing for both arms, and nothing is never a pass.
/// </summary>
/// <param name="queries">The server.</param>
internal sealed class PrometheusMetrics(PrometheusQueries queries) : ICanaryMetrics
{
    // increase() estimates what lies between samples: a sum may exceed its count by so much.
    private const double MostExcess = 0.02;

    public async Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var window = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling((now - stepSince).TotalSeconds)):0}s");
        var arm = plan.File.Split.Flag is null ? plan.CanaryVersion : plan.File.Split.Variant;
        var metrics = new List<MetricReading>();
        foreach (var metric in plan.Metrics)
        {
            metrics.Add(await ReadAsync(metric, arm, window, cancellationToken));
        }

        // Requests are those of the rates; a plan of means alone counts its values.
        return new CanaryReading(Most(metrics, m => m.Control), Most(metrics, m => m.Canary), metrics);
    }

    private async Task<MetricReading> ReadAsync(CanaryMetric metric, string arm, string window, CancellationToken cancellationToken)
    {
        var control = await ArmAsync(metric, arm, isCanary: false, window, cancellationToken);
        var canary = await ArmAsync(metric, arm, isCanary: true, window, cancellationToken);
        return (control.Error ?? canary.Error) is { } error ? new MetricReading(metric.Name, null, null) { Error = error }
            : control.IsWithoutSeries && canary.IsWithoutSeries
                ? new MetricReading(metric.Name, null, null)
                {
                    Missing = $"no series answers for either arm, is the metric's name right: {metric.Query!.Count}",
                }
            : metric.Kind == CanaryMetricKind.Rate && control.IsNeverCounted && canary.IsNeverCounted
                ? new MetricReading(metric.Name, null, null)
                {
                    Missing =
                        $"no series answers the sum of either arm, is its name right: {metric.Query!.Sum}; if it never happened yet, write `or vector(0)` behind it",
                }
            : (control.Missing ?? canary.Missing) is { } missing ? new MetricReading(metric.Name, control.Arm, canary.Arm) { Missing = missing }
            : new MetricReading(metric.Name, control.Arm, canary.Arm);
    }

    private async Task<ReadArm> ArmAsync(CanaryMetric metric, string arm, bool isCanary, string window, CancellationToken cancellationToken)
    {
        var who = isCanary ? "the canary" : "control";
        var query = metric.Query!;
        var count = await AskAsync(query.Count, arm, isCanary, window, cancellationToken);
        var sum = await AskAsync(query.Sum, arm, isCanary, window, cancellationToken);
        if ((count.Error ?? sum.Error) is { } error)
        {
            return new ReadArm(null) { Error = $"{who}: {error}" };
        }

        if (count.Value is not { } n)
        {
            return new ReadArm(null) { Missing = $"{who}: {count.Missing}", IsWithoutSeries = count.Missing == PrometheusAnswer.NoSeries };
        }

        return metric.Kind == CanaryMetricKind.Rate
            ? RateOf(who, n, sum)
            : await MeanAsync(query, new ArmQuestion(who, arm, isCanary, window), n, sum, cancellationToken);
    }

    // A counter of events that never happened has no series: with requests there it is 0, as long as the other arm shows that the counter is there at all.
    private static ReadArm RateOf(string who, double count, PrometheusAnswer sum) =>
        sum.Missing is { } missing && missing != PrometheusAnswer.NoSeries
            ? new ReadArm(null) { Missing = $"{who}: {missing}" }
            : Rate(who, count, sum.Value ?? 0) with
            {
                IsNeverCounted = sum.Value is null,
            };

    private static ReadArm Rate(string who, double count, double sum) =>
        count < 0 || sum < 0 ? new ReadArm(null) { Error = $"{who}: a count is below 0" }
        : sum > (count * (1 + MostExcess)) + 1 ? new ReadArm(null) { Error = $"{who}: {sum:0} of {count:0} is more than all" }
        : new ReadArm(ArmReading.Rate((long)Math.Round(count), (long)Math.Min(Math.Round(sum), Math.Round(count))));

    private async Task<ReadArm> MeanAsync(QueryEntry query, ArmQuestion asked, double count, PrometheusAnswer sum, CancellationToken cancellationToken)
    {
        var n = (long)Math.Round(count);
        if (sum.Value is not { } total || n < 2)
        {
            return new ReadArm(null) { Missing = $"{asked.Who}: {sum.Missing ?? "fewer than 2 values"}" };
        }

        if (query.Squares is null)
        {
            return new ReadArm(null)
            {
                Missing = $"{asked.Who}: no squares are exported, and a mean without its variance is not judged; its mean is {total / count:0.###}",
            };
        }

        var squares = await AskAsync(query.Squares, asked.Arm, asked.IsCanary, asked.Window, cancellationToken);
        return squares.Value is not { } s
            ? new ReadArm(null) { Missing = squares.Missing is { } m ? $"{asked.Who}: {m}" : null, Error = squares.Error is { } e ? $"{asked.Who}: {e}" : null }
            : new ReadArm(ArmReading.Mean(Moments.FromSummary(n, total / n, Math.Sqrt(Math.Max(0, (s - (total / n * total)) / (n - 1))))));
    }

    private Task<PrometheusAnswer> AskAsync(string query, string arm, bool isCanary, string window, CancellationToken cancellationToken) =>
        queries.AskAsync(ArmQuery.Of(query, arm, isCanary, window), cancellationToken);

    private static long Most(List<MetricReading> metrics, Func<MetricReading, ArmReading?> arm) =>
        metrics.Select(m => arm(m)?.Count ?? 0).DefaultIfEmpty().Max();

    private sealed record ArmQuestion(string Who, string Arm, bool IsCanary, string Window);

    private sealed record ReadArm(ArmReading? Arm)
    {
        public string? Missing { get; init; }

        public string? Error { get; init; }

        public bool IsWithoutSeries { get; init; }

        /// <summary>Whether it has requests and no series of those that count.</summary>
        public bool IsNeverCounted { get; init; }
    }
}
