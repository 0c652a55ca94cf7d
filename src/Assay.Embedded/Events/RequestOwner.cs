using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>The request of a trace to which the cost of its model calls is counted: the outermost that has arrived.</summary>
/// <param name="HasParent">Whether it is inside another span, which may be in another process.</param>
/// <param name="StartNanos">Its begin.</param>
/// <param name="Span">The span.</param>
/// <param name="Name">Its name: the operation of the whole trace.</param>
/// <param name="SumLabels">The labels of its sum, folded where they were too many.</param>
/// <param name="IsSummed">Whether it is in the sums at all: not when its time is far off.</param>
internal sealed record RequestOwner(bool HasParent, long StartNanos, ulong Span, string Name, long SumLabels, bool IsSummed)
{
    /// <summary>
    /// A request without a parent is outside one that has a parent, an earlier one outside a later one. The order depends on the spans alone,
    /// so that the order of arrival does not matter.
    /// </summary>
    public static bool IsOutside(SpanEvent candidate, RequestOwner? than) =>
        than is null || (candidate.Parent.IsPresent, candidate.StartNanos, candidate.Span.Value).CompareTo((than.HasParent, than.StartNanos, than.Span)) < 0;

    public ReadOnlySpan<byte> Write(ByteWriter bytes)
    {
        bytes.Clear().Byte((byte)((HasParent ? 1 : 0) | (IsSummed ? 2 : 0)));
        bytes.Signed(StartNanos);
        bytes.Fixed(Span);
        bytes.Text(Name);
        bytes.Fixed((ulong)SumLabels);
        return bytes.Written;
    }

    public static RequestOwner? Read(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty)
        {
            return null;
        }

        var bytes = new ByteReader(stored);
        var flags = bytes.Byte();
        return new RequestOwner((flags & 1) != 0, bytes.Signed(), bytes.Fixed(), bytes.Text(), (long)bytes.Fixed(), (flags & 2) != 0);
    }
}
