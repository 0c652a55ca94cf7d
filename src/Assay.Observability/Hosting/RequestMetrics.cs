using System.Diagnostics.Metrics;
using Assay.Observability.Metrics;
using Assay.Telemetry;

namespace Assay.Observability.Hosting;

/// <summary>How long requests took and which failed, by operation.</summary>
internal sealed class RequestMetrics : IDisposable
{
    public const string MeterName = "Assay.Requests";

    private const string Duration = "http_server_request_duration_seconds";
    private const string Errors = "http_server_errors_total";

    private static readonly KeyValuePair<string, object?>[] StatusClasses = [.. Enumerable.Range(1, 5).Select(n => Tag("status_class", $"{n}xx"))];
    private static readonly KeyValuePair<string, object?> ByException = Tag("reason", "exception");
    private static readonly KeyValuePair<string, object?> ByStatus = Tag("reason", "status");

    private readonly Meter meter = new(MeterName);
    private readonly Histogram<double> duration;
    private readonly Counter<long> errors;
    private readonly BoundedLabel operations;

    public RequestMetrics(TelemetryRegistry registry)
    {
        duration = registry.CreateHistogram(meter, Duration);
        errors = registry.CreateCounter(meter, Errors);
        operations = new BoundedLabel(registry, Duration, "operation");
    }

    /// <summary>Records a request that ended.</summary>
    /// <param name="operation">Method and route, or <c>other</c>.</param>
    /// <param name="end">How it ended.</param>
    public void Record(string operation, in RequestEnd end)
    {
        var label = operations.Of(operation);
        duration.Record(end.Took.TotalSeconds, label, StatusClasses[Math.Clamp(end.Status / 100, 1, 5) - 1]);
        if (end.Failed)
        {
            errors.Add(1, label, end.Exception is not null ? ByException : ByStatus);
        }
        else
        {
            // The series is there before its first error, so that rate() sees that error.
            errors.Add(0, label, ByStatus);
            errors.Add(0, label, ByException);
        }
    }

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string label, string value) => new(label, value);
}
