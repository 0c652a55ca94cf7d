namespace Assay.Observability.Slos;

/// <summary>A promise: of all events in 30 days this share is good.</summary>
/// <param name="Name">Unique among SLOs: 1 to 64 of <c>a-z 0-9 - .</c>, a letter first.</param>
/// <param name="Service">The service, as its <c>service.name</c> says.</param>
/// <param name="Target">The share of events that must be good, above 0 and below 1.</param>
/// <param name="Indicator">Which events count, and which are good.</param>
public sealed record SloDefinition(string Name, string Service, double Target, SloIndicator Indicator)
{
    /// <summary>The rolling window over which the budget is counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>A score that counts as good by default; the specification gives a target for quality and no threshold.</summary>
    internal const double GoodScore = 0.5;

    /// <summary>The name for people; the default is <see cref="Name"/>.</summary>
    public string DisplayName { get; init; } = Name;

    /// <summary>What is promised, in a sentence; empty when nobody said it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The error budget: the share of events that may be bad.</summary>
    // As a decimal, 1 − 0.999 is 0.001 and not 0.0010000000000000009.
    public double Budget => (double)(1 - (decimal)Target);

    /// <summary>The burn rate when every event is bad: no alert above it can fire.</summary>
    public double GreatestBurn => 1 / Budget;

    /// <summary>
    /// The specification's SLOs for a RAG service, named <c>availability</c>, <c>latency-p99</c>, <c>quality</c> and <c>error-rate</c>:
    /// 99.9 % of requests answered, 99 % within 500 ms, 80 % of scores good (0.5 or more), 99.9 % of calls without an error.
    /// </summary>
    /// <param name="options">The service's name and the four targets.</param>
    public static IReadOnlyList<SloDefinition> Defaults(ObservabilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            new("availability", options.ServiceName, options.SloAvailabilityTarget, new(SloSignal.Requests, GoodWhen.NotFailed))
            {
                DisplayName = "Availability",
                Description = "Requests are answered without an error.",
            },
            new("latency-p99", options.ServiceName, 0.99, new(SloSignal.Requests, GoodWhen.AtMost, options.SloLatencyP99Ms))
            {
                DisplayName = "Latency P99",
                Description = "99 % of requests are answered in time.",
            },
            new("quality", options.ServiceName, options.SloQualityTarget, new(SloSignal.Scores, GoodWhen.AtLeast, GoodScore))
            {
                DisplayName = "Quality",
                Description = "Judges and users call answers good.",
            },
            new("error-rate", options.ServiceName, (double)(1 - (decimal)options.SloErrorRateTarget), new(SloSignal.Calls, GoodWhen.NotFailed))
            {
                DisplayName = "Error rate",
                Description = "Calls of models, tools and searches succeed.",
            },
        ];
    }
}
