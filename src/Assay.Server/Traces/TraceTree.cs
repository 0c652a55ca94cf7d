using Assay.Prices;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>
/// Puts spans in a tree. A span whose parent is not there is a root of its own, marked so; spans that name each other as parents in a
/// circle begin with the earliest. Every span is there exactly once.
/// </summary>
internal static class TraceTree
{
    public static IReadOnlyList<TraceRow> Of(IReadOnlyList<SpanEvent> spans)
    {
        var ordered = spans.OrderBy(s => s.StartNanos).ThenBy(s => s.Span.Value).ToList();
        var known = ordered.Select(s => s.Span).ToHashSet();
        var children = ordered.Where(s => IsChild(s, known)).ToLookup(s => s.Parent);
        var walk = new Walk(children);
        foreach (var root in ordered.Where(s => !IsChild(s, known)))
        {
            walk.Take(root, isOrphan: root.Parent.IsPresent);
        }

        foreach (var left in ordered)
        {
            walk.Take(left, isOrphan: true);
        }

        return walk.Rows();
    }

    private static bool IsChild(SpanEvent span, HashSet<SpanId> known) => span.Parent.IsPresent && span.Parent != span.Span && known.Contains(span.Parent);

    /// <summary>Goes down from roots without recursion: a trace may be as deep as it is long.</summary>
    private sealed class Walk(ILookup<SpanId, SpanEvent> children)
    {
        private readonly HashSet<SpanId> taken = [];
        private readonly List<TraceRow> rows = [];

        public void Take(SpanEvent root, bool isOrphan)
        {
            var open = new Stack<TraceRow>();
            open.Push(new TraceRow(root, 0, isOrphan, default));
            while (open.TryPop(out var row))
            {
                if (!taken.Add(row.Span.Span))
                {
                    continue;
                }

                rows.Add(row);
                foreach (var child in children[row.Span.Span].Reverse())
                {
                    open.Push(new TraceRow(child, row.Depth + 1, IsOrphan: false, default));
                }
            }
        }

        /// <summary>The rows with the costs of their subtrees, summed from the last row up: the rows under a row follow it and are deeper.</summary>
        public List<TraceRow> Rows()
        {
            var sums = new Dictionary<int, ModelUseTotals>();
            for (var i = rows.Count - 1; i >= 0; i--)
            {
                var row = rows[i];
                var own = row.Span.Use is { } use ? ModelUseTotals.Of(use) : default;
                sums.Remove(row.Depth + 1, out var below);
                rows[i] = row with { Cost = own + below };
                sums[row.Depth] = sums.GetValueOrDefault(row.Depth) + rows[i].Cost;
            }

            return rows;
        }
    }
}
