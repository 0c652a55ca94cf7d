using System.Buffers;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>
/// Serves the metrics of a provider as a page, in Prometheus text 0.0.4 or OpenMetrics 1.0. Names are shown exactly as instruments are named.
/// </summary>
/// <remarks>
/// Made by <see cref="PrometheusRegistration.AddAssayPrometheus"/>. Safe for concurrent scrapes: one runs at a time, and those
/// that waited share the page of a scrape that began after they came. Exponential histograms are shown with powers of two as bounds.
/// </remarks>
[ExportModes(ExportModes.Pull)]
public sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private static readonly PrometheusFormat[] Formats = [PrometheusFormat.Text, PrometheusFormat.OpenMetrics];

    private readonly Lock gate = new();
    private readonly PrometheusOptions options;
    private readonly CounterZeros zeros;
    private readonly Counter<long> dropped;
    private readonly Meter? ownMeter;
    private readonly MetricsPage?[] pages = new MetricsPage?[Formats.Length];
    private readonly long[] renderedAt = new long[Formats.Length];
    private readonly HashSet<Metric> overflowed = [];
    private long scrapes;
    private MetricsPage? updating;
    private Exception? failure;

    internal PrometheusExporter(PrometheusOptions options, CounterZeros zeros, Counter<long> dropped, Meter? ownMeter) =>
        (this.options, this.zeros, this.dropped, this.ownMeter) = (options, zeros, dropped, ownMeter);

    /// <summary>Set by the SDK's reader; call <see cref="Scrape(PrometheusFormat)"/> instead.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Streams that the last pages did not show because another stream of the same name has another type.</summary>
    public IReadOnlyList<string> Conflicts
    {
        get
        {
            lock (gate)
            {
                return [.. pages.SelectMany(p => p?.Conflicts ?? []).Distinct(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Collects and returns a copy of the page.</summary>
    /// <inheritdoc cref="Scrape{TState}(PrometheusFormat, TState, ReadOnlySpanAction{byte, TState})"/>
    public byte[] Scrape(PrometheusFormat format = PrometheusFormat.Text)
    {
        var copy = new StrongBox();
        Scrape(format, copy, static (page, box) => box.Page = page.ToArray());
        return copy.Page;
    }

    /// <summary>Collects and copies the page into <paramref name="destination"/>.</summary>
    /// <inheritdoc cref="Scrape{TState}(PrometheusFormat, TState, ReadOnlySpanAction{byte, TState})"/>
    public void Scrape(PrometheusFormat format, IBufferWriter<byte> destination) => Scrape(format, destination, static (page, writer) => writer.Write(page));

    /// <summary>Collects and lets <paramref name="read"/> see the page, which is valid until it returns: copy it and wait for nothing in there.</summary>
    /// <exception cref="InvalidOperationException">The exporter belongs to no provider, or its provider was disposed, or the page cannot be made.</exception>
    public void Scrape<TState>(PrometheusFormat format, TState state, ReadOnlySpanAction<byte, TState> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var begunBefore = Interlocked.Read(ref scrapes);
        lock (gate)
        {
            if (renderedAt[(int)format] <= begunBefore)
            {
                Render(format);
            }

            read(pages[(int)format]!.Text, state);
        }
    }

    /// <summary>Called by the SDK's reader during a scrape.</summary>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        try
        {
            updating?.Update(in batch);
            return ExportResult.Success;
        }
        catch (Exception e)
        {
            // The reader would swallow it: the scrape throws it to its caller.
            failure = e;
            return ExportResult.Failure;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ownMeter?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Render(PrometheusFormat format)
    {
        renderedAt[(int)format] = Interlocked.Increment(ref scrapes);
        zeros.Start();
        var page = pages[(int)format] ??= new MetricsPage(format, TargetInfo(format), options.MaxPageBytes);
        try
        {
            Update(page);
            if (CountLosses(page))
            {
                Update(page);
            }
        }
        catch
        {
            // A page that was left in the middle of an update is not to be trusted again.
            (pages[(int)format], renderedAt[(int)format]) = (null, 0);
            throw;
        }
    }

    private void Update(MetricsPage page)
    {
        var collect =
            Collect
            ?? throw new InvalidOperationException("The metrics page belongs to no running meter provider: build one and keep it until the last scrape.");
        (updating, failure) = (page, null);
        var isCollected = collect(Timeout.Infinite);
        updating = null;
        if (!isCollected)
        {
            throw new InvalidOperationException("The metrics could not be collected.", failure);
        }
    }

    // True where something was counted, which the page should show at once.
    private bool CountLosses(MetricsPage page)
    {
        var counted = page.FamiliesLeftOut > 0;
        if (counted)
        {
            Count(page.FamiliesLeftOut, "buffer_full");
        }

        ForgetGoneStreams(page);
        foreach (var table in page.Tables)
        {
            if (table.HasOverflow && overflowed.Add(table.Metric))
            {
                Count(1, "cardinality_limit");
                counted = true;
            }
        }

        return counted;
    }

    // Meters come and go; what is remembered of them is bounded by the streams there are.
    private void ForgetGoneStreams(MetricsPage page)
    {
        if (overflowed.Count > page.Tables.Length)
        {
            overflowed.IntersectWith(page.Tables.ToArray().Select(t => t.Metric));
        }
    }

    private void Count(int count, string reason) => dropped.Add(count, new("signal", "metric"), new("reason", reason));

    private byte[] TargetInfo(PrometheusFormat format) => options.ShowTargetInfo ? FamilyHeader.OfTarget(ParentProvider.GetResource().Attributes, format) : [];

    private sealed class StrongBox
    {
        public byte[] Page { get; set; } = [];
    }
}
