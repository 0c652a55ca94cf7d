using Assay.Embedded.Events.Reading;
using Assay.Embedded.Events.Spans;
using Assay.Embedded.Events.Sums;
using Assay.Embedded.Safety;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Whether every event can be read, the counts are those of the rows, and the sums of an hour are those of its minutes.</summary>
internal static class EventTablesCheck
{
    public static StoreCheck Check { get; } = new("events", FindProblems);

    private static IEnumerable<string> FindProblems(SqliteConnection connection)
    {
        var counts = EventCounts.Read(connection);
        return ProblemsOfBlocks(connection).Concat(ProblemsOfCounts(connection, counts)).Concat(ProblemsOfSums(connection, counts));
    }

    private static IEnumerable<string> ProblemsOfBlocks(SqliteConnection connection)
    {
        var source = Sources.Lookup(connection);
        using var blocks = new Statement(connection, "SELECT position, spans, head, body FROM span_block ORDER BY position");
        while (blocks.Step())
        {
            if (ProblemOf(blocks, source) is { } problem)
            {
                yield return $"span block {blocks.Long(0)} {problem}";
            }
        }
    }

    private static string? ProblemOf(Statement block, Func<long, TelemetrySource> source)
    {
        try
        {
            var spans = SpanBlock.Read(SpanBlock.ReadHead(block.Bytes(2)), block.Bytes(3), _ => true, source);
            return spans.Count == block.Long(1) ? null : $"holds {spans.Count} spans and says {block.Long(1)}";
        }
        catch (AssayException)
        {
            return "cannot be read";
        }
    }

    private static IEnumerable<string> ProblemsOfCounts(SqliteConnection connection, Dictionary<string, long> counts)
    {
        (string Name, string Sql)[] counted =
        [
            (EventCounts.Traces, "SELECT count(*) FROM trace"),
            (EventCounts.Spans, "SELECT coalesce(sum(spans), 0) FROM trace"),
            (EventCounts.Logs, "SELECT count(*) FROM log"),
            (EventCounts.Scores, "SELECT count(*) FROM score"),
        ];
        foreach (var (name, sql) in counted)
        {
            using var query = new Statement(connection, sql);
            var rows = query.Step() ? query.Long(0) : 0;
            if (rows != counts.GetValueOrDefault(name))
            {
                yield return $"there are {rows} {name}, the store counted {counts.GetValueOrDefault(name)}";
            }
        }

        using var lost = new Statement(
            connection,
            "SELECT count(*) FROM trace t WHERE NOT EXISTS (SELECT 1 FROM span_block b WHERE b.position = t.last_block)"
        );
        if (lost.Step() && lost.Long(0) > 0)
        {
            yield return $"{lost.Long(0)} traces have no block";
        }
    }

    /// <summary>Finer sums are compared where they are kept.</summary>
    private static IEnumerable<string> ProblemsOfSums(SqliteConnection connection, Dictionary<string, long> counts)
    {
        foreach (var width in SumKey.Widths[..^1])
        {
            using var hours = new Statement(
                connection,
                """
                SELECT series, hour, sum(whole), sum(parts) FROM (
                  SELECT series, at AS hour, count AS whole, 0 AS parts FROM sums WHERE minutes = 60 UNION ALL
                  SELECT series, at - ((at % 60) + 60) % 60, 0, count FROM sums WHERE minutes = ?1)
                WHERE hour >= ?2 GROUP BY series, hour HAVING sum(whole) <> sum(parts)
                """
            );
            hours.Bind(1, width).Bind(2, counts.GetValueOrDefault(KeptSums.CountOf(width), long.MinValue));
            while (hours.Step())
            {
                var at = DateTimeOffset.UnixEpoch.AddMinutes(hours.Long(1));
                yield return $"the sums of {(Series)hours.Long(0)} at {at:u} are {hours.Long(2)} by the hour and {hours.Long(3)} by {width} minutes";
            }
        }
    }
}
