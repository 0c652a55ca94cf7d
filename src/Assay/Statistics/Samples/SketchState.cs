namespace Assay.Statistics.Samples;

/// <summary>
/// All that a <see cref="QuantileSketch"/> knows, to store and to send: the names and meanings of OpenTelemetry's exponential histogram.
/// Two sketches of the same values have the same state, in whatever order the values were added and merged.
/// </summary>
/// <param name="Scale">2^Scale buckets for each doubling, −10 to 20; a sketch computes with at most 10.</param>
/// <param name="MaxBuckets">The bound on the buckets of each sign.</param>
/// <param name="ZeroCount">How many values were zero, or nearer to it than 2.2e-308.</param>
/// <param name="NotFinite">How many values were NaN or infinite.</param>
/// <param name="Min">The smallest finite value; null when there is none.</param>
/// <param name="Max">The largest finite value; null when there is none.</param>
/// <param name="Positive">The values above zero.</param>
/// <param name="Negative">The values below zero, by their distance from it.</param>
public sealed record SketchState(int Scale, int MaxBuckets, long ZeroCount, long NotFinite, double? Min, double? Max, SketchSide Positive, SketchSide Negative);

/// <summary>The buckets of one sign.</summary>
/// <param name="Offset">The index of the first count; bucket i holds the values in (2^(i/2^Scale), 2^((i+1)/2^Scale)].</param>
/// <param name="Counts">How many values lie in each bucket from there on.</param>
public sealed record SketchSide(int Offset, IReadOnlyList<long> Counts)
{
    internal static readonly SketchSide Empty = new(0, []);

    /// <summary>Equal counts at equal indexes.</summary>
    public bool Equals(SketchSide? other) => other is not null && Offset == other.Offset && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override int GetHashCode() => Counts.Aggregate(Offset, HashCode.Combine);
}
