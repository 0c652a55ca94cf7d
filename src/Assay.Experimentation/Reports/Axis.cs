namespace Assay.Experimentation.Reports;

/// <summary>Where values stand on a drawing, as shares of its length.</summary>
internal readonly record struct Axis(double Low, double High)
{
    // Room beside the outermost value, so that no dot is cut.
    private const double Room = 0.1;

    /// <summary>An axis that holds all values; null when there are none.</summary>
    public static Axis? Around(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().Where(double.IsFinite).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var (low, high) = (known.Min(), known.Max());
        var width = high > low ? high - low : Math.Max(Math.Abs(high), 1) * 0.1;
        return double.IsFinite(width) ? new Axis(low - (Room * width), high + (Room * width)) : null;
    }

    public double At(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);
}
