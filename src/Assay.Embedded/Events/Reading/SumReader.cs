using Assay.Embedded.Events.Sums;
using Assay.Embedded.Sqlite;
using Assay.Statistics.Samples;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>Answers questions for sums from the rows of sums, never from events.</summary>
internal static class SumReader
{
    public static IReadOnlyList<AggregateRow> Read(SqliteConnection connection, AggregateQuery query)
    {
        var plan = SumPlan.Of(query, EventCounts.Read(connection));
        var labels = new LabelReader(connection, query);
        var sums = new Dictionary<SumPoint, SumFigures>();
        using var rows = new Statement(
            connection,
            $"SELECT at, labels, count, failed, figures FROM sums WHERE series = ? AND minutes = ? AND at >= ? AND at < ? {labels.Condition}"
        );
        foreach (var part in plan.Parts)
        {
            rows.Bind(1, (long)query.Series).Bind(2, part.Minutes).Bind(3, part.From).Bind(4, part.Before);
            labels.Bind(rows, 5);
            while (rows.Step())
            {
                var point = new SumPoint(plan.PointOf(rows.Long(0)), labels.Values(rows.Long(1)));
                Figures(sums, point, query.Limit).Add(rows.Long(2), rows.Long(3), rows.Bytes(4));
            }
        }

        return
        [
            .. sums.Where(s => !s.Value.IsEmpty)
                .Order(Comparer<KeyValuePair<SumPoint, SumFigures>>.Create((a, b) => SumPoint.Compare(a.Key, b.Key)))
                .Select(s => ToRow(s.Key, s.Value)),
        ];
    }

    private static SumFigures Figures(Dictionary<SumPoint, SumFigures> sums, SumPoint point, int limit)
    {
        if (sums.TryGetValue(point, out var figures))
        {
            return figures;
        }

        if (sums.Count == limit)
        {
            throw AssayException.Usage(
                $"The answer has more than {limit} rows.",
                "Ask for a coarser step, a shorter time, fewer dimensions, or a larger limit."
            );
        }

        figures = new SumFigures();
        sums.Add(point, figures);
        return figures;
    }

    private static AggregateRow ToRow(SumPoint point, SumFigures sum) =>
        new(
            DateTimeOffset.UnixEpoch.AddMinutes(point.Minute),
            point.By,
            sum.Count,
            sum.Failed,
            sum.Duration?.Without(sum.Moved) ?? new QuantileSketch(Sum.Buckets),
            sum.Value,
            sum.Cost?.ToTotals() ?? default
        )
        {
            CostSquared = sum.Cost is null ? 0 : sum.Squares?.SquareDollars,
        };
}
