using Assay.Embedded.Safety;
using Assay.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Sqlite;

/// <summary>
/// The one thread that writes. Jobs that wait are committed together; a job's task completes when its commit is on disk.
/// A job that throws takes back what it did alone; a commit that fails fails its jobs, and the next group starts anew.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>A commit takes so many jobs and events at most, so that nobody waits long for others.</summary>
    private const int MostJobs = 256;
    private const int MostEvents = 16_384;

    private readonly SqliteConnection connection;
    private readonly Statement save;
    private readonly Statement release;
    private readonly Statement back;
    private readonly WriteQueue waiting = new();
    private readonly List<WriteHooks> hooks = [];
    private readonly List<WriteJob> ran = [];
    private readonly WalKeeper wal;
    private readonly Task loop;

    public SqliteWriter(SqliteConnection connection)
    {
        this.connection = connection;
        // Before any statement is made: those made earlier would not be found.
        connection.Handle!.enable_sqlite3_next_stmt(enabled: true);
        save = new Statement(connection, "SAVEPOINT job");
        release = new Statement(connection, "RELEASE job");
        back = new Statement(connection, "ROLLBACK TO job");
        wal = new WalKeeper(connection);
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Lets a kit take part in commits; to be called within a job.</summary>
    public void Join(WriteHooks hook) => hooks.Add(hook);

    /// <summary>Runs a job in the next commit. A job that throws takes back what it did, not what others did.</summary>
    /// <exception cref="StoreBusyException">Too much waits already: nothing was done.</exception>
    /// <exception cref="AssayException">The disk is full or failed, or the file is damaged (exit code 4): nothing was kept.</exception>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> job, CancellationToken cancellationToken) => RunAsync(job, default, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{SqliteConnection, T}, CancellationToken)"/>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> job, JobSize size, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waits = new WriteJob<T>(job, size, cancellationToken);
        waiting.Add(waits);
        return waits.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Empties the log and cuts the file to what it holds; completes when that is done.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        await RunAsync(
            _ =>
            {
                wal.Trim();
                return 0;
            },
            cancellationToken
        );
        // The log is emptied after the commit of that job and before the next one begins.
        await RunAsync(_ => 0, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Close();
        await loop;
        hooks.ForEach(hook => hook.Close());
        wal.Dispose();
        save.Dispose();
        release.Dispose();
        back.Dispose();
        await connection.DisposeAsync();
        waiting.Dispose();
    }

    private void Run()
    {
        while (waiting.Take() is { } first)
        {
            try
            {
                ran.Add(first);
                Execute("BEGIN IMMEDIATE");
                RunGroup(first);
                hooks.ForEach(hook => hook.Flush());
                Execute("COMMIT");
                ran.ForEach(job => job.Done());
                wal.Written();
            }
            catch (Exception e)
            {
                FailGroup(e);
            }

            ran.Clear();
        }
    }

    /// <summary>A job that was taken out but did not run any more, as its group failed, fails with the group.</summary>
    private void RunGroup(WriteJob first)
    {
        var events = 0;
        for (var job = first; job is not null; job = ran.Count < MostJobs && events < MostEvents ? waiting.TryTake() : null)
        {
            events += job.Size.Events;
            if (job != first)
            {
                ran.Add(job);
            }

            if (job.IsCancelled || !TryRun(job))
            {
                ran.RemoveAt(ran.Count - 1);
            }
        }
    }

    private bool TryRun(WriteJob job)
    {
        save.Run();
        try
        {
            job.Work(connection);
            release.Run();
            return true;
        }
        catch (Exception e) when (IsInTransaction)
        {
            ResetAll();
            back.Run();
            release.Run();
            job.Fail(Explain(e));
            hooks.ForEach(hook => hook.Flush());
            hooks.ForEach(hook => hook.Forget());
            return false;
        }
    }

    /// <summary>SQLite takes back the whole transaction by itself after some errors, such as a full disk.</summary>
    private bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    private void FailGroup(Exception error)
    {
        var explained = Explain(error);
        ResetAll();
        hooks.ForEach(hook => hook.Forget());
        if (IsInTransaction)
        {
            raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        }

        ran.ForEach(job => job.Fail(explained));
    }

    /// <summary>A statement whose rows were left by an exception is busy, and refuses to be bound again.</summary>
    private void ResetAll()
    {
        for (var statement = raw.sqlite3_next_stmt(connection.Handle, null); statement is not null; )
        {
            raw.sqlite3_reset(statement);
            statement = raw.sqlite3_next_stmt(connection.Handle, statement);
        }
    }

    private Exception Explain(Exception error) => error is SqliteException fault ? DatabaseFault.Explain(fault, connection.DataSource) : error;

    private void Execute(string sql)
    {
        var code = raw.sqlite3_exec(connection.Handle, sql);
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
        }
    }
}
