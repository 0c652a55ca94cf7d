using Assay.Embedded.Events;
using Assay.Embedded.Sqlite;
using Assay.Stores.Tests.Events.Experiments;
using static Assay.Stores.Tests.Events.Sample;

namespace Assay.Stores.Tests.Events;

/// <summary>A clock that ran far ahead once, when the store deleted by it.</summary>
public sealed class FutureMarkTests : IAsyncLifetime
{
    private OpenedSqlite opened = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => opened = await OpenedSqlite.OpenAsync(Cancel);

    public async ValueTask DisposeAsync() => await opened.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_clock_is_right_again_events_are_taken_and_summed_by_the_minute(bool wroteMeanwhile)
    {
        await AppendAsync(Request(1));
        opened.Clock.Now = Noon.AddDays(60);
        if (wroteMeanwhile)
        {
            await AppendAsync(Request(2, opened.Clock.Now));
        }

        await opened.Events.DeleteBeforeAsync(opened.Clock.Now.AddDays(-30), Cancel);
        // After the hour in which something was deleted: the rest of it is told by the hour.
        opened.Clock.Now = Noon.AddMinutes(65);
        await opened.RestartAsync(Cancel);

        var report = await AppendAsync(Request(3, Noon.AddMinutes(63)), Request(4, Noon.AddMinutes(64)));
        (report.New.Count, report.TooLate.Count).ShouldBe((2, 0));
        var query = new AggregateQuery(Series.Requests, Noon.AddMinutes(63), Noon.AddMinutes(64)) { Step = TimeSpan.FromMinutes(1) };
        (await opened.Events.AggregateAsync(query, Cancel)).Select(r => (r.At, r.Count)).ShouldBe([(Noon.AddMinutes(63), 1L)]);
        // What was deleted is refused as before.
        (await AppendAsync(Request(1))).TooLate.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_mark_of_the_future_that_is_stored_already_refuses_nothing_of_now()
    {
        await AppendAsync(Request(1));
        await opened.File.Writer.RunAsync(
            connection =>
            {
                using var put = new Statement(connection, "INSERT OR REPLACE INTO event_count(name, value) VALUES (?, ?)");
                return put.Bind(1, EventCounts.DeletedBefore).Bind(2, Nanos(Noon.AddDays(30))).Run();
            },
            Cancel
        );
        await opened.RestartAsync(Cancel);

        (await AppendAsync(Request(2))).New.Count.ShouldBe(1);
        var units = await opened.Events.AppendAsync(new EventBatch { Exposures = [UnitSample.Exposed(1, "a")] }, Cancel);
        units.New.Exposures.Count.ShouldBe(1);
        (await opened.Events.SumExperimentAsync(UnitSample.Question, Cancel)).Variants.Single().Units.ShouldBe(1);
        (await AppendAsync(Request(3, Noon.AddDays(-1)))).TooLate.Count.ShouldBe(1);
    }

    private Task<AppendReport> AppendAsync(params SpanEvent[] spans) => opened.Events.AppendAsync(Batch(spans), Cancel);
}
