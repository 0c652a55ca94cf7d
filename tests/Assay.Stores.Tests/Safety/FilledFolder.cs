using System.Text;
using Assay.Embedded;
using Assay.Embedded.Safety;

namespace Assay.Stores.Tests.Safety;

/// <summary>A data folder with documents <c>0</c>, <c>1</c>, … which were written one after the other.</summary>
internal sealed class FilledFolder : IDisposable
{
    private readonly TestFolder place = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public string Data => place["data"];

    public string Database => Path.Combine(Data, "assay.db");

    public string this[string name] => place[name];

    public static async Task<FilledFolder> CreateAsync(int documents)
    {
        var filled = new FilledFolder();
        await using var store = await filled.OpenAsync();
        await WriteAsync(store, 0, documents);
        return filled;
    }

    /// <summary>A folder as a process leaves it that is killed: the database of a moment ago, and a log with what came since.</summary>
    public static async Task<FilledFolder> CreateKilledAsync(int documents)
    {
        using var living = new FilledFolder();
        (await living.OpenAsync()).DisposeAsync().AsTask().Wait(Ended);
        await using var store = await living.OpenAsync();
        await WriteAsync(store, 0, documents);
        var killed = new FilledFolder();
        Directory.CreateDirectory(killed.Data);
        foreach (var name in (string[])["assay.db", "assay.db-wal"])
        {
            Copy(Path.Combine(living.Data, name), Path.Combine(killed.Data, name));
        }

        return killed;
    }

    public Task<EmbeddedStore> OpenAsync() => EmbeddedStore.OpenAsync(Data, TimeProvider.System, Ended);

    public static async Task WriteAsync(EmbeddedStore store, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            (await store.Documents.PutAsync(new DocumentWrite("things", $"{i}", Json(i)), Ended)).Done.ShouldBeTrue();
        }
    }

    /// <summary>How many documents there are; those must be the first ones, whole.</summary>
    public static async Task<int> CountAsync(EmbeddedStore store)
    {
        var there = await store.Documents.ListAsync(new DocumentQuery("things") { Limit = 10_000 }, Ended);
        foreach (var document in there)
        {
            int.Parse(document.Key).ShouldBeLessThan(there.Count);
            document.Json.Span.SequenceEqual(Json(int.Parse(document.Key))).ShouldBeTrue();
        }

        return there.Count;
    }

    public async Task<int> CountAsync()
    {
        await using var store = await OpenAsync();
        return await CountAsync(store);
    }

    /// <summary>Backs it up into the file of a name beside it.</summary>
    public DataBackupReport Backup(TimeProvider clock, string name = "backup") => DataBackup.Run(Data, this[name], clock, _ => { }, Ended);

    /// <summary>Names of the files beside it that are no backup.</summary>
    public string?[] LeftBehind() => [.. Directory.GetFiles(Path.GetDirectoryName(this["backup"])!).Select(Path.GetFileName).Where(n => n != "backup")];

    public void Dispose() => place.Dispose();

    // Long enough that some reach over several pages.
    private static byte[] Json(int i) =>
        Encoding.UTF8.GetBytes($$"""{"number": {{i}}, "text": "{{new string((char)('a' + (i % 26)), (i * 1237 + 500) % 9000)}}"}""");

    // The files of a running store are open: they are read without asking for them alone.
    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
