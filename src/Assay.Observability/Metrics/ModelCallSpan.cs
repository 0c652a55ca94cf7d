using System.Diagnostics;
using Assay.Observability.Tracing;
using Assay.Prices;

namespace Assay.Observability.Metrics;

/// <summary>A call to a model, from <see cref="GenAiSpans"/>; it ends and is measured when it is disposed. For one thread.</summary>
public sealed class ModelCallSpan : IDisposable
{
    private readonly string model;
    private readonly GenAiMetrics metrics;
    private readonly TimeProvider time;
    private readonly long started;
    private TokenUsage? usage;
    private bool cacheHit;
    private bool failed;
    private bool ended;

    internal ModelCallSpan(Activity? activity, string model, GenAiMetrics metrics, TimeProvider time)
    {
        Activity = activity;
        this.model = model;
        this.metrics = metrics;
        this.time = time;
        started = time.GetTimestamp();
    }

    /// <summary>The span itself; null where nobody listens.</summary>
    public Activity? Activity { get; }

    /// <summary>Says how many tokens the call used; a token is in one kind only, see <see cref="TokenUsage"/>.</summary>
    public void Used(TokenUsage tokens)
    {
        usage = tokens;
        // The conventions count cached tokens among the input and reasoning among the output.
        Activity?.SetTag(GenAiAttributes.InputTokens, tokens.AllInput);
        Activity?.SetTag(GenAiAttributes.OutputTokens, tokens.AllOutput);
        SetIfAny(GenAiAttributes.CachedInputTokens, tokens.CachedInput);
        SetIfAny(GenAiAttributes.CacheWriteTokens, tokens.CacheWrite);
        SetIfAny(GenAiAttributes.ReasoningTokens, tokens.Reasoning);
    }

    /// <summary>Says which model answered, where it is not the one that was asked for.</summary>
    public void Answered(string responseModel) => Activity?.SetTag(GenAiAttributes.ResponseModel, responseModel);

    /// <summary>Says why the model stopped: <c>stop</c>, <c>length</c>, <c>tool_calls</c>.</summary>
    public void Finished(params string[] reasons) => Activity?.SetTag(GenAiAttributes.FinishReasons, reasons);

    /// <summary>Says by which prompt it was asked.</summary>
    /// <param name="name">The prompt's name.</param>
    /// <param name="version">Its version.</param>
    public void AskedBy(string name, string version)
    {
        Activity?.SetTag(GenAiAttributes.PromptName, name);
        Activity?.SetTag(GenAiAttributes.PromptVersion, version);
        Activity?.SetTag(GenAiAttributes.Prompt, $"{name}@{version}");
    }

    /// <summary>Says that the answer came from the caller's own cache and nothing was paid.</summary>
    public void CameFromCache()
    {
        cacheHit = true;
        Activity?.SetTag(GenAiAttributes.CacheHit, value: true);
    }

    /// <summary>Says which attempt this is, 1 for the first; later ones are retries.</summary>
    public void Attempt(int number) => Activity?.SetTag(GenAiAttributes.Attempt, number);

    /// <summary>Marks the call as failed.</summary>
    public void Fail(Exception exception)
    {
        failed = true;
        Activity?.SetTag(GenAiAttributes.ErrorType, exception.GetType().FullName);
        new Operation(Activity).Fail(exception);
    }

    /// <summary>Ends and measures the call.</summary>
    public void Dispose()
    {
        if (!ended)
        {
            ended = true;
            metrics.ModelCall(model, time.GetElapsedTime(started), failed, cacheHit, usage);
            Activity?.Dispose();
        }
    }

    private void SetIfAny(string name, long tokens)
    {
        if (tokens > 0)
        {
            Activity?.SetTag(name, tokens);
        }
    }
}
