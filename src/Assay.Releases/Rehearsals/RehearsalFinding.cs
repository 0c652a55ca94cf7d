using System.Text.Json.Serialization;
using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;

namespace Assay.Releases.Rehearsals;

/// <summary>A metric that found what was wrong.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="By">How.</param>
internal sealed record RehearsalFinding(string Metric, MetricBreak By)
{
    /// <summary>For sentences: <c>errors, compared with control</c>.</summary>
    [JsonIgnore]
    public string Words =>
        By switch
        {
            MetricBreak.GrossFailure => $"{Metric}, as a gross failure",
            MetricBreak.Comparison => $"{Metric}, compared with control",
            MetricBreak.Limit => $"{Metric}, by its limit",
            _ => $"{Metric}, a probe",
        };

    /// <summary>Those of the look that decided.</summary>
    public static IReadOnlyList<RehearsalFinding> Of(CanaryLook? look) =>
        look is null
            ? []
            :
            [
                .. look
                    .Metrics.Where(m => m is { Role: not CanaryRole.Info, Verdict: MetricVerdict.Fail, BrokenBy: not null })
                    .Select(m => new RehearsalFinding(m.Metric, m.BrokenBy!.Value)),
            ];
}
