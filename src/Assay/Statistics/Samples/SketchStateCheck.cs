namespace Assay.Statistics.Samples;

/// <summary>Whether a state that came from elsewhere can be one of a sketch.</summary>
internal static class SketchStateCheck
{
    /// <summary>OpenTelemetry's finest scale.</summary>
    private const int FinestForeign = 20;

    /// <summary>2^53: up to here a rank is an exact double.</summary>
    private const long MostValues = 1L << 53;

    public static void Demand(SketchState state)
    {
        QuantileSketch.DemandBuckets(state.MaxBuckets);
        if (Problem(state) is { } problem)
        {
            throw Refusal(problem);
        }
    }

    public static void DemandEnds(bool fit)
    {
        if (!fit)
        {
            throw Refusal("its smallest or largest value lies in none of its outermost buckets");
        }
    }

    private static AssayException Refusal(string problem) =>
        AssayException.Usage($"The state is none of a quantile sketch: {problem}.", "Use a state as a sketch's ToState gave it.");

    private static string? Problem(SketchState state) =>
        state.Scale is < SketchScale.Coarsest or > FinestForeign ? $"its scale is {state.Scale}"
        : state.Positive?.Counts is null || state.Negative?.Counts is null ? "a sign has no buckets"
        : state.ZeroCount < 0 || state.NotFinite < 0 || HasNegative(state.Positive) || HasNegative(state.Negative) ? "a count is negative"
        : Total(state) > MostValues ? "it has more than 2^53 values"
        : IsOutside(state.Positive, state.Scale) || IsOutside(state.Negative, state.Scale) ? "a bucket lies outside the range of a double"
        : ProblemOfEnds(state, Total(state) == 0);

    private static string? ProblemOfEnds(SketchState state, bool empty) =>
        (state.Min is null) != empty || (state.Max is null) != empty ? "its smallest and largest value do not go with its counts"
        : !empty && !(double.IsFinite(state.Min!.Value) && double.IsFinite(state.Max!.Value) && state.Min <= state.Max)
            ? "its smallest and largest value are no range"
        : null;

    private static bool HasNegative(SketchSide side) => side.Counts.Any(count => count < 0);

    private static Int128 Total(SketchState state) => state.ZeroCount + Total(state.Positive) + Total(state.Negative);

    private static Int128 Total(SketchSide side) => side.Counts.Aggregate(Int128.Zero, (sum, count) => sum + count);

    /// <summary>The least normal double is the upper bound of bucket −1022·2^scale − 1, the greatest lies in bucket 1024·2^scale − 1.</summary>
    private static bool IsOutside(SketchSide side, int scale) =>
        side.Offset < Math.Floor(Math.ScaleB(-1022, scale) - Math.ScaleB(1, scale - SketchScale.Finest))
        || side.Offset + (double)side.Counts.Count > Math.ScaleB(1024, scale);
}
