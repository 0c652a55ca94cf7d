using Assay.Releases.Canaries.Probes;
using Assay.Statistics.Samples;

namespace Assay.Releases.Canaries;

/// <summary>Where a canary's figures come from.</summary>
internal interface ICanaryMetrics
{
    /// <summary>Reads every watched metric of both arms from the begin of the step until now. What cannot be read is told as missing or as an error, never left out.</summary>
    Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What was read at a look.</summary>
/// <param name="Control">Requests of control since the step began.</param>
/// <param name="Canary">Requests of the canary.</param>
/// <param name="Metrics">One for each watched metric, in the order of the file.</param>
internal sealed record CanaryReading(long Control, long Canary, IReadOnlyList<MetricReading> Metrics)
{
    /// <summary>Nothing could be read, for one reason.</summary>
    public static CanaryReading Failed(CanaryPlan plan, string error) =>
        new(0, 0, [.. plan.Metrics.Select(m => new MetricReading(m.Name, null, null) { Error = error })]);
}

/// <summary>One metric as read.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Control">Control's figures; null when missing.</param>
/// <param name="Canary">The canary's; null when missing.</param>
internal sealed record MetricReading(string Metric, ArmReading? Control, ArmReading? Canary)
{
    /// <summary>Why there is nothing, when nothing is expected to go wrong by itself: no requests yet, no such series; null otherwise.</summary>
    public string? Missing { get; init; }

    /// <summary>Why it could not be read: the server refused, the answer was no number; null otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>For probes: what they answered; null for what is compared with control.</summary>
    public ProbeReading? Probe { get; init; }

    /// <summary>
    /// For rates: the share of all that counts which would be the canary's if both arms were alike, matched by time: what counts in each interval, times the
    /// canary's share of that interval's requests. Null where requests are not told by time: then it is the canary's share of all requests.
    /// </summary>
    public double? MatchedShare { get; init; }

    /// <summary>Traces to look at, the worst first, at most 20.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];
}

/// <summary>One arm of a metric.</summary>
/// <param name="Count">Requests or values.</param>
/// <param name="Positive">For rates: those that count.</param>
/// <param name="Values">For means: count, mean and variance.</param>
/// <param name="Sketch">For quantiles: the values.</param>
internal sealed record ArmReading(long Count, long Positive, Moments Values, QuantileSketch? Sketch)
{
    /// <summary>An arm of a rate.</summary>
    public static ArmReading Rate(long count, long positive) => new(count, positive, default, null);

    /// <summary>An arm of a mean.</summary>
    public static ArmReading Mean(in Moments values) => new(values.Count, 0, values, null);

    /// <summary>An arm of a quantile.</summary>
    public static ArmReading Quantile(QuantileSketch values) => new(values.Count, 0, default, values);
}
