using System.Buffers.Binary;
using System.Globalization;
using Assay.Embedded.Events.Spans;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>Reads a page of requests, the newest first.</summary>
internal static class RequestReader
{
    private const int MostRows = 500;

    /// <summary>Up to so many label sets are each read from their index; more are looked for row by row.</summary>
    private const int FewLabels = 32;

    private const string Columns = """
        SELECT r.start, r.number, r.trace, r.span, r.parent, r.category, r.source, r.failed, r.duration, r.correlation, r.use,
          l.name, l.variant, l.prompt, t.spans, t.failed, t.cost
        """;

    private const string Joined = "JOIN labels l ON l.id = r.labels LEFT JOIN trace t ON t.id = r.trace";

    public static RequestPage Find(SqliteConnection connection, RequestQuery query)
    {
        if (query.Limit is < 1 or > MostRows)
        {
            throw AssayException.Usage($"A page of {query.Limit} requests was asked for.", $"Ask for 1 to {MostRows}.");
        }

        var filter = RequestFilter.Of(query, PageMark.Parse(query.After));
        var labels = filter.HasLabels ? FindLabels(connection, filter) : null;
        return labels is { Count: 0 } ? new RequestPage([], Next: null)
            : labels is { Count: <= FewLabels } && filter.IsOfTimeOnly ? FindByLabels(connection, filter, labels, query.Limit)
            : FindInOrder(connection, filter, query.Limit);
    }

    /// <summary>Goes through the requests from the newest on until the page is full.</summary>
    private static RequestPage FindInOrder(SqliteConnection connection, RequestFilter filter, int limit)
    {
        using var rows = new Statement(
            connection,
            $"{Columns} FROM request r {filter.Index} {Joined} WHERE {filter.Where} ORDER BY r.start DESC, r.number DESC LIMIT ?"
        );
        rows.Bind(filter.BindLabels(rows, filter.BindTime(rows, 1)), limit + 1);
        return Page(ReadAll(rows, Sources.Lookup(connection)), limit);
    }

    /// <summary>Takes the newest of each label set, which the index has in order, and of these the newest.</summary>
    private static RequestPage FindByLabels(SqliteConnection connection, RequestFilter filter, List<long> labels, int limit)
    {
        using var newest = new Statement(
            connection,
            $"SELECT r.start, r.number FROM request r INDEXED BY request_labels WHERE {filter.WhereTime} AND r.labels = ? ORDER BY r.start DESC, r.number DESC LIMIT ?"
        );
        var marks = new List<PageMark>();
        foreach (var label in labels)
        {
            var at = filter.BindTime(newest, 1);
            newest.Bind(at, label).Bind(at + 1, limit + 1);
            while (newest.Step())
            {
                marks.Add(new PageMark(newest.Long(0), newest.Long(1)));
            }
        }

        using var row = new Statement(connection, $"{Columns} FROM request r {Joined} WHERE r.start = ? AND r.number = ?");
        var source = Sources.Lookup(connection);
        return Page([.. Newest(marks, limit + 1).SelectMany(m => ReadAll(row.Bind(1, m.Start).Bind(2, m.Number), source))], limit);
    }

    private static IEnumerable<PageMark> Newest(List<PageMark> marks, int count) =>
        marks.OrderByDescending(m => m.Start).ThenByDescending(m => m.Number).Take(count);

    private static List<long> FindLabels(SqliteConnection connection, RequestFilter filter)
    {
        using var query = new Statement(connection, $"{filter.Labels} LIMIT ?");
        query.Bind(filter.BindLabels(query, 1), FewLabels + 1);
        var found = new List<long>();
        while (query.Step())
        {
            found.Add(query.Long(0));
        }

        return found;
    }

    private static List<(RequestRow Row, PageMark Mark)> ReadAll(Statement rows, Func<long, TelemetrySource> source)
    {
        var found = new List<(RequestRow, PageMark)>();
        while (rows.Step())
        {
            found.Add((ReadRow(rows, source), new PageMark(rows.Long(0), rows.Long(1))));
        }

        return found;
    }

    /// <summary>One row more than the page was asked for: whether it is there says whether there is a next page.</summary>
    private static RequestPage Page(List<(RequestRow Row, PageMark Mark)> found, int limit) =>
        new([.. found.Take(limit).Select(f => f.Row)], found.Count > limit ? found[limit - 1].Mark.ToString() : null);

    private static RequestRow ReadRow(Statement row, Func<long, TelemetrySource> source)
    {
        var request = new SpanEvent
        {
            IsRequest = true,
            StartNanos = row.Long(0),
            Trace = new TraceId(BinaryPrimitives.ReadUInt128BigEndian(row.Bytes(2))),
            Span = new SpanId((ulong)row.Long(3)),
            Parent = new SpanId((ulong)row.Long(4)),
            Category = (SpanCategory)row.Long(5),
            Source = source(row.Long(6)),
            Failed = row.Long(7) != 0,
            DurationNanos = row.Long(8),
            CorrelationId = row.Text(9),
            Use = SpanCodec.ReadUse(row.Bytes(10)),
            Name = row.Text(11),
            Variant = row.Text(12),
            Prompt = row.Text(13),
        };
        return new RequestRow(request, (int)row.Long(14), (int)row.Long(15), UseSum.ReadTotals(row.Bytes(16)));
    }
}

/// <summary>Where a page ends: the begin of its last request and its number.</summary>
internal sealed record PageMark(long Start, long Number)
{
    public static PageMark? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split('.');
        return
            parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PageMark(start, number)
            : throw AssayException.Usage($"'{text}' is no mark of a page.", "Use the `next` of the page before, or none for the first page.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}.{Number}");
}
