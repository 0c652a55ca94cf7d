using System.Diagnostics;
using System.Runtime.CompilerServices;
using Assay.Observability.Logging;

namespace Assay.Observability.Tracing;

/// <summary>
/// A span for one operation, over a plain <see cref="System.Diagnostics.Activity"/>: <c>using var operation = source.Operation("rag.dense");</c>.
/// Where nobody listens, and in a trace that a remote caller chose not to sample, every call does nothing and allocates nothing.
/// It ends when it is disposed.
/// </summary>
public readonly struct Operation : IDisposable
{
    private static readonly object True = true;
    private static readonly object False = false;

    internal Operation(Activity? activity) => Activity = activity;

    /// <summary>The span itself; null where nobody listens.</summary>
    public Activity? Activity { get; }

    /// <summary>Whether anybody wants attributes; ask before computing an expensive one.</summary>
    public bool IsRecorded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Activity is { IsAllDataRequested: true };
    }

    /// <summary>Sets an attribute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(string name, string? value)
    {
        if (Activity is { IsAllDataRequested: true } activity)
        {
            activity.SetTag(name, value);
        }
    }

    /// <inheritdoc cref="Set(string, string?)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(string name, long value)
    {
        if (Activity is { IsAllDataRequested: true } activity)
        {
            activity.SetTag(name, value);
        }
    }

    /// <inheritdoc cref="Set(string, string?)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(string name, double value)
    {
        if (Activity is { IsAllDataRequested: true } activity)
        {
            activity.SetTag(name, value);
        }
    }

    /// <inheritdoc cref="Set(string, string?)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(string name, bool value)
    {
        if (Activity is { IsAllDataRequested: true } activity)
        {
            activity.SetTag(name, value ? True : False);
        }
    }

    /// <summary>Marks the span as failed and adds the exception as an event; personal data and secrets in its text are redacted.</summary>
    public void Fail(Exception exception)
    {
        if (Activity is not { } activity)
        {
            return;
        }

        var message = Redactor.Redact(exception.Message);
        activity.SetStatus(ActivityStatusCode.Error, message);
        // Names from OpenTelemetry's semantic conventions for exceptions. Activity.AddException would write the text unredacted.
        activity.AddEvent(
            new ActivityEvent(
                "exception",
                tags: new ActivityTagsCollection
                {
                    ["exception.type"] = exception.GetType().FullName,
                    ["exception.message"] = message,
                    ["exception.stacktrace"] = Redactor.Redact(exception.ToString()),
                }
            )
        );
    }

    /// <summary>Marks the span as failed for a reason that is not an exception.</summary>
    public void Fail(string reason) => Activity?.SetStatus(ActivityStatusCode.Error, Redactor.Redact(reason));

    /// <summary>Ends the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose() => Activity?.Dispose();
}
