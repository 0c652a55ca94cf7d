using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Tests.Clients;

/// <summary>A service's snapshot of flags, against something that answers as a hub over real HTTP.</summary>
public sealed class HubClientTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-client-").FullName;
    private readonly ScriptedHub hub = new() { Snapshot = TestSnapshots.Json("v1", isOn: true) };

    private string Kept => Path.Combine(folder, "sub", "snapshot.json");

    public async ValueTask InitializeAsync() => await hub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_kill_switch_reaches_a_running_service_by_the_stream()
    {
        await using var service = await StartAsync();
        await FollowedAsync(service);
        service.Flags.IsEnabled(TestSnapshots.Flag, "user-1").ShouldBeTrue();
        hub.Publish(TestSnapshots.Json("v2", isOn: false), "\"2\"");
        await Eventually.HoldsAsync(() => !service.Flags.IsEnabled(TestSnapshots.Flag, "user-1", fallback: true), "the flag is still on");
        service.Status.Version.ShouldBe("v2");
        service.Status.IsFollowed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_hub_that_dies_in_the_middle_of_its_stream_changes_nothing_and_is_found_again()
    {
        await using var service = await StartAsync();
        await FollowedAsync(service);
        await hub.DieAsync();
        await Eventually.HoldsAsync(() => !service.Status.IsFollowed, "the dead hub is followed");
        service.Flags.IsEnabled(TestSnapshots.Flag, "user-1").ShouldBeTrue();
        service.Status.Origin.ShouldBe(SnapshotOrigin.Hub);
        service.Status.ConfirmedAt.ShouldNotBeNull();

        (hub.Snapshot, hub.ETag) = (TestSnapshots.Json("v2", isOn: false), "\"2\"");
        await hub.StartAsync();
        await Eventually.HoldsAsync(() => service.Status is { IsFollowed: true, Version: "v2" }, "the hub was not found again");
        service.Flags.IsEnabled(TestSnapshots.Flag, "user-1", fallback: true).ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_that_starts_without_the_hub_has_the_flags_that_an_earlier_one_kept()
    {
        await using (var first = await StartAsync(kept: Kept))
        {
            await FollowedAsync(first);
        }

        await hub.DieAsync();
        await using var second = await StartAsync(kept: Kept);
        second.Status.Origin.ShouldBe(SnapshotOrigin.LastKnownGood);
        second.Flags.IsEnabled(TestSnapshots.Flag, "user-1").ShouldBeTrue();
        second.Status.ConfirmedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"flags\": 7}")]
    public async Task A_kept_snapshot_that_is_damaged_is_as_if_it_were_not_there(string content)
    {
        var path = Path.Combine(folder, "damaged.json");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        await hub.DieAsync();
        await using var service = await StartAsync(kept: path);
        service.Status.Origin.ShouldBe(SnapshotOrigin.None);
        service.Flags.IsEnabled(TestSnapshots.Flag, "user-1", fallback: true).ShouldBeTrue();
        service.Flags.IsEnabled(TestSnapshots.Flag, "user-1", fallback: false).ShouldBeFalse();
    }

    [Fact]
    public async Task A_snapshot_that_does_not_parse_keeps_the_one_before_and_the_file()
    {
        await using var service = await StartAsync(kept: Kept);
        await FollowedAsync(service);
        var kept = await File.ReadAllBytesAsync(Kept, TestContext.Current.CancellationToken);
        hub.Publish("{\"flags\": [{]}"u8.ToArray(), "\"bad\"");
        await Eventually.HoldsAsync(() => hub.Answers.Count >= 2, "the snapshot was not asked for");
        hub.Publish("no json at all"u8.ToArray(), "\"worse\"");
        await Eventually.HoldsAsync(() => hub.Answers.Count >= 3, "the snapshot was not asked for");
        service.Flags.IsEnabled(TestSnapshots.Flag, "user-1").ShouldBeTrue();
        service.Status.Version.ShouldBe("v1");
        (await File.ReadAllBytesAsync(Kept, TestContext.Current.CancellationToken)).ShouldBe(kept);

        // The mended one is taken, although it has the mark of the bad one.
        hub.Publish(TestSnapshots.Json("v3", isOn: false), "\"worse\"");
        await Eventually.HoldsAsync(() => service.Status.Version == "v3", "the mended snapshot was not taken");
    }

    [Fact]
    public async Task What_could_not_be_read_is_not_confirmed_by_signs_of_life()
    {
        await using var service = await StartAsync();
        await FollowedAsync(service);
        hub.Publish("{"u8.ToArray(), "\"bad\"");
        await Eventually.HoldsAsync(() => service.Malformed == 1, "the snapshot was not asked for");
        var confirmed = service.Status.ConfirmedAt;
        hub.Write(": beat\n\n: beat\n\n");
        hub.Publish("{"u8.ToArray(), "\"worse\"");
        await Eventually.HoldsAsync(() => service.Malformed == 2, "the snapshot was not asked for");
        service.Status.ConfirmedAt.ShouldBe(confirmed);
        await Eventually.HoldsAsync(() => !service.Status.IsFollowed, "changes do not arrive, but it says so");

        hub.Publish(TestSnapshots.Json("v3", isOn: false), "\"3\"");
        await FollowedAsync(service);
        (service.Status.Version, service.Status.ConfirmedAt > confirmed).ShouldBe(("v3", true));
    }

    [Fact]
    public async Task A_service_whose_first_snapshot_cannot_be_read_has_none()
    {
        hub.Snapshot = "{"u8.ToArray();
        await using var service = await StartAsync();
        await Eventually.HoldsAsync(() => service.Malformed == 1 && hub.OpenStreams == 1, "the snapshot was not asked for");
        hub.Write(": beat\n\n: beat\n\n");
        hub.Publish("{"u8.ToArray(), "\"worse\"");
        await Eventually.HoldsAsync(() => service.Malformed == 2, "the snapshot was not asked for");
        service.Status.ShouldBe(new SnapshotStatus(SnapshotOrigin.None, "", ConfirmedAt: null, IsFollowed: false));
    }

    [Fact]
    public async Task Without_a_stream_the_hub_is_asked_now_and_then_and_says_when_nothing_changed()
    {
        hub.HasStream = false;
        await using var service = await StartAsync();
        await Eventually.HoldsAsync(() => hub.Answers.Contains(304), "the hub was not asked again by its mark");
        service.Status.IsFollowed.ShouldBeFalse();
        (hub.Snapshot, hub.ETag) = (TestSnapshots.Json("v2", isOn: false), "\"2\"");
        await Eventually.HoldsAsync(() => service.Status.Version == "v2", "the change was not seen");
    }

    [Fact]
    public async Task Events_that_come_twice_or_out_of_order_end_with_what_the_hub_has_now()
    {
        await using var service = await StartAsync();
        await FollowedAsync(service);
        (hub.Snapshot, hub.ETag) = (TestSnapshots.Json("v9", isOn: false), "\"9\"");
        hub.Write(
            "event: snapshot\r\ndata: {\"version\":\"v9\"}\r\n\r\n: beat\n\nevent: snapshot\ndata: {\"version\":\"v1\"}\n\nevent: unheard\ndata: x\n\nevent: snapshot\n\n"
        );
        await Eventually.HoldsAsync(() => hub.Answers.Count >= 4, "not every event asked for the snapshot");
        service.Status.Version.ShouldBe("v9");
        hub.Answers.ShouldBe([200, 200, 304, 304]);
    }

    [Fact]
    public async Task A_line_without_end_ends_the_stream_and_not_the_service()
    {
        await using var service = await StartAsync();
        await FollowedAsync(service);
        hub.Write(new string('x', 200_000));
        await Eventually.HoldsAsync(() => hub.Answers.Count >= 2, "the stream was not opened anew");
        service.Flags.IsEnabled(TestSnapshots.Flag, "user-1").ShouldBeTrue();
    }

    [Fact]
    public async Task The_token_is_read_from_its_file_for_each_connection()
    {
        var file = Path.Combine(folder, "token");
        await File.WriteAllTextAsync(file, "first\n", TestContext.Current.CancellationToken);
        await using var service = await FlaggedService.StartAsync(o => (o.Hub, o.TokenFile) = (hub.Address, file));
        await FollowedAsync(service);
        await File.WriteAllTextAsync(file, "second\n", TestContext.Current.CancellationToken);
        hub.Publish(TestSnapshots.Json("v2", isOn: false), "\"2\"");
        await Eventually.HoldsAsync(() => hub.Tokens.Count >= 2, "the snapshot was not asked for");
        hub.Tokens.ShouldBe(["Bearer first", "Bearer second"]);
    }

    private Task<FlaggedService> StartAsync(string? kept = null) => FlaggedService.StartAsync(o => (o.Hub, o.SnapshotPath) = (hub.Address, kept));

    private static Task FollowedAsync(FlaggedService service) => Eventually.HoldsAsync(() => service.Status.IsFollowed, "the hub is not followed");
}
