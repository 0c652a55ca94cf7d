using Assay.Embedded.Events.Experiments.Reading;
using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Stores.Tests.Events.Experiments;

public sealed class SameReadersTests : IAsyncLifetime
{
    private static readonly Migration[] Tables = [new(1, "CREATE TABLE t(x INTEGER)")];

    private readonly TestFolder place = new();
    private SqliteFile file = null!;
    private int writes;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => file = await SqliteFile.OpenAsync(place["assay.db"], Tables, Cancel);

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        place.Dispose();
    }

    [Fact]
    public async Task They_see_the_file_at_one_time_although_others_write_while_they_begin()
    {
        writes = 4;
        await using var readers = await SameReaders.OpenAsync(file, 3, StampAndWrite, Cancel);
        var seen = await Task.WhenAll(Enumerable.Range(0, readers.Count).Select(i => readers.RunAsync(i, Count, Cancel)));
        seen.ShouldBe([4L, 4, 4]);
    }

    [Fact]
    public async Task One_is_enough_when_others_never_stop_writing()
    {
        writes = int.MaxValue;
        await using var readers = await SameReaders.OpenAsync(file, 3, StampAndWrite, Cancel);
        readers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task They_hold_the_file_as_it_was()
    {
        await using (var readers = await SameReaders.OpenAsync(file, 2, Count, Cancel))
        {
            Write();
            (await readers.RunAsync(0, Count, Cancel)).ShouldBe(0);
            (await readers.RunAsync(1, Count, Cancel)).ShouldBe(0);
        }

        (await file.ReadAsync(Count, Cancel)).ShouldBe(1);
    }

    private long StampAndWrite(SqliteConnection connection)
    {
        var stamp = Count(connection);
        if (writes-- > 0)
        {
            Write();
        }

        return stamp;
    }

    private void Write() =>
        file
            .Writer.RunAsync(
                connection =>
                {
                    using var insert = new Statement(connection, "INSERT INTO t VALUES (1)");
                    return insert.Run();
                },
                CancellationToken.None
            )
            .Wait(Cancel);

    private static long Count(SqliteConnection connection)
    {
        using var count = new Statement(connection, "SELECT count(*) FROM t");
        return count.Step() ? count.Long(0) : 0;
    }
}
