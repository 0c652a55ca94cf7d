using System.Collections.Concurrent;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Experiments;
using Assay.Server.Experiments.Pages;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Experiments.Pages;

public sealed class SharedReportsTests
{
    private readonly SteppedTime time = new(new DateTimeOffset(2026, 3, 12, 14, 30, 0, TimeSpan.Zero));
    private readonly ConcurrentDictionary<string, TaskCompletionSource> slow = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> begun = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_that_takes_longer_than_readers_wait_is_there_for_the_next_and_keeps_none_from_being_made()
    {
        await using var reports = Reports("slow_1", "slow_2");
        var definitions = new[] { "slow_1", "slow_2", "third" }.Select(SampleReports.File).ToList();
        using var patience = new CancellationTokenSource();
        var waiting = definitions.Take(2).Select(d => reports.NowAsync(d, patience.Token)).ToList();
        await Eventually.GetAsync(() => Task.FromResult(begun.Count), n => n == 2, "both slow ones must have begun");
        waiting.Add(reports.NowAsync(definitions[2], patience.Token));
        await patience.CancelAsync();
        foreach (var wait in waiting)
        {
            await Should.ThrowAsync<OperationCanceledException>(wait);
        }

        foreach (var done in slow.Values)
        {
            done.SetResult();
        }

        foreach (var definition in definitions)
        {
            await Eventually.GetAsync(() => Task.FromResult(reports.Last(definition)), told => told?.Report is not null, definition.Name);
        }

        // Each was made once, and to its end.
        string.Join(" ", begun.Order(StringComparer.Ordinal)).ShouldBe("slow_1 slow_2 third");
    }

    [Fact]
    public async Task Who_asks_at_a_time_shares_one_report_and_who_asks_after_a_look_gets_another()
    {
        await using var reports = Reports("slow_1");
        var definition = SampleReports.File("slow_1");
        var (first, second) = (reports.NowAsync(definition, Cancel), reports.NowAsync(definition, Cancel));
        slow["slow_1"].SetResult();
        (await first).ShouldBeSameAs(await second);
        begun.Count.ShouldBe(1);

        reports.Outdate(definition, latest: null);
        reports.Last(definition)!.Report.ShouldBeSameAs(await first, "it is still what was told last");
        (await reports.NowAsync(definition, Cancel)).ShouldNotBeSameAs(await first);
        reports.Last(SampleReports.File("slow_1")).ShouldBeNull("a changed definition is another experiment");
    }

    [Fact]
    public async Task What_is_being_made_ends_with_the_hub()
    {
        Task<ExperimentReport> waiting;
        await using (var reports = Reports("slow_1"))
        {
            waiting = reports.NowAsync(SampleReports.File("slow_1"), Cancel);
            await Eventually.GetAsync(() => Task.FromResult(begun.Count), n => n == 1, "it must have begun");
        }

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public async Task What_cannot_be_analysed_is_remembered_as_such()
    {
        await using var reports = new SharedReports((_, _) => throw AssayException.Usage("It cannot be.", "Change it."), time);
        var definition = SampleReports.File("wrong");
        (await Should.ThrowAsync<AssayException>(reports.NowAsync(definition, Cancel))).Message.ShouldBe("It cannot be.");
        reports.Last(definition)!.Problem!.Message.ShouldBe("It cannot be.");
    }

    private SharedReports Reports(params string[] slowOnes)
    {
        foreach (var name in slowOnes)
        {
            slow[name] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new SharedReports(MakeAsync, time);
    }

    private async Task<ExperimentReport> MakeAsync(ExperimentFile definition, CancellationToken ended)
    {
        begun.Enqueue(definition.Name);
        if (slow.TryGetValue(definition.Name, out var done))
        {
            await done.Task.WaitAsync(ended);
        }

        return SampleReports.Of(definition);
    }
}
