using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Sqlite;

/// <summary>Work that waits for the writer, and the task of the one who waits for it.</summary>
internal abstract class WriteJob(JobSize size, CancellationToken cancellation)
{
    public JobSize Size => size;

    /// <summary>Whether nobody waits any more, so that it need not begin.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    public abstract void Work(SqliteConnection connection);

    public abstract void Done();

    public abstract void Fail(Exception reason);
}

/// <inheritdoc/>
internal sealed class WriteJob<T>(Func<SqliteConnection, T> work, JobSize size, CancellationToken cancellation) : WriteJob(size, cancellation)
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Completion => done.Task;

    public override void Work(SqliteConnection connection) => result = work(connection);

    public override void Done() => done.TrySetResult(result);

    public override void Fail(Exception reason) => done.TrySetException(reason);
}
