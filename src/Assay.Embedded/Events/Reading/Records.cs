using System.Buffers.Binary;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>Reads log records and scores.</summary>
internal static class Records
{
    public static List<LogEvent> ReadLogs(SqliteConnection connection, string where, Action<Statement> bind, Func<long, TelemetrySource> source) =>
        Read(connection, $"SELECT position, key, source, time, severity, message, trace, span, body FROM log {where}", bind, row => ReadLog(row, source));

    public static List<ScoreEvent> ReadScores(SqliteConnection connection, string where, Action<Statement> bind, Func<long, TelemetrySource> source) =>
        Read(
            connection,
            $"SELECT position, key, source, time, kind, name, value, label, reason, operation, variant, prompt, trace, span FROM score {where}",
            bind,
            row => ReadScore(row, source)
        );

    public static LogEvent ReadLog(Statement row, Func<long, TelemetrySource> source) =>
        new()
        {
            Key = BinaryPrimitives.ReadUInt128BigEndian(row.Bytes(1)),
            Source = source(row.Long(2)),
            TimeNanos = row.Long(3),
            Severity = (LogSeverity)row.Long(4),
            Message = row.Text(5),
            Trace = TraceOf(row, 6),
            Span = new SpanId((ulong)row.Long(7)),
            Body = row.Bytes(8).ToArray(),
        };

    public static ScoreEvent ReadScore(Statement row, Func<long, TelemetrySource> source) =>
        new()
        {
            Key = row.Text(1),
            Source = source(row.Long(2)),
            TimeNanos = row.Long(3),
            Kind = (ScoreKind)row.Long(4),
            Name = row.Text(5),
            Value = row.Double(6),
            Label = row.Text(7),
            Reason = row.Text(8),
            Operation = row.Text(9),
            Variant = row.Text(10),
            Prompt = row.Text(11),
            Trace = TraceOf(row, 12),
            Span = new SpanId((ulong)row.Long(13)),
        };

    private static List<T> Read<T>(SqliteConnection connection, string sql, Action<Statement> bind, Func<Statement, T> read)
    {
        using var query = new Statement(connection, sql);
        bind(query);
        var found = new List<T>();
        while (query.Step())
        {
            found.Add(read(query));
        }

        return found;
    }

    private static TraceId TraceOf(Statement row, int column) =>
        row.IsNull(column) ? default : new TraceId(BinaryPrimitives.ReadUInt128BigEndian(row.Bytes(column)));
}
