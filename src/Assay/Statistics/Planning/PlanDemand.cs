using System.Globalization;

namespace Assay.Statistics.Planning;

/// <summary>What plans ask of their parameters, beside <see cref="Demand"/>, and how they write a number into a reason.</summary>
internal static class PlanDemand
{
    /// <summary>The most units in an arm: above it sizes are no longer whole numbers of a double, and no experiment is that large.</summary>
    public const double MostSize = 1e15;

    public static double Ratio(double ratio) =>
        ratio > 0 && double.IsFinite(ratio)
            ? ratio
            : throw AssayException.Usage($"The ratio is {ratio.Text()}; it must be above 0.", "Give the treatment units per control unit, such as 1.");

    public static void Finite(string name, double value)
    {
        if (!double.IsFinite(value))
        {
            throw AssayException.Usage($"The {name} is {value.Text()}; it must be a finite number.", $"Give the {name} as a number.");
        }
    }

    /// <summary>A control's size, with the treatment's at this ratio.</summary>
    public static void Size(double size, double ratio)
    {
        Finite("size", size);
        if (Math.Max(size, size * ratio) > MostSize)
        {
            throw AssayException.Usage(
                $"A control of {size.Text()} with {ratio.Text()} treatment units each is more than {MostSize.Text()} units in an arm.",
                "Give the number of units that the experiment can have."
            );
        }
    }

    public static string Text(this double value) => value.ToString(CultureInfo.InvariantCulture);
}
