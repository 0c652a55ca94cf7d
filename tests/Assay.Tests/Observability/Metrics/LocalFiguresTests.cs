using Assay.Observability.Metrics;

namespace Assay.Tests.Observability.Metrics;

public sealed class LocalFiguresTests
{
    [Fact]
    public void Percentiles_of_an_operation_lie_within_their_stated_error()
    {
        var figures = new LocalFigures();
        for (var ms = 1; ms <= 1_000; ms++)
        {
            figures.RecordTime("retrieval", TimeSpan.FromMilliseconds(ms));
        }

        var found = figures.Read().OperationsMs.ShouldHaveSingleItem();
        found.Name.ShouldBe("retrieval");
        found.Count.ShouldBe(1_000);
        found.Mean!.Value.ShouldBe(500.5, 1e-9);
        found.Max.ShouldBe(1_000);
        found.RelativeError.ShouldBeLessThan(0.003);
        found.P50!.Value.ShouldBe(500, 500 * found.RelativeError);
        found.P95!.Value.ShouldBe(950, 950 * found.RelativeError);
        found.P99!.Value.ShouldBe(990, 990 * found.RelativeError);
    }

    [Fact]
    public void Scores_are_kept_apart_from_times()
    {
        var figures = new LocalFigures();
        using (figures.Time("answer"))
        {
            figures.RecordScore("relevance", 0.5);
            figures.RecordScore("relevance", 1);
            figures.RecordScore("relevance", double.NaN);
        }

        figures
            .Read()
            .Scores.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(s => s.Name.ShouldBe("relevance"), s => s.Mean.ShouldBe(0.75), s => s.Count.ShouldBe(2));
        figures.Read().OperationsMs.ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public void Names_beyond_the_bound_are_counted_together()
    {
        var figures = new LocalFigures();
        for (var i = 0; i < 100; i++)
        {
            figures.RecordTime($"op-{i}", TimeSpan.FromMilliseconds(1));
        }

        var report = figures.Read().OperationsMs;
        report.Count.ShouldBe(LocalFigures.MaxNames + 1);
        report.Single(o => o.Name == "other").Count.ShouldBe(100 - LocalFigures.MaxNames);
    }

    [Fact]
    public void Measuring_a_known_operation_allocates_nothing()
    {
        var figures = new LocalFigures(new StandingClock());
        Measure(figures);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(figures);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Threads_lose_nothing()
    {
        var figures = new LocalFigures();
        Parallel.For(0, 10_000, i => figures.RecordTime($"op-{i % 4}", TimeSpan.FromMilliseconds(i)));
        figures.Read().OperationsMs.Sum(o => o.Count).ShouldBe(10_000);
    }

    private static void Measure(LocalFigures figures)
    {
        for (var i = 0; i < 1_000; i++)
        {
            using (figures.Time("retrieval")) { }
        }
    }

    private sealed class StandingClock : TimeProvider
    {
        private long now;

        // Always the same step, so that the sketch needs no new bucket.
        public override long GetTimestamp() => now += TimestampFrequency / 1_000;
    }
}
