using Assay.Prices;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Server.Canaries;
using Assay.Server.Tests.Costs;
using Assay.Stores;

namespace Assay.Server.Tests.Canaries;

public sealed class HubMetricsTests
{
    private static readonly SplitEntry Flagged = new() { Flag = "search" };

    [Theory]
    [InlineData("search=on", true)]
    [InlineData("search=off", false)]
    [InlineData("a=1,search=on,z=2", true)]
    [InlineData("a=1,search=one", false)]
    [InlineData("search2=on", null)]
    [InlineData("", null)]
    [InlineData("(other)", null)]
    public void A_request_is_the_arm_of_the_flag_that_it_asked(string label, bool? isCanary) => CanaryArms.Of(Flagged).IsCanary(label).ShouldBe(isCanary);

    [Theory]
    [InlineData("1.9.0", true)]
    [InlineData("1.8.9", false)]
    [InlineData("", false)]
    [InlineData("(other)", null)]
    public void By_version_every_other_version_is_control(string label, bool? isCanary) =>
        CanaryArms.Of(new SplitEntry { Command = ["x"], Version = "1.9.0" }).IsCanary(label).ShouldBe(isCanary);

    [Fact]
    public void One_file_serves_every_version_of_a_new_image()
    {
        const string Text = """
            name: service
            service: rag-service
            gate: { evidence: [{ slo: all }] }
            canary:
              split: { upstreams: { file: up.conf, name: rag, control: "127.0.0.1:1", canary: "127.0.0.1:2", reload: ["true"] } }
              watch: [{ name: errors, read: errors, margin: 0.01 }]
            """;
        var arms = CanaryArms.Of(CanaryPlan.Of(ReleaseCatalog.Parse(Text, "f"), "1.9.0"));
        arms.IsCanary("1.9.0").ShouldBe(true);
        arms.IsCanary("1.8.9").ShouldBe(false);
    }

    [Fact]
    public void Errors_are_matched_by_time()
    {
        // The night has 1 % errors and a canary of 5 %, the day 10 % and one of 50 %: alike at any time, unlike in sum.
        AggregateRow Row(int hour, string variant, long count, long failed) =>
            new(Traffic.Noon.AddHours(hour), [variant], count, failed, new(), default, default);
        var series = ArmSeries.Of(
            [Row(0, "search=off", 9_500, 95), Row(0, "search=on", 500, 5), Row(1, "search=off", 5_000, 500), Row(1, "search=on", 5_000, 500)],
            CanaryArms.Of(Flagged)
        );
        series.Matched(s => s.Failed).ShouldNotBeNull().ShouldBe(505.0 / 1_100, 1e-9);
        (5_500.0 / 20_000).ShouldNotBe(505.0 / 1_100);
    }

    [Fact]
    public void Costs_have_the_spread_of_requests()
    {
        // Ninety requests of 1 cent and ten of 11: a mean of 2 cents, a variance of 9.0909 square cents.
        var series = ArmSeries.Of([Cost("search=on", 90, 0.9m, 90 * 1e-4), Cost("search=on", 10, 1.1m, 10 * 0.0121)], CanaryArms.Of(Flagged));
        var costs = series.Costs(ofCanary: true).ShouldNotBeNull();
        costs.Count.ShouldBe(100);
        costs.Mean.ShouldBe(0.02, 1e-12);
        costs.Variance.ShouldBe(900.0 / 99 * 1e-4, 1e-12);
        series.Costs(ofCanary: false).ShouldBeNull("nobody is in control");
        // Of requests with one price there is no spread, whatever rounding leaves of it.
        ArmSeries.Of([Cost("search=on", 3, 0.3m, 0.03)], CanaryArms.Of(Flagged)).Costs(ofCanary: true).ShouldNotBeNull().Variance.ShouldBe(0);
        // Where an earlier version kept no squares, batches of time stand in from 20 on.
        var old = ArmSeries.Of([Cost("search=on", 90, 0.9m, null), Cost("search=on", 10, 1.1m, 0.121)], CanaryArms.Of(Flagged));
        old.Costs(ofCanary: true).ShouldBeNull();
        old.BatchedCosts(ofCanary: true).ShouldBeNull();
    }

    private static AggregateRow Cost(string variant, long count, decimal dollars, double? squares) =>
        new(Traffic.Noon, [variant], count, 0, new(), default, ModelUseTotals.Of(Use(dollars))) { CostSquared = squares };

    private static ModelUse Use(decimal dollars) => new("m", "p", default, Pricing.Priced, Money.OfDollars(dollars), IsRetry: false);

    [Fact]
    public void The_minute_in_which_a_long_step_began_is_left_out()
    {
        var plan = CanaryPlan.Of(ReleaseCatalog.Parse(CanaryPlace.Release.Replace("minTime: 1s", "minTime: 10m"), "f"), "1");
        var since = Traffic.Noon.AddSeconds(20);
        StepWindow.Of(plan, since, since.AddHours(1)).From.ShouldBe(Traffic.Noon.AddMinutes(1));
        var quick = CanaryPlan.Of(ReleaseCatalog.Parse(CanaryPlace.Release, "f"), "1");
        StepWindow.Of(quick, since, since.AddSeconds(5)).From.ShouldBe(Traffic.Noon);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(24, 12)]
    [InlineData(31, 30)]
    [InlineData(48, 30)]
    [InlineData(24 * 5, 60)]
    [InlineData(24 * 6, 120)]
    public void Points_of_a_long_step_are_whole_rows_of_what_the_store_keeps(int hours, int minutes)
    {
        var plan = CanaryPlan.Of(ReleaseCatalog.Parse(CanaryPlace.Release, "f"), "1");
        StepWindow.Of(plan, Traffic.Noon, Traffic.Noon.AddHours(hours)).Point.ShouldBe(TimeSpan.FromMinutes(minutes));
    }
}
