using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Assay.Models.Calls;

/// <summary>The strategies around attempts, on Polly: retries outside; circuit breaker and time limit inside, around the sending alone.</summary>
internal static class CallPipelines
{
    /// <summary>Share of failed attempts that opens a circuit.</summary>
    private const double BreakAtFailureRatio = 0.5;

    /// <summary>Attempts in the sampling time below which a circuit stays closed.</summary>
    private const int BreakAtLeastAttempts = 10;

    private static readonly TimeSpan BreakSampling = TimeSpan.FromSeconds(30);

    /// <summary>Repeats an attempt as <see cref="RetryDecision"/> says.</summary>
    public static ResiliencePipeline<Attempt> Retries(CallLimits limits, long seed, TimeProvider time) =>
        new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<Attempt>
                {
                    // The decision counts itself: a wait for a circuit to close is no retry.
                    MaxRetryAttempts = int.MaxValue,
                    ShouldHandle = args =>
                        ValueTask.FromResult(args.Outcome.Result?.Failure is { } failure && Wants(limits, seed, CallState.Of(args.Context), failure)),
                    DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(CallState.Of(args.Context).Wait),
                }
            )
            .Build();

    /// <summary>Keeps from an endpoint that is down, and ends an attempt that takes too long.</summary>
    public static ResiliencePipeline<Attempt> Guard(CallLimits limits, TimeProvider time) =>
        new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<Attempt>
                {
                    FailureRatio = BreakAtFailureRatio,
                    MinimumThroughput = BreakAtLeastAttempts,
                    SamplingDuration = BreakSampling,
                    BreakDuration = limits.BreakDuration,
                    ShouldHandle = args =>
                        ValueTask.FromResult(args.Outcome.Exception is TimeoutRejectedException || args.Outcome.Result?.Failure is { IsOutage: true }),
                }
            )
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => ValueTask.FromResult(AttemptTime(limits, CallState.Of(args.Context))) })
            .Build();

    /// <summary>The time that an attempt may take now.</summary>
    public static TimeSpan AttemptTime(CallLimits limits, CallState state) =>
        TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, Math.Min(limits.AttemptTimeout.Ticks, state.Left.Ticks)));

    private static bool Wants(CallLimits limits, long seed, CallState state, CallFailure failure)
    {
        var jitter = RetryDecision.Jitter(seed, state.Number, state.Sent);
        if (RetryDecision.WaitFor(limits, failure, state.Retries, state.Left, jitter) is not { } wait)
        {
            return false;
        }

        state.Wait = wait;
        state.Cause = failure.IsUnsent ? state.Cause : failure;
        return true;
    }
}
