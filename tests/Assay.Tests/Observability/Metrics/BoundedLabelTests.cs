using Assay.Observability.Metrics;
using Assay.Telemetry;

namespace Assay.Tests.Observability.Metrics;

public sealed class BoundedLabelTests
{
    [Fact]
    public void Values_beyond_the_bound_share_one()
    {
        var label = Operations();
        var values = Enumerable.Range(0, 100).Select(i => (string?)label.Of($"GET /{i}").Value).ToList();
        values.Take(32).ShouldBe(Enumerable.Range(0, 32).Select(i => $"GET /{i}"));
        values.Skip(32).ShouldAllBe(v => v == "other");
        label.Of("GET /31").Value.ShouldBe("GET /31");
    }

    [Fact]
    public void A_text_that_is_no_name_takes_no_place()
    {
        var label = Operations();
        label.Of(new string('x', 65)).Value.ShouldBe("other");
        label.Of("").Value.ShouldBe("other");
    }

    [Fact]
    public void Threads_that_bring_the_same_values_do_not_exceed_the_bound()
    {
        var label = Operations();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<object, int>();
        Parallel.For(0, 10_000, i => seen.AddOrUpdate(label.Of($"GET /{i % 50}").Value!, 1, (_, n) => n + 1));
        seen.Count.ShouldBeLessThanOrEqualTo(33);
        seen.Keys.ShouldContain("other");
    }

    [Fact]
    public void A_known_value_allocates_nothing()
    {
        var label = Operations();
        label.Of("GET /");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            label.Of("GET /");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static BoundedLabel Operations() => new(TelemetryRegistry.Default, "http_server_request_duration_seconds", "operation");
}
