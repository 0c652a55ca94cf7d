using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Assay.Server.Flags.Streams;
using Assay.Server.Tests.Slos;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Flags;

public sealed class SnapshotStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_snapshot_is_what_the_hub_evaluates_and_is_sent_once()
    {
        await using var hub = await FlagHub.StartAsync();
        var first = await Answered.GetAsync(hub.Client, "/api/v1/snapshot");
        var snapshot = Snapshot.FromJson(Encoding.UTF8.GetBytes(first.Text));
        first.Headers["etag"].ShouldBe($"\"{snapshot.Version}\"");
        snapshot.Flags.Evaluate("rag_plus_plus", new Unit("u", new UnitAttributes(new UnitAttribute("group", "staff")))).Variant.ShouldBe("on");
        var same = await Answered.GetAsync(hub.Client, "/api/v1/snapshot", ("If-None-Match", first.Headers["etag"]));
        (same.Status, same.Text).ShouldBe((304, ""));

        await FlagHub.KillAsync(hub, "rag_plus_plus");
        var killed = await Answered.GetAsync(hub.Client, "/api/v1/snapshot", ("If-None-Match", first.Headers["etag"]));
        killed.Status.ShouldBe(200);
        // Who killed it and why stays at home.
        killed.Text.ShouldNotContain("it hurts");
        Snapshot.FromJson(Encoding.UTF8.GetBytes(killed.Text)).Flags.Evaluate("rag_plus_plus", "u").Reason.ShouldBe(EvaluationReason.Disabled);
    }

    [Fact]
    public async Task A_kill_switch_reaches_a_hundred_streams()
    {
        await using var hub = await FlagHub.StartAsync();
        var readers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => EventReader.OpenAsync(hub)));
        await Eventually.GetAsync(() => Task.FromResult(readers.Count(r => r.Versions.Count == 1)), n => n == 100, "not every stream told its first version");

        await FlagHub.KillAsync(hub, "rag_plus_plus");
        var version = hub.Hub.Services.GetRequiredService<SnapshotFeed>().Now.Version;
        await Eventually.GetAsync(
            () => Task.FromResult(readers.Count(r => r.Versions.Contains(version))),
            n => n == 100,
            "not every stream heard of the kill switch"
        );
        readers.ShouldAllBe(r =>
            r.Events.Last().Type == "snapshot" && JsonDocument.Parse(r.Events.Last().Data).RootElement.GetProperty("version").GetString() == version
        );
        readers.ShouldAllBe(r => r.Versions.Count == 2);
        hub.Hub.Services.GetRequiredService<EventStreams>().Open.ShouldBe(100);

        await Task.WhenAll(readers.Select(r => r.DisposeAsync().AsTask()));
        await Eventually.GetAsync(
            () => Task.FromResult(hub.Hub.Services.GetRequiredService<EventStreams>().Open),
            n => n == 0,
            "streams of clients that went stay open"
        );
    }

    [Fact]
    public async Task A_client_that_comes_again_misses_nothing_and_hears_nothing_twice()
    {
        await using var hub = await FlagHub.StartAsync();
        string seen;
        await using (var reader = await EventReader.OpenAsync(hub))
        {
            seen = await FirstAsync(reader);
        }

        await FlagHub.KillAsync(hub, "top_k");
        await using var missed = await EventReader.OpenAsync(hub, lastEventId: seen);
        var now = await FirstAsync(missed);
        now.ShouldNotBe(seen);

        await using var current = await EventReader.OpenAsync(hub, lastEventId: now);
        await FlagHub.ChangeAsync(hub, "top_k", """{"killed": false, "reason": "mended"}""");
        (await FirstAsync(current)).ShouldNotBe(now);
    }

    [Fact]
    public async Task Providers_of_OpenFeature_are_told_to_ask_again()
    {
        await using var hub = await FlagHub.StartAsync();
        await using var reader = await EventReader.OpenAsync(hub, "/ofrep/v1/events");
        var version = await FirstAsync(reader);
        reader.Events.TryPeek(out var told).ShouldBeTrue();
        told.Type.ShouldBe("message");
        var data = JsonDocument.Parse(told.Data).RootElement;
        data.GetProperty("type").GetString().ShouldBe("refetchEvaluation");
        data.GetProperty("etag").GetString().ShouldBe(version);
        data.GetProperty("lastModified").GetInt64().ShouldBeGreaterThan(1_700_000_000);
    }

    [Fact]
    public async Task Streams_beyond_the_bound_are_refused_and_a_place_that_is_left_is_taken()
    {
        await using var hub = await RunningHub.StartAsync(o => o.MostEventStreams = 2);
        await using var first = await EventReader.OpenAsync(hub);
        await using (await EventReader.OpenAsync(hub))
        {
            var refused = (await Answered.GetAsync(hub.Client, "/api/v1/snapshot/stream")).ShouldBeProblem(503);
            refused.Headers["retry-after"].ShouldBe("5");
        }

        var streams = hub.Hub.Services.GetRequiredService<EventStreams>();
        await Eventually.GetAsync(() => Task.FromResult(streams.Open), n => n == 1, "the place is not free");
        await using var next = await EventReader.OpenAsync(hub);
        await FirstAsync(next);
    }

    [Fact]
    public async Task Streams_end_with_the_hub()
    {
        await using var hub = await FlagHub.StartAsync();
        await using var reader = await EventReader.OpenAsync(hub);
        await FirstAsync(reader);
        await hub.StopAsync();
        await Eventually.GetAsync(() => Task.FromResult(reader.Ended), ended => ended, "the stream goes on without its hub");
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_given_up()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 32, resumeWriterThreshold: 16));
        var feed = new SnapshotFeed();
        feed.Publish("v1", default);
        var writer = new EventWriter(pipe.Writer, EventWords.Snapshot, TimeSpan.FromMilliseconds(50), TimeProvider.System);
        await Should.ThrowAsync<SlowReaderException>(() => writer.RunAsync(feed, has: null, Cancel));
    }

    [Fact]
    public async Task A_reader_that_was_late_learns_the_version_that_is_in_force()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 32));
        var feed = new SnapshotFeed();
        feed.Publish("v1", default);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = new EventWriter(pipe.Writer, EventWords.Snapshot, TimeSpan.FromMinutes(5), TimeProvider.System).RunAsync(feed, has: null, ending.Token);
        for (var version = 2; version <= 1000; version++)
        {
            feed.Publish($"v{version}", default);
        }

        var text = "";
        while (!text.Contains("id: v1000\n", StringComparison.Ordinal))
        {
            var read = await pipe.Reader.ReadAsync(Cancel);
            text += Encoding.UTF8.GetString(read.Buffer);
            pipe.Reader.AdvanceTo(read.Buffer.End);
        }

        text.Split("event: snapshot").Length.ShouldBeLessThan(20);
        feed.Beat();
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => writing);
    }

    private static async Task<string> FirstAsync(EventReader reader)
    {
        await Eventually.GetAsync(() => Task.FromResult(reader.Versions.Count), n => n > 0, "no event came");
        reader.Versions.TryPeek(out var first).ShouldBeTrue();
        return first!;
    }
}
