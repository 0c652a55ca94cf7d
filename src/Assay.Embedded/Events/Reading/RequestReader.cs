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

    public static RequestPage Find(SqliteConnection connection, RequestQuery query)
    {
        var limit = query.Limit is >= 1 and <= MostRows
            ? query.Limit
            : throw AssayException.Usage($"A page of {query.Limit} requests was asked for.", $"Ask for 1 to {MostRows}.");
        var filter = RequestFilter.Of(query, PageMark.Parse(query.After));
        using var rows = new Statement(
            connection,
            $"""
            SELECT r.start, r.number, r.trace, r.span, r.parent, r.category, r.source, r.failed, r.duration, r.correlation, r.use,
              l.name, l.variant, l.prompt, t.spans, t.failed, t.cost
            FROM request r {filter.Index} JOIN labels l ON l.id = r.labels LEFT JOIN trace t ON t.id = r.trace
            {filter.Where} ORDER BY r.start DESC, r.number DESC LIMIT {(limit + 1).ToString(CultureInfo.InvariantCulture)}
            """
        );
        filter.Bind(rows);
        return ReadPage(rows, limit, Sources.Lookup(connection));
    }

    private static RequestPage ReadPage(Statement rows, int limit, Func<long, TelemetrySource> source)
    {
        var found = new List<RequestRow>(limit);
        PageMark? mark = null;
        while (rows.Step())
        {
            if (found.Count == limit)
            {
                return new RequestPage(found, mark!.ToString());
            }

            found.Add(ReadRow(rows, source));
            mark = new PageMark(rows.Long(0), rows.Long(1));
        }

        return new RequestPage(found, Next: null);
    }

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
