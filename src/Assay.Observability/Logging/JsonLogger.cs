using System.Diagnostics;
using Assay.Observability.Correlations;
using Microsoft.Extensions.Logging;

namespace Assay.Observability.Logging;

/// <summary>Writes the records of one category.</summary>
internal sealed class JsonLogger : ILogger
{
    private readonly JsonLoggerProvider provider;
    private readonly string component;
    private readonly int componentIndex;
    private readonly byte[][] heads;

    public JsonLogger(string category, JsonLoggerProvider provider)
    {
        this.provider = provider;
        var last = category[(category.LastIndexOf('.') + 1)..];
        componentIndex = provider.Meter.ComponentOf(last);
        var known = provider.Meter.Components[componentIndex];
        // A category that is no component keeps its name in the log; only the metric's label set is closed.
        component = known.Equals(last, StringComparison.OrdinalIgnoreCase) ? known : category;
        heads = [.. Enum.GetValues<LogLevel>().Select(level => Head(level, component))];
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Level && logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var record = LogRecord.Rent();
        try
        {
            Render(record, state, exception, formatter);
            Write(record, logLevel, eventId, exception);
        }
        catch (Exception e)
        {
            // A value that cannot be shown shall not stop the work that logs it; the line says so and the record is not lost without a trace.
            record.Clear();
            record.UseMessage($"A log record could not be written: {e.GetType().Name}");
            Write(record, logLevel, eventId, exception: null);
        }
        finally
        {
            record.Return();
        }
    }

    private void Render<TState>(LogRecord record, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        LogState<TState>.Read(state, record);
        if (!record.TryRenderMessage())
        {
            record.UseMessage(formatter(state, exception));
        }

        provider.ReadScopes(record);
    }

    private void Write(LogRecord record, LogLevel level, EventId id, Exception? exception)
    {
        var now = provider.Time.GetUtcNow().UtcDateTime;
        if (provider.IsStructured)
        {
            record.WriteJson(
                "{\"timestamp\":\""u8,
                heads[(int)level],
                now,
                id,
                exception,
                new LogContext(Activity.Current, Correlation.Current, provider.BaggageKeys)
            );
        }
        else
        {
            record.WriteText(now, level, component, exception);
        }

        provider.Sink.Write(record.Line, level, componentIndex);
    }

    private static byte[] Head(LogLevel level, string component)
    {
        var json = new JsonLine();
        json.Raw("\",\"level\":"u8);
        json.Text(LogLevelNames.Of(level));
        json.Raw(",\"component\":"u8);
        json.Text(component);
        json.Raw(",\"message\":"u8);
        return json.Written.ToArray();
    }
}
