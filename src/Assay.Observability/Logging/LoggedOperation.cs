using Microsoft.Extensions.Logging;

namespace Assay.Observability.Logging;

/// <summary>Logs how long an operation took when it is disposed, and how it ended.</summary>
public sealed partial class LoggedOperation : IDisposable
{
    private readonly ILogger logger;
    private readonly string name;
    private readonly TimeProvider time;
    private readonly long started;
    private Exception? failure;

    internal LoggedOperation(ILogger logger, string name, TimeProvider time)
    {
        this.logger = logger;
        this.name = name;
        this.time = time;
        started = time.GetTimestamp();
    }

    /// <summary>Makes the record an error that carries the exception.</summary>
    public void Fail(Exception exception) => failure = exception;

    /// <inheritdoc/>
    public void Dispose()
    {
        var ms = time.GetElapsedTime(started).TotalMilliseconds;
        if (failure is null)
        {
            Done(logger, name, ms);
        }
        else
        {
            Failed(logger, failure, name, ms);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Operation} took {DurationMs:F1} ms")]
    private static partial void Done(ILogger logger, string operation, double durationMs);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Operation} failed after {DurationMs:F1} ms")]
    private static partial void Failed(ILogger logger, Exception exception, string operation, double durationMs);
}

/// <summary>Operation logs on <see cref="ILogger"/>.</summary>
public static class LoggedOperations
{
    /// <summary>Starts an operation: <c>using var operation = logger.BeginOperation("export");</c>.</summary>
    public static LoggedOperation BeginOperation(this ILogger logger, string name, TimeProvider? time = null) => new(logger, name, time ?? TimeProvider.System);
}
