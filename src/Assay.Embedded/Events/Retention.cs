using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Deletes what is old, in steps that each hold the writer for a moment.</summary>
internal sealed class Retention(SqliteFile file, Func<SqliteConnection, EventWriter> writer)
{
    public async Task<long> DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        _ = (file, writer, time);
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        return 0;
    }
}
