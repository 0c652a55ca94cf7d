using Assay.Statistics.Distributions;

namespace Assay.Statistics.Planning;

/// <summary>The normal approximation of a comparison of two rates, by one of three methods.</summary>
internal sealed record RateDesign(double Baseline, double Ratio, RatePowerMethod Method)
{
    public MethodName Name =>
        Method switch
        {
            RatePowerMethod.Arcsine => Arcsine,
            RatePowerMethod.Unpooled => Unpooled,
            _ => Pooled,
        };

    private static MethodName Arcsine { get; } =
        new("Power of two rates, arcsine", "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, ch. 6");

    private static MethodName Pooled { get; } =
        new("Power of two rates, pooled under the null", "Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, ch. 4");

    private static MethodName Unpooled { get; } =
        new("Power of two rates, unpooled", "Chow, Shao and Wang 2008, Sample Size Calculations in Clinical Research, 4.2");

    /// <summary>The probability that the test of n control units rejects. The two-sided power counts both tails.</summary>
    public double Power(double lift, double n, PlanTerms terms)
    {
        var (nullError, error) = Errors(lift);
        var critical = terms.CriticalZ * nullError / error;
        var z = Shift(lift) * Math.Sqrt(n) / error;
        return terms.Alternative switch
        {
            Alternative.Greater => Normal.Upper(critical - z),
            Alternative.Less => Normal.Upper(critical + z),
            _ => Normal.Upper(critical - z) + Normal.Upper(critical + z),
        };
    }

    /// <summary>The control's size at which the tail on the lift's side alone has this power, in closed form; null when any size has.</summary>
    public double? OneTailSize(double lift, double power, PlanTerms terms)
    {
        var (nullError, error) = Errors(lift);
        var sum = (terms.CriticalZ * nullError) + (Normal.Quantile(power) * error);
        return sum > 0 ? Math.Pow(sum / Shift(lift), 2) : null;
    }

    /// <summary>Cohen's h: 2·asin √p_t − 2·asin √p_c, written so that near rates keep their digits.</summary>
    public double CohensH(double lift)
    {
        var treatment = Baseline + lift;
        return 2 * Math.Asin(lift / (Math.Sqrt(treatment * (1 - Baseline)) + Math.Sqrt(Baseline * (1 - treatment))));
    }

    private double Shift(double lift) => Method == RatePowerMethod.Arcsine ? CohensH(lift) : lift;

    // Standard errors of the shift times √n, under the null hypothesis and under the alternative.
    private (double Null, double Alternative) Errors(double lift)
    {
        if (Method == RatePowerMethod.Arcsine)
        {
            var error = Math.Sqrt(1 + (1 / Ratio));
            return (error, error);
        }

        var treatment = Baseline + lift;
        var own = Math.Sqrt((Baseline * (1 - Baseline)) + (treatment * (1 - treatment) / Ratio));
        var pooled = (Baseline + (treatment * Ratio)) / (1 + Ratio);
        return (Method == RatePowerMethod.PooledNull ? Math.Sqrt(pooled * (1 - pooled) * (1 + (1 / Ratio))) : own, own);
    }
}
