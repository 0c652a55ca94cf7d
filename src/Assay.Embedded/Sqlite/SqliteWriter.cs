using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Sqlite;

/// <summary>The one thread that writes. Jobs that wait are committed together; a job's task completes when its commit is on disk.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly Channel<Job> waiting = Channel.CreateBounded<Job>(1024);
    private readonly Task loop;

    public SqliteWriter(SqliteConnection connection)
    {
        this.connection = connection;
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs a job in the next commit. A job that throws takes back what it did, not what others did.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> job, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T? result = default;
        await waiting.Writer.WriteAsync(new Job(c => result = job(c), () => done.SetResult(result!), done.SetException), cancellationToken);
        return await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
        await connection.DisposeAsync();
    }

    private void Run()
    {
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Commit();
        }
    }

    private void Commit()
    {
        var ran = new List<Job>();
        using var transaction = connection.BeginTransaction();
        while (ran.Count < 256 && waiting.Reader.TryRead(out var job))
        {
            transaction.Save("job");
            try
            {
                job.Work(connection);
                ran.Add(job);
            }
            catch (Exception e)
            {
                transaction.Rollback("job");
                job.Failed(e);
            }

            transaction.Release("job");
        }

        transaction.Commit();
        ran.ForEach(job => job.Done());
    }

    private sealed record Job(Action<SqliteConnection> Work, Action Done, Action<Exception> Failed);
}
