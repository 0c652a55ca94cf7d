using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Documents;

/// <summary>
/// Lets writes wait for their turn instead of being refused: documents are few and matter, and the writer's queue may be full of events for a moment.
/// </summary>
internal sealed class WriteTurns(SqliteWriter writer)
{
    /// <summary>How often a full queue is asked again, about 30 seconds in all.</summary>
    private const int MostTries = 1500;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <exception cref="StoreBusyException">The queue was full all the time.</exception>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> job)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await writer.RunAsync(job, CancellationToken.None);
            }
            catch (StoreBusyException) when (tries < MostTries)
            {
                await Task.Delay(BetweenTries);
            }
        }
    }
}
