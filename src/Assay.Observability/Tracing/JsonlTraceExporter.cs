using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Assay.Observability.Tracing;

/// <summary>
/// Appends one JSON object per span and line to a file. Only whole lines are written; a write that fails is counted and never thrown.
/// Flush and shutdown force the file to disk.
/// </summary>
public sealed class JsonlTraceExporter : BaseExporter<Activity>
{
    // Lines are written to the file when this much has gathered; one span is far smaller.
    private const int ChunkBytes = 1 << 18;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Lock gate = new();
    private readonly LineFile file;
    private readonly ObservabilityMeter meter;
    private readonly Backlog? backlog;
    private readonly ArrayBufferWriter<byte> buffer = new(ChunkBytes);
    private readonly Utf8JsonWriter json;
    private readonly SpanJson spans;
    private int pending;

    /// <summary>Opens the file, with its folders.</summary>
    /// <param name="path">The file; what is in it stays.</param>
    /// <param name="meter">Counts spans that the file did not take.</param>
    /// <param name="maxValueLength">Longer attribute values are cut there, in characters, marked and counted. The default is 4,096.</param>
    /// <exception cref="AssayException">The file cannot be written (exit code 4).</exception>
    public JsonlTraceExporter(string path, ObservabilityMeter meter, int maxValueLength = 4_096)
        : this(path, meter, maxValueLength, backlog: null) { }

    internal JsonlTraceExporter(string path, ObservabilityMeter meter, int maxValueLength, Backlog? backlog)
    {
        file = LineFile.Open(path);
        this.meter = meter;
        this.backlog = backlog;
        json = new Utf8JsonWriter(buffer, Json);
        spans = new SpanJson(maxValueLength);
    }

    /// <summary>How many attribute values were cut.</summary>
    public long Truncated => spans.Truncated;

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        lock (gate)
        {
            var count = batch.Count;
            spans.Describe(ParentProvider?.GetResource() ?? Resource.Empty);
            var taken = true;
            foreach (var span in batch)
            {
                spans.Write(json, span);
                json.Flush();
                json.Reset();
                buffer.Write("\n"u8);
                pending++;
                taken &= buffer.WrittenCount < ChunkBytes || WriteOut();
            }

            taken &= WriteOut();
            backlog?.Leave(count);
            return taken ? ExportResult.Success : ExportResult.Failure;
        }
    }

    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds) => file.TryFlushToDisk();

    /// <inheritdoc/>
    protected override bool OnShutdown(int timeoutMilliseconds) => file.TryFlushToDisk();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (gate)
            {
                json.Dispose();
                file.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private bool WriteOut()
    {
        var taken = pending == 0 || file.TryAppend(buffer.WrittenSpan);
        if (!taken)
        {
            meter.CountDropped(TelemetrySignal.Span, DropReason.WriteFailed, pending);
        }

        buffer.ResetWrittenCount();
        pending = 0;
        return taken;
    }
}
