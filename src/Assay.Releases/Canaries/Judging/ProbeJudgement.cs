namespace Assay.Releases.Canaries.Judging;

/// <summary>Judges a probe: it has no control and no chance in it, so that one good answer of a look passes and the failure of all fails.</summary>
internal static class ProbeJudgement
{
    private const string Method = "probe";

    public static MetricJudgement Of(CanaryMetric metric, MetricReading reading) =>
        new(metric.Name, metric.Role, VerdictOf(reading), reading.Probe?.Text ?? $"It was not asked: {reading.Error ?? "the source did not answer for it"}.")
        {
            Canary = reading.Probe?.Value,
            Limit = metric.Limit,
            Unit = metric.Unit,
            Method = Method,
            BrokenBy = VerdictOf(reading) == MetricVerdict.Fail ? MetricBreak.Probe : null,
        };

    public static MetricVerdict VerdictOf(MetricReading reading) =>
        reading.Probe switch
        {
            null => MetricVerdict.Error,
            { IsWell: true } => MetricVerdict.Pass,
            _ => MetricVerdict.Fail,
        };
}
