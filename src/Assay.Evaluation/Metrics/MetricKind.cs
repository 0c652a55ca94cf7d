namespace Assay.Evaluation.Metrics;

/// <summary>One thing that can be measured.</summary>
/// <param name="Name">Its name in benchmark files.</param>
/// <param name="Settings">The settings that it takes.</param>
/// <param name="Create">Makes the metric of an entry whose settings are among these.</param>
internal sealed record MetricKind(string Name, IReadOnlyList<string> Settings, Func<MetricEntry, MetricSources, IMetric> Create);
