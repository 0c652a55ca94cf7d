using Assay.Statistics.Distributions;

namespace Assay.Statistics.Sequential;

/// <summary>Both arms of a comparison of rates: the e-value against a difference d is the smallest over the pairs (p, p + d).</summary>
internal readonly record struct ArmPair(ArmCounts Control, ArmCounts Treatment)
{
    public double Difference => Treatment.Rate - Control.Rate;

    private double Regret => Control.Regret + Treatment.Regret;

    /// <summary>ln E against equal rates, or against the claim's opposite; below 0 is no evidence.</summary>
    public double LogEvidenceOfEqualRates(Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater when Difference <= 0 => Regret,
            Alternative.Less when Difference >= 0 => Regret,
            _ => Regret + DevianceOfEqualRates,
        };

    private double DevianceOfEqualRates
    {
        get
        {
            var pooled = ((double)Control.Successes + Treatment.Successes) / ((double)Control.Trials + Treatment.Trials);
            return Control.Deviance(pooled) + Treatment.Deviance(pooled);
        }
    }

    /// <summary>The furthest difference towards −1 or +1 with E below 1/α. ln E is convex in d and smallest at the difference seen.</summary>
    public double EndOfInterval(int towards, double alpha)
    {
        var pair = this;
        var threshold = Regret + Math.Log(alpha);
        double Excess(double d) => threshold + pair.LeastDeviance(d);
        return Excess(towards) <= 0 ? towards : BracketedRoot.Find(Excess, Difference, towards);
    }

    /// <summary>The smallest deviance of all pairs of rates that differ by d.</summary>
    private double LeastDeviance(double d)
    {
        var (control, treatment) = (Control, Treatment);
        var (low, high) = (Math.Max(0, -d), Math.Min(1, 1 - d));
        double Other(double p) => Math.Clamp(p + d, 0, 1);
        double Slope(double p) => control.Slope(p) + treatment.Slope(Other(p));
        var best = BracketedRoot.Find(Slope, low, high); // an end where the slope keeps its sign
        return control.Deviance(best) + treatment.Deviance(Other(best));
    }
}
