using System.Globalization;

namespace Assay.Statistics.Planning;

/// <summary>What plans ask of their parameters, beside <see cref="Demand"/>, and how they write a number into a reason.</summary>
internal static class PlanDemand
{
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

    public static string Text(this double value) => value.ToString(CultureInfo.InvariantCulture);
}
