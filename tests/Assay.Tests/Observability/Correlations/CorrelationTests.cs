using System.Diagnostics;
using Assay.Observability;
using Assay.Observability.Correlations;
using Assay.Tests.Observability.Tracing;
using OpenTelemetry;

// Not Assay.Tests.Observability.Correlation: the namespace would hide the class.
namespace Assay.Tests.Observability.Correlations;

public sealed class CorrelationTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("req-42_A.b:c")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    public void A_valid_id_of_the_caller_is_used(string id)
    {
        using (Correlation.Begin(id))
        {
            Correlation.Current.ShouldBe(id);
            Baggage.GetBaggage(Correlation.BaggageKey).ShouldBe(id);
        }

        Baggage.GetBaggage(Correlation.BaggageKey).ShouldBeNull();
        Correlation.Current.ShouldBeNull();
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("<script>")]
    [InlineData("идентификатор")]
    [InlineData("a/../b")]
    public void Anything_else_is_ignored_and_counted(string id)
    {
        var before = Correlation.Rejected;
        using var scope = Correlation.Begin(id);
        scope.Ignored.ShouldBeTrue();
        Correlation.Current.ShouldBeNull();
        Correlation.Rejected.ShouldBeGreaterThan(before);
    }

    [Fact]
    public void An_id_has_at_most_128_characters()
    {
        Correlation.IsValid(new string('a', 128)).ShouldBeTrue();
        Correlation.IsValid(new string('a', 129)).ShouldBeFalse();
        Correlation.IsValid("").ShouldBeFalse();
    }

    [Fact]
    public void Without_a_callers_id_it_is_the_trace_id()
    {
        using var bed = new TracingBed();
        using var scope = Correlation.Begin(null);
        scope.Ignored.ShouldBeFalse();
        using var span = bed.Source.StartActivity("work");
        Correlation.Current.ShouldBe(span!.TraceId.ToHexString());
    }

    [Fact]
    public void Spans_get_the_id_when_they_start_and_so_does_the_one_that_is_open()
    {
        using var bed = new TracingBed();
        using (bed.Source.StartActivity("server"))
        using (Correlation.Begin("req-1"))
        using (bed.Source.StartActivity("inner"))
        {
            Activity.Current!.GetBaggageItem(Correlation.BaggageKey).ShouldBe("req-1");
        }

        bed.Exporter.Spans.Select(s => s.Attributes[Correlation.BaggageKey]).ShouldBe(["req-1", "req-1"]);
    }

    [Fact]
    public void Only_allowed_baggage_reaches_spans()
    {
        using var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = "", BaggageKeys = [Correlation.BaggageKey, "tenant"] });
        Baggage.SetBaggage("tenant", "blue");
        Baggage.SetBaggage("email", "bob@example.com");
        bed.Source.StartActivity("work")!.Dispose();
        var attributes = bed.Exporter.Spans.ShouldHaveSingleItem().Attributes;
        attributes["tenant"].ShouldBe("blue");
        attributes.Keys.ShouldNotContain("email");
    }

    [Fact]
    public void An_unsafe_id_in_foreign_baggage_reaches_neither_spans_nor_logs()
    {
        using var bed = new TracingBed();
        Baggage.SetBaggage(Correlation.BaggageKey, "two words");
        using var scope = Correlation.Begin(null);
        using (var span = bed.Source.StartActivity("work"))
        {
            Correlation.Current.ShouldBe(span!.TraceId.ToHexString());
        }

        bed.Exporter.Spans[0].Attributes.Keys.ShouldNotContain(Correlation.BaggageKey);
    }

    [Fact]
    public void The_id_in_the_baggage_of_a_remote_caller_is_taken()
    {
        Baggage.SetBaggage(Correlation.BaggageKey, "upstream-7");
        using var scope = Correlation.Begin(null);
        Correlation.Current.ShouldBe("upstream-7");
    }

    [Fact]
    public async Task Requests_at_one_time_do_not_see_each_others_ids()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => Request($"req-{i}"))));
        seen.ShouldBe(Enumerable.Range(0, 50).Select(i => $"req-{i}"));
    }

    private static async Task<string?> Request(string id)
    {
        using var scope = Correlation.Begin(id);
        await Task.Yield();
        return Correlation.Current;
    }
}
