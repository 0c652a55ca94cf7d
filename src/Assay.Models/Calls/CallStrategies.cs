using Polly;

namespace Assay.Models.Calls;

/// <summary>How attempts of one endpoint are repeated, bounded in time and held back.</summary>
/// <param name="limits">What a call may take.</param>
/// <param name="guard">Shared by all who ask the endpoint.</param>
/// <param name="seed">Seed of the jitter.</param>
/// <param name="time">The clock.</param>
internal sealed class CallStrategies(CallLimits limits, Lazy<ResiliencePipeline<Attempt>> guard, long seed, TimeProvider time)
{
    // Polly's strategies take milliseconds to set up; a run whose answers all come from the cache never needs them.
    private readonly Lazy<ResiliencePipeline<Attempt>> retries = new(() => CallPipelines.Retries(limits, seed, time));
    private long calls;

    /// <summary>Whether the endpoint lives; null when nobody asks.</summary>
    public EndpointLife? Life { get; init; }

    public ResiliencePipeline<Attempt> Retries => retries.Value;

    public ResiliencePipeline<Attempt> Guard => guard.Value;

    public CallState Begin(CallRequest request, AnswerReader read)
    {
        var budget = request.Budget is { } asked && asked < limits.TotalBudget ? asked : limits.TotalBudget;
        return new CallState(request, read, budget, Interlocked.Increment(ref calls), time);
    }

    public TimeSpan AttemptTime(CallState state) => CallPipelines.AttemptTime(limits, state);

    /// <summary>Whether an attempt with this time has less than its own limit: the whole call ends first.</summary>
    public bool CutsShort(TimeSpan attemptTime) => attemptTime < limits.AttemptTimeout;
}
