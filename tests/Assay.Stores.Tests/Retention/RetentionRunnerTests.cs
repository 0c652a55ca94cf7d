using System.Threading.Channels;
using Assay.Embedded;
using Assay.Embedded.Retention;

namespace Assay.Stores.Tests.Retention;

public sealed class RetentionRunnerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFolder place = new();
    private readonly SetClock clock = new(Now);
    private readonly Channel<RetentionRun> heard = Channel.CreateUnbounded<RetentionRun>();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task Old_events_are_deleted_at_the_start_and_later_ones_when_they_are_old()
    {
        await using var store = await EmbeddedStore.OpenAsync(place.Path, clock, Ended);
        await store.Events.AppendAsync(new EventBatch { Logs = [Log(1, days: -40), Log(2, days: -20), Log(3, days: -1)] }, Ended);
        await using var runner = new RetentionRunner(store.Events, Often(), clock, run => heard.Writer.TryWrite(run));
        var first = await heard.Reader.ReadAsync(Ended);
        (first.At, first.Plan!.Before, first.Deleted, first.Problem).ShouldBe((Now, Now.AddDays(-30), 1L, null));
        clock.Now = Now.AddDays(15);
        (await DeletedAsync(looks => looks.Deleted > 0)).Deleted.ShouldBe(1);
        (await store.Events.MeasureAsync(Ended)).Logs.ShouldBe(1);
    }

    [Fact]
    public async Task A_problem_is_told_and_the_next_look_tries_again()
    {
        var store = await EmbeddedStore.OpenAsync(place.Path, clock, Ended);
        await store.Events.AppendAsync(new EventBatch { Logs = [Log(1, days: -1)] }, Ended);
        await store.DisposeAsync();
        File.WriteAllText(place["assay.db"], "damaged");
        await using var runner = new RetentionRunner(store.Events, Often(), clock, run => heard.Writer.TryWrite(run));
        (await heard.Reader.ReadAsync(Ended)).Problem.ShouldNotBeNullOrEmpty();
        (await heard.Reader.ReadAsync(Ended)).Problem.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_store_beyond_its_size_gives_space_back_to_the_disk()
    {
        await using var store = await EmbeddedStore.OpenAsync(place.Path, clock, Ended);
        for (var hour = 0; hour < 60; hour++)
        {
            await store.Events.AppendAsync(
                new EventBatch { Logs = [.. Enumerable.Range(0, 50).Select(i => Log((hour * 50) + i, hour / 24.0 - 3, 10_000))] },
                Ended
            );
        }

        var before = await store.Events.MeasureAsync(Ended);
        var options = new RetentionOptions { MaxBytes = 16L << 20, Every = TimeSpan.FromMilliseconds(20) };
        before.Bytes.ShouldBeGreaterThan(options.MaxBytes);
        await using (new RetentionRunner(store.Events, options, clock, run => heard.Writer.TryWrite(run)))
        {
            (await DeletedAsync(look => look.Plan is { Before: null })).Problem.ShouldBeNull();
        }

        var after = await store.Events.MeasureAsync(Ended);
        after.Bytes.ShouldBeLessThanOrEqualTo(options.MaxBytes);
        after.Logs.ShouldBeGreaterThan(before.Logs / 10, "much more was deleted than needed");
    }

    private static RetentionOptions Often() => new() { Every = TimeSpan.FromMilliseconds(20) };

    private async Task<RetentionRun> DeletedAsync(Func<RetentionRun, bool> isIt)
    {
        await foreach (var run in heard.Reader.ReadAllAsync(Ended))
        {
            run.Problem.ShouldBeNull();
            if (isIt(run))
            {
                return run;
            }
        }

        throw new InvalidOperationException("The runner ended.");
    }

    private static LogEvent Log(int key, double days, int length = 10) =>
        new()
        {
            Key = (UInt128)(key + 1),
            Source = new TelemetrySource("shop", "1", "test", default, ""),
            TimeNanos = (Now.AddDays(days) - DateTimeOffset.UnixEpoch).Ticks * 100,
            Message = new string('x', length),
        };
}
