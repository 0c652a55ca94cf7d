using System.Runtime.CompilerServices;

namespace Assay.Embedded.Events.Reading;

/// <summary>A row of an answer: a point in time and the values of the split, of which there is one instance for equal values.</summary>
internal readonly struct SumPoint(long minute, string[] by) : IEquatable<SumPoint>
{
    public long Minute => minute;

    public IReadOnlyList<string> By => by;

    public bool Equals(SumPoint other) => minute == other.Minute && ReferenceEquals(by, other.By);

    public override bool Equals(object? obj) => obj is SumPoint other && Equals(other);

    public override int GetHashCode() => (minute.GetHashCode() * 31) + RuntimeHelpers.GetHashCode(by);

    /// <summary>In order of time, then of the split.</summary>
    public static int Compare(SumPoint a, SumPoint b)
    {
        if (a.Minute != b.Minute)
        {
            return a.Minute.CompareTo(b.Minute);
        }

        for (var i = 0; i < a.By.Count; i++)
        {
            if (string.CompareOrdinal(a.By[i], b.By[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }
}
