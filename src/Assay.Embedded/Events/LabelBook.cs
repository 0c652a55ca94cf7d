using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Writes label sets and sources that the file does not have yet, and knows those of late.</summary>
internal sealed class LabelBook(SqliteConnection connection) : IDisposable
{
    private const int Bound = 8_192;

    private readonly Generations<Labels, long> labels = new(Bound);
    private readonly Generations<long, bool> sources = new(Bound);
    private readonly Statement addLabels = new(
        connection,
        "INSERT OR IGNORE INTO labels(id, series, service, version, environment, operation, category, name, variant, prompt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    private readonly Statement addSource = new(
        connection,
        "INSERT OR IGNORE INTO source(id, service, version, environment, scope, resource) VALUES (?, ?, ?, ?, ?, ?)"
    );

    public long IdOf(in Labels set)
    {
        if (labels.TryGet(set, out var id))
        {
            return id;
        }

        id = set.ToId();
        addLabels.Bind(1, id).Bind(2, (long)set.Series).Bind(3, set.Service).Bind(4, set.Version).Bind(5, set.Environment).Bind(6, set.Operation);
        addLabels.Bind(7, set.Category).Bind(8, set.Name).Bind(9, set.Variant).Bind(10, set.Prompt).Run();
        labels.Put(set, id);
        return id;
    }

    public long IdOf(Assay.Stores.TelemetrySource source)
    {
        var id = Sources.IdOf(source);
        if (!sources.TryGet(id, out _))
        {
            addSource.Bind(1, id).Bind(2, source.Service).Bind(3, source.Version).Bind(4, source.Environment).Bind(5, source.Scope);
            addSource.Bind(6, source.Resource.Span).Run();
            sources.Put(id, true);
        }

        return id;
    }

    public void ForgetAll()
    {
        labels.Clear();
        sources.Clear();
    }

    public void Dispose()
    {
        addLabels.Dispose();
        addSource.Dispose();
    }
}
