namespace Assay.Statistics.Corrections;

/// <summary>p-values adjusted for how many were computed. A test is an alarm at alpha when its adjusted p-value is at most alpha.</summary>
public static class MultipleTesting
{
    /// <summary>
    /// The adjusted p-values in the caller's order, each at least the one given and at most 1. With p₁ ≤ … ≤ pₘ:
    /// Bonferroni m·pᵢ; Holm max over j ≤ i of (m − j + 1)·pⱼ; Benjamini-Hochberg min over j ≥ i of m·pⱼ/j;
    /// Benjamini-Yekutieli the same times 1 + 1/2 + … + 1/m. Sources are given at <see cref="Correction"/>.
    /// </summary>
    /// <param name="pValues">All p-values of the family, 0 to 1, also those that did not come out; none gives none.</param>
    /// <param name="method">Which error is held.</param>
    /// <exception cref="AssayException">A p-value is not a number from 0 to 1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues, Correction method)
    {
        DemandProbabilities(pValues);
        var sorted = pValues.ToArray();
        var places = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, places);
        Scale(sorted, method);
        var adjusted = new double[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            adjusted[places[i]] = Math.Min(1, sorted[i]);
        }

        return adjusted;
    }

    private static void Scale(double[] sorted, Correction method)
    {
        switch (method)
        {
            case Correction.Bonferroni:
                StepUp(sorted, _ => sorted.Length);
                break;
            case Correction.Holm:
                StepDown(sorted);
                break;
            case Correction.BenjaminiHochberg:
                StepUp(sorted, rank => (double)sorted.Length / rank);
                break;
            default:
                var harmonic = Harmonic(sorted.Length);
                StepUp(sorted, rank => sorted.Length * harmonic / rank);
                break;
        }
    }

    private static void StepDown(double[] sorted)
    {
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            largest = Math.Max(largest, sorted[i] * (sorted.Length - i));
            sorted[i] = largest;
        }
    }

    private static void StepUp(double[] sorted, Func<int, double> factor)
    {
        var least = double.PositiveInfinity;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            least = Math.Min(least, sorted[i] * factor(i + 1));
            sorted[i] = least;
        }
    }

    // From the smallest term on, so that the sum keeps its digits.
    private static double Harmonic(int count)
    {
        var sum = 0.0;
        for (var i = count; i >= 1; i--)
        {
            sum += 1.0 / i;
        }

        return sum;
    }

    private static void DemandProbabilities(ReadOnlySpan<double> pValues)
    {
        for (var i = 0; i < pValues.Length; i++)
        {
            if (!(pValues[i] >= 0 && pValues[i] <= 1))
            {
                throw AssayException.Usage(
                    $"The p-value at place {i + 1} is {pValues[i]}; it must lie between 0 and 1.",
                    "Give p-values, not their logarithms or test statistics, and leave out what was not computable."
                );
            }
        }
    }
}
