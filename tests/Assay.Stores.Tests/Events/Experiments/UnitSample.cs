namespace Assay.Stores.Tests.Events.Experiments;

/// <summary>Exposures and outcomes, at minutes after noon.</summary>
internal static class UnitSample
{
    private static int keys;

    /// <summary>An hour of attribution, half an hour before it, and two metrics.</summary>
    public static ExperimentQuery Question { get; } =
        new("ranker", 1)
        {
            Attribution = TimeSpan.FromHours(1),
            PreExposure = TimeSpan.FromMinutes(30),
            Metrics = [new ExperimentMetricQuery("ms") { Quantiles = true }, new ExperimentMetricQuery("tokens")],
        };

    public static DateTimeOffset At(double minutes) => Sample.Noon.AddMinutes(minutes);

    public static long Nanos(double minutes) => Sample.Nanos(At(minutes));

    public static ExposureEvent Exposed(long unit, string variant, double minutes = 0) =>
        new()
        {
            Experiment = "ranker",
            Version = 1,
            Unit = unit,
            Variant = variant,
            TimeNanos = Nanos(minutes),
        };

    public static OutcomeEvent Measured(long unit, string metric, double value, double minutes) =>
        new()
        {
            Key = $"o-{Interlocked.Increment(ref keys)}",
            Experiment = "ranker",
            Unit = unit,
            Metric = metric,
            Value = value,
            TimeNanos = Nanos(minutes),
        };
}
