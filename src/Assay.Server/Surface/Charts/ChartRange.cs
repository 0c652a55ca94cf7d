namespace Assay.Server.Surface.Charts;

/// <summary>A y axis that begins and ends at a round number.</summary>
/// <param name="Low">Its least value.</param>
/// <param name="High">Its greatest value.</param>
/// <param name="Step">The distance of its grid lines.</param>
internal readonly record struct ChartRange(double Low, double High, double Step)
{
    /// <summary>The axis on which all of some values are seen. Limits belong to these: a line outside the axis is not drawn at all.</summary>
    /// <param name="values">At least one.</param>
    public static ChartRange Of(IReadOnlyList<double> values)
    {
        var (least, most) = (values.Min(), values.Max());
        var step = StepOf(Math.Max(most - least, Math.Max(Math.Abs(most), 1e-6) * 0.05));
        var (low, high) = (Math.Floor(least / step) * step, Math.Ceiling(most / step) * step);
        return new ChartRange(Math.Round(low, 9), Math.Round(high > low ? high : low + step, 9), Math.Round(step, 9));
    }

    private static double StepOf(double range)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / 4)));
        double[] steps = [1, 2, 2.5, 5, 10];
        return steps.First(s => s * power >= range / 4 * (1 - 1e-9)) * power;
    }
}
