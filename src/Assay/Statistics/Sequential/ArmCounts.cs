namespace Assay.Statistics.Sequential;

/// <summary>The successes of an arm among its trials, at least one.</summary>
internal readonly record struct ArmCounts(long Successes, long Trials)
{
    public double Rate => (double)Successes / Trials;

    public double Regret => BetaMixture.Jeffreys.Regret(Successes, Trials - Successes);

    public double Deviance(double rate) => BetaMixture.Deviance(Successes, Trials - Successes, rate);

    /// <summary>The slope of <see cref="Deviance"/>, which grows with the rate from −∞ (0 successes: from the number of trials) to +∞.</summary>
    public double Slope(double rate) =>
        Successes == 0 ? Trials / (1 - rate)
        : Successes == Trials ? -Trials / rate
        : ((Trials * rate) - Successes) / (rate * (1 - rate));
}
