namespace Assay.Evaluation.Reports;

/// <summary>Where values stand on a drawing, as shares of its width.</summary>
internal readonly record struct Axis(double Low, double High)
{
    // Room beside the outermost value, so that no dot is cut.
    private const double Room = 0.12;

    /// <summary>An axis that holds all values.</summary>
    public static Axis Around(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().ToList();
        var (low, high) = (known.Min(), known.Max());
        var width = high > low ? high - low : Math.Max(Math.Abs(high), 1) * 0.1;
        return new Axis(low - (Room * width), high + (Room * width));
    }

    public double At(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);
}
