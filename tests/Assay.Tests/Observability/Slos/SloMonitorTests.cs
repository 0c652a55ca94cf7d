using Assay.Observability;
using Assay.Observability.Slos;

namespace Assay.Tests.Observability.Slos;

public sealed class SloMonitorTests : IDisposable
{
    private static readonly SloDefinition Availability = new("availability", "ask", 0.999, new(SloSignal.Requests, GoodWhen.NotFailed));
    private static readonly SloDefinition Latency = new("latency", "ask", 0.99, new(SloSignal.Requests, GoodWhen.AtMost, 500));
    private static readonly SloDefinition Quality = new("quality", "ask", 0.8, new(SloSignal.Scores, GoodWhen.AtLeast, 0.5));

    private readonly ManualTime time = new();
    private readonly SloMonitor monitor;

    public SloMonitorTests() => monitor = new SloMonitor(time);

    [Fact]
    public void The_example_of_the_specification_works_without_a_hub()
    {
        foreach (var slo in SloDefinition.Defaults(new ObservabilityOptions()))
        {
            monitor.RegisterSlo(slo);
        }

        monitor.RecordSuccess("availability");
        monitor.RecordLatency("latency-p99", 150.0);
        monitor.RecordScore("quality", 0.92);
        var summary = monitor.Summary();
        summary.Slos.Select(s => s.Slo.Name).ShouldBe(["availability", "error-rate", "latency-p99", "quality"]);
        summary.Slos.Select(s => s.Count.Good).ShouldBe([1, 0, 1, 1]);
        summary.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void The_defaults_are_those_of_the_specification()
    {
        var slos = SloDefinition.Defaults(new ObservabilityOptions()).ToDictionary(s => s.Name);
        slos["availability"].Target.ShouldBe(0.999);
        slos["latency-p99"].Target.ShouldBe(0.99);
        slos["latency-p99"].Indicator.Threshold.ShouldBe(500);
        slos["quality"].Target.ShouldBe(0.8);
        slos["error-rate"].Budget.ShouldBe(0.001);
    }

    [Fact]
    public void No_traffic_is_no_data_and_no_pass()
    {
        monitor.RegisterSlo(Availability);
        var status = monitor.Status("availability");
        status.Verdict.ShouldBe(Verdict.NoData);
        status.BudgetLeft.ShouldBeNull();
        status.Burns.ShouldAllBe(b => b.Burn == null);
    }

    [Fact]
    public void Little_traffic_is_inconclusive_and_says_how_much_is_missing()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(100, 0));
        var status = slo.Status();
        status.Verdict.ShouldBe(Verdict.Inconclusive);
        // ln 0.05 / ln 0.999 = 2,994.2
        status.Reason.ShouldBe("0 of 100 events in 30 days were bad, too few events to decide; 2,895 more events are needed.");
    }

    [Theory]
    [InlineData(2995, 2, Verdict.Pass)]
    [InlineData(2995, 3, Verdict.Fail)]
    [InlineData(500, 1, Verdict.Inconclusive)]
    [InlineData(50, 3, Verdict.Fail)]
    [InlineData(1_000_000, 1000, Verdict.Pass)]
    [InlineData(1_000_000, 1001, Verdict.Fail)]
    public void The_verdict_follows_the_budget_as_far_as_the_counts_carry_it(long total, long bad, Verdict verdict)
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(total, bad));
        slo.Status().Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void Burn_is_the_share_of_bad_events_over_the_budget_in_each_window()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(1000, 10));
        time.Advance(TimeSpan.FromMinutes(20));
        slo.Add(Second, new EventCount(1000, 0));
        var status = slo.Status();
        status.BurnOf(TimeSpan.FromMinutes(5)).ShouldBe(0);
        status.BurnOf(TimeSpan.FromMinutes(30))!.Value.ShouldBe(5, 1e-9);
        status.BurnOf(TimeSpan.FromDays(30))!.Value.ShouldBe(5, 1e-9);
        status.BudgetLeft!.Value.ShouldBe(-4, 1e-9);
    }

    [Fact]
    public void Latency_and_scores_are_judged_by_their_threshold()
    {
        var (latency, quality) = (monitor.RegisterSlo(Latency), monitor.RegisterSlo(Quality));
        foreach (var ms in (double[])[1, 500, 500.1, double.NaN])
        {
            latency.RecordLatency(ms);
        }

        foreach (var score in (double[])[0.49, 0.5, 1])
        {
            quality.RecordScore(score);
        }

        latency.Counted().ShouldBe(new EventCount(4, 2));
        quality.Counted().ShouldBe(new EventCount(3, 1));
        Should.Throw<InvalidOperationException>(() => latency.RecordScore(1)).Message.ShouldContain("does not judge scores");
        Should.Throw<InvalidOperationException>(() => quality.RecordLatency(1)).Message.ShouldContain("does not judge durations");
    }

    [Fact]
    public void A_late_event_goes_to_its_own_bucket()
    {
        var slo = monitor.RegisterSlo(Availability);
        time.Advance(TimeSpan.FromHours(2));
        slo.Add(Second, new EventCount(10, 0));
        slo.Record(isGood: false, time.Now - TimeSpan.FromMinutes(90));
        var status = slo.Status();
        status.Burns.Single(b => b.Window == TimeSpan.FromHours(1)).Count.ShouldBe(new EventCount(10, 0));
        status.Burns.Single(b => b.Window == TimeSpan.FromHours(2)).Count.ShouldBe(new EventCount(11, 1));
    }

    [Fact]
    public void An_event_older_than_the_rings_is_counted_as_too_late_and_nowhere_else()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Record(isGood: false, time.Now - TimeSpan.FromDays(29.9));
        slo.Record(isGood: false, time.Now - TimeSpan.FromDays(30.1));
        var status = slo.Status();
        status.Count.ShouldBe(new EventCount(1, 1));
        status.TooLate.ShouldBe(1);
        status.BurnOf(TimeSpan.FromDays(3)).ShouldBeNull();
    }

    [Fact]
    public void An_event_from_a_clock_that_is_ahead_counts_as_now()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Record(isGood: false, time.Now + TimeSpan.FromDays(1));
        slo.Status().Burns.ShouldAllBe(b => b.Count == new EventCount(1, 1));
    }

    [Fact]
    public void A_clock_that_was_ahead_and_is_set_right_blinds_no_window()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(1000, 0));
        time.Advance(TimeSpan.FromDays(400));
        slo.Add(Second, new EventCount(70, 7));
        slo.Counted().ShouldBe(new EventCount(1070, 7));
        time.Advance(TimeSpan.FromDays(-400));

        slo.Add(Second, new EventCount(100, 5));
        slo.Counted().ShouldBe(new EventCount(1170, 12), "a counter never goes down");
        slo.Status().At.ShouldBe(time.Now);
        slo.Status().Burns.Single(b => b.Window == TimeSpan.FromMinutes(5)).Count.ShouldBe(new EventCount(100, 5));
        time.Advance(TimeSpan.FromMinutes(20));
        slo.Status().Burns.Single(b => b.Window == TimeSpan.FromMinutes(5)).Count.ShouldBe(default);
    }

    [Fact]
    public void What_was_counted_before_the_time_of_a_clock_set_right_stays_in_its_windows()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(1000, 3));
        time.Advance(TimeSpan.FromHours(3));
        slo.Add(Second, new EventCount(70, 7));
        time.Advance(TimeSpan.FromHours(-2));
        slo.Status().Burns.Single(b => b.Window == TimeSpan.FromHours(2)).Count.ShouldBe(new EventCount(1000, 3));
        slo.Status().Burns.Single(b => b.Window == TimeSpan.FromMinutes(5)).Count.ShouldBe(default);
        slo.Counted().ShouldBe(new EventCount(1070, 10));
    }

    [Fact]
    public void A_snapshot_of_a_clock_that_was_ahead_blinds_no_window_after_a_restart()
    {
        var slo = monitor.RegisterSlo(Availability);
        time.Advance(TimeSpan.FromDays(10));
        slo.Add(Second, new EventCount(1000, 1000));
        monitor.Look();
        time.Advance(TimeSpan.FromMinutes(40));
        slo.Add(Second, new EventCount(1000, 0));
        monitor.Look();
        monitor.Summary().Slos[0].Alerts[0].CalmSince.ShouldNotBeNull("it begins to be over, in the time of that clock");
        var saved = monitor.Save();
        time.Advance(TimeSpan.FromDays(-10));

        using var next = new SloMonitor(time);
        var restored = next.RegisterSlo(Availability);
        next.Restore(saved);
        restored.Add(Second, new EventCount(1000, 0));
        restored.Status().Burns.Single(b => b.Window == TimeSpan.FromMinutes(5)).Count.ShouldBe(new EventCount(1000, 0));
        for (var minute = 0; minute < 40; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            restored.Add(Second, new EventCount(1000, 0));
            next.Look();
        }

        next.Summary().Slos[0].Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void A_clock_that_is_set_back_by_less_than_an_hour_loses_nothing()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(1000, 3));
        time.Advance(TimeSpan.FromMinutes(-59));
        slo.Status().Burns.ShouldAllBe(b => b.Count == new EventCount(1000, 3));
    }

    [Fact]
    public void A_clock_that_begins_again_in_1970_breaks_nothing()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(1000, 3));
        time.Advance(DateTimeOffset.UnixEpoch - time.Now + TimeSpan.FromMinutes(1));
        slo.Add(Second, new EventCount(10, 1));
        slo.Status().Count.ShouldBe(new EventCount(10, 1));
        slo.Counted().ShouldBe(new EventCount(1010, 4));
    }

    [Fact]
    public void Old_events_leave_every_window()
    {
        var slo = monitor.RegisterSlo(Availability);
        slo.Add(Second, new EventCount(10, 1));
        foreach (var window in BurnPolicy.Windows)
        {
            time.Advance(ManualTime.Start + window - time.Now);
            slo.Status().Burns.Single(b => b.Window == window).Count.Total.ShouldBe(10, $"{window} is over, its first bucket not yet");
            time.Advance(
                TimeSpan.FromSeconds(
                    window.TotalHours > 72 ? 3600
                    : window.TotalHours > 6 ? 300
                    : 10
                )
            );
            slo.Status().Burns.Single(b => b.Window == window).Count.Total.ShouldBe(0, $"{window}");
        }

        slo.Counted().ShouldBe(new EventCount(10, 1));
    }

    [Fact]
    public void Threads_lose_no_event()
    {
        var slo = monitor.RegisterSlo(Availability);
        Parallel.For(
            0,
            8,
            i =>
            {
                for (var n = 0; n < 100_000; n++)
                {
                    if (i % 2 == 0)
                    {
                        slo.RecordSuccess();
                    }
                    else
                    {
                        slo.RecordFailure();
                    }

                    if (n % 1000 == 0)
                    {
                        slo.Status();
                    }
                }
            }
        );
        slo.Counted().ShouldBe(new EventCount(800_000, 400_000));
    }

    [Fact]
    public void Counts_and_alerts_survive_a_restart()
    {
        var slo = monitor.RegisterSlo(Availability);
        for (var i = 0; i < 100; i++)
        {
            slo.Add(Second, new EventCount(10, i % 4 == 0 ? 5 : 0));
            time.Advance(TimeSpan.FromMinutes(7));
        }

        slo.Add(Second, new EventCount(100, 50));
        monitor.Look();
        var before = slo.Status();
        before.Alerts.ShouldNotBeEmpty();

        using var after = new SloMonitor(time);
        after.RegisterSlo(Availability with { Target = 0.99 });
        after.Restore(monitor.Save()).ShouldBe(["availability"]);
        var status = after.Status("availability");
        status.Burns.Select(b => b.Count).ShouldBe(before.Burns.Select(b => b.Count));
        status.Alerts.ShouldBe(before.Alerts);
    }

    [Fact]
    public void Counts_of_another_meaning_are_not_taken_over()
    {
        monitor.RegisterSlo(Latency).RecordLatency(1);
        using var after = new SloMonitor(time);
        after.RegisterSlo(Latency with { Indicator = Latency.Indicator with { Threshold = 400 } });
        after.Restore(monitor.Save()).ShouldBeEmpty();
        after.Status("latency").Verdict.ShouldBe(Verdict.NoData);
    }

    [Fact]
    public void A_name_is_given_once_and_an_unknown_one_says_what_there_is()
    {
        monitor.RegisterSlo(Availability);
        Should.Throw<AssayException>(() => monitor.RegisterSlo(Availability)).Message.ShouldContain("two SLOs");
        Should.Throw<KeyNotFoundException>(() => monitor.RecordSuccess("avail")).Message.ShouldContain("Known: availability");
        Should.Throw<AssayException>(() => monitor.RegisterSlo(Availability with { Name = "x", Target = 1 })).Message.ShouldContain("target");
        Should.Throw<AssayException>(() => monitor.RegisterSlo(Availability with { Name = "X y" })).Message.ShouldContain("name");
    }

    public void Dispose() => monitor.Dispose();

    private long Second => time.Now.ToUnixTimeSeconds();
}
