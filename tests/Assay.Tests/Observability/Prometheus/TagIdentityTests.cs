using System.Diagnostics.Metrics;
using Assay.Observability.Prometheus;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Tests.Observability.Prometheus;

public sealed class TagIdentityTests
{
    [Fact]
    public void A_point_keeps_its_tags_and_no_two_points_share_them()
    {
        using var meter = new Meter("test.prometheus.tags");
        using var tags = new TagsOfPoints();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(new BaseExportingMetricReader(tags)).Build();
        var counter = meter.CreateCounter<long>("jobs_total");
        object boxed = 1;
        counter.Add(1, Scraped.Tag("a", boxed), Scraped.Tag("b", "x"));
        counter.Add(1, Scraped.Tag("a", boxed), Scraped.Tag("b", "y"));
        counter.Add(1, Scraped.Tag("a", boxed));
        var first = tags.Read();
        var second = tags.Read();
        first.Count.ShouldBe(3);
        for (var i = 0; i < first.Count; i++)
        {
            for (var j = 0; j < first.Count; j++)
            {
                TagIdentity.AreSameByTag(first[i], second[j]).ShouldBe(i == j);
                tags.Matches(first[i], j).ShouldBe(i == j);
            }
        }
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class TagsOfPoints : BaseExporter<Metric>, IPullMetricExporter
    {
        private readonly List<ReadOnlyTagCollection> found = [];
        private readonly List<bool> matches = [];
        private ReadOnlyTagCollection sought;

        public Func<int, bool>? Collect { get; set; }

        public List<ReadOnlyTagCollection> Read()
        {
            found.Clear();
            Collect!(Timeout.Infinite).ShouldBeTrue();
            return [.. found];
        }

        public bool Matches(ReadOnlyTagCollection tags, int ordinal)
        {
            sought = tags;
            matches.Clear();
            Read();
            return matches[ordinal];
        }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    found.Add(point.Tags);
                    matches.Add(TagIdentity.AreSame(in sought, in point));
                }
            }

            return ExportResult.Success;
        }
    }
}
