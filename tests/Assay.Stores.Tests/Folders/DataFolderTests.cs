using Assay.Embedded;
using Assay.Embedded.Folders;

namespace Assay.Stores.Tests.Folders;

public sealed class DataFolderTests : IDisposable
{
    private static readonly SetClock Clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestFolder place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void A_folder_that_nobody_holds_has_no_holder()
    {
        DataFolder.FindHolder(place["nowhere"]).ShouldBeNull();
        DataFolder.FindHolder(place.Path).ShouldBeNull();
        Directory.Exists(place["nowhere"]).ShouldBeFalse();
    }

    [Fact]
    public void The_holder_is_found_with_its_address_until_it_lets_go()
    {
        using (var folder = DataFolder.Hold(place["data"], Clock))
        {
            DataFolder.FindHolder(place["data"]).ShouldBe(new FolderHolder(Environment.ProcessId, Clock.Now, Address: null));
            folder.Announce(new Uri("http://127.0.0.1:5080"));
            DataFolder.FindHolder(place["data"]).ShouldBe(new FolderHolder(Environment.ProcessId, Clock.Now, new Uri("http://127.0.0.1:5080")));
        }

        DataFolder.FindHolder(place["data"]).ShouldBeNull();
        using var again = DataFolder.Hold(place["data"], Clock);
    }

    [Fact]
    public void A_second_holder_is_refused_and_told_who_holds_the_folder_and_what_to_do()
    {
        using var first = DataFolder.Hold(place["data"], Clock);
        first.Announce(new Uri("http://127.0.0.1:5080"));
        var refused = Should.Throw<AssayException>(() => DataFolder.Hold(place["data"], Clock));
        refused.ExitCode.ShouldBe(ExitCode.Infrastructure);
        refused.Message.ShouldContain(place["data"]);
        refused.Message.ShouldContain($"process {Environment.ProcessId}");
        refused.Message.ShouldContain("http://127.0.0.1:5080");
        refused.Fix.ShouldContain("--data");
    }

    [Fact]
    public void A_file_that_a_dead_process_left_is_no_holder()
    {
        DataFolder.Hold(place["data"], Clock).Dispose();
        File.WriteAllText(
            Path.Combine(place["data"], "holder.json"),
            """{"process_id": 1, "since": "2026-01-01T00:00:00Z", "address": "http://127.0.0.1:1"}"""
        );
        DataFolder.FindHolder(place["data"]).ShouldBeNull();
        using var mine = DataFolder.Hold(place["data"], Clock);
        DataFolder.FindHolder(place["data"])!.ProcessId.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public void A_holder_whose_file_cannot_be_read_is_still_a_holder()
    {
        using var mine = DataFolder.Hold(place["data"], Clock);
        File.WriteAllText(Path.Combine(place["data"], "holder.json"), "{");
        DataFolder.FindHolder(place["data"])!.ToString().ShouldBe("another process");
        Should.Throw<AssayException>(() => DataFolder.Hold(place["data"], Clock)).Message.ShouldContain("another process");
    }

    [Fact]
    public async Task One_of_many_who_want_the_folder_at_once_gets_it()
    {
        var ended = TestContext.Current.CancellationToken;
        var holders = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(TryHold, ended)));
        var held = holders.Single(h => h is not null)!;
        held.Dispose();
    }

    [Fact]
    public async Task Looking_who_holds_the_folder_keeps_nobody_from_taking_it()
    {
        var ended = TestContext.Current.CancellationToken;
        DataFolder.Hold(place["data"], Clock).Dispose();
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    DataFolder.FindHolder(place["data"]);
                }
            },
            ended
        );
        for (var i = 0; i < 200; i++)
        {
            DataFolder.Hold(place["data"], Clock).Dispose();
        }

        await stop.CancelAsync();
        await looking;
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_folder_and_its_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        await using var store = await EmbeddedStore.OpenAsync(place["data"], Clock, TestContext.Current.CancellationToken);
        await store.Documents.PutAsync(new DocumentWrite("things", "k", "1"u8.ToArray()), TestContext.Current.CancellationToken);
        ModeOf(place["data"]).ShouldBe("700");
        Directory
            .GetFiles(place["data"])
            .Select(f => $"{Path.GetFileName(f)} {ModeOf(f)}")
            .Order()
            .ShouldBe(["assay.db 600", "assay.db-shm 600", "assay.db-wal 600", "holder.json 600", "lock 600"]);
    }

    [Fact]
    public void A_folder_that_was_there_keeps_its_rights()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var before = ModeOf(Directory.CreateDirectory(place["shared"]).FullName);
        using var held = DataFolder.Hold(place["shared"], Clock);
        ModeOf(place["shared"]).ShouldBe(before);
    }

    [Fact]
    public void A_place_that_is_no_folder_is_refused_with_a_reason()
    {
        File.WriteAllText(place["file"], "");
        var refused = Should.Throw<AssayException>(() => DataFolder.Hold(place["file"], Clock));
        (refused.ExitCode, refused.Message.Contains(place["file"])).ShouldBe((ExitCode.Infrastructure, true));
    }

    [Fact]
    public async Task A_second_store_on_one_folder_is_refused_and_the_first_goes_on()
    {
        var ended = TestContext.Current.CancellationToken;
        await using var first = await EmbeddedStore.OpenAsync(place["data"], Clock, ended);
        (await Should.ThrowAsync<AssayException>(() => EmbeddedStore.OpenAsync(place["data"], Clock, ended))).Message.ShouldContain("held by process");
        (await first.Documents.PutAsync(new DocumentWrite("things", "k", "1"u8.ToArray()), ended)).Done.ShouldBeTrue();
    }

    private DataFolder? TryHold()
    {
        try
        {
            return DataFolder.Hold(place["data"], Clock);
        }
        catch (AssayException)
        {
            return null;
        }
    }

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "none" : Convert.ToString((int)File.GetUnixFileMode(path), toBase: 8);
}
