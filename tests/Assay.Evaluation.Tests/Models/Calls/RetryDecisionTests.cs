using Assay.Models.Calls;
using FsCheck.Fluent;

namespace Assay.Evaluation.Tests.Models.Calls;

public sealed class RetryDecisionTests
{
    private static readonly CallLimits Limits = new()
    {
        FirstWait = TimeSpan.FromSeconds(1),
        LongestWait = TimeSpan.FromSeconds(8),
        MaxRetries = 5,
    };
    private static readonly CallFailure Busy = new(ModelFault.Unavailable, "busy") { IsRetryable = true };
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0, 0, 0.5)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(3, 0, 4)]
    [InlineData(4, 1, 8)]
    public void Waits_double_up_to_the_longest_and_are_spread_over_the_upper_half(int retries, double jitter, double seconds) =>
        RetryDecision.WaitFor(Limits, Busy, retries, Long, jitter).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void After_the_last_retry_there_is_none() => RetryDecision.WaitFor(Limits, Busy, 5, Long, 0.5).ShouldBeNull();

    [Fact]
    public void What_is_no_use_is_not_repeated() => RetryDecision.WaitFor(Limits, Busy with { IsRetryable = false }, 0, Long, 0.5).ShouldBeNull();

    [Fact]
    public void A_wait_that_does_not_fit_is_not_begun()
    {
        RetryDecision.WaitFor(Limits, Busy with { RetryAfter = TimeSpan.FromSeconds(20) }, 0, TimeSpan.FromSeconds(20), 0).ShouldBeNull();
        RetryDecision.WaitFor(Limits, Busy with { RetryAfter = TimeSpan.FromSeconds(20) }, 0, TimeSpan.FromSeconds(21), 0).ShouldNotBeNull();
    }

    [Fact]
    public void Nobody_comes_back_before_the_time_that_was_asked_for() =>
        Prop.ForAll(
                Gen.Choose(0, 600).ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (seconds, jitter) =>
                    RetryDecision.WaitFor(Limits, Busy with { RetryAfter = TimeSpan.FromSeconds(seconds) }, 0, Long, jitter / 1000.0)
                    >= TimeSpan.FromSeconds(seconds)
            )
            .Holds();

    [Fact]
    public void Waiting_for_a_circuit_uses_up_no_retry_and_never_spins()
    {
        var open = new CallFailure(ModelFault.CircuitOpen, "open") { IsRetryable = true, IsUnsent = true };
        RetryDecision.WaitFor(Limits, open with { RetryAfter = TimeSpan.Zero }, 9, Long, 0).ShouldBe(TimeSpan.FromSeconds(0.5));
        RetryDecision.WaitFor(Limits, open with { RetryAfter = TimeSpan.FromSeconds(3) }, 9, Long, 0).ShouldBe(TimeSpan.FromSeconds(3));
        RetryDecision.WaitFor(Limits, open with { RetryAfter = TimeSpan.FromSeconds(3) }, 9, TimeSpan.FromSeconds(2), 0).ShouldBeNull();
    }

    [Fact]
    public void The_same_seed_gives_the_same_jitter_and_calls_differ()
    {
        RetryDecision.Jitter(42, 7, 1).ShouldBe(RetryDecision.Jitter(42, 7, 1));
        var drawn = Enumerable.Range(0, 1000).Select(call => RetryDecision.Jitter(42, call, 1)).ToList();
        drawn.ShouldAllBe(j => j >= 0 && j < 1);
        drawn.Average().ShouldBe(0.5, 0.05);
    }
}
