using System.Text;
using Assay.Embedded.Documents;
using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Stores.Tests.Safety;

/// <summary>A disk without room, as SQLite tells of it: the file may not grow beyond a number of pages.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_nothing_acknowledged_is_lost_and_writing_goes_on_when_there_is_room()
    {
        using var place = new TestFolder();
        var acknowledged = new List<string>();
        await using (var file = await SqliteFile.OpenAsync(place["assay.db"], SqliteDocumentStore.Migrations, Ended))
        {
            using var store = new SqliteDocumentStore(file, TimeProvider.System);
            await LimitAsync(file, pages: 60);
            await FillAsync(store, acknowledged);
            var refused = await FillAsync(store, acknowledged, atOnce: 1);
            refused.ExitCode.ShouldBe(ExitCode.Infrastructure);
            refused.Message.ShouldContain("disk");
            acknowledged.Count.ShouldBeGreaterThan(3);

            (await KeysAsync(store)).ShouldBe(acknowledged, ignoreOrder: true);
            await Should.ThrowAsync<AssayException>(() => store.PutAsync(Large("still-full"), Ended));

            await LimitAsync(file, pages: 100_000);
            (await store.PutAsync(Large("room"), Ended)).Done.ShouldBeTrue();
            acknowledged.Add("room");
        }

        await using var again = await SqliteFile.OpenAsync(place["assay.db"], SqliteDocumentStore.Migrations, Ended);
        using var reopened = new SqliteDocumentStore(again, TimeProvider.System);
        (await KeysAsync(reopened)).ShouldBe(acknowledged, ignoreOrder: true);
    }

    [Fact]
    public async Task Watchers_do_not_hear_of_what_a_full_disk_refused()
    {
        using var place = new TestFolder();
        await using var file = await SqliteFile.OpenAsync(place["assay.db"], SqliteDocumentStore.Migrations, Ended);
        using var store = new SqliteDocumentStore(file, TimeProvider.System);
        var changes = store.WatchAsync("things", Ended);
        await LimitAsync(file, pages: 60);
        var acknowledged = new List<string>();
        await FillAsync(store, acknowledged);
        await LimitAsync(file, pages: 100_000);
        await store.PutAsync(Large("last"), Ended);
        var seen = new List<string>();
        await foreach (var change in changes)
        {
            seen.Add(change.Key);
            if (change.Key == "last")
            {
                break;
            }
        }

        seen.ShouldBe(acknowledged.Append("last"), ignoreOrder: true);
    }

    private static async Task<AssayException> FillAsync(SqliteDocumentStore store, List<string> acknowledged, int atOnce = 4)
    {
        // Several at a time, so that commits hold more than one write.
        for (var i = 0; ; i += atOnce)
        {
            var writes = Enumerable.Range(i, atOnce).Select(n => (Key: $"{atOnce}-{n}", Task: store.PutAsync(Large($"{atOnce}-{n}"), Ended))).ToList();
            AssayException? refused = null;
            foreach (var (key, task) in writes)
            {
                try
                {
                    await task;
                    acknowledged.Add(key);
                }
                catch (AssayException e)
                {
                    refused = e;
                }
            }

            if (refused is not null)
            {
                return refused;
            }
        }
    }

    private static DocumentWrite Large(string key) => new("things", key, Encoding.UTF8.GetBytes($"\"{new string('x', 12_000)}\""));

    private static async Task<List<string>> KeysAsync(SqliteDocumentStore store) =>
        [.. (await store.ListAsync(new DocumentQuery("things") { Limit = 10_000 }, Ended)).Select(d => d.Key)];

    private static Task<long> LimitAsync(SqliteFile file, int pages) =>
        file.Writer.RunAsync(
            connection =>
            {
                using var command = new SqliteCommand($"PRAGMA max_page_count={pages}", connection, null);
                command.Transaction = connection.CreateCommand().Transaction;
                return (long)command.ExecuteScalar()!;
            },
            Ended
        );
}
