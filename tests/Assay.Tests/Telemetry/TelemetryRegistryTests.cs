using Assay.Telemetry;

namespace Assay.Tests.Telemetry;

public sealed class TelemetryRegistryTests
{
    [Fact]
    public void Counters_end_in_total_and_every_span_attribute_is_defined()
    {
        var registry = TelemetryRegistry.Default;
        registry.Metrics.Where(m => m.Type == MetricType.Counter).ShouldAllBe(m => m.Name.EndsWith("_total"));
        var known = registry.Attributes.Select(a => a.Name).ToHashSet();
        registry.Spans.SelectMany(s => s.Attributes).ShouldAllBe(a => known.Contains(a));
    }
}
