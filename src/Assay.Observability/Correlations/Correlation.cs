using System.Buffers;
using System.Diagnostics;
using OpenTelemetry;

namespace Assay.Observability.Correlations;

/// <summary>
/// One id for everything that a request caused. It is the trace id, unless the caller sent an <c>X-Correlation-ID</c> of
/// 1 to 128 characters from <c>A-Z a-z 0-9 . _ : -</c>; anything else is ignored and counted.
/// </summary>
public static class Correlation
{
    /// <summary>The header that carries the id.</summary>
    public const string Header = "X-Correlation-ID";

    /// <summary>The baggage key, and the span attribute, that carries the caller's id.</summary>
    public const string BaggageKey = "correlation.id";

    /// <summary>The longest id that is accepted, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Safe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    // The baggage carries the id to other processes; this slot makes it cheap to read for each log line.
    private static readonly AsyncLocal<string?> Given = new();
    private static long rejected;

    /// <summary>The id of the request that is being handled; null outside of any request and trace.</summary>
    public static string? Current => Given.Value ?? Activity.Current?.TraceId.ToHexString();

    /// <summary>How many ids were ignored since the process started because they were not valid.</summary>
    public static long Rejected => Volatile.Read(ref rejected);

    /// <summary>Whether an id may be used: 1 to 128 characters, each of them safe in logs, headers and file names.</summary>
    public static bool IsValid(ReadOnlySpan<char> id) => id.Length is >= 1 and <= MaxLength && !id.ContainsAnyExcept(Safe);

    /// <summary>
    /// Takes the caller's id, or the one in the baggage that came with the call, until the scope is disposed.
    /// Without a valid one nothing changes: the id is the one of the enclosing scope, or the trace id.
    /// </summary>
    public static CorrelationScope Begin(string? incoming)
    {
        var ignored = !string.IsNullOrEmpty(incoming) && !IsValid(incoming);
        if (ignored)
        {
            Interlocked.Increment(ref rejected);
        }

        var id = incoming is not null && IsValid(incoming) ? incoming : FromBaggage();
        return id is null ? new CorrelationScope(null, ignored) : new CorrelationScope(Enter(id), ignored);
    }

    private static string? FromBaggage() => Given.Value is null && Baggage.GetBaggage(BaggageKey) is { } id && IsValid(id) ? id : null;

    private static Action Enter(string id)
    {
        var before = (Id: Given.Value, Baggage: Baggage.Current, Activity: Activity.Current);
        var inActivity = before.Activity?.GetBaggageItem(BaggageKey);
        Given.Value = id;
        Baggage.Current = before.Baggage.SetBaggage(BaggageKey, id);
        // .NET's own propagator sends the baggage of the activity, OpenTelemetry's sends Baggage.Current; a span that is open already gets the id too.
        before.Activity?.SetBaggage(BaggageKey, id);
        before.Activity?.SetTag(BaggageKey, id);
        return () =>
        {
            Given.Value = before.Id;
            Baggage.Current = before.Baggage;
            before.Activity?.SetBaggage(BaggageKey, inActivity);
        };
    }
}

/// <summary>Ends a correlation when it is disposed.</summary>
public sealed class CorrelationScope : IDisposable
{
    private Action? leave;

    internal CorrelationScope(Action? leave, bool ignored)
    {
        this.leave = leave;
        Ignored = ignored;
    }

    /// <summary>Whether the caller sent an id that is not valid; it is not kept, so that it cannot reach a log.</summary>
    public bool Ignored { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
}
