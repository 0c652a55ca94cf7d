using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Writes label sets and senders that the file does not have yet, notes when they were last used, and knows those of late.</summary>
internal sealed class LabelBook(SqliteConnection connection, TimeProvider time) : IDisposable
{
    private const int Bound = 8_192;

    private readonly Generations<Labels, long> ids = new(Bound);
    private readonly Generations<long, long> kept = new(Bound);
    private readonly Generations<long, long> sources = new(Bound);
    private readonly Statement keep = new(
        connection,
        """
        INSERT INTO labels(id, series, service, version, environment, operation, category, name, variant, prompt, last_hour)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET last_hour = max(last_hour, excluded.last_hour)
        """
    );
    private readonly Statement keepSource = new(
        connection,
        """
        INSERT INTO source(id, service, version, environment, scope, resource, seen) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(id) DO UPDATE SET seen = excluded.seen
        """
    );

    /// <summary>The id of a label set, whether it is kept or not.</summary>
    public long IdOf(in Labels set)
    {
        if (!ids.TryGet(set, out var id))
        {
            id = set.ToId();
            ids.Put(set, id);
        }

        return id;
    }

    /// <summary>Makes sure that a label set is in the file and lives as long as an hour, in minutes since 1970.</summary>
    public long Keep(in Labels set, long hour)
    {
        var id = IdOf(set);
        if (!kept.TryGet(id, out var last) || last < hour)
        {
            keep.Bind(1, id).Bind(2, (long)set.Series).Bind(3, set.Service).Bind(4, set.Version).Bind(5, set.Environment).Bind(6, set.Operation);
            keep.Bind(7, set.Category).Bind(8, set.Name).Bind(9, set.Variant).Bind(10, set.Prompt).Bind(11, hour).Run();
            kept.Put(id, hour);
        }

        return id;
    }

    /// <summary>Makes sure that a sender is in the file; it lives as long as what came from it, by the store's clock.</summary>
    public long Keep(TelemetrySource source)
    {
        var id = Sources.IdOf(source);
        var hour = SourceHour(time.GetUtcNow());
        if (!sources.TryGet(id, out var seen) || seen != hour)
        {
            keepSource.Bind(1, id).Bind(2, source.Service).Bind(3, source.Version).Bind(4, source.Environment).Bind(5, source.Scope);
            keepSource.Bind(6, source.Resource.Span).Bind(7, hour).Run();
            sources.Put(id, hour);
        }

        return id;
    }

    public static long SourceHour(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    public void ForgetAll()
    {
        kept.Clear();
        sources.Clear();
    }

    public void Dispose()
    {
        keep.Dispose();
        keepSource.Dispose();
    }
}
