using System.Collections.Concurrent;

namespace Assay.Observability.Metrics;

/// <summary>
/// Times of operations and scores of answers, kept in the process and read at any time: <c>using (figures.Time("retrieval")) { ... }</c>. For a service
/// without a hub or Prometheus; a hub keeps the same figures by time range and version. Safe for several threads.
/// </summary>
/// <param name="time">The clock; the system's when null.</param>
public sealed class LocalFigures(TimeProvider? time = null)
{
    /// <summary>Operations, and scores, that are told apart; all further names are counted as <c>other</c>. A name takes up to 64 KiB.</summary>
    public const int MaxNames = 64;

    private const string Other = "other";

    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, LocalSeries> operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LocalSeries> scores = new(StringComparer.Ordinal);

    /// <summary>Measures until the result is disposed. Allocates nothing for an operation that was seen before.</summary>
    /// <param name="operation">Its name; few names.</param>
    public LocalTiming Time(string operation) => new(SeriesOf(operations, operation), time);

    /// <summary>Records a time that was measured elsewhere.</summary>
    public void RecordTime(string operation, TimeSpan took) => SeriesOf(operations, operation).Add(took.TotalMilliseconds);

    /// <summary>Records a score; one that is not finite is counted apart and is in no figure.</summary>
    public void RecordScore(string name, double value) => SeriesOf(scores, name).Add(value);

    /// <summary>The figures so far, by name.</summary>
    public LocalReport Read() => new(Read(operations), Read(scores));

    private static List<LocalFigure> Read(ConcurrentDictionary<string, LocalSeries> series) =>
        [.. series.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value.Read(s.Key))];

    private static LocalSeries SeriesOf(ConcurrentDictionary<string, LocalSeries> series, string name)
    {
        if (series.TryGetValue(name, out var known))
        {
            return known;
        }

        // Two threads may pass here at once: the bound is then exceeded by as many names as there are threads.
        return series.GetOrAdd(series.Count < MaxNames ? name : Other, static _ => new LocalSeries());
    }
}

/// <summary>All figures at one moment.</summary>
/// <param name="OperationsMs">Times by operation, in milliseconds.</param>
/// <param name="Scores">Scores by name.</param>
public sealed record LocalReport(IReadOnlyList<LocalFigure> OperationsMs, IReadOnlyList<LocalFigure> Scores);

/// <summary>The distribution of what was recorded under one name. Quantiles are null where nothing was recorded.</summary>
/// <param name="Name">The name.</param>
/// <param name="Count">How many values.</param>
/// <param name="Mean">The mean.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The largest value, exactly.</param>
/// <param name="RelativeError">No quantile is farther than this share from the exact one: 0.0027 is 0.27 %.</param>
public sealed record LocalFigure(string Name, long Count, double? Mean, double? P50, double? P95, double? P99, double? Max, double RelativeError);
