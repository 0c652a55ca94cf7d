using Assay.Observability.Slos;

namespace Assay.Tests.Observability.Slos;

public sealed class BurnAlertsTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly SloMonitor monitor;
    private readonly SloRecorder slo;
    private readonly List<SloAlert> told = [];

    public BurnAlertsTests()
    {
        monitor = new SloMonitor(time);
        slo = monitor.RegisterSlo(new("availability", "ask", 0.999, new(SloSignal.Requests, GoodWhen.NotFailed)));
        monitor.AlertChanged += (_, e) => told.Add(e.Alert);
    }

    [Fact]
    public void An_outage_pages_once_and_is_resolved_once()
    {
        Minutes(60, perMinute: 100, bad: 0);
        Minutes(10, perMinute: 100, bad: 50);
        var page = told.ShouldHaveSingleItem();
        page.Severity.ShouldBe(AlertSeverity.Page);
        page.IsFiring.ShouldBeTrue();
        page.Reason.ShouldContain("the alert is at 6 ×. At the budget chance gives such a count");
        slo.Status().Alerts.ShouldBe([page]);

        // The page does not hang on for as long as 6 h remember; the short windows let go first.
        Minutes(60, perMinute: 100, bad: 0);
        told.Where(a => a.Severity == AlertSeverity.Page).Select(a => a.IsFiring).ShouldBe([true, false]);
        told.Where(a => a.Severity == AlertSeverity.Page).Select(a => a.Id).Distinct().ShouldHaveSingleItem();
        monitor.Resolved()[0].Resolution.ShouldStartWith("The budget burns slowly again");
    }

    [Fact]
    public void A_slow_burn_is_a_ticket()
    {
        Minutes(24 * 60, perMinute: 10, bad: 0);
        for (var i = 0; i < 24 * 60 && told.Count == 0; i++)
        {
            // 4 × the budget: 1 of 250.
            Minutes(1, perMinute: 10, bad: i % 25 == 0 ? 1 : 0);
        }

        told.ShouldHaveSingleItem().Severity.ShouldBe(AlertSeverity.Ticket);
    }

    [Fact]
    public void A_failure_on_a_quiet_day_pages_nobody()
    {
        for (var i = 0; i < 20; i++)
        {
            Minutes(1, perMinute: 1, bad: i == 10 ? 1 : 0);
            Minutes(19, perMinute: 0, bad: 0);
        }

        told.ShouldBeEmpty();
    }

    [Theory]
    // One of two, and two of two slow requests: chance gives the first once in 50 looks at exactly the budget of 1 %, the second once in 10,000.
    [InlineData(2, 1, false)]
    [InlineData(2, 2, false)]
    [InlineData(60, 3, false)]
    // C(3,3) 0.01³ = 10⁻⁶, and 10⁻⁵ for 3 of 5.
    [InlineData(3, 3, true)]
    [InlineData(5, 3, true)]
    public void A_ticket_needs_evidence_too(long total, long bad, bool opens)
    {
        var fast = monitor.RegisterSlo(new("latency", "ask", 0.99, new(SloSignal.Requests, GoodWhen.AtMost, 500)));
        fast.Add(time.Now.ToUnixTimeSeconds(), new EventCount(total, bad));
        time.Advance(TimeSpan.FromMinutes(1));
        // A page about the same would be no ticket; these counts are too few for one.
        told.Select(a => a.Severity).ShouldBe(opens ? [AlertSeverity.Ticket] : []);
        told.ShouldAllBe(a => a.Reason.Contains("At the budget chance gives such a count of"));
    }

    [Fact]
    public void A_burn_that_swings_around_the_threshold_does_not_flap()
    {
        Minutes(60, perMinute: 1000, bad: 0);
        Minutes(15, perMinute: 1000, bad: 500);
        for (var i = 0; i < 30; i++)
        {
            // Below the threshold for three minutes, above it for three.
            Minutes(3, perMinute: 1000, bad: 5);
            Minutes(3, perMinute: 1000, bad: 40);
        }

        told.Count(a => a.Severity == AlertSeverity.Page).ShouldBe(1);
    }

    [Fact]
    public void An_alert_is_over_only_well_below_its_threshold()
    {
        Minutes(60, perMinute: 1000, bad: 0);
        Minutes(10, perMinute: 1000, bad: 500);
        for (var i = 0; i < 60; i++)
        {
            // 5.4 × the budget: below the threshold of 6, above 80 % of it.
            Minutes(1, perMinute: 1000, bad: i % 5 < 2 ? 6 : 5);
        }

        told.ShouldHaveSingleItem().IsFiring.ShouldBeTrue();
        Minutes(60, perMinute: 1000, bad: 4);
        told.Where(a => a.Severity == AlertSeverity.Page).Select(a => a.IsFiring).ShouldBe([true, false]);
    }

    [Fact]
    public void Silence_is_no_recovery()
    {
        Minutes(60, perMinute: 100, bad: 0);
        Minutes(10, perMinute: 100, bad: 100);
        Minutes(120, perMinute: 0, bad: 0);
        told.ShouldHaveSingleItem().IsFiring.ShouldBeTrue();
        Minutes(300, perMinute: 0, bad: 0);
        told[1].IsFiring.ShouldBeFalse();
        told[1].Resolution.ShouldBe("No events for 6h: whether it is well again is not known.");
    }

    [Fact]
    public void A_handler_that_throws_is_counted_and_keeps_nobody_from_being_told()
    {
        using var other = new SloMonitor(time);
        var heard = 0;
        other.AlertChanged += (_, _) => throw new InvalidOperationException();
        other.AlertChanged += (_, _) => heard++;
        other.RegisterSlo(slo.Definition).Add(time.Now.ToUnixTimeSeconds(), new EventCount(100, 100));
        other.Look();
        heard.ShouldBe(1);
        other.HandlerFailures.ShouldBe(1);
    }

    [Theory]
    // 5 min / 1,000 months = 1.16e-7: C(9,3) 0.001³ = 8.4e-8 is below it, C(10,3) 0.001³ = 1.2e-7 is not.
    [InlineData(0, 9, 3, true)]
    [InlineData(0, 10, 3, false)]
    [InlineData(0, 20, 4, true)]
    // 30 min / 1,000 months = 6.94e-7: C(17,3) 0.001³ = 6.8e-7 is below it, C(18,3) 0.001³ = 8.2e-7 is not.
    [InlineData(1, 17, 3, true)]
    [InlineData(1, 18, 3, false)]
    [InlineData(1, 10, 2, false)]
    [InlineData(1, 1, 1, false)]
    // A ticket: 2 h / 100 months = 2.78e-5: C(7,2) 0.001² = 2.1e-5 is below it, C(8,2) 0.001² = 2.8e-5 is not quite.
    [InlineData(2, 7, 2, true)]
    [InlineData(2, 9, 2, false)]
    // 6 h / 100 months = 8.33e-5: C(13,2) 0.001² = 7.8e-5 is below it, C(14,2) 0.001² = 9.1e-5 is not.
    [InlineData(3, 13, 2, true)]
    [InlineData(3, 14, 2, false)]
    [InlineData(3, 1, 1, false)]
    public void Evidence_is_a_count_that_chance_gives_less_than_once_in_1000_months_or_in_100_for_a_ticket(int pair, long total, long bad, bool holds) =>
        BurnEvidence.Holds(BurnPolicy.Pairs[pair], new EventCount(total, bad), 0.001).ShouldBe(holds);

    public void Dispose() => monitor.Dispose();

    private void Minutes(int minutes, long perMinute, long bad)
    {
        for (var i = 0; i < minutes; i++)
        {
            if (perMinute > 0)
            {
                slo.Add(time.Now.ToUnixTimeSeconds(), new EventCount(perMinute, bad));
            }

            time.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
