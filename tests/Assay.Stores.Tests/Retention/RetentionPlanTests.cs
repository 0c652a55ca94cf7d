using Assay.Embedded.Retention;

namespace Assay.Stores.Tests.Retention;

public sealed class RetentionPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetentionOptions Options = new();

    [Fact]
    public void By_default_events_are_kept_for_30_days_and_10_GiB()
    {
        (Options.MaxAge, Options.MaxBytes, Options.Every).ShouldBe((TimeSpan.FromDays(30), 10L * 1024 * 1024 * 1024, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void What_is_young_and_small_stays() => Decide(bytes: 1, age: 30).Before.ShouldBeNull();

    [Fact]
    public void What_is_older_than_allowed_goes()
    {
        var plan = Decide(bytes: 1, age: 31);
        plan.Before.ShouldBe(Now.AddDays(-30));
        plan.Reason.ShouldContain("30 days");
    }

    [Fact]
    public void An_empty_store_has_nothing_to_delete() => RetentionPlan.Decide(Now, long.MaxValue, null, Options).Before.ShouldBeNull();

    [Fact]
    public void Events_of_the_future_wait_for_their_time() => RetentionPlan.Decide(Now, long.MaxValue, Now.AddDays(1), Options).Before.ShouldBeNull();

    [Fact]
    public void A_store_that_is_too_large_loses_its_oldest_until_a_tenth_is_free()
    {
        var plan = Decide(bytes: Options.MaxBytes * 2, age: 20);
        plan.Before.ShouldBe(Now.AddDays(-20 * 0.45));
        plan.Reason.ShouldContain("bytes");
    }

    [Theory]
    [InlineData(1, 20, 0)]
    [InlineData(100, 20, 0)]
    [InlineData(100, 40, 10)]
    // The size cuts what age leaves: how early the oldest event began does not matter.
    [InlineData(300, 40, 31)]
    [InlineData(1000, 3650, 3647)]
    [InlineData(1000, 100, 97)]
    public void The_later_of_both_times_wins(int percentOfAllowed, double age, double deletedDays)
    {
        var plan = Decide(Options.MaxBytes / 100 * percentOfAllowed, age);
        var expected = deletedDays == 0 ? (DateTimeOffset?)null : Now.AddDays(deletedDays - age);
        if (expected is null)
        {
            plan.Before.ShouldBeNull();
        }
        else
        {
            plan.Before!.Value.ShouldBe(expected.Value, TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public void One_event_with_a_very_early_begin_does_not_switch_the_size_off()
    {
        var plan = RetentionPlan.Decide(Now, Options.MaxBytes * 2, DateTimeOffset.UnixEpoch, Options);
        plan.Before!.Value.ShouldBe(Now.AddDays(-30 * 0.45), TimeSpan.FromMinutes(1));
        plan.Reason.ShouldContain("bytes");
    }

    [Fact]
    public void However_large_the_store_is_the_time_lies_between_the_oldest_event_and_now()
    {
        foreach (var factor in (double[])[1.0001, 1.5, 3, 1e3, 1e9])
        {
            Decide((long)(Options.MaxBytes * factor), age: 5).Before!.Value.ShouldBeInRange(Now.AddDays(-5), Now);
        }
    }

    [Fact]
    public void Deletion_after_deletion_the_store_becomes_small_enough()
    {
        // Ten times as much in the last hour as in the days before.
        var (bytes, oldest, looks) = (Options.MaxBytes * 10.0, Now.AddDays(-10), 0);
        for (; RetentionPlan.Decide(Now, (long)bytes, oldest, Options).Before is { } before; looks++)
        {
            var hour = Now.AddHours(-1);
            var early = before < hour ? (before - oldest) / (hour - oldest) : 1;
            bytes -= oldest < hour ? Options.MaxBytes * early : 0;
            bytes -= before > hour ? Options.MaxBytes * 9.0 * ((before - (oldest > hour ? oldest : hour)) / TimeSpan.FromHours(1)) : 0;
            oldest = before;
            looks.ShouldBeLessThan(50);
        }

        looks.ShouldBeGreaterThan(0);
    }

    private static RetentionPlan Decide(long bytes, double age) => RetentionPlan.Decide(Now, bytes, Now.AddDays(-age), Options);
}
