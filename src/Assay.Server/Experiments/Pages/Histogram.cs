using System.Globalization;
using Assay.Experimentation.Analysis;

namespace Assay.Server.Experiments.Pages;

/// <summary>How single values of an arm are distributed, as bars in percent of a drawing's width and pixels of its height.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="IsControl">Whether it is control.</param>
/// <param name="Bars">The bars.</param>
internal sealed record Histogram(ArmFigure Arm, bool IsControl, IReadOnlyList<HistogramBar> Bars)
{
    // The height of a drawing in a row.
    private const double Height = 28;

    /// <summary>The arms of a metric that have a distribution, drawn to one height.</summary>
    public static IReadOnlyList<Histogram> Of(MetricReport metric, string control)
    {
        var arms = metric.Arms.Where(a => a.Bars.Count > 0).ToList();
        var tallest = arms.SelectMany(a => a.Bars).Select(b => b.Share).DefaultIfEmpty(0).Max();
        return tallest <= 0
            ? []
            : [.. arms.Select(a => new Histogram(a, a.Variant == control, [.. a.Bars.Select((b, i) => Bar(b, i, a.Bars.Count, tallest))]))];
    }

    private static HistogramBar Bar(DistributionBar bar, int index, int count, double tallest)
    {
        var (width, height) = (100.0 / count, bar.Share / tallest * Height);
        return new HistogramBar(Text(index * width) + "%", Text(width * 0.9) + "%", Text(Height - height), Text(height));
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A bar of a drawing.</summary>
internal sealed record HistogramBar(string X, string Width, string Y, string Height);
