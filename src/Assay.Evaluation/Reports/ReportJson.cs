using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Benchmarks;
using Assay.Statistics;

namespace Assay.Evaluation.Reports;

/// <summary>The head of a JSON report: everything but the cases and the timings.</summary>
internal sealed record ReportHead(
    string Schema,
    string Benchmark,
    ReportContent Content,
    Verdict Verdict,
    string Reason,
    int Asked,
    int Done,
    string? BaselineDataset,
    IReadOnlyList<ReportGate> Gates,
    IReadOnlyList<ReportMetric> Metrics,
    IReadOnlyList<ReportMetric> Resources,
    ReportTarget Target,
    ReportUse Use
);

/// <summary>What decided the outcome.</summary>
internal sealed record ReportContent(
    string Dataset,
    string DatasetHash,
    int Cases,
    int Clusters,
    string Target,
    string TargetFingerprint,
    int Repeats,
    ulong Seed,
    string Language,
    bool IsDryRun,
    bool IsSmoke,
    string ToolVersion,
    string BenchmarkHash
)
{
    public static ReportContent Of(RunContent run) =>
        new(
            run.Dataset.Name,
            run.Dataset.Hash,
            run.Dataset.Cases,
            run.Dataset.Clusters,
            run.Target,
            run.TargetFingerprint,
            run.Repeats,
            run.Seed,
            run.Language,
            run.IsDryRun,
            run.IsSmoke,
            run.ToolVersion,
            run.BenchmarkHash
        );
}

/// <summary>A gate; what it does not have is left out.</summary>
internal sealed record ReportGate(
    string Name,
    string Metric,
    string Statistic,
    Threshold Threshold,
    Threshold? CaseThreshold,
    Verdict Verdict,
    bool IsWarning,
    string Reason,
    double? Estimate,
    Interval? Interval,
    long N,
    long Clusters,
    string Unit,
    string Method,
    double? PassP,
    double? FailP,
    double? FailPCorrected,
    long? NeededCases,
    double? Detectable
);

/// <summary>A metric; what it does not have is left out.</summary>
internal sealed record ReportMetric(
    string Name,
    string Fingerprint,
    bool HigherIsBetter,
    double? Low,
    double? High,
    string Unit,
    int N,
    int Clusters,
    int NotApplicable,
    int Errors,
    int Missing,
    double? Mean,
    Interval? Interval,
    string Method,
    string? NotComputable,
    double? StandardDeviation,
    double? Min,
    double? Max,
    Interval? ShareInterval,
    IReadOnlyList<ReportQuantile> Quantiles,
    ReportRepeats? Repeats
);

/// <summary>A quantile.</summary>
internal sealed record ReportQuantile(double Share, double? Value, Interval? Interval);

/// <summary>What repeats say.</summary>
internal sealed record ReportRepeats(IReadOnlyList<double?> Means, double BetweenCases, double WithinCases, double? RunDeviation);

/// <summary>What the target did.</summary>
internal sealed record ReportTarget(int Answers, IReadOnlyDictionary<string, int> Faults, IReadOnlyList<string> Models, IReadOnlyList<string> JudgeModels);

/// <summary>Model calls.</summary>
internal sealed record ReportUse(ReportCalls Target, ReportCalls Judges);

/// <summary>Sums over model calls.</summary>
internal sealed record ReportCalls(int Calls, long InputTokens, long OutputTokens, decimal CostUsd, int Unpriced);

/// <summary>One case asked once.</summary>
internal sealed record ReportCase(
    string Id,
    int Repeat,
    string? Cluster,
    string Input,
    string? Expected,
    string? Answer,
    string? Model,
    string? Fault,
    string? Problem,
    IReadOnlyList<ReportMeasurement> Measured
);

/// <summary>What one metric said of it.</summary>
internal sealed record ReportMeasurement(string Metric, string State, double? Value, string? Reason);

/// <summary>All that differs between two executions with the same answers.</summary>
internal sealed record ReportTimings(
    string Run,
    DateTimeOffset StartedAt,
    string? BaselineRun,
    int Cached,
    decimal PaidUsd,
    int Attempts,
    int Retried,
    IReadOnlyList<ReportGate> Gates,
    IReadOnlyList<ReportMetric> Metrics
);

/// <summary>Names of an enumeration as JSON writes them; one that the assemblies which see this one see too.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnum<Verdict>), typeof(SnakeCaseEnum<ThresholdSide>)]
)]
[JsonSerializable(typeof(ReportHead))]
[JsonSerializable(typeof(ReportCase))]
[JsonSerializable(typeof(ReportTimings))]
internal sealed partial class ReportJson : JsonSerializerContext;
