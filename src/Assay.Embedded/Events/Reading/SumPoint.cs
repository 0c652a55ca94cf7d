namespace Assay.Embedded.Events.Reading;

/// <summary>A row of an answer: a point in time and the values of the split.</summary>
internal readonly record struct SumPoint(long Minute, SplitValues By)
{
    /// <summary>In order of time, then of the split.</summary>
    public static int Compare(SumPoint a, SumPoint b) => a.Minute != b.Minute ? a.Minute.CompareTo(b.Minute) : SplitValues.Compare(a.By, b.By);
}

/// <summary>Values of the dimensions of a split; equal when all are.</summary>
internal sealed class SplitValues(string[] values) : IEquatable<SplitValues>
{
    public IReadOnlyList<string> Values => values;

    public bool Equals(SplitValues? other) => other is not null && Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as SplitValues);

    public override int GetHashCode() => values.Aggregate(0, (hash, value) => (31 * hash) + string.GetHashCode(value, StringComparison.Ordinal));

    public static int Compare(SplitValues a, SplitValues b)
    {
        for (var i = 0; i < a.Values.Count; i++)
        {
            if (string.CompareOrdinal(a.Values[i], b.Values[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }
}
