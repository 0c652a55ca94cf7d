using Assay.Evaluation.Datasets;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Benchmarks;

/// <summary>A benchmark whose parts were found and made: ready to run.</summary>
/// <param name="File">The file.</param>
/// <param name="Dataset">The cases.</param>
/// <param name="Target">What is asked.</param>
/// <param name="Metrics">What is measured.</param>
/// <param name="Content">What decides the outcome.</param>
/// <param name="Gates">What decides the verdict.</param>
/// <param name="Calls">The models that are asked for every case.</param>
internal sealed record BenchmarkParts(
    BenchmarkFile File,
    Dataset Dataset,
    ITarget Target,
    IReadOnlyList<IMetric> Metrics,
    RunContent Content,
    IReadOnlyList<GateEntry> Gates,
    IReadOnlyList<PlannedCall> Calls
);
