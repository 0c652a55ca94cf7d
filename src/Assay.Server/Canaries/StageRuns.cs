using Assay.Releases.Canaries;
using Assay.Stores;

namespace Assay.Server.Canaries;

/// <summary>Runs of a stage over a step that say whether they fell back, by arm and in points of time.</summary>
/// <param name="Runs">All of them; failed are those that fell back for the reason that is asked for.</param>
internal sealed record StageRuns(ArmSeries Runs)
{
    /// <summary>The canary's label with the most fallbacks; null for none.</summary>
    public string? WorstLabel => Runs.WorstLabel;

    /// <param name="rows">Sums by arm and reason.</param>
    /// <param name="arms">Whose they are.</param>
    /// <param name="reason">The reason that counts; null for all.</param>
    public static StageRuns Of(IReadOnlyList<AggregateRow> rows, CanaryArms arms, string? reason) =>
        new(ArmSeries.Of([.. rows.Select(r => reason is null || r.By[1] == reason ? r : r with { Failed = 0 })], arms));

    public long Failed(bool ofCanary) => Runs.Failed(ofCanary);

    /// <summary>Points of time at which the canary fell back, those with the largest share first.</summary>
    public IEnumerable<DateTimeOffset> WorstPoints() =>
        Runs.Points.Where(p => p.Canary.Failed > 0).OrderByDescending(p => (double)p.Canary.Failed / p.Canary.Count).Select(p => p.At);

    /// <summary>
    /// The share of runs that fell back. Of a canary without a run nothing is known, however many requests it had. Control may have none: a stage that the candidate
    /// adds did not fall back there, in none of its requests.
    /// </summary>
    public MetricReading Read(CanaryMetric metric, CanarySource source, ArmSeries requests)
    {
        var (control, canary) = (Arm(ofCanary: false), Arm(ofCanary: true));
        return canary.Count == 0
                ? new MetricReading(metric.Name, control, canary)
                {
                    Missing = $"no span '{source.Name}' of the canary says whether it fell back (attributes fallback_used and fallback_reason)",
                }
            : control.Count == 0 ? new MetricReading(metric.Name, ArmReading.Rate(requests.Count(ofCanary: false), 0), canary)
            : new MetricReading(metric.Name, control, canary) { MatchedShare = Runs.Matched(s => s.Failed) };
    }

    private ArmReading Arm(bool ofCanary) => ArmReading.Rate(Runs.Count(ofCanary), Runs.Failed(ofCanary));
}
