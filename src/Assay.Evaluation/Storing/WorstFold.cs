using System.Runtime.CompilerServices;
using Assay.Evaluation.Reports;

namespace Assay.Evaluation.Storing;

/// <summary>Keeps the worst of the cases that pass by: those whose target or judge failed, then those that did worst by the metric that decides.</summary>
internal sealed class WorstFold(RunHead head)
{
    /// <summary>How many are kept.</summary>
    public const int Most = 20;

    private readonly ReportMetric? metric = LeadingOf(head.Report);

    // The best of the kept comes out first, to make room for a worse one.
    private readonly PriorityQueue<StoredCase, (int Kind, double Value, int Index, int Repeat)> kept = new(
        Comparer<(int Kind, double Value, int Index, int Repeat)>.Create((a, b) => b.CompareTo(a))
    );

    public async IAsyncEnumerable<StoredCase> WatchAsync(IAsyncEnumerable<StoredCase> cases, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var one in cases.WithCancellation(cancellationToken))
        {
            kept.Enqueue(one, RankOf(one));
            if (kept.Count > Most)
            {
                kept.Dequeue();
            }

            yield return one;
        }
    }

    /// <summary>The worst first.</summary>
    public IReadOnlyList<StoredCase> Found() => [.. kept.UnorderedItems.OrderBy(i => i.Priority).Select(i => i.Element)];

    private static ReportMetric? LeadingOf(ReportHead report)
    {
        var gated = report.Gates.OrderBy(g => g.Verdict == Verdict.Pass).Select(g => report.Metrics.FirstOrDefault(m => m.Name == g.Metric));
        return gated.FirstOrDefault(m => m is not null) ?? (report.Metrics.Count > 0 ? report.Metrics[0] : null);
    }

    // Less is worse.
    private (int Kind, double Value, int Index, int Repeat) RankOf(StoredCase one)
    {
        var measured = one.Measured.FirstOrDefault(m => m.Metric == metric?.Name);
        var kind =
            one.Answer is null ? 0
            : measured?.State == "error" ? 1
            : measured?.Value is null ? 3
            : 2;
        var value = measured?.Value ?? 0;
        return (kind, metric?.HigherIsBetter == false ? -value : value, one.Index, one.Repeat);
    }
}
