using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Stores.Tests.Sqlite;

public sealed class SqliteWriterTests : IAsyncLifetime
{
    private static readonly Migration[] Tables = [new(1, "CREATE TABLE t(x INTEGER, fill BLOB)")];

    private readonly string folder = Directory.CreateTempSubdirectory("assay-writer-").FullName;
    private SqliteFile file = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(folder, "assay.db");

    public async ValueTask InitializeAsync() => file = await SqliteFile.OpenAsync(Path, Tables, Cancel);

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_job_that_throws_takes_back_only_its_own()
    {
        using var gate = new ManualResetEventSlim();
        var first = await Hold(gate);
        var before = Insert(1);
        var failing = file.Writer.RunAsync<int>(
            c =>
            {
                Insert(c, 2);
                throw new InvalidOperationException("no");
            },
            Cancel
        );
        var after = Insert(3);
        gate.Set();

        await first.Job;
        await before;
        await Should.ThrowAsync<InvalidOperationException>(failing);
        await after;
        (await All()).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task A_full_disk_fails_what_waits_and_writing_goes_on_when_there_is_room()
    {
        await Insert(1);
        await Pages(await Number("PRAGMA page_count") + 2);
        using var gate = new ManualResetEventSlim();
        var first = await Hold(gate);
        var small = Insert(2);
        var large = file.Writer.RunAsync(c => Insert(c, 3, 100_000), Cancel);
        gate.Set();

        var full = await Should.ThrowAsync<AssayException>(large);
        full.ExitCode.ShouldBe(ExitCode.Infrastructure);
        full.Fix.ShouldContain("room");
        await Should.ThrowAsync<AssayException>(first.Job);
        await Should.ThrowAsync<AssayException>(small);

        await Pages(1_000_000);
        await Insert(4);
        (await All()).ShouldBe([1, 4]);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_its_jobs_and_the_next_group_is_written()
    {
        await file.Writer.RunAsync(
            c =>
            {
                Execute(c, "CREATE TABLE parent(id INTEGER PRIMARY KEY); CREATE TABLE child(id INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)");
                return 0;
            },
            Cancel
        );
        using var gate = new ManualResetEventSlim();
        var first = await Hold(gate);
        var orphan = file.Writer.RunAsync(c => Execute(c, "INSERT INTO child VALUES (5)"), Cancel);
        gate.Set();

        (await Should.ThrowAsync<AssayException>(orphan)).ExitCode.ShouldBe(ExitCode.Infrastructure);
        await Should.ThrowAsync<AssayException>(first.Job);
        await Insert(1);
        (await All()).ShouldBe([1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_statement_that_was_left_in_the_middle_can_be_used_by_the_next(bool atCommit)
    {
        await Insert(1);
        await Insert(2);
        Statement? left = null;
        var isBroken = atCommit;
        var making = file.Writer.RunAsync(
            c =>
            {
                left = new Statement(c, "SELECT x FROM t WHERE x >= ?");
                void Break()
                {
                    if (isBroken)
                    {
                        isBroken = false;
                        left.Bind(1, 1).Step().ShouldBeTrue();
                        throw new InvalidOperationException("damaged");
                    }
                }

                file.Writer.Join(new WriteHooks(Break, () => { }, () => left.Dispose()));
                return 0;
            },
            Cancel
        );
        if (atCommit)
        {
            await Should.ThrowAsync<InvalidOperationException>(making);
        }
        else
        {
            await making;
            await Should.ThrowAsync<InvalidOperationException>(() =>
                file.Writer.RunAsync<int>(
                    _ =>
                    {
                        left!.Bind(1, 1).Step().ShouldBeTrue();
                        throw new InvalidOperationException("damaged");
                    },
                    Cancel
                )
            );
        }

        (await file.Writer.RunAsync(_ => left!.Bind(1, 2).Step() ? left.Long(0) : 0, Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        using var gate = new ManualResetEventSlim();
        var first = await Hold(gate);
        var waiting = Enumerable.Range(0, 4).Select(i => file.Writer.RunAsync(c => Insert(c, i), new JobSize(16_384, 0), Cancel)).ToList();
        await Should.ThrowAsync<StoreBusyException>(() => file.Writer.RunAsync(c => Insert(c, 9), new JobSize(1, 0), Cancel));
        gate.Set();
        await first.Job;
        await Task.WhenAll(waiting);

        gate.Reset();
        first = await Hold(gate);
        var wide = file.Writer.RunAsync(c => Insert(c, 10), new JobSize(1, 1L << 40), Cancel);
        await Should.ThrowAsync<StoreBusyException>(() => file.Writer.RunAsync(c => Insert(c, 11), new JobSize(1, 1), Cancel));
        gate.Set();
        await Task.WhenAll(first.Job, wide);
        (await All()).ShouldBe([0, 1, 2, 3, 10]);
    }

    [Fact]
    public async Task Nobody_waits_for_ever_on_too_many_jobs()
    {
        using var gate = new ManualResetEventSlim();
        var first = await Hold(gate);
        var waiting = Enumerable.Range(0, 1024).Select(Insert).ToList();
        await Should.ThrowAsync<StoreBusyException>(() => Insert(1024));
        gate.Set();
        await first.Job;
        await Task.WhenAll(waiting);
        (await All()).Count.ShouldBe(1024);
    }

    [Fact]
    public async Task A_job_that_nobody_waits_for_is_not_begun()
    {
        using var gate = new ManualResetEventSlim();
        var first = await Hold(gate);
        using var source = new CancellationTokenSource();
        var cancelled = file.Writer.RunAsync(c => Insert(c, 1), source.Token);
        await source.CancelAsync();
        gate.Set();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        await first.Job;
        await Insert(2);
        (await All()).ShouldBe([2]);
    }

    [Fact]
    public async Task Waiting_jobs_are_written_before_the_file_closes()
    {
        using var gate = new ManualResetEventSlim();
        var first = await Hold(gate);
        var waiting = Enumerable.Range(0, 20).Select(Insert).ToList();
        var closing = file.DisposeAsync();
        gate.Set();
        await first.Job;
        await Task.WhenAll(waiting);
        await closing;
        Should.Throw<ObjectDisposedException>(() => file.Writer.RunAsync(_ => 0, Cancel));

        file = await SqliteFile.OpenAsync(Path, Tables, Cancel);
        (await All()).Count.ShouldBe(20);
    }

    [Fact]
    public async Task The_log_stays_small_under_lasting_load()
    {
        for (var i = 0; i < 200; i++)
        {
            await file.Writer.RunAsync(c => Insert(c, i, 1_000_000), Cancel);
        }

        new FileInfo(Path + "-wal").Length.ShouldBeLessThan(WalKeeper.MostBytes + (8 << 20));
    }

    /// <summary>Holds the writer within a group that takes in what arrives meanwhile.</summary>
    private async Task<Held> Hold(ManualResetEventSlim gate)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = file.Writer.RunAsync(
            _ =>
            {
                begun.SetResult();
                gate.Wait(Cancel);
                return 0;
            },
            Cancel
        );
        await begun.Task;
        return new Held(job);
    }

    private Task<int> Insert(int x) => file.Writer.RunAsync(c => Insert(c, x), Cancel);

    private Task<int> Pages(long most) => file.Writer.RunAsync(c => Execute(c, $"PRAGMA max_page_count={most}"), Cancel);

    private Task<long> Number(string sql) =>
        file.ReadAsync(
            c =>
            {
                using var query = new Statement(c, sql);
                return query.Step() ? query.Long(0) : 0;
            },
            Cancel
        );

    private Task<List<long>> All() =>
        file.ReadAsync(
            c =>
            {
                using var query = new Statement(c, "SELECT x FROM t ORDER BY x");
                var all = new List<long>();
                while (query.Step())
                {
                    all.Add(query.Long(0));
                }

                return all;
            },
            Cancel
        );

    private static int Insert(SqliteConnection connection, int x, int fill = 1) => Execute(connection, $"INSERT INTO t VALUES ({x}, zeroblob({fill}))");

    private static int Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private sealed record Held(Task<int> Job);
}
