using System.Diagnostics;
using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Tests.Clients;

public sealed class FlagSpansTests : IDisposable
{
    private readonly ActivitySource source = new("FlagSpansTests");
    private readonly ActivityListener listener;
    private readonly ServedFlags flags = new(new CurrentSnapshot(TestSnapshots.Of("v1", isOn: true), SnapshotOrigin.Hub, TimeProvider.System));

    public FlagSpansTests()
    {
        listener = new ActivityListener { ShouldListenTo = s => s == source, Sample = (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose()
    {
        listener.Dispose();
        source.Dispose();
    }

    [Fact]
    public void An_evaluation_is_told_on_the_span_that_asked_and_on_that_of_the_request_once()
    {
        using var request = source.StartActivity("POST /ask")!;
        using (var inner = source.StartActivity("rag.query")!)
        {
            for (var i = 0; i < 3; i++)
            {
                flags.IsEnabled(TestSnapshots.Flag, "ann@example.org").ShouldBeTrue();
            }

            Told(inner).ShouldBe(["new_ranking=on by assay"]);
        }

        flags.IsEnabled(TestSnapshots.Flag, "ann@example.org").ShouldBeTrue();
        Told(request).ShouldBe(["new_ranking=on by assay"]);
    }

    [Fact]
    public void Units_are_never_told()
    {
        using var request = source.StartActivity("POST /ask")!;
        flags.IsEnabled(TestSnapshots.Flag, "ann@example.org").ShouldBeTrue();
        var told = request.Events.SelectMany(e => e.Tags).Concat(request.TagObjects).Select(t => $"{t.Key}={t.Value}");
        told.ShouldAllBe(t => !t.Contains("ann"));
    }

    [Fact]
    public void A_flag_that_does_not_exist_is_not_told()
    {
        using var request = source.StartActivity("POST /ask")!;
        flags.IsEnabled("unheard_of", "user-1", fallback: true).ShouldBeTrue();
        request.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_request_tells_of_sixteen_flags_at_most()
    {
        using var request = source.StartActivity("POST /ask")!;
        for (var i = 0; i < 40; i++)
        {
            FlagSpans.Record($"flag_{i}", "on");
        }

        request.Events.Count().ShouldBe(16);
    }

    [Fact]
    public void Asking_allocates_nothing_where_no_span_is_recorded_and_nothing_again_where_one_is()
    {
        Asked().ShouldBe(0);
        using var request = source.StartActivity("POST /ask")!;
        flags.IsEnabled(TestSnapshots.Flag, "user-1");
        Asked().ShouldBe(0);
    }

    private long Asked()
    {
        // Once before, so that nothing is compiled while it is measured.
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Ask()
    {
        for (var i = 0; i < 1_000; i++)
        {
            flags.IsEnabled(TestSnapshots.Flag, "user-1");
        }
    }

    private static IEnumerable<string> Told(Activity span) =>
        span
            .Events.Where(e => e.Name == "feature_flag.evaluation")
            .Select(e => e.Tags.ToDictionary(t => t.Key, t => t.Value))
            .Select(t => $"{t["feature_flag.key"]}={t["feature_flag.result.variant"]} by {t["feature_flag.provider.name"]}");
}
