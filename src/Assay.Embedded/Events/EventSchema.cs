using Assay.Embedded.Events.Experiments;
using Assay.Embedded.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>
/// The tables of events. Times of events are nanoseconds since 1970 UTC, times of sums minutes. Ids of spans are 64 bits read as signed numbers,
/// ids of traces 16 bytes. Spans lie in blocks of many traces; a trace knows its last block, and a block names for each of its traces the one before.
/// </summary>
internal static class EventSchema
{
    public static readonly IReadOnlyList<Migration> Migrations =
    [
        new(
            2,
            """
            CREATE TABLE span_block(position INTEGER PRIMARY KEY, spans INTEGER NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL);
            CREATE TABLE trace(id BLOB PRIMARY KEY, first_block INTEGER NOT NULL, last_block INTEGER NOT NULL, spans INTEGER NOT NULL, failed INTEGER NOT NULL,
              first_start INTEGER NOT NULL, last_end INTEGER NOT NULL, cost BLOB, owner BLOB) WITHOUT ROWID;
            CREATE INDEX trace_end ON trace(last_end);
            CREATE TABLE source(id INTEGER PRIMARY KEY, service TEXT NOT NULL, version TEXT NOT NULL, environment TEXT NOT NULL,
              scope TEXT NOT NULL, resource BLOB, seen INTEGER NOT NULL);
            CREATE TABLE labels(id INTEGER PRIMARY KEY, series INTEGER NOT NULL, service TEXT NOT NULL, version TEXT NOT NULL, environment TEXT NOT NULL,
              operation TEXT NOT NULL, category TEXT NOT NULL, name TEXT NOT NULL, variant TEXT NOT NULL, prompt TEXT NOT NULL, last_hour INTEGER NOT NULL);
            CREATE INDEX labels_series ON labels(series);
            CREATE INDEX labels_hour ON labels(last_hour);
            CREATE TABLE request(start INTEGER NOT NULL, number INTEGER NOT NULL, labels INTEGER NOT NULL, failed INTEGER NOT NULL, duration INTEGER NOT NULL,
              trace BLOB NOT NULL, span INTEGER NOT NULL, parent INTEGER NOT NULL, category INTEGER NOT NULL, source INTEGER NOT NULL,
              correlation TEXT, use BLOB, PRIMARY KEY(start, number)) WITHOUT ROWID;
            CREATE INDEX request_labels ON request(labels, start, number);
            CREATE INDEX request_failed ON request(start, number) WHERE failed = 1;
            CREATE INDEX request_correlation ON request(correlation, start) WHERE correlation IS NOT NULL;
            CREATE TABLE log(position INTEGER PRIMARY KEY, key BLOB NOT NULL, time INTEGER NOT NULL, severity INTEGER NOT NULL, source INTEGER NOT NULL,
              trace BLOB, span INTEGER NOT NULL, message TEXT NOT NULL, body BLOB);
            CREATE UNIQUE INDEX log_key ON log(key);
            CREATE INDEX log_trace ON log(trace, time) WHERE trace IS NOT NULL;
            CREATE INDEX log_time ON log(time);
            CREATE TABLE score(position INTEGER PRIMARY KEY, key TEXT NOT NULL, time INTEGER NOT NULL, kind INTEGER NOT NULL, source INTEGER NOT NULL,
              name TEXT NOT NULL, value REAL NOT NULL, label TEXT NOT NULL, reason TEXT NOT NULL, operation TEXT NOT NULL, variant TEXT NOT NULL,
              prompt TEXT NOT NULL, trace BLOB, span INTEGER NOT NULL);
            CREATE UNIQUE INDEX score_key ON score(key);
            CREATE INDEX score_trace ON score(trace, time) WHERE trace IS NOT NULL;
            CREATE INDEX score_time ON score(time);
            CREATE TABLE sums(series INTEGER NOT NULL, minutes INTEGER NOT NULL, at INTEGER NOT NULL, labels INTEGER NOT NULL,
              count INTEGER NOT NULL, failed INTEGER NOT NULL, figures BLOB NOT NULL, PRIMARY KEY(series, minutes, at, labels)) WITHOUT ROWID;
            CREATE TABLE event_count(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            """
        ),
        ExperimentSchema.Migration,
    ];
}
