using Assay.Embedded.Events;
using Assay.Embedded.Sqlite;
using static Assay.Stores.Tests.Events.Sample;

namespace Assay.Stores.Tests.Events;

public sealed class EventTablesCheckTests : IAsyncLifetime
{
    private OpenedSqlite opened = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        opened = await OpenedSqlite.OpenAsync(Cancel);
        await opened.Events.AppendAsync(
            new EventBatch
            {
                Spans = [Request(1), Call(1, 2, 0.01m), Request(2, Noon.AddDays(-5))],
                Logs = [Log(1)],
                Scores = [Score(1, 1)],
            },
            Cancel
        );
        await opened.Events.AppendAsync(Batch(Child(1, 3)), Cancel);
    }

    public ValueTask DisposeAsync() => opened.DisposeAsync();

    [Fact]
    public async Task A_sound_store_has_no_problems()
    {
        (await ProblemsAsync()).ShouldBeEmpty();
        await opened.Events.DeleteBeforeAsync(Noon.AddDays(-4), Cancel);
        (await ProblemsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE span_block SET body = x'0105FF'", "span block 1 cannot be read")]
    [InlineData("UPDATE span_block SET spans = 7 WHERE position = 1", "holds 3 spans and says 7")]
    [InlineData("UPDATE event_count SET value = 9 WHERE name = 'logs'", "1 logs, the store counted 9")]
    [InlineData("UPDATE trace SET spans = spans + 1", "spans, the store counted 4")]
    [InlineData("DELETE FROM span_block WHERE position = 1", "1 traces have no block")]
    [InlineData(
        "UPDATE sums SET count = count + 1 WHERE minutes = 15 AND series = 0",
        "sums of Requests at 2026-05-01 12:00:00Z are 1 by the hour and 2 by 15 minutes"
    )]
    public async Task Damage_is_named(string damage, string expected)
    {
        await opened.File.Writer.RunAsync(
            connection =>
            {
                using var statement = new Statement(connection, damage);
                return statement.Run();
            },
            Cancel
        );
        (await ProblemsAsync()).ShouldContain(problem => problem.Contains(expected));
    }

    [Fact]
    public async Task Damaged_spans_are_an_error_that_says_what_to_do()
    {
        await opened.File.Writer.RunAsync(
            connection =>
            {
                using var statement = new Statement(connection, "UPDATE span_block SET body = x'0105FF'");
                return statement.Run();
            },
            Cancel
        );
        var error = await Should.ThrowAsync<AssayException>(() => opened.Events.GetTraceAsync(Trace(1), Cancel));
        (error.ExitCode, error.Fix.Contains("assay data")).ShouldBe((ExitCode.Infrastructure, true));
        (await opened.Events.AppendAsync(Batch(Request(3)), Cancel)).New.Count.ShouldBe(1);
    }

    private Task<List<string>> ProblemsAsync() => opened.File.ReadAsync(c => EventTablesCheck.Check.FindProblems(c).ToList(), Cancel);
}
