namespace Assay.Statistics.Ranks;

/// <summary>
/// How the placements of the values vary: of a treatment, the share of controls below it; of a control, the share of treatments above it; ties half.
/// The mean of either is the common-language effect, and its variance is that of both means together (DeLong, DeLong, Clarke-Pearson,
/// "Comparing the areas under two or more correlated receiver operating characteristic curves", 1988).
/// </summary>
/// <param name="OfControl">The variance of the mean placement of the controls.</param>
/// <param name="OfTreatment">The same of the treatments.</param>
internal readonly record struct Placements(double OfControl, double OfTreatment)
{
    /// <summary>The variance of the common-language effect.</summary>
    public double Variance => OfControl + OfTreatment;

    /// <summary>Degrees of freedom of <see cref="Variance"/> (Satterthwaite; Brunner, Munzel 2000), for arms of n and m values.</summary>
    public double DegreesOfFreedom(int n, int m) => Variance * Variance / ((OfControl * OfControl / (n - 1)) + (OfTreatment * OfTreatment / (m - 1)));

    /// <summary>From arms of 2 values or more each.</summary>
    public static Placements Of(SortedArms arms, double effect)
    {
        double n = arms.Control.Length;
        double m = arms.Treatment.Length;
        var (controls, treatments) = (0.0, 0.0);
        var groups = arms.Groups();
        while (groups.Next())
        {
            var ofControl = ((m - groups.TreatmentsBelow - (groups.Treatments / 2.0)) / m) - effect;
            var ofTreatment = ((groups.ControlsBelow + (groups.Controls / 2.0)) / n) - effect;
            controls += groups.Controls * ofControl * ofControl;
            treatments += groups.Treatments * ofTreatment * ofTreatment;
        }

        return new Placements(controls / (n * (n - 1)), treatments / (m * (m - 1)));
    }
}
