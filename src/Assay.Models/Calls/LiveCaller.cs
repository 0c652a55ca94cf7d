using System.Net;
using Assay.Models.Budgets;
using Assay.Prices;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Assay.Models.Calls;

/// <summary>An answer that was paid for, with the bytes it was read from.</summary>
internal sealed record LiveAnswer(Called Called, ReadOnlyMemory<byte> Body);

/// <summary>Asks an endpoint, again where that may help. Each attempt has a span, a share of the spending limit and a place in the totals.</summary>
internal sealed class LiveCaller(ModelEndpoint endpoint, CallStrategies strategies, Metering metering, Action<Throttling>? throttled)
{
    public Uri Address => endpoint.Address;

    /// <exception cref="ModelCallException">No answer.</exception>
    public async Task<LiveAnswer> CallAsync(CallRequest request, AnswerReader read, CancellationToken cancellationToken)
    {
        var state = strategies.Begin(request, read);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(CallState.Key, state);
            var outcome = await strategies.Retries.ExecuteOutcomeAsync(static (c, self) => self.AttemptAsync(c), context, this);
            outcome.ThrowIfException();
            return Finish(state, outcome.Result!);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static LiveAnswer Finish(CallState state, Attempt last)
    {
        var tookMs = state.Elapsed.TotalMilliseconds;
        var facts = new CallFacts(state.Request.NameOf(last.Answer), tookMs, state.Sent, FromCache: false, last.Answer?.Tokens, state.Paid);
        if (last.Failure?.After(state.Cause) is { } failure)
        {
            var attempts = state.Sent > 1 ? $" ({state.Sent} attempts in {tookMs / 1000:0.0} s)" : "";
            throw new ModelCallException(failure.Fault, failure.Message + attempts, state.Sent == 0 ? null : facts, failure.Inner);
        }

        return new LiveAnswer(new Called(last.Answer!, facts), last.Body);
    }

    // Polly passes outcomes on without throwing: an exception that crosses ten frames costs more than the call.
    private async ValueTask<Outcome<Attempt>> AttemptAsync(ResilienceContext context)
    {
        var state = CallState.Of(context);
        try
        {
            DemandLife(state);
            using var share = await metering.ReserveAsync(state.Request, context.CancellationToken);
            state.Begin();
            var attempt = await GuardedAsync(context, state);
            Settle(state, attempt, share);
            Tell(attempt);
            DemandLife(state);
            return Outcome.FromResult(attempt);
        }
        catch (Exception e) when (e is ModelCallException or OperationCanceledException)
        {
            return Outcome.FromException<Attempt>(e);
        }
    }

    /// <exception cref="ModelCallException">The endpoint is proven dead: whoever waits for another attempt ends too.</exception>
    private void DemandLife(CallState state)
    {
        if (strategies.Life?.Death() is { } death)
        {
            var facts = new CallFacts(state.Request.Model, state.Elapsed.TotalMilliseconds, state.Sent, FromCache: false, Tokens: null, Cost: null);
            throw new ModelCallException(ModelFault.Unavailable, death, state.Sent == 0 ? null : facts) { IsOfDeadEndpoint = true };
        }
    }

    private void Tell(Attempt attempt)
    {
        switch (attempt.Failure)
        {
            // Nothing was sent.
            case { IsUnsent: true }:
                break;
            case { IsOutage: true } failure:
                strategies.Life?.Failed(failure, failure.HasAnswer);
                break;
            default:
                strategies.Life?.Answered();
                break;
        }
    }

    private async ValueTask<Attempt> GuardedAsync(ResilienceContext context, CallState state)
    {
        var allowed = strategies.AttemptTime(state);
        var outcome = await strategies.Guard.ExecuteOutcomeAsync(static (c, self) => self.SendAsync(c), context, this);
        var faults = new HttpFaults(endpoint, state.Request);
        switch (outcome.Exception)
        {
            case null:
                return outcome.Result!;
            case TimeoutRejectedException:
                return Attempt.Failed(faults.OfTimeout(allowed, strategies.CutsShort(allowed)));
            case BrokenCircuitException broken:
                return Attempt.Failed(faults.OfOpenCircuit(broken.RetryAfter));
            default:
                outcome.ThrowIfException();
                throw outcome.Exception;
        }
    }

    private async ValueTask<Outcome<Attempt>> SendAsync(ResilienceContext context)
    {
        var state = CallState.Of(context);
        using var span = metering.Start(state.Request);
        span.Attempt(state.CountSent());
        try
        {
            var attempt = await AnswerAsync(state, context.CancellationToken);
            if (attempt.Failure is { } failure)
            {
                span.Fail(new ModelCallException(failure.Fault, failure.Message));
            }
            else
            {
                Metering.Tell(span, attempt.Answer!);
            }

            return Outcome.FromResult(attempt);
        }
        catch (OperationCanceledException e)
        {
            span.Fail(e);
            return Outcome.FromException<Attempt>(e);
        }
    }

    private async ValueTask<Attempt> AnswerAsync(CallState state, CancellationToken cancellationToken)
    {
        var faults = new HttpFaults(endpoint, state.Request);
        try
        {
            var answer = await endpoint.SendAsync(state.Request.Body, cancellationToken);
            return answer.Status == HttpStatusCode.OK ? Read(state, answer, faults) : Failed(faults.OfStatus(answer));
        }
        catch (AnswerTooLongException)
        {
            return Attempt.Failed(faults.OfTooLong());
        }
        catch (InvalidDataException e)
        {
            return Attempt.Failed(faults.OfBrokenPacking(e));
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException late && !cancellationToken.IsCancellationRequested)
        {
            // Nobody cancelled: this is how the handler says that connecting took too long.
            return Attempt.Failed(faults.OfConnection(new HttpRequestException(HttpRequestError.ConnectionError, late.Message, e)));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Attempt.Failed(faults.OfConnection(e));
        }
    }

    private Attempt Read(CallState state, HttpAnswer answer, HttpFaults faults)
    {
        try
        {
            return new Attempt(state.Read(answer.Body), answer.Body, Failure: null);
        }
        catch (MalformedAnswerException e)
        {
            return Failed(faults.OfMalformed(answer, e));
        }
        catch (InvalidOperationException e)
        {
            // A property whose name holds a letter that does not exist: the reader cannot compare it with those it looks for.
            return Failed(faults.OfMalformed(answer, new MalformedAnswerException("it holds a name that is no Unicode.", e)));
        }
    }

    private Attempt Failed(CallFailure failure)
    {
        if (failure.IsThrottling)
        {
            throttled?.Invoke(new Throttling(endpoint.Address, failure.RetryAfter));
        }

        return Attempt.Failed(failure);
    }

    /// <summary>Counts what an attempt cost. One that may have been billed without an answer takes all that was put aside for it.</summary>
    private void Settle(CallState state, Attempt attempt, SpendingShare? share)
    {
        var isRetry = state.Sent > 1;
        if (attempt.Answer is { } answer)
        {
            state.Paid = metering.Count(state.Request, answer, isRetry, fromCache: false);
            share?.Settle(state.Paid ?? share.Most);
        }
        else if (attempt.Failure!.MayBePaid)
        {
            metering.Count(state.Request, answer: null, isRetry, fromCache: false);
            share?.Settle(share.Most);
        }
        else
        {
            share?.Settle(Money.Zero);
        }
    }
}
