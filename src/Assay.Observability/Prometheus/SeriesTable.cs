using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>
/// The lines of one metric stream in a page. A line whose value has not changed is not touched, one whose new text is as long as the old is
/// written in place, and only when a length or the set of series changes are lines moved.
/// </summary>
internal abstract class SeriesTable(Metric metric, bool showsExemplars)
{
    private const string OverflowTag = "otel.metric.overflow";

    private readonly int tailBound = showsExemplars ? TailText.MaxWithExemplar : TailText.MaxPlain;
    private KnownPoint[] points = [];
    private SampleLine[] lines = [];
    private byte[] waiting = [];
    private byte[]? staging;
    private bool anyWaiting;
    private bool isForgotten = true;

    /// <summary>The SDK's metric stream.</summary>
    public Metric Metric { get; } = metric;

    /// <summary>Whether the stream has reached its cardinality limit.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>Whether the page must be laid out anew.</summary>
    public bool NeedsLayout => anyWaiting || staging is not null;

    /// <summary>Length of the lines after the next layout, bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The exemplar of each line; null where none are shown.</summary>
    protected SampleExemplar[]? Exemplars { get; private set; }

    protected int PointCount { get; private set; }

    protected abstract int LinesPerPoint { get; }

    private int Start { get; set; }

    private int CurrentLength { get; set; }

    /// <summary>Brings values up to date in <paramref name="page"/>; false where the series are others than at the last scrape.</summary>
    public bool TryRefresh(Span<byte> page) => !isForgotten && Patch(page.Slice(Start, CurrentLength));

    /// <summary>Writes all lines anew. Series whose labels are in <paramref name="seen"/> are left out: a page shows a series once.</summary>
    public void Rebuild(LabelText labels, HashSet<string>? seen)
    {
        isForgotten = false;
        Prepare();
        var blocks = new ByteText(4096);
        var spans = FindPoints(labels, blocks);
        var order = Ordered(blocks, spans, seen);
        var text = new ByteText(Math.Max(256, blocks.Length * LinesPerPoint * 2));
        lines = new SampleLine[order.Count * LinesPerPoint];
        Exemplars = showsExemplars ? new SampleExemplar[lines.Length] : null;
        waiting = new byte[lines.Length * tailBound];
        anyWaiting = false;
        for (var slot = 0; slot < order.Count; slot++)
        {
            points[order[slot]].Slot = slot;
            var (at, length) = spans[order[slot]];
            WritePoint(slot * LinesPerPoint, blocks.Slice(at, length), text);
        }

        Length = CurrentLength = text.Length;
        staging = text.Append(BlockCopy.Slack).Written.ToArray();
        if (!Patch(staging))
        {
            throw new InvalidOperationException($"The points of '{Metric.Name}' changed while they were read.");
        }
    }

    /// <summary>Writes the lines into a new page at <paramref name="start"/>, taking them from the old one; both have slack behind their text.</summary>
    public void MoveTo(ReadOnlySpan<byte> oldPage, Span<byte> newPage, int start)
    {
        var from = staging is null ? oldPage[Start..] : staging;
        CopyLines(from, newPage[start..]);
        staging = null;
        (Start, CurrentLength) = (start, Length);
    }

    /// <summary>Drops the lines; the next refresh fails, so that they are written anew.</summary>
    public void Forget() => isForgotten = true;

    /// <summary>Updates every line from the SDK's points; false where a point is not the one known by its ordinal, or does not fit its lines.</summary>
    protected virtual bool Patch(Span<byte> text)
    {
        var ordinal = 0;
        foreach (ref readonly var point in Metric.GetMetricPoints())
        {
            if (!TryFind(ordinal++, in point, out var line) || (line >= 0 && !TryUpdate(in point, line, text)))
            {
                return false;
            }
        }

        return ordinal == PointCount;
    }

    /// <summary>Updates the lines of one point; false where the point needs other lines than it has.</summary>
    protected abstract bool TryUpdate(in MetricPoint point, int line, Span<byte> text);

    /// <summary>Runs before all lines are written anew.</summary>
    protected virtual void Prepare() { }

    /// <summary>Appends a point's lines with the tail <c>0</c>, each through <see cref="WriteLine"/>.</summary>
    protected abstract void WritePoint(int line, ReadOnlySpan<byte> labels, ByteText text);

    /// <summary>Appends <c>name{labels,le="bound"} 0</c>.</summary>
    protected void WriteLine(int line, ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, double? bound, ByteText text)
    {
        text.Append(name);
        if (labels.Length > 0 || bound is not null)
        {
            text.Append("{"u8).Append(labels);
            if (bound is { } le)
            {
                text.Append(labels.Length > 0 ? ",le=\""u8 : "le=\""u8).AppendBound(le).Append("\""u8);
            }

            text.Append("}"u8);
        }

        text.Append(" "u8);
        lines[line].TailAt = text.Length;
        lines[line].TailLength = 1;
        text.Append("0\n"u8);
    }

    /// <summary>The first line of the point, or -1 for a hidden one; false where the point is not the known one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool TryFind(int ordinal, in MetricPoint point, out int line)
    {
        line = -1;
        if ((uint)ordinal >= (uint)PointCount || !TagIdentity.AreSame(in points[ordinal].Tags, in point))
        {
            return false;
        }

        line = points[ordinal].Slot * LinesPerPoint;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Set(int line, long value, Span<byte> text)
    {
        if (lines[line].Bits != value || HasNewExemplar(line))
        {
            Change<long>(line, value, text);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Set(int line, double value, Span<byte> text)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        if (lines[line].Bits != bits || HasNewExemplar(line))
        {
            Change<double>(line, bits, text);
        }
    }

    protected bool Shows(int line, long bits) => lines[line].Bits == bits;

    /// <summary>Remembers the exemplar for the line, where it is newer than the one shown.</summary>
    protected void Offer(int line, in Exemplar exemplar, double value)
    {
        ref var shown = ref Exemplars![line];
        var ticks = exemplar.Timestamp.UtcTicks;
        if (ticks < shown.Ticks || exemplar.TraceId == default)
        {
            return;
        }

        var span = exemplar.SpanId.ToHexString();
        if (ticks != shown.Ticks || span != shown.SpanId || !value.Equals(shown.Value))
        {
            shown = new SampleExemplar
            {
                Ticks = ticks,
                Value = value,
                TraceId = exemplar.TraceId.ToHexString(),
                SpanId = span,
                IsNew = true,
            };
        }
    }

    /// <summary>Gives each exemplar of a histogram to the bucket that its value falls into.</summary>
    protected void OfferToBuckets(in MetricPoint point, ReadOnlySpan<double> bounds, int line)
    {
        if (Exemplars is null || !point.TryGetExemplars(out var exemplars))
        {
            return;
        }

        foreach (ref readonly var exemplar in exemplars)
        {
            var bucket = 0;
            while (bucket < bounds.Length - 1 && !(exemplar.DoubleValue <= bounds[bucket]))
            {
                bucket++;
            }

            Offer(line + bucket, in exemplar, exemplar.DoubleValue);
        }
    }

    private bool HasNewExemplar(int line) => Exemplars is { } all && all[line].IsNew;

    [SkipLocalsInit]
    private void Change<TValue>(int line, long bits, Span<byte> text)
    {
        Span<byte> tail = stackalloc byte[TailText.MaxWithExemplar];
        var length = typeof(TValue) == typeof(long) ? NumberText.Write(bits, tail) : NumberText.Write(BitConverter.Int64BitsToDouble(bits), tail);
        if (Exemplars is { } all && all[line].TraceId is not null)
        {
            length = TailText.AppendExemplar(in all[line], tail, length);
            all[line].IsNew = false;
        }

        lines[line].Bits = bits;
        Place(line, tail[..length], text);
    }

    private void Place(int index, ReadOnlySpan<byte> tail, Span<byte> text)
    {
        ref var line = ref lines[index];
        if (tail.Length == line.TailLength)
        {
            tail.CopyTo(text.Slice(line.TailAt, tail.Length));
            return;
        }

        tail.CopyTo(waiting.AsSpan(index * tailBound, tailBound));
        Length += tail.Length - line.TailLength;
        line.WaitingLength = (short)tail.Length;
        anyWaiting = true;
    }

    private void CopyLines(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (!anyWaiting)
        {
            from[..CurrentLength].CopyTo(to);
            return;
        }

        var (read, written) = (0, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            ref var line = ref lines[i];
            if (line.WaitingLength == 0)
            {
                line.TailAt += written - read;
                continue;
            }

            // Everything since the last moved tail goes over in one piece: its lines are as they were.
            var run = line.TailAt - read;
            BlockCopy.Copy(from[read..], to[written..], run);
            (read, written) = (line.TailAt + line.TailLength, written + run);
            BlockCopy.Copy(waiting.AsSpan(i * tailBound), to[written..], line.WaitingLength);
            (line.TailAt, line.TailLength, line.WaitingLength) = (written, line.WaitingLength, 0);
            written += line.TailLength;
        }

        from[read..CurrentLength].CopyTo(to[written..]);
        anyWaiting = false;
    }

    private List<(int At, int Length)> FindPoints(LabelText labels, ByteText blocks)
    {
        var spans = new List<(int, int)>(PointCount);
        HasOverflow = false;
        foreach (ref readonly var point in Metric.GetMetricPoints())
        {
            var at = blocks.Length;
            labels.Append(point.Tags, Metric.MetricType is MetricType.Histogram or MetricType.ExponentialHistogram, blocks);
            HasOverflow |= IsOverflow(point.Tags);
            if (spans.Count == points.Length)
            {
                Array.Resize(ref points, Math.Max(4, points.Length * 2));
            }

            points[spans.Count] = new KnownPoint(point.Tags);
            spans.Add((at, blocks.Length - at));
        }

        Array.Clear(points, spans.Count, points.Length - spans.Count);
        PointCount = spans.Count;
        return spans;
    }

    // The ordinals of the points to show, by their labels.
    private static List<int> Ordered(ByteText blocks, List<(int At, int Length)> spans, HashSet<string>? seen)
    {
        var order = new int[spans.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        ReadOnlySpan<byte> Block(int ordinal) => blocks.Slice(spans[ordinal].At, spans[ordinal].Length);
        Array.Sort(order, (a, b) => Block(a).SequenceCompareTo(Block(b)) is var c && c != 0 ? c : a.CompareTo(b));
        var shown = new List<int>(order.Length);
        foreach (var ordinal in order)
        {
            var isRepeated = shown.Count > 0 && Block(shown[^1]).SequenceEqual(Block(ordinal));
            if (!isRepeated && (seen is null || seen.Add(System.Text.Encoding.UTF8.GetString(Block(ordinal)))))
            {
                shown.Add(ordinal);
            }
        }

        return shown;
    }

    private static bool IsOverflow(ReadOnlyTagCollection tags)
    {
        foreach (var tag in tags)
        {
            return tag.Key == OverflowTag;
        }

        return false;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct KnownPoint(ReadOnlyTagCollection tags)
    {
        public readonly ReadOnlyTagCollection Tags = tags;

        /// <summary>The place among the shown points, or -1 where the point is left out because its labels are there already.</summary>
        public int Slot = -1;
    }
}
