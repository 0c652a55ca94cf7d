using System.Text.Json;
using Assay.Experimentation.Flags;
using Assay.Server.Flags;
using Assay.Server.Flags.Streams;
using Assay.Server.Tests.Slos;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Flags;

/// <summary>A file or a stored override that is wrong is told when it becomes so; the flags that were good stay in force, and the hub stays.</summary>
public sealed class WrongFilesTests : IDisposable
{
    private const string Good = "name: a\nrollout: { \"on\": 50 }\n---\nname: b\n";
    private const string Wrong = "name: a\nrollout: { onn: 50 }\n---\nname: b\n";

    private const string Share = """{"rollout": {"on": 20}, "reason": "a fifth"}""";
    private const string Reset = """{"reset": true, "reason": "as the file says"}""";

    private readonly string folder = Directory.CreateTempSubdirectory("assay-flags-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_that_is_wrong_behind_an_override_is_told_when_it_is_edited()
    {
        await using var hub = await FlagHub.StartAsync(Good, folder: folder);
        (await FlagHub.ChangeAsync(hub, "a", Share)).Status.ShouldBe(200);
        FlagHub.Write(folder, Wrong);
        var faulty = await Eventually.GetAsync(() => ListAsync(hub), a => a.TryGetProperty("fault", out _), "the fault is not told");
        faulty.GetProperty("fault").GetProperty("problem").GetString()!.ShouldContain("flags.yaml:1: flag 'a': rollout names the variant 'onn'");
        // The last good file is what a reset gives the word to.
        var reset = await FlagHub.ChangeAsync(hub, "a", Reset);
        reset.Status.ShouldBe(200, reset.Text);
        reset.Json.GetProperty("flag").GetProperty("rollout").GetProperty("on").GetDecimal().ShouldBe(50);

        FlagHub.Write(folder, Good);
        await Eventually.GetAsync(() => ListAsync(hub), a => !a.TryGetProperty("fault", out _), "the mended file is not in force");
    }

    [Fact]
    public async Task A_hub_starts_with_a_file_that_is_wrong_behind_an_override_and_a_refused_reset_is_stored_nowhere()
    {
        await using (var hub = await FlagHub.StartAsync(Good, folder: folder))
        {
            await FlagHub.ChangeAsync(hub, "a", Share);
        }

        await using (var hub = await FlagHub.StartAsync(Wrong, folder: folder))
        {
            (await ListAsync(hub)).GetProperty("fault").GetProperty("problem").GetString()!.ShouldContain("flags.yaml:1");
            var refused = (await FlagHub.ChangeAsync(hub, "a", Reset)).ShouldBeProblem(400);
            refused.Json.GetProperty("title").GetString()!.ShouldContain("flags.yaml:1: flag 'a': rollout names the variant 'onn'");
            (await Answered.GetAsync(hub.Client, "/api/v1/flags/a/history")).Json.GetProperty("entries").GetArrayLength().ShouldBe(1);
            (await FlagHub.ChangeAsync(hub, "b", Share)).Status.ShouldBe(200);
            (await FlagHub.KillAsync(hub, "a")).Status.ShouldBe(200);
        }

        await using (var hub = await FlagHub.StartAsync(Wrong, folder: folder))
        {
            (await FlagHub.EvaluateAsync(hub, "a")).Json.GetProperty("reason").GetString().ShouldBe("DISABLED");
        }
    }

    [Fact]
    public async Task An_override_that_cannot_be_read_is_told_and_ends_nothing()
    {
        await using var hub = await FlagHub.StartAsync(Good, folder: folder);
        var services = hub.Hub.Services;
        var (desk, documents, told) = (services.GetRequiredService<FlagDesk>(), services.GetRequiredService<IDocumentStore>(), new ToldFaults());
        using var watch = new FlagWatch(desk, services.GetRequiredService<SnapshotFeed>(), documents, TimeProvider.System, told);
        await watch.StartAsync(Cancel);
        // Another process writes what no hub writes, and mends it.
        await documents.PutAsync(new DocumentWrite(FlagDocuments.Overrides, "a", "[]"u8.ToArray()), Cancel);
        await Eventually.GetAsync(() => Task.FromResult(told.Count), n => n > 0 || watch.ExecuteTask!.IsCompleted, "it was not read");
        watch.ExecuteTask!.IsCompleted.ShouldBeFalse(watch.ExecuteTask.Exception?.Message);
        await documents.DeleteAsync(FlagDocuments.Overrides, "a", expectedVersion: null, Cancel);
        var killed = new FlagOverride
        {
            Flag = "b",
            Killed = true,
            Actor = "token other",
            Reason = "elsewhere",
            At = TimeProvider.System.GetUtcNow(),
        };
        (await new FlagDocuments(documents).PutAsync(before: null, killed, Cancel)).Done.ShouldBeTrue();
        await Eventually.GetAsync(
            async () => (await FlagHub.EvaluateAsync(hub, "b")).Json.GetProperty("reason").GetString(),
            r => r == "DISABLED",
            "the other process is not heard any more"
        );
        await watch.StopAsync(Cancel);
    }

    private static async Task<JsonElement> ListAsync(RunningHub hub) => (await Answered.GetAsync(hub.Client, "/api/v1/flags")).Json;

    private sealed class ToldFaults : ILogger<FlagWatch>
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Interlocked.Increment(ref count);
    }
}
