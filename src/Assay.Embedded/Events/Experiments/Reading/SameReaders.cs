using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>Connections that all see the file as it was at one time, so that each may read a part of one answer.</summary>
internal sealed class SameReaders : IAsyncDisposable
{
    /// <summary>How often it is tried to begin on all of them between two commits; after that one does all the work.</summary>
    private const int MostTries = 10;

    private readonly IReadOnlyList<HeldReader> readers;

    private SameReaders(IReadOnlyList<HeldReader> readers) => this.readers = readers;

    public int Count => readers.Count;

    /// <summary>Opens them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="stamp">What tells one state of the file from the next.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static async Task<SameReaders> OpenAsync(SqliteFile file, int most, Func<SqliteConnection, long> stamp, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var held = new List<HeldReader>();
            var stamps = new HashSet<long>();
            try
            {
                for (var i = 0; i < (tries == MostTries ? 1 : most); i++)
                {
                    held.Add(await file.HoldReaderAsync(cancellationToken));
                    stamps.Add(await held[^1].RunAsync(stamp, cancellationToken));
                }
            }
            catch
            {
                held.ForEach(reader => reader.Dispose());
                throw;
            }

            if (stamps.Count == 1)
            {
                return new SameReaders(held);
            }

            held.ForEach(reader => reader.Dispose());
        }
    }

    /// <summary>Runs a query on one of them, which must be at rest.</summary>
    public Task<T> RunAsync<T>(int reader, Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        readers[reader].RunAsync(query, cancellationToken);

    public ValueTask DisposeAsync()
    {
        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
