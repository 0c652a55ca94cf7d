using Assay.Embedded.Sqlite;
using static Assay.Stores.Tests.Events.Sample;

namespace Assay.Stores.Tests.Events;

public sealed class DamagedRecordTests : IAsyncLifetime
{
    private OpenedSqlite opened = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => opened = await OpenedSqlite.OpenAsync(Cancel);

    public async ValueTask DisposeAsync() => await opened.DisposeAsync();

    [Theory]
    [InlineData("UPDATE trace SET owner = x'ff'")]
    [InlineData("UPDATE span_block SET head = x'ff'")]
    [InlineData("UPDATE sums SET figures = x'ff'")]
    public async Task A_damaged_record_fails_what_needs_it_and_nothing_else(string damage)
    {
        await AppendAsync(Request(1), Child(1, 2));
        await opened.File.Writer.RunAsync(
            connection =>
            {
                using var change = new Statement(connection, damage);
                return change.Run();
            },
            Cancel
        );
        await opened.RestartAsync(Cancel);

        await Should.ThrowAsync<AssayException>(() => AppendAsync(Child(1, 3)));
        // Of another hour, so that it has sums of its own.
        (await AppendAsync(Request(2, Noon.AddHours(-2)))).New.Count.ShouldBe(1);
        (await opened.Events.GetTraceAsync(Trace(2), Cancel))!.Spans.Count.ShouldBe(1);
    }

    private Task<AppendReport> AppendAsync(params SpanEvent[] spans) => opened.Events.AppendAsync(Batch(spans), Cancel);
}
