using System.Buffers.Binary;
using Assay.Embedded.Events.Sums;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Writes log records and scores, each key once.</summary>
internal sealed class RecordWriter(SqliteConnection connection, LabelBook labels, EventCounts counts) : IDisposable
{
    private static readonly string[] Severities = [.. Enum.GetNames<LogSeverity>().Select(n => n.ToLowerInvariant())];
    private static readonly string[] Kinds = [.. Enum.GetNames<ScoreKind>().Select(n => n.ToLowerInvariant())];

    private readonly byte[] key = new byte[16];
    private readonly byte[] trace = new byte[16];

    private readonly Statement insertLog = new(
        connection,
        "INSERT OR IGNORE INTO log(position, key, time, severity, source, trace, span, message, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    private readonly Statement insertScore = new(
        connection,
        """
        INSERT OR IGNORE INTO score(position, key, time, kind, source, name, value, label, reason, operation, variant, prompt, trace, span)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    );

    /// <summary>Writes the records that are new, and gives them.</summary>
    public IReadOnlyList<LogEvent> Write(IReadOnlyList<LogEvent> logs, SumParts parts, LateEvents late)
    {
        var fresh = new List<LogEvent>(logs.Count);
        foreach (var log in logs)
        {
            if (!late.Refuse(log) && Insert(log))
            {
                fresh.Add(log);
                parts.Add(LabelsOf(log), log.TimeNanos, SumPart.OfLog);
            }
        }

        return fresh;
    }

    /// <summary>Writes the scores that are new, and gives them.</summary>
    public IReadOnlyList<ScoreEvent> Write(IReadOnlyList<ScoreEvent> scores, SumParts parts, LateEvents late)
    {
        var fresh = new List<ScoreEvent>(scores.Count);
        foreach (var score in scores)
        {
            if (!late.Refuse(score) && Insert(score))
            {
                fresh.Add(score);
                parts.Add(LabelsOf(score), score.TimeNanos, SumPart.OfScore(score.Value));
            }
        }

        return fresh;
    }

    public void Dispose()
    {
        insertLog.Dispose();
        insertScore.Dispose();
    }

    private bool Insert(LogEvent log)
    {
        BinaryPrimitives.WriteUInt128BigEndian(key, log.Key);
        insertLog.Bind(1, counts[EventCounts.Position] + 1).Bind(2, key).Bind(3, log.TimeNanos).Bind(4, (long)log.Severity).Bind(5, labels.Keep(log.Source));
        insertLog.Bind(6, KeyOf(log.Trace)).Bind(7, (long)log.Span.Value).Bind(8, log.Message).Bind(9, log.Body.Span);
        return WasNew(insertLog);
    }

    private bool Insert(ScoreEvent score)
    {
        insertScore.Bind(1, counts[EventCounts.Position] + 1).Bind(2, score.Key).Bind(3, score.TimeNanos).Bind(4, (long)score.Kind);
        insertScore.Bind(5, labels.Keep(score.Source)).Bind(6, score.Name).Bind(7, score.Value).Bind(8, score.Label).Bind(9, score.Reason);
        insertScore.Bind(10, score.Operation).Bind(11, score.Variant).Bind(12, score.Prompt).Bind(13, KeyOf(score.Trace)).Bind(14, (long)score.Span.Value);
        return WasNew(insertScore);
    }

    private bool WasNew(Statement insert)
    {
        var isNew = insert.Run() == 1;
        if (isNew)
        {
            counts.Next(EventCounts.Position);
        }

        return isNew;
    }

    private ReadOnlySpan<byte> KeyOf(TraceId id)
    {
        BinaryPrimitives.WriteUInt128BigEndian(trace, id.Value);
        return id.IsPresent ? trace : default;
    }

    private static Labels LabelsOf(LogEvent log) =>
        new(Series.Logs, log.Source.Service, log.Source.Version, log.Source.Environment, "", Severities[(int)log.Severity], log.Source.Scope, "", "");

    private static Labels LabelsOf(ScoreEvent score) =>
        new(
            Series.Scores,
            score.Source.Service,
            score.Source.Version,
            score.Source.Environment,
            score.Operation,
            Kinds[(int)score.Kind],
            score.Name,
            score.Variant,
            score.Prompt
        );
}
