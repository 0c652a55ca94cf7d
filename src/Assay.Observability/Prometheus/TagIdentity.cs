using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>
/// Tells whether a metric point still carries the tags it carried at the last scrape.
/// A point's ordinal says nothing: the untagged and the overflow point come first however late they appear, and observable instruments skip points.
/// </summary>
internal static class TagIdentity
{
    // The collection is a struct around the array that the SDK keeps for a point as long as the point lives. Where it is exactly one reference,
    // that reference is its identity; should the SDK ever lay it out otherwise, tags are compared one by one.
    private static readonly bool IsOneReference =
        Unsafe.SizeOf<ReadOnlyTagCollection>() == IntPtr.Size && RuntimeHelpers.IsReferenceOrContainsReferences<ReadOnlyTagCollection>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreSame(in ReadOnlyTagCollection known, in MetricPoint point)
    {
        var tags = point.Tags;
        return IsOneReference
            ? ReferenceEquals(Unsafe.As<ReadOnlyTagCollection, object>(ref Unsafe.AsRef(in known)), Unsafe.As<ReadOnlyTagCollection, object>(ref tags))
            : AreSameByTag(known, tags);
    }

    internal static bool AreSameByTag(in ReadOnlyTagCollection known, in ReadOnlyTagCollection tags)
    {
        if (known.Count != tags.Count)
        {
            return false;
        }

        var others = tags.GetEnumerator();
        foreach (var tag in known)
        {
            others.MoveNext();
            if (!ReferenceEquals(tag.Key, others.Current.Key) || !ReferenceEquals(tag.Value, others.Current.Value))
            {
                return false;
            }
        }

        return true;
    }
}
