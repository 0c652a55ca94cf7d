using System.Diagnostics;
using Assay.Observability.Correlations;
using Microsoft.Extensions.Logging;

namespace Assay.Observability.Logging;

/// <summary>
/// Logs one JSON object a line: timestamp, level, component, message, event_id, event, fields (of the template and of enclosing scopes),
/// trace_id, span_id, correlation_id, baggage (allowed keys), exception (type, message, stack). Personal data and secrets are redacted.
/// </summary>
public sealed class JsonLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Opens the log.</summary>
    /// <param name="options">Level, file (none when the path is empty), JSON or text, baggage keys.</param>
    /// <param name="meter">Gets the number of records and what could not be written.</param>
    /// <param name="stream">Gets the same lines, such as standard error; it is not closed.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="AssayException">The file cannot be written (exit code 4).</exception>
    public JsonLoggerProvider(ObservabilityOptions options, ObservabilityMeter meter, Stream? stream = null, TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Meter = meter;
        Level = options.LogLevel;
        IsStructured = options.StructuredLogging;
        BaggageKeys = [.. options.BaggageKeys.Where(k => k != Correlation.BaggageKey)];
        Sink = new LogSink(options.LogFilePath.Length > 0 ? LineFile.Open(options.LogFilePath) : null, stream, meter, Time);
    }

    internal TimeProvider Time { get; }

    internal ObservabilityMeter Meter { get; }

    internal LogLevel Level { get; }

    internal bool IsStructured { get; }

    internal string[] BaggageKeys { get; }

    internal LogSink Sink { get; }

    internal IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JsonLogger(categoryName, this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <summary>Writes out what is buffered.</summary>
    public void Flush() => Sink.Flush();

    /// <summary>Writes out what is buffered and closes the file; later records are counted as dropped.</summary>
    public void Dispose() => Sink.Dispose();

    internal void ReadScopes(LogRecord record) => Scopes.ForEachScope(static (scope, record) => AddScope(scope, record), record);

    // A scope that is only text has no field to search by and is left out.
    private static void AddScope(object? scope, LogRecord record)
    {
        if (scope is not IEnumerable<KeyValuePair<string, object?>> fields)
        {
            return;
        }

        foreach (var field in fields)
        {
            if (!RepeatsIds(field.Key))
            {
                record.AddFromScope(field);
            }
        }
    }

    // A host puts the ids of the activity into a scope of its own; the line has them already.
    private static bool RepeatsIds(string name) => name is "TraceId" or "SpanId" or "ParentId" && Activity.Current is not null;
}
