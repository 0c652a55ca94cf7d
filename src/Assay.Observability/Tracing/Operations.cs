using System.Diagnostics;

namespace Assay.Observability.Tracing;

/// <summary>One-line tracing on <see cref="ActivitySource"/>.</summary>
public static class Operations
{
    /// <summary>Starts a span that ends when the result is disposed.</summary>
    public static Operation Operation(this ActivitySource source, string name, ActivityKind kind = ActivityKind.Internal) =>
        new(source.StartActivity(name, kind));

    /// <summary>Runs <paramref name="work"/> in a span; what it throws fails the span and is thrown on.</summary>
    public static void Trace(this ActivitySource source, string name, Action work)
    {
        using var operation = source.Operation(name);
        try
        {
            work();
        }
        catch (Exception e)
        {
            operation.Fail(e);
            throw;
        }
    }

    /// <inheritdoc cref="Trace(ActivitySource, string, Action)"/>
    public static T Trace<T>(this ActivitySource source, string name, Func<T> work)
    {
        using var operation = source.Operation(name);
        try
        {
            return work();
        }
        catch (Exception e)
        {
            operation.Fail(e);
            throw;
        }
    }

    /// <inheritdoc cref="Trace(ActivitySource, string, Action)"/>
    public static async Task TraceAsync(this ActivitySource source, string name, Func<Task> work)
    {
        using var operation = source.Operation(name);
        try
        {
            await work();
        }
        catch (Exception e)
        {
            operation.Fail(e);
            throw;
        }
    }

    /// <inheritdoc cref="Trace(ActivitySource, string, Action)"/>
    public static async Task<T> TraceAsync<T>(this ActivitySource source, string name, Func<Task<T>> work)
    {
        using var operation = source.Operation(name);
        try
        {
            return await work();
        }
        catch (Exception e)
        {
            operation.Fail(e);
            throw;
        }
    }
}
