using System.Runtime.CompilerServices;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Senders, each stored once under 64 bits of the hash of its content.</summary>
internal static class Sources
{
    /// <summary>Instances are shared by the events of a batch: their ids live as long as they do.</summary>
    private static readonly ConditionalWeakTable<TelemetrySource, object> Known = [];

    public static long IdOf(TelemetrySource source) =>
        Known.TryGetValue(source, out var known) ? (long)known : (long)Known.GetValue(source, s => (object)Compute(s));

    /// <summary>Looks sources up, each once; for one reader.</summary>
    public static Func<long, TelemetrySource> Lookup(SqliteConnection connection)
    {
        var found = new Dictionary<long, TelemetrySource>();
        return id =>
        {
            if (!found.TryGetValue(id, out var source))
            {
                source = Find(connection, id) ?? new TelemetrySource("unknown_service", "", "", default, "");
                found.Add(id, source);
            }

            return source;
        };
    }

    private static TelemetrySource? Find(SqliteConnection connection, long id)
    {
        using var query = new Statement(connection, "SELECT service, version, environment, resource, scope FROM source WHERE id = ?");
        return query.Bind(1, id).Step() ? new TelemetrySource(query.Text(0), query.Text(1), query.Text(2), query.Bytes(3).ToArray(), query.Text(4)) : null;
    }

    private static long Compute(TelemetrySource source)
    {
        var bytes = new ByteWriter();
        bytes.Text(source.Service);
        bytes.Text(source.Version);
        bytes.Text(source.Environment);
        bytes.Text(source.Scope);
        bytes.Raw(source.Resource.Span);
        return Labels.Hash(bytes.Written);
    }
}
