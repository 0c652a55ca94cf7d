using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>A metrics page that stays in memory between scrapes and is brought up to date by each.</summary>
internal sealed class MetricsPage(PrometheusFormat format, byte[] target, int maxBytes)
{
    private const string TargetFamily = "target_info";
    private readonly LabelText labels = new();
    private readonly byte[] end = format == PrometheusFormat.OpenMetrics ? "# EOF\n"u8.ToArray() : [];
    private SeriesTable[] tables = [];
    private List<PageFamily> families = [];
    private byte[] page = [];
    private byte[] spare = [];
    private int length;

    /// <summary>The text after the last update.</summary>
    public ReadOnlySpan<byte> Text => page.AsSpan(0, length);

    /// <summary>Families that were left out of the last update because the page would have grown past its bound.</summary>
    public int FamiliesLeftOut { get; private set; }

    /// <summary>Streams whose name is taken by a stream of another type; they are not shown.</summary>
    public IReadOnlyList<string> Conflicts { get; private set; } = [];

    /// <summary>The streams on the page.</summary>
    public ReadOnlySpan<SeriesTable> Tables => tables;

    public void Update(in Batch<Metric> batch)
    {
        var needsLayout = length == 0;
        if (!IsKnown(in batch))
        {
            Regroup(in batch);
            needsLayout = true;
        }

        foreach (var family in families)
        {
            needsLayout |= family.Refresh(page, labels);
        }

        if (needsLayout)
        {
            LayOut();
        }
    }

    private bool IsKnown(in Batch<Metric> batch)
    {
        var i = 0;
        foreach (var metric in batch)
        {
            if (i >= tables.Length || tables[i++].Metric != metric)
            {
                return false;
            }
        }

        return i == tables.Length;
    }

    private void Regroup(in Batch<Metric> batch)
    {
        var known = tables.ToDictionary(t => t.Metric);
        var all = new List<SeriesTable>();
        foreach (var metric in batch)
        {
            all.Add(known.GetValueOrDefault(metric) ?? SeriesTables.Create(metric, format));
        }

        var conflicts = new List<string>();
        tables = [.. all];
        families =
        [
            .. all.GroupBy(t => PrometheusName.OfMetric(t.Metric.Name), StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Agreeing(g.Key, g, conflicts))
                .Where(f => f is not null)
                .Select(f => f!),
        ];
        Conflicts = conflicts;
    }

    private PageFamily? Agreeing(string name, IEnumerable<SeriesTable> streams, List<string> conflicts)
    {
        var ordered = streams.OrderBy(t => t.Metric.MeterName, StringComparer.Ordinal).ThenBy(t => t.Metric.MeterVersion, StringComparer.Ordinal).ToList();
        var type = name == TargetFamily ? "info" : FamilyHeader.TypeOf(name, ordered[0].Metric.MetricType, format);
        conflicts.AddRange(ordered.Where(t => !Agrees(t)).Select(t => $"{name} of meter {t.Metric.MeterName}"));
        ordered.RemoveAll(t => !Agrees(t));
        return ordered.Count == 0 ? null : new PageFamily(name, format, ordered);

        bool Agrees(SeriesTable table) => FamilyHeader.TypeOf(name, table.Metric.MetricType, format) == type;
    }

    private void LayOut()
    {
        var shown = Fitting(out var total);
        if (spare.Length < total + BlockCopy.Slack.Length)
        {
            spare = GC.AllocateUninitializedArray<byte>((int)Math.Min(maxBytes, total + ((long)total / 8)) + BlockCopy.Slack.Length);
        }

        target.CopyTo(spare, 0);
        var at = target.Length;
        foreach (var family in shown)
        {
            at = family.MoveTo(page, spare, at);
        }

        end.CopyTo(spare, at);
        (page, spare, length) = (spare, page, at + end.Length);
    }

    private List<PageFamily> Fitting(out int total)
    {
        var sum = (long)target.Length + end.Length;
        total = (int)sum;
        foreach (var family in families)
        {
            sum += family.Length;
        }

        FamiliesLeftOut = 0;
        if (sum <= maxBytes)
        {
            total = (int)sum;
            return families;
        }

        var shown = new List<PageFamily>();
        foreach (var family in families)
        {
            if (total + (long)family.Length <= maxBytes)
            {
                shown.Add(family);
                total += family.Length;
                continue;
            }

            // Its lines have no place in the page any more, so that the next update writes them anew.
            family.Forget();
            FamiliesLeftOut++;
        }

        return shown;
    }
}
